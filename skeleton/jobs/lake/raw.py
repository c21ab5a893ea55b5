"""Reads a raw CSV file with an explicit schema."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession

# Where the CSV reader puts a line that does not fit the schema.
MALFORMED = "_malformed"


@dataclass(frozen=True)
class RawFile:
    """One CSV file: its columns as a Spark DDL, and whether a quoted field may hold a line break."""

    name: str
    columns: str
    # A file read this way cannot be split between executors: leave it off for a big one that has
    # no line breaks in its fields.
    multi_line: bool

    @property
    def schema(self) -> str:
        return f"{self.columns}, {MALFORMED} STRING"


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
