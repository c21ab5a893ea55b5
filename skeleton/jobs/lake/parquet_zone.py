"""Tables as Parquet files; crawlers add them to the catalog.

A job writes rows to a staging folder. Publishing replaces each file of the table with the new one in one step, and
finally deletes files that the new version does not have. So a reader never finds a missing or partial file, a failed
run changes nothing, and a rerun produces the same files.

S3 cannot replace several files in one step. A table of one file changes in one step, and so does each year of a
partitioned table; a query over several years, or several tables, may read old and new files during the seconds of
publishing (`publish.py`).
"""

from __future__ import annotations

import posixpath
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from .files import Files
from .layout import ROW_GROUP_BYTES, YEAR, Layout, as_one_number
from .staged_gone import StagedGone

# Files that are copied at a time: it shortens the seconds in which readers may find two versions.
_SIDE_BY_SIDE = 8


class ParquetZone:
    """A zone with its tables in folders of Parquet files below `folder`."""

    def __init__(self, spark: SparkSession, folder: str, staging: str) -> None:
        self._spark, self._folder, self._staging = spark, folder.rstrip("/"), staging.rstrip("/")

    def read(self, table: str) -> DataFrame:
        return self._spark.read.parquet(f"{self._folder}/{table}/")

    def stage(self, table: str, rows: DataFrame, layout: Layout) -> StagedFiles:
        """Writes the rows to a new staging folder."""
        folder = f"{self._staging}/{uuid.uuid4().hex}"
        writer = arrange(rows, layout).write.mode("errorifexists").option("parquet.block.size", ROW_GROUP_BYTES)
        if layout.year_of:
            writer = writer.partitionBy(YEAR)
        writer.parquet(folder)
        names = sorted(name for name in Files(self._spark).list(folder) if name.endswith(".parquet"))
        return StagedFiles(self._spark, folder, f"{self._folder}/{table}", names)


def arrange(rows: DataFrame, layout: Layout) -> DataFrame:
    """Arranges rows in one file, or one file a year: the largest year of 34 million ratings has some 20 MB."""
    together, years = (rows.repartition(YEAR), [YEAR]) if layout.year_of else (rows.coalesce(1), [])
    # By year first, so that one file is open at a time: on S3 each open file holds a buffer of 64 MiB.
    return together.sortWithinPartitions(*years, *as_one_number(rows, layout.sort_by))


@dataclass(frozen=True)
class StagedFiles:
    """A staging folder with its files, and the table's folder that it will replace."""

    spark: SparkSession
    folder: str
    target: str
    files: Sequence[str]

    def read(self) -> DataFrame:
        return self.spark.read.parquet(self.folder)

    def require_publishable(self) -> None:
        if not self.files:
            raise ValueError(f"Nothing was staged in {self.folder}: {self.target} stays unchanged")

    def publish(self) -> int:
        self.require_publishable()
        system = Files(self.spark)
        staged, there = _stable_names(self.files), system.list(self.folder)
        # A part of a version must not replace a whole one.
        if missing := sorted(set(self.files) - set(there)):
            raise StagedGone(f"{self.folder} lacks {', '.join(missing)}")
        with ThreadPoolExecutor(max_workers=_SIDE_BY_SIDE) as side_by_side:
            list(side_by_side.map(lambda name: system.copy(there[staged[name]], f"{self.target}/{name}"), staged))
        for name, uri in system.list(self.target).items():
            if name not in staged:
                system.delete(uri)
        return len(staged)

    def discard(self) -> None:
        Files(self.spark).delete(self.folder)

    def describe(self) -> dict[str, Any]:
        return {"folder": self.folder, "target": self.target, "files": list(self.files)}


def _stable_names(staged: Iterable[str]) -> dict[str, str]:
    """Gives files names that depend only on folder and order; Spark's own names differ in each run."""
    folders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(staged):
        folders[posixpath.dirname(name)].append(name)
    return {
        posixpath.join(folder, f"part-{index:05}.zstd.parquet"): name
        for folder, names in folders.items()
        for index, name in enumerate(names)
    }
