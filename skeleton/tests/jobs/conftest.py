"""One Spark for all job tests."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from movielens_lake import Lake
from pyspark.sql import SparkSession

from lake.datasets.movielens.sample import write_sample
from lake.session import iceberg_settings, spark_session
from lake.zone import TableFormat, Zone, open_zone

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Real Spark on two threads, with the settings of the jobs and a different time zone."""
    here = tmp_path_factory.mktemp("spark")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = str(ROOT / "jobs")  # for Spark's Python workers, which --py-files gives a job
    os.environ["TZ"] = "America/New_York"
    # Less compilation and a simple garbage collector halve the time of small jobs.
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    builder = SparkSession.builder.master("local[2]")
    for key, value in iceberg_settings(str(here / "iceberg")).items():
        builder = builder.config(key, value)
    (
        builder.config("spark.driver.extraClassPath", str(ROOT / ".venv" / "jars" / "*"))
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(here / "warehouse"))
        .config("spark.local.dir", str(here / "local"))
        .getOrCreate()
    )
    session = spark_session("tests")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sample of 3,000 ratings; tests must not write to it."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, ratings=3_000, seed=7)
    return folder


OpenZone = Callable[..., Zone]


@pytest.fixture(scope="session")
def zone_at(spark: SparkSession) -> OpenZone:
    """Opens a zone below a folder, in either format; Iceberg's tables are in a database with the folder's name."""

    def open_at(folder: Path, table_format: str = "parquet", staging: str = "") -> Zone:
        return open_zone(
            spark,
            TableFormat(table_format, database_of(folder), "in the session's settings"),
            folder=str(folder),
            staging=staging or str(folder.parent / "staging"),
        )

    return open_at


def database_of(folder: Path) -> str:
    return re.sub(r"\W", "_", str(folder))


@pytest.fixture(scope="session", params=["parquet", "iceberg"])
def lake(
    spark: SparkSession, tmp_path_factory: pytest.TempPathFactory, zone_at: OpenZone, request: pytest.FixtureRequest
) -> Lake:
    """A lake of 3,000 ratings."""
    return Lake(spark, tmp_path_factory.mktemp("lake"), lambda folder: zone_at(folder, request.param))
