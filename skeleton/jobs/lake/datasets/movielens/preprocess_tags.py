"""Builds the table tags from tags.csv."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lake.dataset import Table
from lake.judge import clean, empty, judge
from lake.layout import Layout
from lake.raw import RawFile

from .plausible import no_id, no_plausible_time


def preprocess_tags(raw: DataFrame) -> DataFrame:
    """user_id INT, movie_id INT, tag STRING (clean, else as written), tagged_at TIMESTAMP (UTC).

    Each user, film and tag has one row: the newest counts.
    """
    tag = clean(F.col("tag"))
    return judge(
        raw,
        columns={
            "user_id": F.col("userId"),
            "movie_id": F.col("movieId"),
            "tag": tag,
            "tagged_at": F.timestamp_seconds("timestamp"),
        },
        refusals={
            "no user id": no_id("userId"),
            "no movie id": no_id("movieId"),
            "no tag": empty(tag),
            "no plausible time": no_plausible_time(),
        },
    )


TAGS = Table(
    "tags",
    RawFile("tags.csv", "userId INT, movieId INT, tag STRING, timestamp LONG", multi_line=True),
    preprocess_tags,
    key=["user_id", "movie_id", "tag"],
    newest=["tagged_at"],
    layout=Layout(sort_by=["movie_id", "user_id", "tag"]),
)
