"""Builds the table ratings from ratings.csv."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lake.dataset import Table
from lake.judge import judge, unless
from lake.layout import Layout
from lake.raw import RawFile

from .plausible import no_id, no_plausible_time


def preprocess_ratings(raw: DataFrame) -> DataFrame:
    """user_id INT, movie_id INT, rating FLOAT (0.5 to 5.0 in halves), rated_at TIMESTAMP (UTC), year INT.

    Each user has one vote for a film: the newest counts, and the highest of equally new votes.
    """
    halves = F.col("rating") * 2
    return judge(
        raw,
        columns={
            "user_id": F.col("userId"),
            "movie_id": F.col("movieId"),
            "rating": F.col("rating").cast("float"),
            "rated_at": F.timestamp_seconds("timestamp"),
            "year": F.year(F.timestamp_seconds("timestamp")),
        },
        refusals={
            "no user id": no_id("userId"),
            "no movie id": no_id("movieId"),
            "rating outside 0.5 to 5.0 in halves": unless(halves.between(1, 10) & (halves == F.floor(halves))),
            "no plausible time": no_plausible_time(),
        },
    )


RATINGS = Table(
    "ratings",
    # A large file of numbers only, so it can be read line by line.
    RawFile("ratings.csv", "userId INT, movieId INT, rating DOUBLE, timestamp LONG", multi_line=False),
    preprocess_ratings,
    key=["user_id", "movie_id"],
    newest=["rated_at", "rating"],
    # A query for a year opens one folder; a query for a film skips data by the files' minima and maxima.
    layout=Layout(sort_by=["movie_id", "user_id"], year_of="rated_at"),
)
