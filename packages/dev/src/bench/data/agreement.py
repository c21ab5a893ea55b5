"""Whether the engines made the same of the same input: a comparison of speed is worth nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb

_MARTS = {
    "most_popular_movies": "num_ratings",
    "top_rated_movies": "round(avg_rating, 9) AS avg_rating",
}


def check_agreement(ours: Path, original: Path, with_duckdb: Path) -> None:
    """Raises ValueError where DuckDB made other marts than our jobs, or the original's other numbers for a film."""
    for mart, number in _MARTS.items():
        columns = "rank, movie_id, title, release_year, genres, num_ratings, round(avg_rating, 9) AS avg_rating"
        _same(mart, _select(columns, ours, mart), _select(columns, with_duckdb, mart))
        # The original has no minimum of votes: the films of ours are among its own.
        of_theirs = f"CAST(movieId AS INT) AS movie_id, {number}"
        _none(mart, f"{_select(f'movie_id, {number}', ours, mart)} EXCEPT {_select(of_theirs, original, mart)}")


def _same(mart: str, one: str, other: str) -> None:
    _none(mart, f"({one} EXCEPT {other}) UNION ALL ({other} EXCEPT {one})")


def _none(mart: str, difference: str) -> None:
    rows = duckdb.execute(f"SELECT * FROM ({difference}) LIMIT 3").fetchall()
    if rows:
        raise ValueError(f"{mart} is not the same in all engines: {rows}")


def _select(columns: str, lake: Path, mart: str) -> str:
    return f"SELECT {columns} FROM '{lake}/marts/{mart}/*.parquet'"
