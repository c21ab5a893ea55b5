"""Raw rows → typed rows, each with the reason why it is refused (null: it is good)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from .raw import MALFORMED

REFUSED = "refused"
RAW = "raw"


def judge(raw: DataFrame, *, columns: Mapping[str, Column], refusals: Mapping[str, Column]) -> DataFrame:
    """`columns`, `refused` (the first of `refusals` that holds, else null) and `raw`.

    `raw` is a struct of the columns as they came, for the quarantine.
    """
    reasons = {"malformed line": F.col(MALFORMED).isNotNull(), **refusals}
    return raw.select(
        *(column.alias(name) for name, column in columns.items()),
        F.coalesce(*(F.when(holds, F.lit(reason)) for reason, holds in reasons.items())).alias(REFUSED),
        F.struct(*raw.columns).alias(RAW),
    )


def refuse_repeated(judged: DataFrame, key: Sequence[str], newest: Sequence[str]) -> DataFrame:
    """Of good rows with the same `key` the one with the greatest `newest` stays; the others are refused."""
    # Refused rows are ranked apart, or a bad row could push out a good one.
    same = Window.partitionBy(*key, F.col(REFUSED).isNull()).orderBy(*(F.col(name).desc() for name in newest))
    return (
        judged.withColumn("_rank", F.row_number().over(same))
        .withColumn(REFUSED, F.coalesce(REFUSED, F.when(F.col("_rank") > 1, F.lit("repeated"))))
        .drop("_rank")
    )


def unless(holds: Column) -> Column:
    """True where `holds` is false or unknown."""
    return ~F.coalesce(holds, F.lit(False))


def empty(text: Column) -> Column:
    """True for a null and for no characters."""
    return unless(text != "")
