"""Reads raw CSV files with an explicit schema, and accounts for each of their lines.

Spark's CSV reader skips, merges and repairs what it cannot read: an unclosed quote takes all lines after it into one
field, bytes that are not UTF-8 become U+FFFD, blank lines disappear. So the files are read as lines, each line becomes
part of exactly one row, and a row that is not well formed has a problem instead of values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pyspark.sql import Column, DataFrame, Row, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import NumericType, StringType, StructField, StructType

from .files import Files
from .lines import MISPLACED, QUOTED, Shape, to_records
from .raw_source import RawSource, inspect

# Columns beside those of the file: the text of a row that is not well formed, and its bytes (hexadecimal) if they are
# not UTF-8; the reason; the number of the row's lines; the number of their bytes.
MALFORMED, BYTES, PROBLEM, LINES, SIZE = "_malformed", "_bytes", "_problem", "_lines", "_size"

# "Problems" of lines that are no rows.
HEADER, BLANK = "header", "blank line"

NOT_UTF8 = "bytes that are not UTF-8"
# Somebody before us has replaced what could not be read.
REPLACED = "replacement character (U+FFFD)"
CONTROL = "control character"
UNCLOSED = "quote that is not closed"
MISPLACED_QUOTE = "quote in the wrong place"
NO_FIT = "malformed line"

# Control characters except tabs and line breaks, and U+FFFD, as which Java also reads bytes that are not UTF-8.
_SUSPICIOUS = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uFFFD]|\r(?!\n)"

# RFC 4180: a quote inside a quoted field is doubled (Spark's default is a backslash, which breaks titles).
_OPTIONS = {
    "sep": ",",
    "quote": '"',
    "escape": '"',
    "lineSep": "\n",
    "multiLine": "true",
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": MALFORMED,
}


@dataclass(frozen=True)
class RawFile:
    """The CSV files of a table: their name in the source, and their columns as Spark DDL.

    With `multi_line`, a quoted field may contain line breaks. With `new_columns="add"`, a column that a file has and
    `columns` has not becomes a STRING column of the table, instead of an error.
    """

    name: str
    columns: str
    multi_line: bool
    new_columns: str = "refuse"

    def __post_init__(self) -> None:
        if self.new_columns not in ("refuse", "add"):
            raise ValueError(f'new_columns of {self.name} must be "refuse" or "add", not {self.new_columns!r}')


def inspect_raw(spark: SparkSession, file: RawFile, uris: Sequence[str]) -> RawSource:
    """Returns the files' sizes and headers. Raises HeaderRefused."""
    return inspect(Files(spark), uris, _declared(spark, file).names, may_add=file.new_columns == "add")


def read_raw(spark: SparkSession, file: RawFile, source: RawSource) -> DataFrame:
    """Reads the rows of the files: their columns, then MALFORMED, BYTES, PROBLEM, LINES and SIZE.

    Header lines and blank lines are rows too, with the problem HEADER or BLANK, so the sum of SIZE is `source.size`.
    """
    declared = _declared(spark, file)
    frames = []
    for columns, alike in source.by_columns():
        schema = StructType([declared[name] if name in declared.names else _text(name) for name in columns])
        records = _read_records(spark, [each.uri for each in alike], schema, file.multi_line)
        frames.append(_parse(records, schema, sorted({each.header for each in alike})))
    rows = frames[0]
    for frame in frames[1:]:
        rows = rows.unionByName(frame, allowMissingColumns=True)
    return rows.select(*declared.names, *source.added, MALFORMED, BYTES, PROBLEM, LINES, SIZE)


def _declared(spark: SparkSession, file: RawFile) -> StructType:
    return spark.createDataFrame([], file.columns).schema


def _text(name: str) -> StructField:
    return StructField(name, StringType())


def _read_records(spark: SparkSession, uris: Sequence[str], schema: StructType, multi_line: bool) -> DataFrame:
    """Reads `value` STRING (a record without its last LF, byte for byte) and LINES INT."""
    lines = spark.read.option("lineSep", "\n").text(list(uris))
    if not multi_line or not (broken := _find_files_with_open_lines(lines)):
        return lines.select("value", F.lit(1).alias(LINES))
    # Only these files must be read in order, by one task each.
    path = F.col("_metadata.file_path")
    shape = Shape([isinstance(field.dataType, NumericType) for field in schema.fields])
    in_order = (
        lines.where(path.isin(broken))
        .select(
            F.col("value").cast("binary").alias("line"),
            path.alias("path"),
            F.col("_metadata.file_block_start").alias("start"),
            F.monotonically_increasing_id().alias("id"),
        )
        .repartition("path")
        .sortWithinPartitions("path", "start", "id")
    )
    records = spark.createDataFrame(
        in_order.rdd.mapPartitions(lambda rows: _records_of(rows, shape)), f"value BINARY, {LINES} INT"
    )
    return (
        lines.where(~path.isin(broken))
        .select("value", F.lit(1).alias(LINES))
        .union(records.select(F.col("value").cast("string"), LINES))
    )


def _find_files_with_open_lines(lines: DataFrame) -> list[str]:
    """Finds files with a line on which a quoted field begins or ends."""
    found = lines.where(_quotes(F.col("value")) % 2 == 1).select("_metadata.file_path").distinct()
    return [row.file_path for row in found.collect()]


def _records_of(rows: Iterable[Row], shape: Shape) -> Iterator[tuple[bytes, int]]:
    for _, of_file in groupby(rows, key=lambda row: row.path):
        yield from to_records((bytes(row.line) for row in of_file), shape)


def _parse(records: DataFrame, schema: StructType, headers: Sequence[str]) -> DataFrame:
    value = F.col("value")
    columns = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in schema.fields)
    has_text = any(isinstance(field.dataType, StringType) for field in schema.fields)
    return (
        records.select(
            value,
            LINES,
            F.when(value.endswith("\r"), F.expr("substring(value, 1, length(value) - 1)"))
            .otherwise(value)
            .alias("text"),
            (F.octet_length(value) + 1).alias(SIZE),
        )
        .withColumn("problem", _problem(F.col("text"), headers, has_text))
        # A line with a problem has no values.
        .withColumn(
            "parsed",
            F.from_csv(F.when(F.col("problem").isNull(), F.col("text")), f"{columns}, {MALFORMED} STRING", _OPTIONS),
        )
        .select(
            *(F.col("parsed")[field.name].alias(field.name) for field in schema.fields),
            F.when(F.col("problem").isNotNull(), F.col("text")).otherwise(F.col("parsed")[MALFORMED]).alias(MALFORMED),
            F.when(F.col("problem") == NOT_UTF8, F.hex(value.cast("binary"))).alias(BYTES),
            F.coalesce("problem", F.when(F.col("parsed")[MALFORMED].isNotNull(), F.lit(NO_FIT))).alias(PROBLEM),
            LINES,
            SIZE,
        )
    )


def _problem(text: Column, headers: Sequence[str], has_text: bool) -> Column:
    """Returns why the text of a record cannot be a row, before its fields are parsed; null: it may be one."""
    problem = F.when(text.isin([*headers, *(f"\ufeff{header}" for header in headers)]), HEADER)
    problem = problem.when(F.trim(text) == "", BLANK)
    if has_text:  # In a column of numbers, none of these can be a value.
        problem = problem.when(text.rlike(_SUSPICIOUS), _suspicion(text))
    return problem.when(
        text.contains('"'),
        F.when(_quotes(text) % 2 == 1, UNCLOSED).when(
            F.regexp_replace(text, QUOTED, '"').rlike(MISPLACED), MISPLACED_QUOTE
        ),
    )


def _suspicion(text: Column) -> Column:
    as_bytes = text.cast("binary")
    return (
        F.when(F.encode(F.decode(as_bytes, "UTF-8"), "UTF-8") != as_bytes, NOT_UTF8)
        .when(text.contains("\ufffd"), REPLACED)
        .otherwise(CONTROL)
    )


def _quotes(text: Column) -> Column:
    return F.octet_length(text) - F.octet_length(F.replace(text, F.lit('"'), F.lit("")))
