"""Tables as Parquet files; crawlers add them to the catalog.

A job writes rows to a staging folder first. Publishing then replaces each file of the table with the new one in one
step, and finally deletes files that the new version does not have. So a reader never finds a missing or partial file,
a failed run changes nothing, and a rerun produces the same files.

S3 cannot replace several files in one step. A table of one file changes in one step, and so does each year of a
partitioned table; a query over several years may read old and new files during publishing. Iceberg has no such gap.
"""

from __future__ import annotations

import posixpath
import uuid
from collections import defaultdict
from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession

from .files import Files
from .layout import ROW_GROUP_BYTES, YEAR, Layout, as_one_number


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
        return StagedFiles(self._spark, folder, f"{self._folder}/{table}")


def arrange(rows: DataFrame, layout: Layout) -> DataFrame:
    """Arranges rows in one file, or one file a year: the largest year of 34 million ratings has some 20 MB."""
    together, years = (rows.repartition(YEAR), [YEAR]) if layout.year_of else (rows.coalesce(1), [])
    # By year first, so that one file is open at a time: on S3 each open file holds a buffer of 64 MiB.
    return together.sortWithinPartitions(*years, *as_one_number(rows, layout.sort_by))


@dataclass(frozen=True)
class StagedFiles:
    """A staging folder, and the table's folder that it will replace."""

    spark: SparkSession
    folder: str
    target: str

    def read(self) -> DataFrame:
        return self.spark.read.parquet(self.folder)

    def publish(self) -> int:
        files = Files(self.spark)
        staged = _stable_names(files.list(self.folder))
        if not staged:
            raise ValueError(f"Nothing was staged in {self.folder}: {self.target} stays unchanged")
        for name, uri in staged.items():
            files.copy(uri, f"{self.target}/{name}")
        for name, uri in files.list(self.target).items():
            if name not in staged:
                files.delete(uri)
        self.discard()
        return len(staged)

    def discard(self) -> None:
        Files(self.spark).delete(self.folder)


def _stable_names(staged: dict[str, str]) -> dict[str, str]:
    """Gives files names that depend only on folder and order; Spark's own names differ in each run."""
    folders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(staged):
        if name.endswith(".parquet"):
            folders[posixpath.dirname(name)].append(name)
    return {
        posixpath.join(folder, f"part-{index:05}.zstd.parquet"): staged[name]
        for folder, names in folders.items()
        for index, name in enumerate(names)
    }
