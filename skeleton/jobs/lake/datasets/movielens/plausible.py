"""Checks for the ids and times of MovieLens."""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F

from lake.judge import unless

# Epoch seconds: the site opened in 1995, and no rating can be from the year 2100.
_FIRST_SECOND, _LAST_SECOND = 788_918_400, 4_102_444_800


def no_id(name: str) -> Column:
    return unless(F.col(name) >= 1)


def no_plausible_time() -> Column:
    return unless(F.col("timestamp").between(_FIRST_SECOND, _LAST_SECOND))
