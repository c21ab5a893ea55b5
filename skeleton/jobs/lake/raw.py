"""Reads a raw CSV file with an explicit schema."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession

# The column in which the CSV reader returns a line that does not fit the schema.
MALFORMED = "_malformed"


@dataclass(frozen=True)
class RawFile:
    """One CSV file: its columns as Spark DDL, and whether a quoted field may contain a line break."""

    name: str
    columns: str
    # Executors cannot share the work on a multi-line file: use False for a large file without line
    # breaks in its fields.
    multi_line: bool

    @property
    def schema(self) -> str:
        return f"{self.columns}, {MALFORMED} STRING"


def read_raw(spark: SparkSession, file: RawFile, path: str) -> DataFrame:
    """Reads the file's rows. A line that does not fit the schema has nulls, and its text in `_malformed`.

    RFC 4180: a quote inside a quoted field is doubled (Spark's default is a backslash, which breaks titles). With
    `enforceSchema=false`, a header with other columns is an error instead of values under wrong names.
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
