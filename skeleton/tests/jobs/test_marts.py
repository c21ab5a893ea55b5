"""Compares the marts with those that DuckDB computes from the same CSV files."""

from __future__ import annotations

import duckdb
import pytest
from movielens_lake import DATASET, Lake
from pyspark.sql import SparkSession

import glue_transform
from lake.datasets.movielens.glue_transform import MINIMUM_VOTES, film_statistics, rated_movies, top_rated_movies

# Follows the description of the marts, not the jobs: another engine, another CSV reader.
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


@pytest.mark.parametrize(
    ("mart", "order", "minimum_votes"),
    [
        ("most_popular_movies", "num_ratings DESC, movieId", 1),
        ("top_rated_movies", "avg_rating DESC, num_ratings DESC, movieId", MINIMUM_VOTES),
    ],
)
def test_marts_equal_duckdb(lake: Lake, mart: str, order: str, minimum_votes: int) -> None:
    expected = duckdb.sql(BY_DUCKDB.format(folder=lake.root / "raw", order=order, minimum_votes=minimum_votes))

    # In the order of its single file, because readers expect the mart to be sorted.
    actual = [tuple(row) for row in lake.marts.read(mart).collect()]

    assert len(actual) > 20
    assert actual == expected.fetchall()


def test_tags_equal_duckdb(lake: Lake) -> None:
    expected = duckdb.sql(
        "SELECT userId, movieId, trim(tag), timestamp"
        f" FROM read_csv('{lake.root}/raw/tags.csv', header = true)"
        " ORDER BY ALL"
    ).fetchall()

    tags = lake.curated.read("tags").selectExpr("user_id", "movie_id", "tag", "unix_timestamp(tagged_at)").collect()

    assert sorted(tuple(row) for row in tags) == expected


def test_a_film_with_one_perfect_vote_is_not_the_best(spark: SparkSession) -> None:
    movies = spark.createDataFrame(
        [(1, "One vote", None, []), (2, "Many votes", 1990, ["Drama"])],
        "movie_id INT, title STRING, release_year INT, genres ARRAY<STRING>",
    )
    ratings = spark.createDataFrame(
        [(1, 1, 5.0)] + [(user, 2, 4.0) for user in range(10)], "user_id INT, movie_id INT, rating FLOAT"
    )

    rows = top_rated_movies(rated_movies(movies, film_statistics(ratings)), minimum_votes=10).collect()

    assert [(row.rank, row.movie_id, row.num_ratings, row.avg_rating) for row in rows] == [(1, 2, 10, 4.0)]


def test_a_rerun_gives_the_same_rows(lake: Lake) -> None:
    def read() -> list:
        return [lake.marts.read(mart).collect() for mart in DATASET.marts.layouts]

    before = read()
    lake.make_marts()

    assert len(before) == 2 and read() == before


def test_the_glue_script_is_imported_without_glue() -> None:
    assert "awsglue" not in vars(glue_transform)


def test_every_row_of_the_source_is_in_the_summary_and_every_rule_was_evaluated(lake: Lake) -> None:
    for table in DATASET.tables:
        counts = lake.counts[table.name]
        size = sum(lake.landed.sizes[name] for name in lake.landed.tables[table.name])
        assert counts["source"]["bytes"] == size
        assert counts["read"] == counts["written"] + sum(counts["refused"].values())
        assert counts["lines"]["read"] == sum(counts["lines"].values()) - counts["lines"]["read"]
        assert lake.curated.read(table.name).count() == counts["written"]
        assert [each["outcome"] for each in counts["quality"]] == ["passed"] * len(table.rules) and table.rules
    outcomes = {mart: {each["outcome"] for each in results} for mart, results in lake.checks.items()}
    assert outcomes == {mart: {"passed"} for mart in DATASET.marts.layouts}
