"""How many bytes a question costs, by how the ratings lie: always by DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import duckdb_jobs
from measured import measured


@dataclass(frozen=True)
class Layout:
    """`ratings` is what stands after FROM; `year` and `film` are conditions on its columns."""

    ratings: str
    year: Callable[[int], str]
    film: Callable[[int], str]


def layouts(raw: Path, ours: Path, original: Path) -> dict[str, Layout]:
    """Of lakes with the same ratings: the CSV itself, our table, the original's."""
    return {
        "ours": Layout(
            f"read_parquet('{ours}/curated/ratings/*/*.parquet', hive_partitioning = true)",
            lambda year: f"year = {year}",
            lambda film: f"movie_id = {film}",
        ),
        "original": Layout(
            f"read_parquet('{original}/curated/ratings/*.parquet')",
            lambda year: f"year(make_timestamp(timestamp::BIGINT * 1000000)) = {year}",
            lambda film: f"movieId = '{film}'",
        ),
        "csv": Layout(
            f"read_csv('{raw}/ratings.csv', header = true, columns ="
            " {userId: 'INT', movieId: 'INT', rating: 'FLOAT', timestamp: 'BIGINT'})",
            lambda year: f"year(make_timestamp(timestamp * 1000000)) = {year}",
            lambda film: f"movieId = {film}",
        ),
    }


def bytes_read(found: dict[str, Layout]) -> dict[str, dict[str, int]]:
    """{year, film} → layout → bytes, for the mean rating of the largest year and of the film with most ratings.

    Raises ValueError where two layouts give other answers.
    """
    ratings = found["ours"].ratings
    year = _one(f"SELECT year FROM {ratings} GROUP BY year ORDER BY count(*) DESC, year LIMIT 1")[0]
    film = _one(f"SELECT movie_id FROM {ratings} GROUP BY movie_id ORDER BY count(*) DESC, movie_id LIMIT 1")[0]
    return {
        "year": _ask({name: (layout.ratings, layout.year(year)) for name, layout in found.items()}),
        "film": _ask({name: (layout.ratings, layout.film(film)) for name, layout in found.items()}),
    }


def _ask(questions: dict[str, tuple[str, str]]) -> dict[str, int]:
    counted, answers = {}, {}
    for name, (ratings, condition) in questions.items():
        connection = duckdb_jobs.connect()  # a new one: nothing is cached
        with measured() as result:
            query = f"SELECT count(*), round(avg(rating::DOUBLE), 9) FROM {ratings} WHERE {condition}"
            answers[name] = connection.execute(query).fetchone()
        counted[name] = result.bytes_read
    if len(set(answers.values())) > 1:
        raise ValueError(f"The layouts do not hold the same ratings: {answers}")
    return counted


def _one(query: str) -> tuple:
    found = duckdb.execute(query).fetchone()
    if not found:
        raise ValueError(f"No row: {query}")
    return found
