"""Tests a whole preprocess job on files: published and refused rows, reruns, failures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from conftest import OpenZone
from pyspark.sql import SparkSession

from lake.account import Unaccounted
from lake.dataset import Table
from lake.datasets.movielens.preprocess_movies import MOVIES
from lake.datasets.movielens.preprocess_ratings import RATINGS
from lake.dqdl import parse
from lake.preprocess import EmptySource, LandingChanged, Places, TooManyRefused, preprocess
from lake.publish import publish
from lake.quality import RulesBroken
from lake.raw import RawFile
from lake.raw_source import HeaderRefused
from lake.run_key import run_key
from lake.staged_run import NotLanded, StagedRun
from lake.zone import Zone

RUN_ID = "manual__2026-01-01T00:00:00+00:00"


class Lake:
    """A lake in a folder, with functions that preprocess and publish its ratings."""

    def __init__(self, spark: SparkSession, root: Path, zone: Zone) -> None:
        self.spark, self.zone = spark, zone
        self.source, self.ratings, self.staging = root / "ratings.csv", root / "curated" / "ratings", root / "staging"
        self.quarantine = root / "quarantine" / "ratings"

    def put(self, lines: list[str]) -> None:
        self.source.write_text("userId,movieId,rating,timestamp\n" + "".join(f"{line}\n" for line in lines))

    def preprocess(self, table: Table = RATINGS, source: Path | None = None) -> dict:
        run = self.land(table, [source or self.source])
        counts = self.stage(table, run, (source or self.source).parent)
        published = publish(self.spark, run, [table.name], lambda unpublished: {})["published"][table.name]
        return {**counts, "files": published["files"]}

    def refused(self) -> list[dict]:
        """The rows in the run's quarantine."""
        parts = (self.quarantine / f"run={run_key(RUN_ID)}").glob("part-*.json")
        return [json.loads(line) for part in parts for line in part.read_text().splitlines()]

    def land(self, table: Table, files: Sequence[Path]) -> StagedRun:
        run = StagedRun(self.spark, str(self.staging), "test")
        sizes = {file.name: file.stat().st_size for file in files}
        run.land({"movielens": {"files": sizes, "tables": {table.name: list(sizes)}}})
        return run

    def stage(self, table: Table, run: StagedRun, folder: Path) -> dict:
        places = Places("movielens", str(folder), str(self.quarantine), RUN_ID)
        return preprocess(self.spark, table, self.zone, places, run)


@pytest.fixture
def lake(spark: SparkSession, zone_at: OpenZone, tmp_path: Path) -> Lake:
    return Lake(spark, tmp_path, zone_at(tmp_path / "curated", staging=str(tmp_path / "staging" / "run=test" / "data")))


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
    assert sorted(lake.refused(), key=str) == sorted(
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

    with pytest.raises(EmptySource, match=r"has no rows for the table ratings, which stays unchanged"):
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
    run = StagedRun(spark, str(tmp_path / "staging"), "marked-as-success")

    with pytest.raises(NotLanded, match="its task ingest has not succeeded"):
        lake.stage(RATINGS, run, tmp_path)


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


MOVIES_HEADER = "movieId,title,genres"


def movies(number: int) -> list[str]:
    return [f"{movie},Film {movie} (1995),Drama" for movie in range(1, number + 1)]


def put_movies(lake: Lake, *lines: str | bytes, header: str = MOVIES_HEADER, end: bytes = b"\n") -> None:
    everything = [line if isinstance(line, bytes) else line.encode() for line in (header, *lines)]
    lake.source.write_bytes(end.join(everything) + end)


def test_an_unclosed_quote_costs_one_row_and_the_summary_adds_up(lake: Lake) -> None:
    lines = movies(1000)
    lines[499] = '500,"Film 500 (1995),Drama'
    put_movies(lake, *lines, "")

    counts = lake.preprocess(MOVIES)

    assert counts["source"] == {"files": 1, "bytes": lake.source.stat().st_size}
    assert counts["lines"] == {"read": 1002, "header": 1, "blank": 1, "written": 999, "refused": 1}
    assert (counts["read"], counts["written"]) == (1000, 999)
    assert counts["refused"] == {"quote that is not closed": 1}
    assert lake.refused() == [{"_malformed": lines[499], "refused": "quote that is not closed"}]


def test_bytes_that_are_not_utf8_are_refused_and_kept_as_they_are(lake: Lake) -> None:
    put_movies(lake, *movies(40), b"41,Les Mis\xe9rables (1995),Drama", "42,Les Mis\ufffdrables (1995),Drama")

    counts = lake.preprocess(MOVIES)

    assert counts["refused"] == {"bytes that are not UTF-8": 1, "replacement character (U+FFFD)": 1}
    titles = duckdb.sql(f"SELECT title FROM '{lake.ratings.parent}/movies/*.parquet'").fetchall()
    assert len(titles) == 40 and not [title for (title,) in titles if "\ufffd" in title]
    [raw] = [bytes.fromhex(row["_bytes"]) for row in lake.refused() if "_bytes" in row]
    assert raw == b"41,Les Mis\xe9rables (1995),Drama"


def test_a_file_of_another_encoding_is_refused_as_a_whole(lake: Lake) -> None:
    put_movies(lake, *(line.replace("Film", "Café").encode("latin-1") for line in movies(50)))

    with pytest.raises(TooManyRefused, match=r"50 of 50 rows .* \(bytes that are not UTF-8: 50\)"):
        lake.preprocess(MOVIES)

    lake.source.write_bytes("\n".join([MOVIES_HEADER, *movies(50)]).encode("utf-16"))
    with pytest.raises(HeaderRefused, match="is not UTF-8"):
        lake.preprocess(MOVIES)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_mark_of_the_byte_order_blank_lines_and_a_header_again_are_no_rows(lake: Lake, end: bytes) -> None:
    marked = f"\ufeff{MOVIES_HEADER}"
    put_movies(lake, *movies(60), MOVIES_HEADER, "", "  ", marked, header=marked, end=end)

    counts = lake.preprocess(MOVIES)

    assert counts["lines"] == {"read": 65, "header": 1, "blank": 2, "written": 60, "refused": 2}
    assert (counts["written"], counts["refused"]) == (60, {"header again": 2})
    assert len(lake.refused()) == 2


def test_lines_that_end_with_cr_alone_are_no_csv(lake: Lake) -> None:
    put_movies(lake, *movies(5), end=b"\r")

    with pytest.raises(HeaderRefused, match="is no CSV"):
        lake.preprocess(MOVIES)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "lacks movieId, title, genres; it has nothing"),
        ("movieId,title", "lacks genres; it has 'movieId', 'title'"),
        ("movieId,title,genres,genres", "has genres more than once"),
        ("movieId,title,genres,year", r'has new columns: year\. Declare them, or set new_columns="add"'),
        ("1,Film 1 (1995),Drama", "lacks movieId, title, genres"),
    ],
)
def test_another_header_is_an_error(lake: Lake, header: str, message: str) -> None:
    put_movies(lake, *movies(5), header=header)

    with pytest.raises(HeaderRefused, match=message):
        lake.preprocess(MOVIES)


def test_a_new_column_of_some_files_is_added_as_text_by_choice(lake: Lake) -> None:
    old, new = lake.source.with_name("1.csv"), lake.source.with_name("2.csv")
    old.write_text(f"{MOVIES_HEADER}\n1,Film 1 (1995),Drama\n")
    new.write_text("movieId,studio,title,genres\n2,\u00a0Ours ,Film 2 (1995),Drama\n")
    table = replace(MOVIES, file=RawFile("*.csv", MOVIES.file.columns, multi_line=True, new_columns="add"))

    run = lake.land(table, [old, new])
    counts = lake.stage(table, run, lake.source.parent)
    publish(lake.spark, run, ["movies"], lambda unpublished: {})

    assert counts["source"]["files"] == 2 and counts["lines"]["header"] == 2 and counts["written"] == 2
    rows = duckdb.sql(f"SELECT movie_id, title, studio FROM '{lake.ratings.parent}/movies/*.parquet' ORDER BY ALL")
    assert rows.fetchall() == [(1, "Film 1 (1995)", None), (2, "Film 2 (1995)", "Ours")]


def test_a_file_that_changed_after_ingest_is_not_read(lake: Lake) -> None:
    put_movies(lake, *movies(5))
    run = lake.land(MOVIES, [lake.source])
    put_movies(lake, *movies(6))

    with pytest.raises(LandingChanged, match=r"ratings\.csv changed after ingest"):
        lake.stage(MOVIES, run, lake.source.parent)


@pytest.mark.parametrize("lost", [lambda raw: raw.where("coalesce(movieId, 0) <> 3"), lambda raw: raw.union(raw)])
def test_a_dataset_that_drops_or_adds_rows_is_an_error(lake: Lake, lost) -> None:  # noqa: ANN001
    put_movies(lake, *movies(50))
    table = replace(MOVIES, curate=lambda raw: MOVIES.curate(lost(raw)))

    with pytest.raises(Unaccounted, match=r"has \d+ bytes, but \d+ were found"):
        lake.preprocess(table)

    assert contents(lake.staging) == {}


@pytest.mark.parametrize("table", [RATINGS, MOVIES], ids=lambda table: table.name)
def test_broken_rules_stop_the_run_and_leave_nothing_staged(lake: Lake, table: Table, sample: Path) -> None:
    ruled = replace(table, rules=parse('Rules = [ RowCount < 10, IsUnique "movie_id" where "movie_id < 0" ]'))

    with pytest.raises(RulesBroken, match=rf"The table {table.name} breaks 1 of its 2 rules: RowCount < 10"):
        lake.preprocess(ruled, sample / table.file.name)

    assert contents(lake.staging) == {}


def test_the_summary_has_the_result_of_each_rule(lake: Lake, sample: Path) -> None:
    rules = parse('Rules = [\nIsPrimaryKey "user_id" "movie_id",\n# on failure: warn\nRowCount < 10\n]')

    counts = lake.preprocess(replace(RATINGS, rules=rules), sample / "ratings.csv")

    assert counts["quality"] == [
        {"rule": 'IsPrimaryKey "user_id" "movie_id"', "outcome": "passed"},
        {"rule": "RowCount < 10", "outcome": "warned", "found": "it is 3000"},
    ]
