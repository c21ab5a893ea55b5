"""Tests that all tables of a run are published together or none, wherever the publication is killed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from conftest import OpenZone
from pyspark.sql import DataFrame, SparkSession
from test_zones import BY_ID, BY_YEAR, ids_in, rows_of

from lake.dataset import Dataset, Marts
from lake.files import Files
from lake.iceberg_zone import PublishedMeanwhile, StagedBranch
from lake.publish import complete_publication, publish
from lake.staged_run import NotLanded, NotStaged, StagedRun
from lake.transform import transform

TABLES = {"years": BY_YEAR, "films": BY_ID}


class Lake:
    """Two tables in one format. A version of the lake is one list of ids in both tables."""

    def __init__(self, spark: SparkSession, root: Path, open_zone: OpenZone, table_format: str) -> None:
        self.spark, self.staging, self.format = spark, root / "staging", table_format
        self.open = lambda name, staging: open_zone(root / name, table_format, staging)
        self.zone = self.open("curated", "nothing is staged by a reader")

    def run(self, key: str) -> StagedRun:
        return StagedRun(self.spark, str(self.staging), key)

    def land(self, key: str) -> StagedRun:
        run = self.run(key)
        run.begin()
        run.land({})
        return run

    def stage(self, run: StagedRun, *ids: int, tables: Mapping[str, Any] = TABLES) -> None:
        run.landing()
        zone = self.open("curated", run.data)
        for table, layout in tables.items():
            run.record(table, zone.stage(table, rows_of(self.spark, *ids), layout), {"written": len(ids)})

    def make(self, key: str, *ids: int) -> StagedRun:
        run = self.land(key)
        self.stage(run, *ids)
        return run

    def publish(self, run: StagedRun, check: Callable[..., Mapping[str, Any]] = lambda unpublished: {}) -> dict:
        return publish(self.spark, run, TABLES, check)

    def complete(self) -> str | None:
        return complete_publication(self.spark, str(self.staging))

    @property
    def journal(self) -> Path:
        return self.staging / "publication.json"

    @property
    def versions(self) -> list[list[int]]:
        """The version of each table that readers find."""
        return [ids_in(self.zone.read(table)) for table in TABLES]


FORMATS = ["parquet", "iceberg"]


@pytest.fixture(params=FORMATS)
def lake(spark: SparkSession, tmp_path: Path, zone_at: OpenZone, request: pytest.FixtureRequest) -> Lake:
    lake = Lake(spark, tmp_path, zone_at, request.param)
    lake.publish(lake.make("first", 1, 2, 3))
    return lake


def test_all_tables_change_and_nothing_is_left_in_staging(lake: Lake) -> None:
    told = lake.publish(lake.make("next", 3, 4), lambda unpublished: {"rows": unpublished["films"].count()})

    assert lake.versions == [[3, 4], [3, 4]]
    assert told["checks"] == {"rows": 2}
    assert {name: each["written"] for name, each in told["published"].items()} == {"years": 2, "films": 2}
    assert not lake.journal.exists() and not (lake.staging / "run=next" / "data").exists()


@pytest.mark.parametrize("lacking", TABLES)
def test_one_table_that_was_not_staged_keeps_all_from_being_published(lake: Lake, lacking: str) -> None:
    run = lake.land("next")
    lake.stage(run, 4, tables={name: layout for name, layout in TABLES.items() if name != lacking})

    with pytest.raises(NotStaged, match=rf"Run next has staged no {lacking} .*so nothing is published"):
        lake.publish(run)

    assert lake.versions == [[1, 2, 3], [1, 2, 3]]


def test_a_check_keeps_all_from_being_published(lake: Lake) -> None:
    def refuse(unpublished: Mapping[str, DataFrame]) -> Mapping[str, Any]:
        raise ValueError(f"{unpublished['films'].count()} films are too few")

    with pytest.raises(ValueError, match="1 films are too few"):
        lake.publish(lake.make("next", 4), refuse)

    assert lake.versions == [[1, 2, 3], [1, 2, 3]]
    assert not lake.journal.exists()


def test_a_version_of_a_former_landing_is_not_published(lake: Lake) -> None:
    """A step of a former try that ends late, after the run was cleared."""
    former = lake.land("next")
    former.landing()
    run = lake.land("next")
    lake.stage(run, 5)
    lake.stage(former, 4, tables={"years": BY_YEAR})

    with pytest.raises(NotStaged, match="staged no years from its newest raw files"):
        lake.publish(lake.run("next"))

    assert lake.versions == [[1, 2, 3], [1, 2, 3]]


def test_without_a_landing_there_is_nothing_to_publish(lake: Lake) -> None:
    with pytest.raises(NotLanded, match="Run other has no raw files"):
        lake.publish(lake.run("other"))


def test_a_table_that_is_published_already_stays_and_its_marts_are_made_again(lake: Lake) -> None:
    """A person clears the state machine's task after a good run."""
    run = lake.make("next", 4, 5)
    lake.publish(run)
    marts = Marts({"number": BY_ID}, lambda read: {"number": read("films").selectExpr("count(*) AS id")})
    dataset = Dataset(tables=[], marts=marts)
    object.__setattr__(dataset, "tables", [type("T", (), {"name": name}) for name in TABLES])

    again = lake.run("next")
    made = lake.open("marts", again.data)
    assert transform(lake.spark, dataset, lake.zone, made, again) == {"number": 1}
    told = publish(lake.spark, again, [*TABLES, "number"], lambda unpublished: {"only": list(unpublished)})

    assert told["checks"] == {"only": ["number"]}
    assert ids_in(made.read("number")) == [2]
    assert lake.versions == [[4, 5], [4, 5]]


class Killed(BaseException):
    """The process is gone: nothing after it runs."""


def calls_that_change(monkeypatch: pytest.MonkeyPatch, before: Callable[[], None], after: Callable[[], None]) -> None:
    """Calls the functions before and after each step that changes something in the lake."""
    for owner, name in [
        (Files, "copy"),
        (Files, "delete"),
        (Files, "write_text"),
        (StagedBranch, "publish"),
    ]:
        original = getattr(owner, name)

        def call(*args: Any, original: Any = original) -> Any:
            before()
            try:
                return original(*args)
            finally:
                after()

        monkeypatch.setattr(owner, name, call)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_wherever_it_is_killed_the_next_job_leaves_all_tables_in_one_version(
    lake: Lake, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    old, outcomes = [1, 2, 3], []
    for number, ids in zip(count(1), versions(), strict=False):
        run = lake.make(f"next-{number}", *ids)
        with monkeypatch.context() as patched:
            ended = kill_at(patched, number, moment, lambda run=run: lake.publish(run))
        completed = lake.complete()

        found = lake.versions
        assert found in ([old, old], [ids, ids]), f"killed {moment} step {number}: {found}"
        assert not lake.journal.exists()
        assert lake.complete() is None
        # Until the journal is written nothing has changed; from then on, it is published.
        outcomes.append("published" if found[0] == ids else "unchanged")
        if completed:
            assert outcomes[-1] == "published"
        old = found[0]
        if ended:
            break

    first = outcomes.index("published")
    assert set(outcomes[first:]) == {"published"}
    assert len(outcomes) > (8 if lake.format == "parquet" else 6), "it was killed at every step"


def versions() -> Iterator[list[int]]:
    for number in count(1):
        yield [number, number + 1]


def kill_at(patched: pytest.MonkeyPatch, number: int, moment: str, act: Callable[[], object]) -> bool:
    """Runs the function until this step. Returns whether it ended before."""
    steps = count(1)

    def step() -> None:
        if next(steps) >= number:
            raise Killed

    def go_on() -> None:
        pass

    calls_that_change(patched, *((step, go_on) if moment == "before" else (go_on, step)))
    try:
        act()
    except Killed:
        return False
    return True


def test_completing_may_be_killed_too(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    run = lake.make("next", 7, 8)
    with monkeypatch.context() as patched:
        kill_at(patched, 3, "before", lambda: lake.publish(run))
    assert lake.journal.exists()

    for number in range(1, 20):
        with monkeypatch.context() as patched:
            if kill_at(patched, number, "before", lake.complete):
                break

    assert lake.complete() is None
    assert lake.versions == [[7, 8], [7, 8]]


def test_a_journal_that_was_cut_is_no_publication(lake: Lake) -> None:
    lake.publish(lake.make("next", 4))
    lake.journal.write_text(json.dumps({"run": "x", "tables": {}})[:9])

    assert lake.complete() is None
    lake.publish(lake.make("later", 5))
    assert lake.versions == [[5], [5]]


def test_what_has_expired_in_staging_is_told_and_does_not_stop_the_next_run(
    lake: Lake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = lake.make("next", 4)
    with monkeypatch.context() as patched:
        kill_at(patched, 2, "before", lambda: lake.publish(run))
    if lake.format == "parquet":
        shutil.rmtree(lake.staging / "run=next")
    else:
        for each in run.records(TABLES).values():
            assert each.staged
            each.staged.discard()

    assert lake.complete() == "next"

    assert "The publication of films by run next was interrupted and cannot be completed" in capsys.readouterr().out
    assert lake.versions == [[1, 2, 3], [1, 2, 3]]
    lake.publish(lake.make("later", 5))
    assert lake.versions == [[5], [5]]


@pytest.mark.parametrize("lake", ["iceberg"], indirect=True)
def test_of_two_iceberg_runs_the_second_publishes_nothing(lake: Lake) -> None:
    first, second = lake.make("first-of-two", 4), lake.make("second-of-two", 5)
    lake.publish(first)

    with pytest.raises(PublishedMeanwhile, match=r"Another run has published .*Run again"):
        lake.publish(second)

    assert lake.versions == [[4], [4]]
    assert not lake.journal.exists()
