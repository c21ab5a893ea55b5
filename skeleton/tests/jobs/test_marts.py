"""From CSV to marts, and the same computed by DuckDB from the same CSVs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from pyspark.sql import SparkSession

import movielens_glue_transform
from movielens.files import Files
from movielens.landing import land
from movielens.marts import film_statistics, top_rated_movies
from movielens.preprocess import Places, preprocess
from movielens.tables import MOVIES_TABLE, RATINGS_TABLE, TAGS_TABLE
from movielens.transform import transform

MINIMUM_VOTES = 10

# Written from the marts' description, not from the jobs: another engine, another CSV reader.
BY_DUCKDB = """
WITH films AS (
  SELECT movieId, trim(title) AS title, genres
  FROM read_csv('{folder}/movies.csv', header = true, quote = '"', escape = '"')
), votes AS (
  SELECT movieId, count(*) AS num_ratings, avg(rating) AS avg_rating
  FROM read_csv('{folder}/ratings.csv', header = true) GROUP BY movieId
), rated AS (
  SELECT movieId, title, num_ratings, avg_rating,
    CASE WHEN genres = '(no genres listed)' THEN [] ELSE string_split(genres, '|') END AS genres,
    TRY_CAST(regexp_extract(title, '\\((\\d{{4}})(-\\d{{4}})?\\)$', 1) AS INT) AS release_year
  FROM films JOIN votes USING (movieId)
)
SELECT row_number() OVER (ORDER BY {order}) AS rank, movieId, title, release_year, genres, num_ratings, avg_rating
FROM rated WHERE num_ratings >= {minimum_votes} ORDER BY rank
"""


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of a generated sample, through every job."""
    lake = tmp_path_factory.mktemp("lake")
    land(Files(spark), "sample:3000", str(lake / "raw"))
    for table in (MOVIES_TABLE, RATINGS_TABLE, TAGS_TABLE):
        name = table.file.name
        places = Places(
            source=str(lake / "raw" / f"{name}.csv"),
            target=str(lake / "curated" / name),
            quarantine=str(lake / "quarantine" / name),
            staging=str(lake / "staging"),
            run_id="test",
        )
        preprocess(spark, table, replace(places))
    transform(
        spark,
        source=str(lake / "curated"),
        target=str(lake / "marts"),
        staging=str(lake / "staging"),
        minimum_votes=MINIMUM_VOTES,
    )
    return lake


@pytest.mark.parametrize(
    ("mart", "order", "minimum_votes"),
    [
        ("most_popular_movies", "num_ratings DESC, movieId", 1),
        ("top_rated_movies", "avg_rating DESC, num_ratings DESC, movieId", MINIMUM_VOTES),
    ],
)
def test_marts_equal_duckdb(lake: Path, mart: str, order: str, minimum_votes: int) -> None:
    expected = duckdb.sql(BY_DUCKDB.format(folder=lake / "raw", order=order, minimum_votes=minimum_votes)).fetchall()

    # In the order of the file: a reader of the mart gets it sorted.
    actual = duckdb.sql(f"SELECT * FROM '{lake}/marts/{mart}/part-00000.zstd.parquet'").fetchall()

    assert len(expected) > 20
    assert actual == expected


def test_tags_equal_duckdb(lake: Path) -> None:
    expected = duckdb.sql(
        "SELECT userId, movieId, trim(tag), epoch_ms(timestamp * 1000)"
        f" FROM read_csv('{lake}/raw/tags.csv', header = true)"
        " ORDER BY ALL"
    ).fetchall()

    actual = duckdb.sql(
        f"SELECT user_id, movie_id, tag, tagged_at AT TIME ZONE 'UTC' FROM '{lake}/curated/tags/*.parquet' ORDER BY ALL"
    ).fetchall()

    assert actual == expected


def test_a_film_with_one_perfect_vote_is_not_the_best(spark: SparkSession) -> None:
    movies = spark.createDataFrame(
        [(1, "One vote", None, []), (2, "Many votes", 1990, ["Drama"])],
        "movie_id INT, title STRING, release_year INT, genres ARRAY<STRING>",
    )
    ratings = spark.createDataFrame(
        [(1, 1, 5.0)] + [(user, 2, 4.0) for user in range(10)], "user_id INT, movie_id INT, rating FLOAT"
    )

    rows = top_rated_movies(movies, film_statistics(ratings), minimum_votes=10).collect()

    assert [(row.rank, row.movie_id, row.num_ratings, row.avg_rating) for row in rows] == [(1, 2, 10, 4.0)]


def test_a_rerun_gives_the_same_bytes(spark: SparkSession, lake: Path) -> None:
    def read() -> list[bytes]:
        return [path.read_bytes() for path in sorted((lake / "marts").rglob("*.parquet"))]

    before = read()
    transform(spark, source=f"{lake}/curated/", target=f"{lake}/marts/", staging=f"{lake}/staging/")

    assert len(before) == 2 and read() == before


def test_glue_arguments() -> None:
    argv = ["job", "--JOB_NAME", "x", "--source", "s3://d/curated/", "--target", "s3://d/marts/"]
    argv += ["--staging", "s3://d/staging/", "--run_id", "run-1", "--attempt", "1"]

    given = movielens_glue_transform.read_arguments(argv)
    assert (given["source"], given["run_id"]) == ("s3://d/curated/", "run-1")
    assert "minimum_votes" not in given

    given = movielens_glue_transform.read_arguments([*argv, "--minimum_votes", "50"])
    assert given["minimum_votes"] == "50"


def test_the_glue_script_is_imported_without_glue() -> None:
    assert "awsglue" not in sys.modules["movielens_glue_transform"].__dict__
