"""Iceberg tables, which Spark itself adds to the catalog.

Write, audit, publish: each run writes its rows to its own branch of the table. If the rows are good, one commit moves
them to the main branch, and readers switch from one complete version to the next. If two runs overlap, one publishes
and the other fails. A table keeps the versions of the last week, and always the last five, so that active readers can
finish and a table can be rolled back.

https://iceberg.apache.org/docs/1.10.0/branching/
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .layout import ROW_GROUP_BYTES, Layout
from .session import CATALOG, is_in_glue
from .staged_gone import StagedGone

_MAIN = "main"
_DAY = 24 * 3600 * 1000

_PROPERTIES = {
    "format-version": "2",
    "write.parquet.compression-codec": "zstd",
    "write.parquet.row-group-size-bytes": str(ROW_GROUP_BYTES),
    # All rows of a year go to one task, so that a year has one file.
    "write.distribution-mode": "hash",
    # If a dataset gains a column, its table gains it too.
    "write.spark.accept-any-schema": "true",
    "history.expire.max-snapshot-age-ms": str(7 * _DAY),
    "history.expire.min-snapshots-to-keep": "5",
    # Each commit writes a new metadata file and deletes the oldest one.
    "write.metadata.delete-after-commit.enabled": "true",
    "write.metadata.previous-versions-max": "20",
}


class IcebergZone:
    """A zone with its tables in a database of the catalog and their files below `folder`."""

    def __init__(self, spark: SparkSession, database: str, folder: str) -> None:
        self._spark, self._database, self._folder = spark, database, folder.rstrip("/")

    def read(self, table: str) -> DataFrame:
        return self._spark.table(self._name(table))

    def stage(self, table: str, rows: DataFrame, layout: Layout) -> StagedBranch:
        """Writes the rows to a new branch, in which they replace all rows of main."""
        name = self._name(table)
        if not self._spark.catalog.tableExists(name):
            self._create(table, rows, layout)
        staged = StagedBranch(self._spark, name, f"staged_{uuid.uuid4().hex}")
        staged.branch_off()
        arranged = rows if layout.year_of else rows.coalesce(1)
        arranged.writeTo(f"{name}.branch_{staged.branch}").option("mergeSchema", "true").overwrite(F.lit(True))
        return staged.written()

    def _create(self, table: str, rows: DataFrame, layout: Layout) -> None:
        """Creates an empty table. It stores its layout, so that other writers keep it too."""
        writer = rows.limit(0).writeTo(self._name(table)).using("iceberg")
        for key, value in _PROPERTIES.items():
            writer = writer.tableProperty(key, value)
        if is_in_glue(self._spark):
            writer = writer.tableProperty("location", f"{self._folder}/{table}")
        if layout.year_of:
            writer = writer.partitionedBy(F.years(layout.year_of))
        writer.create()
        iceberg = _iceberg(self._spark)
        order = _load(self._spark, self._name(table)).replaceSortOrder()
        for column in layout.sort_by:
            # The shorter forms are default methods, which Python cannot call.
            order = order.asc(iceberg.expressions.Expressions.ref(column), iceberg.NullOrder.NULLS_FIRST)
        order.commit()

    def _name(self, table: str) -> str:
        return f"{CATALOG}.{self._database}.{table}"


class PublishedMeanwhile(Exception):
    """Another run has published the table since this run started to write."""


@dataclass(frozen=True)
class StagedBranch:
    """A table's branch with the rows of one run. `snapshot` is the branch's version; 0 before anything is written."""

    spark: SparkSession
    name: str
    branch: str
    snapshot: int = 0

    def branch_off(self) -> None:
        """Creates the branch from main. The branch of a killed run expires after a day."""
        table = _load(self.spark, self.name)
        changes = table.manageSnapshots().createBranch(self.branch, table.currentSnapshot().snapshotId())
        changes.setMaxRefAgeMs(self.branch, _DAY).commit()

    def written(self) -> StagedBranch:
        """Returns the branch with the version that it has now."""
        return replace(self, snapshot=_load(self.spark, self.name).snapshot(self.branch).snapshotId())

    def read(self) -> DataFrame:
        return self.spark.read.option("branch", self.branch).table(self.name)

    def require_publishable(self) -> None:
        """Raises PublishedMeanwhile if another run has published since the branch was created, or StagedGone."""
        table = _load(self.spark, self.name)
        if table.snapshot(self.branch) is None:
            raise StagedGone(f"{self.name} has no branch {self.branch}")
        if not self._follows(table, table.currentSnapshot().snapshotId(), self.snapshot):
            raise PublishedMeanwhile(
                f"Another run has published {self.name} since this run started to write. The table keeps the rows of"
                " that run. Run again, one run after the other."
            )

    def publish(self) -> int:
        """Moves the rows to main in one commit, then deletes expired versions with their files."""
        table = _load(self.spark, self.name)
        if not self._follows(table, self.snapshot, table.currentSnapshot().snapshotId()):
            self.require_publishable()
            table.manageSnapshots().fastForwardBranch(_MAIN, self.branch).removeBranch(self.branch).commit()
            table.expireSnapshots().commit()
        return int(table.currentSnapshot().summary().get("total-data-files"))

    def discard(self) -> None:
        table = _load(self.spark, self.name)
        if table.snapshot(self.branch) is not None:
            table.manageSnapshots().removeBranch(self.branch).commit()

    def describe(self) -> dict[str, Any]:
        return {"name": self.name, "branch": self.branch, "snapshot": self.snapshot}

    def _follows(self, table: Any, older: int, newer: int) -> bool:
        """Whether the newer version is the older one, or was made from it."""
        if table.snapshot(newer) is None:
            return False
        return _iceberg(self.spark).util.SnapshotUtil.isAncestorOf(table, newer, older)


def _load(spark: SparkSession, name: str) -> Any:
    """Loads Iceberg's own Table, https://iceberg.apache.org/javadoc/1.10.0/org/apache/iceberg/Table.html"""
    return _iceberg(spark).spark.Spark3Util.loadIcebergTable(spark._jsparkSession, name)


def _iceberg(spark: SparkSession) -> Any:
    jvm: Any = spark.sparkContext._jvm
    return jvm.org.apache.iceberg
