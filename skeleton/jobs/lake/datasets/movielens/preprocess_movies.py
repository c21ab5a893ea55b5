"""Builds the table movies from movies.csv."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lake.dataset import Table
from lake.judge import clean, empty, judge
from lake.layout import Layout
from lake.raw import RawFile

from .plausible import no_id

_NO_GENRES = "(no genres listed)"
# A year, or the range of years of a series, in parentheses at the end: `(1995)`, `(2005-2008)`, `(2010– )`.
_YEAR = r"\((\d{4})(?:\s*[-–]\s*(?:\d{4})?\s*)?\)\s*$"


def preprocess_movies(raw: DataFrame) -> DataFrame:
    """movie_id INT, title STRING (clean, year kept), release_year INT or null, genres ARRAY<STRING> (empty: none)."""
    title, genres = clean(F.col("title")), clean(F.col("genres"))
    year = F.regexp_extract(title, _YEAR, 1)
    no_genres = F.array().cast("array<string>")
    return judge(
        raw,
        columns={
            "movie_id": F.col("movieId"),
            "title": title,
            "release_year": F.when(year != "", year.cast("int")),
            "genres": F.when(genres == _NO_GENRES, no_genres).otherwise(F.split(genres, r" *\| *")),
        },
        refusals={
            "no movie id": no_id("movieId"),
            "no title": empty(title),
            "no genres field": empty(genres),
        },
    )


MOVIES = Table(
    "movies",
    RawFile("movies.csv", "movieId INT, title STRING, genres STRING", multi_line=True),
    preprocess_movies,
    key=["movie_id"],
    newest=["title", "genres"],
    layout=Layout(sort_by=["movie_id"]),
)
