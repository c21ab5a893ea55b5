"""What a run has landed and staged and not yet published: the folder `staging/run=<run key>/`.

Ingest empties the folder and writes `landed.json` last. Each later step writes its table to `data/`, and last its
record `tables/<table>.json`. So a step that was skipped, killed or marked as successful by a person has no record, and
a record of a former landing does not fit to the newest one: neither can be published.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from .files import Files
from .zone import Staged, Zone, open_staged


class NotLanded(Exception):
    """This run has no raw files: ingest has not ended, or did not run."""


class NotStaged(Exception):
    """This run has no version of a table that belongs to its raw files."""


@dataclass(frozen=True)
class Landing:
    """One ingest: `files` describes what it copied, by dataset."""

    id: str
    files: Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """A table of this run, and what its step counted. `staged` is None once it is published."""

    table: str
    staged: Staged | None
    counts: Mapping[str, Any]


class StagedRun:
    """A run's folder below `staging`. `key` is the run key (`run_key.run_key`)."""

    def __init__(self, spark: SparkSession, staging: str, key: str) -> None:
        self._spark, self._files = spark, Files(spark)
        self.key, self.staging = key, staging.rstrip("/")
        self._folder = f"{self.staging}/run={key}"
        self._landing: Landing | None = None

    @property
    def data(self) -> str:
        """The folder for the files of unpublished versions."""
        return f"{self._folder}/data"

    def delete_data(self) -> None:
        """Deletes the files of unpublished versions."""
        self._files.delete(self.data)

    def begin(self) -> None:
        """Deletes what an earlier ingest of this run, and the steps after it, have left."""
        self._files.delete(self._folder)

    def land(self, files: Mapping[str, Any]) -> None:
        """Records that ingest has copied these files, by dataset."""
        self._write("landed", {"landing": uuid.uuid4().hex, "files": files})

    def landing(self) -> Landing:
        """Returns the landing, the same for the life of this object. Raises NotLanded."""
        if not self._landing:
            if not (found := self._read("landed")):
                raise NotLanded(
                    f"Run {self.key} has no raw files: its task ingest has not succeeded, or a person has marked it as"
                    " successful. Clear ingest with all tasks after it."
                )
            self._landing = Landing(found["landing"], found["files"])
        return self._landing

    def record(self, table: str, staged: Staged, counts: Mapping[str, Any]) -> None:
        """Records a version of a table that can be published. Call `landing` before reading the raw files."""
        content = {"landing": self.landing().id, "staged": staged.describe(), "counts": counts}
        self._write(f"tables/{table}", content)

    def record_published(self, tables: Iterable[str]) -> None:
        """Records that these tables are published."""
        for table in tables:
            if found := self._read(f"tables/{table}"):
                self._write(f"tables/{table}", {**found, "staged": None})

    def records(self, tables: Iterable[str]) -> dict[str, Record]:
        """Returns the records of these tables. Raises NotStaged with the names of all that are missing."""
        found = {table: self._read(f"tables/{table}") for table in tables}
        landing = self.landing().id
        if missing := [table for table, each in found.items() if not each or each["landing"] != landing]:
            raise NotStaged(
                f"Run {self.key} has staged no {', '.join(missing)} from its newest raw files, so nothing is published:"
                " the task did not run in this try, or a person has marked it as successful. Clear it with all tasks"
                " after it."
            )
        return {
            table: Record(table, open_staged(self._spark, each["staged"]) if each["staged"] else None, each["counts"])
            for table, each in found.items()
            if each
        }

    def reader(self, published: Zone, tables: Iterable[str]) -> Callable[[str], DataFrame]:
        """Returns a function that reads this run's version of a table, from `published` if it is published already."""
        records = self.records(tables)

        def read(table: str) -> DataFrame:
            record = records[table]
            return record.staged.read() if record.staged else published.read(table)

        return read

    def _read(self, name: str) -> dict[str, Any] | None:
        text = self._files.read_text(f"{self._folder}/{name}.json")
        return json.loads(text) if text else None

    def _write(self, name: str, content: Mapping[str, Any]) -> None:
        self._files.write_text(f"{self._folder}/{name}.json", json.dumps(content))
