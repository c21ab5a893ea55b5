"""Turns raw rows into typed rows, each with the reason for its refusal (null: the row is good)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from .raw import LINES, PROBLEM, SIZE

REFUSED = "refused"
RAW = "raw"

# White space of any kind, and characters of no width that editors leave at the ends of a text.
_WHITE = r"\s\x85\p{Z}\u200B\u2060\uFEFF"


def judge(raw: DataFrame, *, columns: Mapping[str, Column], refusals: Mapping[str, Column]) -> DataFrame:
    """Returns `columns`, `refused`, `raw`, and the number of the row's lines and bytes.

    `refused` is the problem of the line or the first of `refusals` that holds, otherwise null. `raw` is a struct of the
    original columns, for the quarantine.
    """
    accounts = (PROBLEM, LINES, SIZE)
    reasons = (F.when(holds, F.lit(reason)) for reason, holds in refusals.items())
    return raw.select(
        *(column.alias(name) for name, column in columns.items()),
        F.coalesce(PROBLEM, *reasons).alias(REFUSED),
        F.struct(*(name for name in raw.columns if name not in accounts)).alias(RAW),
        LINES,
        SIZE,
    )


def refuse_repeated(judged: DataFrame, key: Sequence[str], newest: Sequence[str]) -> DataFrame:
    """Refuses good rows that repeat a `key`, except the one with the greatest `newest`."""
    # Refused rows are ranked separately; otherwise a bad row could displace a good one.
    same = Window.partitionBy(*key, F.col(REFUSED).isNull()).orderBy(*(F.col(name).desc() for name in newest))
    return (
        judged.withColumn("_rank", F.row_number().over(same))
        .withColumn(REFUSED, F.coalesce(REFUSED, F.when(F.col("_rank") > 1, F.lit("repeated"))))
        .drop("_rank")
    )


def clean(text: Column) -> Column:
    """Removes white space at both ends, also no-break spaces and line breaks. Inside, these become one blank."""
    return F.trim(F.regexp_replace(text, f" *[{_WHITE}&&[^ ]][{_WHITE}]*", " "))


def unless(holds: Column) -> Column:
    """True if `holds` is false or unknown."""
    return ~F.coalesce(holds, F.lit(False))


def empty(text: Column) -> Column:
    """True for null and for the empty string."""
    return unless(text != "")
