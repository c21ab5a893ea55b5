"""Turns raw rows into typed rows, each with the reason for its refusal (null: the row is good)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from .raw import MALFORMED

REFUSED = "refused"
RAW = "raw"


def judge(raw: DataFrame, *, columns: Mapping[str, Column], refusals: Mapping[str, Column]) -> DataFrame:
    """Returns `columns`, `refused` (the first of `refusals` that holds, otherwise null) and `raw`.

    `raw` is a struct of the original columns, for the quarantine.
    """
    reasons = {"malformed line": F.col(MALFORMED).isNotNull(), **refusals}
    return raw.select(
        *(column.alias(name) for name, column in columns.items()),
        F.coalesce(*(F.when(holds, F.lit(reason)) for reason, holds in reasons.items())).alias(REFUSED),
        F.struct(*raw.columns).alias(RAW),
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


def unless(holds: Column) -> Column:
    """True if `holds` is false or unknown."""
    return ~F.coalesce(holds, F.lit(False))


def empty(text: Column) -> Column:
    """True for null and for the empty string."""
    return unless(text != "")
