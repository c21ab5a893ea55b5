"""Reads a raw CSV file with an explicit schema."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from .dataset import MALFORMED, RawFile


def read_raw(spark: SparkSession, file: RawFile, path: str) -> DataFrame:
    """The file's rows; a line that does not fit has nulls and its text in `_malformed`.

    RFC 4180: a quote inside a quoted field is doubled (Spark's own default is a backslash, which
    breaks titles). `enforceSchema=false` makes a header with other columns an error, instead of
    values under wrong names.
    """
    return (
        spark.read.schema(file.schema)
        .option("header", True)
        .option("enforceSchema", False)
        .option("encoding", "UTF-8")
        .option("sep", ",")
        .option("quote", '"')
        .option("escape", '"')
        .option("multiLine", file.multi_line)
        .option("ignoreLeadingWhiteSpace", False)
        .option("ignoreTrailingWhiteSpace", False)
        .option("mode", "PERMISSIVE")
        .option("columnNameOfCorruptRecord", MALFORMED)
        .csv(path)
    )
