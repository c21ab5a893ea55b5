"""A zone of the lake, curated or marts: tables that are read whole, and replaced whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pyspark.sql import DataFrame, SparkSession

from .iceberg_zone import IcebergZone
from .layout import Layout
from .parquet_zone import ParquetZone


class Staged(Protocol):
    """A version of a table that no reader sees yet."""

    def read(self) -> DataFrame: ...

    def publish(self) -> int:
        """Lets readers see it instead of the version before; gives the number of its files."""
        ...

    def discard(self) -> None: ...


class Zone(Protocol):
    """The two formats keep the same promise: what fails before `publish` changes nothing for readers."""

    def read(self, table: str) -> DataFrame: ...

    def stage(self, table: str, rows: DataFrame, layout: Layout) -> Staged: ...


@dataclass(frozen=True)
class TableFormat:
    """`tableFormat` of project.yaml, and of Iceberg the database and the warehouse (s3://bucket/, or a folder)."""

    name: str = "parquet"
    database: str = ""
    warehouse: str = ""

    @property
    def catalog(self) -> str:
        """The warehouse of the catalog that the session needs; empty: none."""
        return self.warehouse if self.name == "iceberg" else ""


def open_zone(spark: SparkSession, table_format: TableFormat, *, folder: str, staging: str) -> Zone:
    """The zone below `folder`; `staging` is where Parquet tables are made before they are published."""
    if table_format.name == "iceberg":
        return IcebergZone(spark, table_format.database, folder)
    return ParquetZone(spark, folder, staging)
