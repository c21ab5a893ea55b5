"""Curated tables → published marts."""

from __future__ import annotations

from pyspark.sql import SparkSession

from .marts import MINIMUM_VOTES, film_statistics, most_popular_movies, top_rated_movies
from .table import Layout, publish_table, stage_table

_BY_RANK = Layout(sort_by=["rank"])


def transform(
    spark: SparkSession, *, source: str, target: str, staging: str, minimum_votes: int = MINIMUM_VOTES
) -> dict[str, int]:
    """Publishes both marts below `target`; gives the rows of each. Both are staged before the first is published."""
    source, target = source.rstrip("/"), target.rstrip("/")
    movies = spark.read.parquet(f"{source}/movies/")
    statistics = film_statistics(spark.read.parquet(f"{source}/ratings/")).cache()
    marts = {
        "most_popular_movies": most_popular_movies(movies, statistics),
        "top_rated_movies": top_rated_movies(movies, statistics, minimum_votes),
    }
    staged = {name: stage_table(mart, staging, _BY_RANK) for name, mart in marts.items()}
    for name, folder in staged.items():
        publish_table(spark, folder, f"{target}/{name}/")
    statistics.unpersist()
    return {name: spark.read.parquet(f"{target}/{name}/").count() for name in staged}
