"""Computes the expected marts with DuckDB from the raw CSV files, by its own rules. Takes a folder, prints JSON."""

from __future__ import annotations

import json
import sys

import duckdb

CSV = "header = true, delim = ',', quote = '\"', escape = '\"'"

STATISTICS = f"""
CREATE TABLE statistics AS
SELECT movie_id, count(*) AS num_ratings, avg(rating) AS avg_rating
FROM (
    SELECT DISTINCT ON ("userId", "movieId") "movieId" AS movie_id, rating
    FROM read_csv($raw || '/ratings.csv', {CSV}, types = {{'rating': 'DOUBLE', 'timestamp': 'BIGINT'}})
    WHERE rating BETWEEN 0.5 AND 5 AND rating * 2 = floor(rating * 2)
    ORDER BY timestamp DESC, rating DESC
)
GROUP BY movie_id
"""

MOVIES = f"""
CREATE TABLE movies AS
SELECT
    "movieId" AS movie_id,
    trim(title) AS title,
    nullif(regexp_extract(title, '\\((\\d{{4}})([-–](\\d{{4}})?\\s*)?\\)\\s*$', 1), '')::INTEGER AS release_year,
    CASE genres WHEN '(no genres listed)' THEN [] ELSE string_split(genres, '|') END AS genres
FROM read_csv($raw || '/movies.csv', {CSV}, types = {{'title': 'VARCHAR', 'genres': 'VARCHAR'}})
"""

MART = """
SELECT row_number() OVER (ORDER BY {order}) AS rank, movie_id, title, release_year, genres, num_ratings, avg_rating
FROM movies JOIN statistics USING (movie_id)
WHERE num_ratings >= {votes}
ORDER BY rank
"""

MARTS = {
    "most_popular_movies": MART.format(order="num_ratings DESC, movie_id", votes=1),
    "top_rated_movies": MART.format(order="avg_rating DESC, num_ratings DESC, movie_id", votes=10),
}


def main() -> None:
    database = duckdb.connect()
    for table in (STATISTICS, MOVIES):
        database.execute(table, {"raw": sys.argv[1]})
    marts = {}
    for name, query in MARTS.items():
        answer = database.execute(query)
        columns = [column[0] for column in answer.description]
        marts[name] = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
    json.dump(marts, sys.stdout)


if __name__ == "__main__":
    main()
