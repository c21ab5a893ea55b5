"""movielens_glue_transform: builds the two marts from the curated tables."""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from lake.dataset import Marts
from lake.layout import Layout

# A film with fewer votes is not among the top rated: a single 5.0 says little.
MINIMUM_VOTES = 10


def movielens_glue_transform(read: Callable[[str], DataFrame]) -> dict[str, DataFrame]:
    """Builds both marts from movies and ratings. Reads the ratings once."""
    rated = rated_movies(read("movies"), film_statistics(read("ratings"))).cache()
    return {"most_popular_movies": most_popular_movies(rated), "top_rated_movies": top_rated_movies(rated)}


def rated_movies(movies: DataFrame, statistics: DataFrame) -> DataFrame:
    """Joins films with their statistics, which have one row a film, not one a rating. The result is one partition,
    because ranking a mart needs one: there are fewer than 100,000 films."""
    return movies.join(statistics, "movie_id").coalesce(1)


def most_popular_movies(rated: DataFrame) -> DataFrame:
    """Ranks every rated film by its number of ratings, then by ascending movie id."""
    return _ranked(rated, order=(F.desc("num_ratings"), F.asc("movie_id")))


def top_rated_movies(rated: DataFrame, minimum_votes: int = MINIMUM_VOTES) -> DataFrame:
    """Ranks films with at least `minimum_votes` ratings by average rating, then by votes, then by ascending id."""
    enough = rated.where(F.col("num_ratings") >= minimum_votes)
    return _ranked(enough, order=(F.desc("avg_rating"), F.desc("num_ratings"), F.asc("movie_id")))


def film_statistics(ratings: DataFrame) -> DataFrame:
    """movie_id INT, num_ratings BIGINT, avg_rating DOUBLE (ratings are halves: their sum is exact)."""
    return ratings.groupBy("movie_id").agg(
        F.count("*").alias("num_ratings"), F.avg(F.col("rating").cast("double")).alias("avg_rating")
    )


def _ranked(rated: DataFrame, order: tuple) -> DataFrame:
    """rank, movie_id, release_year INT, title STRING, genres ARRAY<STRING>, num_ratings BIGINT, avg_rating DOUBLE."""
    return rated.withColumn("rank", F.row_number().over(Window.orderBy(*order))).select(
        "rank", "movie_id", "title", "release_year", "genres", "num_ratings", "avg_rating"
    )


_BY_RANK = Layout(sort_by=["rank"])

MARTS = Marts({"most_popular_movies": _BY_RANK, "top_rated_movies": _BY_RANK}, movielens_glue_transform)
