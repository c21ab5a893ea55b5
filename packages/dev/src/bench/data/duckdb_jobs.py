"""Our jobs, in DuckDB: typed columns, the same rows refused, the same order, the same marts."""

from __future__ import annotations

from pathlib import Path

import duckdb

THREADS = 2
MINIMUM_VOTES = 10
_PLAUSIBLE = "timestamp BETWEEN 788918400 AND 4102444800"
_PARQUET = "FORMAT parquet, COMPRESSION zstd"


def tables(lake: Path) -> None:
    """raw/movielens/*.csv → curated/{movies,ratings,tags}/"""
    raw, curated = lake / "raw/movielens", lake / "curated"
    curated.mkdir(parents=True)
    connection = connect()
    connection.execute(f"""
        COPY (
            SELECT * EXCLUDE (again) FROM (
                SELECT userId AS user_id, movieId AS movie_id, rating, make_timestamp(timestamp * 1000000) AS rated_at,
                       year(make_timestamp(timestamp * 1000000)) AS year,
                       row_number() OVER (PARTITION BY userId, movieId ORDER BY timestamp DESC, rating DESC) AS again
                FROM read_csv('{raw}/ratings.csv', header = true,
                     columns = {{userId: 'INT', movieId: 'INT', rating: 'FLOAT', timestamp: 'BIGINT'}})
                WHERE userId >= 1 AND movieId >= 1 AND rating BETWEEN 0.5 AND 5 AND (rating * 2) % 1 = 0
                      AND {_PLAUSIBLE}
            ) WHERE again = 1 ORDER BY year, movie_id, user_id
        ) TO '{curated}/ratings' ({_PARQUET}, PARTITION_BY (year))
    """)
    (curated / "movies").mkdir()
    connection.execute(f"""
        COPY (
            SELECT movieId AS movie_id, trim(title) AS title,
                   try_cast(regexp_extract(title, '\\((\\d{{4}})(?:\\s*[-–]\\s*(?:\\d{{4}})?\\s*)?\\)\\s*$', 1) AS INT)
                       AS release_year,
                   CASE trim(genres) WHEN '(no genres listed)' THEN []
                        ELSE string_split(trim(genres), '|') END AS genres
            FROM read_csv('{raw}/movies.csv', header = true, quote = '"', escape = '"',
                 columns = {{movieId: 'INT', title: 'VARCHAR', genres: 'VARCHAR'}})
            WHERE movieId >= 1 AND trim(title) <> '' AND trim(genres) <> '' ORDER BY movie_id
        ) TO '{curated}/movies/part.parquet' ({_PARQUET})
    """)
    (curated / "tags").mkdir()
    connection.execute(f"""
        COPY (
            SELECT * EXCLUDE (again) FROM (
                SELECT userId AS user_id, movieId AS movie_id, trim(tag) AS tag,
                       make_timestamp(timestamp * 1000000) AS tagged_at,
                       row_number() OVER (PARTITION BY userId, movieId, trim(tag) ORDER BY timestamp DESC) AS again
                FROM read_csv('{raw}/tags.csv', header = true, quote = '"', escape = '"',
                     columns = {{userId: 'INT', movieId: 'INT', tag: 'VARCHAR', timestamp: 'BIGINT'}})
                WHERE userId >= 1 AND movieId >= 1 AND trim(tag) <> '' AND {_PLAUSIBLE}
            ) WHERE again = 1 ORDER BY movie_id, user_id
        ) TO '{curated}/tags/part.parquet' ({_PARQUET})
    """)


def statistics(lake: Path) -> None:
    """curated/ → marts/{most_popular_movies,top_rated_movies}/"""
    connection = connect()
    connection.execute(f"""
        CREATE TABLE statistics AS
        SELECT movie_id, count(*) AS num_ratings, avg(rating::DOUBLE) AS avg_rating
        FROM '{lake}/curated/ratings/*/*.parquet' GROUP BY movie_id
    """)
    for mart, where, order in (
        ("most_popular_movies", "true", "num_ratings DESC, movie_id"),
        ("top_rated_movies", f"num_ratings >= {MINIMUM_VOTES}", "avg_rating DESC, num_ratings DESC, movie_id"),
    ):
        folder = lake / "marts" / mart
        folder.mkdir(parents=True)
        connection.execute(f"""
            COPY (
                SELECT row_number() OVER (ORDER BY {order}) AS rank, movie_id, title, release_year, genres,
                       num_ratings, avg_rating
                FROM '{lake}/curated/movies/*.parquet' JOIN statistics USING (movie_id) WHERE {where} ORDER BY rank
            ) TO '{folder}/part.parquet' ({_PARQUET})
        """)


def connect() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": THREADS})
