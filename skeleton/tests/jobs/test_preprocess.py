"""A whole preprocess job on files: what is published, what is set aside, what a rerun and a failure leave."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from pyspark.sql import SparkSession

from lake.datasets.movielens.preprocess_movies import MOVIES
from lake.datasets.movielens.preprocess_ratings import RATINGS
from lake.files import Files
from lake.preprocess import EmptySource, Places, TooManyRefused, preprocess
from lake.table import publish_table


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(
        source=str(tmp_path / "ratings.csv"),
        target=str(tmp_path / "curated" / "ratings"),
        quarantine=str(tmp_path / "quarantine" / "ratings"),
        staging=str(tmp_path / "staging"),
        run_id="manual__2026-01-01T00:00:00+00:00",
    )


def contents(folder: str) -> dict[str, str]:
    """The data files below a folder, by their digest."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path(folder).rglob("*.parquet"))
    }


def put(places: Places, lines: list[str]) -> None:
    Path(places.source).write_text("userId,movieId,rating,timestamp\n" + "".join(f"{line}\n" for line in lines))


def test_ratings_lie_by_year_sorted_by_film_in_zstd_with_microseconds(
    spark: SparkSession, sample: Path, places: Places
) -> None:
    counts = preprocess(spark, RATINGS, replace(places, source=str(sample / "ratings.csv")))

    assert (counts["read"], counts["written"], counts["refused"]) == (3_000, 3_000, {})
    files = contents(places.target)
    assert len(files) == counts["files"] and len({file.split("/")[0] for file in files}) == len(files)
    assert all(file.startswith("year=") and file.endswith("/part-00000.zstd.parquet") for file in files)
    for file in files:
        path = f"{places.target}/{file}"
        films = duckdb.sql(f"SELECT movie_id FROM read_parquet('{path}', hive_partitioning = 0)").fetchall()
        assert films == sorted(films)
        kinds = duckdb.sql(
            "SELECT DISTINCT compression, path_in_schema, type, stats_min_value IS NOT NULL"
            f" FROM parquet_metadata('{path}')"
        ).fetchall()
        assert {kind[0] for kind in kinds} == {"ZSTD"}
        assert [kind[2:] for kind in kinds if kind[1] == "rated_at"] == [("INT64", True)]


def test_bad_rows_are_set_aside_and_counted(spark: SparkSession, places: Places) -> None:
    put(places, [f"{user},1,4.0,1104537600" for user in range(1, 100)] + ["1,2,7.0,1104537600", "what is this"])

    counts = preprocess(spark, RATINGS, places)

    assert (counts["read"], counts["written"]) == (101, 99)
    assert counts["refused"] == {"malformed line": 1, "rating outside 0.5 to 5.0 in halves": 1}
    run = Path(places.quarantine) / "run=manual--2026-01-01T00-00-00-00-00"
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


def test_a_rerun_gives_the_same_bytes(spark: SparkSession, sample: Path, places: Places) -> None:
    places = replace(places, source=str(sample / "ratings.csv"))
    preprocess(spark, RATINGS, places)
    first = contents(places.target)

    preprocess(spark, RATINGS, places)

    assert contents(places.target) == first
    assert contents(places.staging) == {}


def test_what_the_new_version_lacks_is_deleted(spark: SparkSession, places: Places) -> None:
    put(places, ["1,1,4.0,1104537600", "1,2,4.0,1136073600"])
    preprocess(spark, RATINGS, places)
    assert {file.split("/")[0] for file in contents(places.target)} == {"year=2005", "year=2006"}

    put(places, ["1,2,4.0,1136073600"])
    preprocess(spark, RATINGS, places)

    assert {file.split("/")[0] for file in contents(places.target)} == {"year=2006"}


def test_a_broken_source_leaves_the_table_as_it_was(spark: SparkSession, places: Places) -> None:
    put(places, ["1,1,4.0,1104537600"])
    preprocess(spark, RATINGS, places)
    before = contents(places.target)

    put(places, ["1,1,4.0,1104537600", "1,2,40,1104537600"])
    with pytest.raises(TooManyRefused, match=r"1 of 2 rows .* \(rating outside .* in halves: 1\), more than 5%"):
        preprocess(spark, RATINGS, places)

    assert contents(places.target) == before
    assert contents(places.staging) == {}


def test_an_empty_source_is_an_error(spark: SparkSession, places: Places) -> None:
    put(places, [])

    with pytest.raises(EmptySource, match=r"ratings\.csv has no rows"):
        preprocess(spark, RATINGS, places)


def test_a_crash_while_publishing_leaves_no_half_file(
    spark: SparkSession, sample: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = replace(places, source=str(sample / "ratings.csv"))
    preprocess(spark, RATINGS, places)
    before = contents(places.target)
    copied: list[str] = []

    def copy(self: Files, source: str, target: str) -> None:
        if len(copied) == 3:
            raise OSError("the network is gone")
        copied.append(target)

    monkeypatch.setattr(Files, "copy", copy)
    with pytest.raises(OSError, match="network"):
        preprocess(spark, RATINGS, places)

    assert contents(places.target) == before, "nothing is deleted before everything is in place"


def test_nothing_staged_is_never_published(spark: SparkSession, tmp_path: Path) -> None:
    target = tmp_path / "movies"
    target.mkdir()
    (target / "part-00000.zstd.parquet").write_bytes(b"the old version")

    with pytest.raises(ValueError, match="stays as it is"):
        publish_table(spark, str(tmp_path / "nothing"), str(target))

    assert (target / "part-00000.zstd.parquet").exists()


def test_movies_are_one_file(spark: SparkSession, sample: Path, places: Places) -> None:
    preprocess(spark, MOVIES, replace(places, source=str(sample / "movies.csv")))

    assert list(contents(places.target)) == ["part-00000.zstd.parquet"]
