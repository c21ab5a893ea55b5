"""A zone of the lake, curated or marts: its tables are read and replaced as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pyspark.sql import DataFrame, SparkSession

from .iceberg_zone import IcebergZone, StagedBranch
from .layout import Layout
from .parquet_zone import ParquetZone, StagedFiles


class Staged(Protocol):
    """An unpublished version of a table."""

    def read(self) -> DataFrame: ...

    def require_publishable(self) -> None:
        """Raises an error if `publish` could not succeed now."""
        ...

    def publish(self) -> int:
        """Replaces the version that readers see. Returns the number of files.

        Can be repeated after it was interrupted or has succeeded. Raises StagedGone if the version is not there.
        """
        ...

    def discard(self) -> None:
        """Deletes the version. Does nothing if it is not there."""
        ...

    def describe(self) -> dict[str, Any]:
        """Returns what `open_staged` needs to find the version again, in another process."""
        ...


class Zone(Protocol):
    """A set of tables in one format. In either format, a failure before `publish` changes nothing for readers."""

    def read(self, table: str) -> DataFrame: ...

    def stage(self, table: str, rows: DataFrame, layout: Layout) -> Staged: ...


@dataclass(frozen=True)
class TableFormat:
    """`tableFormat` of project.yaml and, for Iceberg, the database and the warehouse (s3://bucket/, or a folder)."""

    name: str = "parquet"
    database: str = ""
    warehouse: str = ""

    @property
    def catalog(self) -> str:
        """The warehouse of the session's catalog; empty: the session needs no catalog."""
        return self.warehouse if self.name == "iceberg" else ""


def open_staged(spark: SparkSession, described: Mapping[str, Any]) -> Staged:
    """Opens the version that `Staged.describe` has described."""
    kind = StagedBranch if "branch" in described else StagedFiles
    return kind(spark, **described)


def open_zone(spark: SparkSession, table_format: TableFormat, *, folder: str, staging: str) -> Zone:
    """Opens the zone below `folder`; Parquet tables are written to `staging` before they are published."""
    if table_format.name == "iceberg":
        return IcebergZone(spark, table_format.database, folder)
    return ParquetZone(spark, folder, staging)
