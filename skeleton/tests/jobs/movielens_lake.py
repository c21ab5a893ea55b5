"""A lake of a generated sample, through every job."""

from __future__ import annotations

from pathlib import Path

from pyspark.sql import SparkSession

from lake.datasets.movielens.dataset import DATASET
from lake.files import Files
from lake.landing import land
from lake.preprocess import Places, preprocess
from lake.transform import transform


def make_lake(spark: SparkSession, lake: Path) -> None:
    """Raw, curated and marts of 3,000 ratings, below the folder."""
    land(Files(spark), DATASET, "sample:3000", str(lake / "raw" / "movielens"))
    for table in DATASET.tables:
        places = Places.of(
            "movielens",
            table,
            source=str(lake / "raw"),
            target=str(lake / "curated"),
            quarantine=str(lake / "quarantine"),
            staging=str(lake / "staging"),
            run_id="test",
        )
        preprocess(spark, table, places)
    make_marts(spark, lake)


def make_marts(spark: SparkSession, lake: Path) -> None:
    transform(spark, DATASET, source=f"{lake}/curated/", target=f"{lake}/marts/", staging=f"{lake}/staging/")
