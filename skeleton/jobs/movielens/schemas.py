"""The columns of the raw MovieLens files, as GroupLens documents them.

https://files.grouplens.org/datasets/movielens/ml-latest-README.html
"""

from __future__ import annotations

from dataclasses import dataclass

# Where the CSV reader puts a line that does not fit the schema.
MALFORMED = "_malformed"


@dataclass(frozen=True)
class RawFile:
    """One file under raw/: its columns as a Spark DDL, and whether a quoted field may hold a line break."""

    name: str
    columns: str
    # A file read this way cannot be split between executors, so the big one (ratings, numbers
    # only) is read line by line.
    multi_line: bool

    @property
    def schema(self) -> str:
        return f"{self.columns}, {MALFORMED} STRING"


MOVIES = RawFile("movies", "movieId INT, title STRING, genres STRING", multi_line=True)
RATINGS = RawFile("ratings", "userId INT, movieId INT, rating DOUBLE, timestamp LONG", multi_line=False)
TAGS = RawFile("tags", "userId INT, movieId INT, tag STRING, timestamp LONG", multi_line=True)
