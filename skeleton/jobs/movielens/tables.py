"""The curated tables: raw file, rules, layout."""

from __future__ import annotations

from .curated import curate_movies, curate_ratings, curate_tags
from .preprocess import Preprocess
from .schemas import MOVIES, RATINGS, TAGS
from .table import Layout

MOVIES_TABLE = Preprocess(MOVIES, curate_movies, Layout(sort_by=["movie_id"]))
RATINGS_TABLE = Preprocess(
    RATINGS,
    curate_ratings,
    # A query for a year opens one folder; a query for a film skips by the files' own minima and maxima.
    Layout(sort_by=["movie_id", "user_id"], partition_by=["year"]),
)
TAGS_TABLE = Preprocess(TAGS, curate_tags, Layout(sort_by=["movie_id", "user_id", "tag"]))
