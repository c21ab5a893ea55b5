"""Declares the dataset MovieLens."""

from __future__ import annotations

from lake.dataset import Dataset

from .glue_transform import MARTS
from .preprocess_movies import MOVIES
from .preprocess_ratings import RATINGS
from .preprocess_tags import TAGS
from .sample import write_sample

DATASET = Dataset(
    tables=[MOVIES, RATINGS, TAGS],
    marts=MARTS,
    write_sample=write_sample,
    extra_files=["links.csv"],
)
