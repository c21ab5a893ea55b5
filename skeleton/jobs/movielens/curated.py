"""Raw rows → typed rows, each with the reason why it is refused (null: it is good).

Input: `raw.read_raw` of the same file. Output: the curated columns, `refused`, and `raw`, a struct of
the columns as they came, for the quarantine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from .schemas import MALFORMED

REFUSED = "refused"
RAW = "raw"
NO_GENRES = "(no genres listed)"

# A year, or a range of years of a series, in parentheses at the end: `(1995)`, `(2005-2008)`, `(2010– )`.
_YEAR = r"\((\d{4})(?:\s*[-–]\s*(?:\d{4})?\s*)?\)\s*$"
# Epoch seconds: the site opened in 1995; nothing can be rated in the year 2100 yet.
_FIRST_SECOND, _LAST_SECOND = 788_918_400, 4_102_444_800


def curate_movies(raw: DataFrame) -> DataFrame:
    """movie_id INT, title STRING (trimmed, year kept), release_year INT or null, genres ARRAY<STRING> (empty: none)."""
    title, genres = F.trim("title"), F.trim("genres")
    year = F.regexp_extract(title, _YEAR, 1)
    return _curate(
        raw,
        columns={
            "movie_id": F.col("movieId"),
            "title": title,
            "release_year": F.when(year != "", year.cast("int")),
            "genres": F.when(genres == NO_GENRES, F.array().cast("array<string>")).otherwise(F.split(genres, r"\|")),
        },
        refusals={
            "no movie id": _no_id("movieId"),
            "no title": _empty(title),
            "no genres field": _empty(genres),
        },
        key=("movie_id",),
        first=("title", "genres"),
    )


def curate_ratings(raw: DataFrame) -> DataFrame:
    """user_id INT, movie_id INT, rating FLOAT (0.5 to 5.0 in halves), rated_at TIMESTAMP (UTC), year INT.

    One vote a user and film: of several the newest counts, and of equally new ones the highest.
    """
    halves = F.col("rating") * 2
    return _curate(
        raw,
        columns={
            "user_id": F.col("userId"),
            "movie_id": F.col("movieId"),
            "rating": F.col("rating").cast("float"),
            "rated_at": F.timestamp_seconds("timestamp"),
            "year": F.year(F.timestamp_seconds("timestamp")),
        },
        refusals={
            "no user id": _no_id("userId"),
            "no movie id": _no_id("movieId"),
            "rating outside 0.5 to 5.0 in halves": _unless(halves.between(1, 10) & (halves == F.floor(halves))),
            "no plausible time": _no_plausible_time(),
        },
        key=("user_id", "movie_id"),
        first=("rated_at", "rating"),
    )


def curate_tags(raw: DataFrame) -> DataFrame:
    """user_id INT, movie_id INT, tag STRING (trimmed, as written), tagged_at TIMESTAMP (UTC).

    One line a user, film and tag: of several the newest counts.
    """
    tag = F.trim("tag")
    return _curate(
        raw,
        columns={
            "user_id": F.col("userId"),
            "movie_id": F.col("movieId"),
            "tag": tag,
            "tagged_at": F.timestamp_seconds("timestamp"),
        },
        refusals={
            "no user id": _no_id("userId"),
            "no movie id": _no_id("movieId"),
            "no tag": _empty(tag),
            "no plausible time": _no_plausible_time(),
        },
        key=("user_id", "movie_id", "tag"),
        first=("tagged_at",),
    )


def _curate(
    raw: DataFrame,
    *,
    columns: Mapping[str, Column],
    refusals: Mapping[str, Column],
    key: Sequence[str],
    first: Sequence[str],
) -> DataFrame:
    """`columns`, `refused` (the first of `refusals` that holds, else null) and `raw`.

    Of good rows with the same `key` the one with the greatest `first` stays; the others are refused.
    """
    reasons = {"malformed line": F.col(MALFORMED).isNotNull(), **refusals}
    judged = raw.select(
        *(column.alias(name) for name, column in columns.items()),
        F.coalesce(*(F.when(holds, F.lit(reason)) for reason, holds in reasons.items())).alias(REFUSED),
        F.struct(*raw.columns).alias(RAW),
    )
    # Refused rows are ranked apart, or a bad row could push out a good one.
    same = Window.partitionBy(*key, F.col(REFUSED).isNull()).orderBy(*(F.col(name).desc() for name in first))
    return (
        judged.withColumn("_rank", F.row_number().over(same))
        .withColumn(REFUSED, F.coalesce(REFUSED, F.when(F.col("_rank") > 1, F.lit("repeated"))))
        .drop("_rank")
    )


def _unless(holds: Column) -> Column:
    """True where `holds` is false or unknown."""
    return ~F.coalesce(holds, F.lit(False))


def _no_id(name: str) -> Column:
    return _unless(F.col(name) >= 1)


def _empty(text: Column) -> Column:
    return _unless(text != "")


def _no_plausible_time() -> Column:
    return _unless(F.col("timestamp").between(_FIRST_SECOND, _LAST_SECOND))
