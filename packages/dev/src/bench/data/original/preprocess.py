"""The original's approach, written by us for comparison: `preprocess.py SOURCE TARGET`, once a file.

No schema is given, so Spark reads the file once to infer one and once more for its rows. Every column is
written as a string, in the order of the file, in place: while it runs a reader finds no table.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

source, target = sys.argv[1:]
spark = SparkSession.builder.appName("original_preprocess").getOrCreate()
rows = spark.read.option("header", True).option("inferSchema", True).csv(source)
rows.select(*(F.col(name).cast("string") for name in rows.columns)).write.mode("overwrite").parquet(target)
spark.stop()
