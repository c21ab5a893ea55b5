"""Writes a table so that a rerun gives the same files, and a failed run changes nothing.

Rows are written to a staging folder first. Then each file replaces, in one step, the one of the
same name in the target, and last the files that the new version has no use for are deleted. A
reader never meets a missing or a half-written file. (Across the files of one table he may meet
old and new ones for the moment that the replacing takes.)
"""

from __future__ import annotations

import posixpath
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pyspark.sql import DataFrame, SparkSession

from .files import Files


@dataclass(frozen=True)
class Layout:
    """How a table lies in storage: folders by value, files sorted, the number of tasks that write."""

    sort_by: Sequence[str]
    partition_by: Sequence[str] = field(default=())

    def arrange(self, rows: DataFrame) -> DataFrame:
        """One file a partition: of 34 million ratings the largest year has some 20 MB."""
        together = rows.repartition(*self.partition_by) if self.partition_by else rows.coalesce(1)
        return together.sortWithinPartitions(*self.partition_by, *self.sort_by)


def stage_table(rows: DataFrame, staging: str, layout: Layout) -> str:
    """Writes the rows to a folder of their own below `staging`, and returns it."""
    folder = f"{staging.rstrip('/')}/{uuid.uuid4().hex}"
    writer = layout.arrange(rows).write.mode("errorifexists")
    if layout.partition_by:
        writer = writer.partitionBy(*layout.partition_by)
    writer.parquet(folder)
    return folder


def publish_table(spark: SparkSession, folder: str, target: str) -> int:
    """Replaces the target's files by the staged ones, and removes the staging folder. Returns the number of files."""
    files, target = Files(spark), target.rstrip("/")
    staged = _stable_names(files.list(folder))
    if not staged:
        raise ValueError(f"Nothing was staged in {folder}: {target} stays as it is")
    for name, uri in staged.items():
        files.copy(uri, f"{target}/{name}")
    for name, uri in files.list(target).items():
        if name not in staged:
            files.delete(uri)
    files.delete(folder)
    return len(staged)


def _stable_names(staged: dict[str, str]) -> dict[str, str]:
    """Spark's file names are new in each run; these depend only on the folder and the order within it."""
    folders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(staged):
        if name.endswith(".parquet"):
            folders[posixpath.dirname(name)].append(name)
    return {
        posixpath.join(folder, f"part-{index:05}.zstd.parquet"): staged[name]
        for folder, names in folders.items()
        for index, name in enumerate(names)
    }
