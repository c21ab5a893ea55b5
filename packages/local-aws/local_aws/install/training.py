"""Runs typical work of jobs once: CSV, a shuffle, a window, a join, Parquet, JSON, and parts of S3A.

class_archive.py runs it with spark-submit. All its files are below the folder that is its argument.
"""

import contextlib
import sys
from pathlib import Path

from pyspark.sql import Observation, SparkSession, Window  # pyright: ignore[reportMissingImports]
from pyspark.sql import functions as F  # pyright: ignore[reportMissingImports]


def main(folder: str) -> None:
    spark = SparkSession.builder.getOrCreate()  # type: ignore[attr-defined]
    spark.conf.set("spark.sql.shuffle.partitions", "2")
    spark.conf.set("spark.sql.parquet.compression.codec", "zstd")
    Path(folder).mkdir()
    Path(folder, "in.csv").write_text("id,at,text\n" + "".join(f'{i},{i * 86_400},"a|{i}"\n' for i in range(1_000)))
    rows = (
        spark.read.schema("id INT, at LONG, text STRING, bad STRING")
        .option("header", True)
        .option("columnNameOfCorruptRecord", "bad")
        .csv(f"{folder}/in.csv")
    )
    seen = Observation("seen")
    typed = rows.select(
        "id",
        F.timestamp_seconds("at").alias("at"),
        F.year(F.timestamp_seconds("at")).alias("year"),
        F.split(F.trim("text"), r"\|").alias("words"),
        F.regexp_extract("text", r"(\d+)$", 1).cast("int").alias("number"),
    ).observe(seen, F.count(F.lit(1)).alias("rows"))
    typed.repartition("year").sortWithinPartitions("year", "id").write.partitionBy("year").parquet(f"{folder}/rows")
    read = spark.read.parquet(f"{folder}/rows")
    newest = F.row_number().over(Window.partitionBy("number").orderBy(F.desc("at")))
    ranked = read.withColumn("rank", newest).where("rank = 1").cache()
    years = ranked.groupBy("year").agg(F.count("*").alias("n"), F.avg("number").alias("mean"))
    ranked.join(years, "year").coalesce(1).orderBy("id").write.json(f"{folder}/joined")
    ranked.groupBy("year").count().collect()
    for name in [file.toString() for file in _files(spark, folder)]:
        print(name)
    with contextlib.suppress(Exception):
        _files(spark, "s3a://none/")
    spark.stop()


def _files(spark: SparkSession, folder: str) -> list:
    configuration = spark.sparkContext._jsc.hadoopConfiguration()
    for key, value in {
        "endpoint": "http://127.0.0.1:9",  # refuses immediately
        "path.style.access": "true",
        "attempts.maximum": "1",
        "retry.limit": "1",
        "access.key": "none",
        "secret.key": "none",
    }.items():
        configuration.set(f"fs.s3a.{key}", value)
    path = spark._jvm.org.apache.hadoop.fs.Path(folder)  # type: ignore[union-attr]
    return [status.getPath() for status in path.getFileSystem(configuration).listStatus(path)]


if __name__ == "__main__":
    main(sys.argv[1])
