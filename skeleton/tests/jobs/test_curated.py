"""Tests raw text → judged rows, with real Spark and realistic files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from csv_files import read_files
from pyspark.sql import Row, SparkSession
from pyspark.sql.types import ArrayType, FloatType, IntegerType, StringType, TimestampType

from lake.dataset import Table
from lake.datasets.movielens.preprocess_movies import MOVIES
from lake.datasets.movielens.preprocess_ratings import RATINGS
from lake.datasets.movielens.preprocess_tags import TAGS
from lake.judge import REFUSED, refuse_repeated
from lake.raw import HEADER

Judged = Callable[[Table, str], list[Row]]


@pytest.fixture
def judged(spark: SparkSession, tmp_path: Path) -> Judged:
    """Returns the judged rows of a table's raw text, with times as text."""

    def judge(table: Table, text: str) -> list[Row]:
        path = tmp_path / table.file.name
        path.write_bytes(text.encode())
        rows = refuse_repeated(table.curate(read_files(spark, table.file, path)), table.key, table.newest)
        rows = rows.where(f"{REFUSED} is null or {REFUSED} <> '{HEADER}'")
        # As text, in UTC: Python knows no year 36971, and shows times in the zone of the process.
        times = [name for name, kind in rows.dtypes if kind == "timestamp"]
        return rows.withColumns({name: rows[name].cast("string") for name in times}).collect()

    return judge


def good(rows: list[Row]) -> list[tuple]:
    return sorted(tuple(row)[:-4] for row in rows if row.refused is None)


def refused(rows: list[Row]) -> list[str]:
    return sorted(row.refused for row in rows if row.refused)


def test_types(spark: SparkSession, sample: Path) -> None:
    def types(table: Table) -> dict:
        rows = table.curate(read_files(spark, table.file, sample / table.file.name))
        return {field.name: field.dataType for field in rows.schema.fields[:-4]}

    assert types(MOVIES) == {
        "movie_id": IntegerType(),
        "title": StringType(),
        "release_year": IntegerType(),
        "genres": ArrayType(StringType(), True),
    }
    assert types(RATINGS) == {
        "user_id": IntegerType(),
        "movie_id": IntegerType(),
        "rating": FloatType(),
        "rated_at": TimestampType(),
        "year": IntegerType(),
    }
    assert types(TAGS) == {
        "user_id": IntegerType(),
        "movie_id": IntegerType(),
        "tag": StringType(),
        "tagged_at": TimestampType(),
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1,Toy Story (1995),Adventure|Comedy", (1, "Toy Story (1995)", 1995, ["Adventure", "Comedy"])),
        ('2,"Amélie, or ""Le Destin"" (2001)",Comedy', (2, 'Amélie, or "Le Destin" (2001)', 2001, ["Comedy"])),
        ("3,Back\\slash (1999),Drama", (3, "Back\\slash (1999)", 1999, ["Drama"])),
        ('4,"Two\nlines (1980)",Drama', (4, "Two lines (1980)", 1980, ["Drama"])),
        ("11,\u00a0No\u00a0break (1980)\u00a0,Drama\u00a0|\u00a0War", (11, "No break (1980)", 1980, ["Drama", "War"])),
        ('12,"Line end (1980)\r\n","Drama\r\n"', (12, "Line end (1980)", 1980, ["Drama"])),
        ("5,No year,(no genres listed)", (5, "No year", None, [])),
        ("6,Series (2005-2008),Drama", (6, "Series (2005-2008)", 2005, ["Drama"])),
        ("7,Running (2016– ),Drama", (7, "Running (2016– )", 2016, ["Drama"])),
        ("8,Blank (1990) ,Drama", (8, "Blank (1990)", 1990, ["Drama"])),
        ("9,1984 (a.k.a. Nineteen) (1956),Sci-Fi", (9, "1984 (a.k.a. Nineteen) (1956)", 1956, ["Sci-Fi"])),
        ("10,東京 (1953),Drama", (10, "東京 (1953)", 1953, ["Drama"])),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_movies(judged: Judged, line: str, expected: tuple, end: str) -> None:
    assert good(judged(MOVIES, f"movieId,title,genres{end}{line}{end}")) == [expected]


def test_bad_movies_are_refused_with_the_reason(judged: Judged) -> None:
    rows = judged(
        MOVIES,
        "movieId,title,genres\n"
        "1,Good (1995),Drama\n"
        "x,No number (1995),Drama\n"
        "2,Too,many,fields\n"
        "3,Too few\n"
        ",No id (1995),Drama\n"
        "-4,Negative (1995),Drama\n"
        "5,,Drama\n"
        "6,No genres (1995),\n"
        "7,Twice (1995),Drama\n"
        "7,Twice (1995),Drama\n",
    )

    assert [row[0] for row in good(rows)] == [1, 7]
    assert refused(rows) == [
        "malformed line",
        "malformed line",
        "malformed line",
        "no genres field",
        "no movie id",
        "no movie id",
        "no title",
        "repeated",
    ]
    [malformed] = [row for row in rows if row.raw["_malformed"] == "2,Too,many,fields"]
    assert malformed.refused == "malformed line", "the line is kept as it came"


def test_ratings(judged: Judged) -> None:
    rows = judged(
        RATINGS,
        "userId,movieId,rating,timestamp\n1,10,0.5,1104537599\n1,20,5.0,1104537600\n2,10,3.5,1104537600\n",
    )

    assert good(rows) == [
        (1, 10, 0.5, "2004-12-31 23:59:59", 2004),
        (1, 20, 5.0, "2005-01-01 00:00:00", 2005),
        (2, 10, 3.5, "2005-01-01 00:00:00", 2005),
    ]


def test_bad_ratings_are_refused_with_the_reason(judged: Judged) -> None:
    rows = judged(
        RATINGS,
        "userId,movieId,rating,timestamp\n"
        "1,1,4.0,1104537600\n"
        "1,2,0.0,1104537600\n"
        "1,3,5.5,1104537600\n"
        "1,4,3.7,1104537600\n"
        "1,5,NaN,1104537600\n"
        "1,6,,1104537600\n"
        "0,7,4.0,1104537600\n"
        "1,,4.0,1104537600\n"
        "1,9,4.0,0\n"
        "1,10,4.0,1104537600000\n"
        "1,11,four,1104537600\n",
    )

    assert [row[1] for row in good(rows)] == [1]
    assert refused(rows) == [
        "malformed line",
        "no movie id",
        "no plausible time",
        "no plausible time",
        "no user id",
        *["rating outside 0.5 to 5.0 in halves"] * 5,
    ]


def test_the_newest_vote_counts(judged: Judged) -> None:
    rows = judged(
        RATINGS,
        "userId,movieId,rating,timestamp\n"
        "1,1,2.0,1104537600\n1,1,4.0,1104537700\n1,1,3.0,1104537700\n1,1,9.0,1104537800\n",
    )

    assert [row[2] for row in good(rows)] == [4.0], "a refused row cannot push out a good one"
    assert refused(rows) == ["rating outside 0.5 to 5.0 in halves", "repeated", "repeated"]


def test_tags(judged: Judged) -> None:
    rows = judged(
        TAGS,
        "userId,movieId,tag,timestamp\n"
        '1,1,"  ""great"" soundtrack, really",1104537600\n'
        "1,1,🎬 classic,1104537600\n"
        "1,1,🎬 classic ,1104537700\n"
        "1,2, ,1104537600\n"
        "1,3,back\\slash,1104537600\n"
        "1,4,\u00a0no break\u00a0,1104537600\n"
        '1,5,"line end\r\n",1104537600\n'
        "1,6,\ufeffmark\u200b,1104537600\n"
        '1,7,"\u00a0\r\n",1104537600\n'
        "1,8,wide\u3000blank,1104537600\n",
    )

    assert [row[2] for row in good(rows)] == [
        *('"great" soundtrack, really', "🎬 classic", "back\\slash"),
        *("no break", "line end", "mark", "wide blank"),
    ]
    assert refused(rows) == ["no tag", "no tag", "repeated"]


def test_columns_in_another_order_are_read_by_their_names(judged: Judged) -> None:
    rows = judged(MOVIES, "movieId,genres,title\n1,Drama,Toy Story (1995)\n")

    assert good(rows) == [(1, "Toy Story (1995)", 1995, ["Drama"])]


@pytest.mark.parametrize("table", [MOVIES, RATINGS, TAGS], ids=lambda table: table.name)
def test_a_sample_has_no_bad_rows(spark: SparkSession, sample: Path, table: Table) -> None:
    rows = table.curate(read_files(spark, table.file, sample / table.file.name)).collect()

    assert rows and refused(rows) == ["header"]
