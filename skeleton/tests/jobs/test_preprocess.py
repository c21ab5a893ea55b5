"""Tests a whole preprocess job on files: published and refused rows, reruns, failures."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest
from conftest import OpenZone
from pyspark.sql import SparkSession

from lake.dataset import Table
from lake.datasets.movielens.preprocess_movies import MOVIES
from lake.datasets.movielens.preprocess_ratings import RATINGS
from lake.preprocess import EmptySource, Places, TooManyRefused, preprocess
from lake.publish import publish
from lake.staged_run import NotLanded, StagedRun
from lake.zone import Zone


class Lake:
    """A lake in a folder, with functions that preprocess and publish its ratings."""

    def __init__(self, spark: SparkSession, root: Path, zone: Zone) -> None:
        self.spark, self.zone = spark, zone
        self.source, self.ratings, self.staging = root / "ratings.csv", root / "curated" / "ratings", root / "staging"
        self.quarantine = root / "quarantine" / "ratings"
        self.run = StagedRun(spark, str(self.staging), "test")
        self.run.land({})

    def put(self, lines: list[str]) -> None:
        self.source.write_text("userId,movieId,rating,timestamp\n" + "".join(f"{line}\n" for line in lines))

    def preprocess(self, table: Table = RATINGS, source: Path | None = None) -> dict:
        places = Places(str(source or self.source), str(self.quarantine), "manual__2026-01-01T00:00:00+00:00")
        counts = preprocess(self.spark, table, self.zone, places, self.run)
        published = publish(self.spark, self.run, [table.name], lambda unpublished: {})["published"][table.name]
        return {**counts, "files": published["files"]}


@pytest.fixture
def lake(spark: SparkSession, zone_at: OpenZone, tmp_path: Path) -> Lake:
    return Lake(spark, tmp_path, zone_at(tmp_path / "curated"))


def contents(folder: Path) -> dict[str, str]:
    """Returns the data files below a folder with their digests."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
    }


def test_ratings_lie_by_year_sorted_by_film_in_zstd_with_microseconds(sample: Path, lake: Lake) -> None:
    counts = lake.preprocess(source=sample / "ratings.csv")

    assert (counts["read"], counts["written"], counts["refused"]) == (3_000, 3_000, {})
    files = contents(lake.ratings)
    assert len(files) == counts["files"] and len({file.split("/")[0] for file in files}) == len(files)
    assert all(file.startswith("year=") and file.endswith("/part-00000.zstd.parquet") for file in files)
    for file in files:
        path = f"{lake.ratings}/{file}"
        films = duckdb.sql(f"SELECT movie_id FROM read_parquet('{path}', hive_partitioning = 0)").fetchall()
        assert films == sorted(films)
        kinds = duckdb.sql(
            "SELECT DISTINCT compression, path_in_schema, type, stats_min_value IS NOT NULL"
            f" FROM parquet_metadata('{path}')"
        ).fetchall()
        assert {kind[0] for kind in kinds} == {"ZSTD"}
        assert [kind[2:] for kind in kinds if kind[1] == "rated_at"] == [("INT64", True)]


def test_bad_rows_are_set_aside_and_counted(lake: Lake) -> None:
    lake.put([f"{user},1,4.0,1104537600" for user in range(1, 100)] + ["1,2,7.0,1104537600", "what is this"])

    counts = lake.preprocess()

    assert (counts["read"], counts["written"]) == (101, 99)
    assert counts["refused"] == {"malformed line": 1, "rating outside 0.5 to 5.0 in halves": 1}
    run = lake.quarantine / "run=manual--2026-01-01T00-00-00-00-00"
    rows = [json.loads(line) for part in run.glob("part-*.json") for line in part.read_text().splitlines()]
    assert sorted(rows, key=str) == sorted(
        [
            {
                "userId": 1,
                "movieId": 2,
                "rating": 7.0,
                "timestamp": 1104537600,
                "refused": "rating outside 0.5 to 5.0 in halves",
            },
            {"_malformed": "what is this", "refused": "malformed line"},
        ],
        key=str,
    )


def test_a_rerun_gives_the_same_bytes(sample: Path, lake: Lake) -> None:
    lake.preprocess(source=sample / "ratings.csv")
    first = contents(lake.ratings)

    lake.preprocess(source=sample / "ratings.csv")

    assert contents(lake.ratings) == first
    assert contents(lake.staging) == {}


def test_what_the_new_version_lacks_is_deleted(lake: Lake) -> None:
    lake.put(["1,1,4.0,1104537600", "1,2,4.0,1136073600"])
    lake.preprocess()
    assert {file.split("/")[0] for file in contents(lake.ratings)} == {"year=2005", "year=2006"}

    lake.put(["1,2,4.0,1136073600"])
    lake.preprocess()

    assert {file.split("/")[0] for file in contents(lake.ratings)} == {"year=2006"}


def test_a_broken_source_leaves_the_table_as_it_was(lake: Lake) -> None:
    lake.put(["1,1,4.0,1104537600"])
    lake.preprocess()
    before = contents(lake.ratings)

    lake.put(["1,1,4.0,1104537600", "1,2,40,1104537600"])
    with pytest.raises(TooManyRefused, match=r"1 of 2 rows .* \(rating outside .* in halves: 1\), more than 5%"):
        lake.preprocess()

    assert contents(lake.ratings) == before
    assert contents(lake.staging) == {}


def test_an_empty_source_is_an_error(lake: Lake) -> None:
    lake.put([])

    with pytest.raises(EmptySource, match=r"ratings\.csv has no rows"):
        lake.preprocess()

    assert contents(lake.staging) == {}


@pytest.mark.parametrize(
    ("table", "header", "line"),
    [
        (RATINGS, "userId,movieId,rating,timestamp", "1,1,40,1104537600"),
        (MOVIES, "movieId,title,genres", "1,,Drama"),
    ],
    ids=["by year", "one file"],
)
def test_a_source_without_one_good_row_is_refused(lake: Lake, table: Table, header: str, line: str) -> None:
    lake.source.write_text(f"{header}\n{line}\n")

    with pytest.raises(TooManyRefused, match="1 of 1 rows"):
        lake.preprocess(table)

    assert contents(lake.staging) == {}


def test_without_raw_files_of_this_run_nothing_is_read(spark: SparkSession, lake: Lake, tmp_path: Path) -> None:
    lake.put(["1,1,4.0,1104537600"])
    lake.run = StagedRun(spark, str(tmp_path / "staging"), "marked-as-success")

    with pytest.raises(NotLanded, match="its task ingest has not succeeded"):
        lake.preprocess()


def test_of_a_repeated_key_the_newest_row_counts_in_whatever_year(lake: Lake) -> None:
    lake.put(
        [
            *(f"{user},1,4.0,1104537600" for user in range(2, 50)),
            *("1,1,2.0,1104537600", "1,1,3.0,1136073600"),
        ]
    )

    counts = lake.preprocess()

    assert (counts["written"], counts["refused"]) == (49, {"repeated": 1})
    row = duckdb.sql(f"SELECT rating FROM '{lake.ratings}/*/*.parquet' WHERE user_id = 1").fetchall()
    assert row == [(3.0,)]
    assert contents(lake.staging) == {}


def test_movies_are_one_file(sample: Path, lake: Lake) -> None:
    lake.preprocess(MOVIES, sample / "movies.csv")

    assert list(contents(lake.ratings.parent / "movies")) == ["part-00000.zstd.parquet"]
