"""One Spark for all job tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from movielens_lake import make_lake
from pyspark.sql import SparkSession

from lake.datasets.movielens.sample import write_sample
from lake.session import spark_session


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Real Spark on two threads, with the settings of the jobs and a time zone that is not theirs."""
    here = tmp_path_factory.mktemp("spark")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["TZ"] = "America/New_York"
    # Compiling less and collecting simply halves the time of small jobs.
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    (
        SparkSession.builder.master("local[2]")
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
    """A folder with a sample of 3,000 ratings; not to be written to."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, ratings=3_000, seed=7)
    return folder


@pytest.fixture(scope="session")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of 3,000 ratings: raw/, curated/, marts/."""
    lake = tmp_path_factory.mktemp("lake")
    make_lake(spark, lake)
    return lake
