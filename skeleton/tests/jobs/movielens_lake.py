"""A lake built by every job from a generated sample, in either format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

from lake.datasets.movielens.dataset import DATASET
from lake.files import Files
from lake.landing import land
from lake.preprocess import Places, preprocess
from lake.publish import publish
from lake.staged_run import StagedRun
from lake.transform import transform
from lake.zone import Zone


class Lake:
    """Raw, curated and marts of 3,000 ratings, below the folder."""

    def __init__(self, spark: SparkSession, root: Path, open_at: Callable[[Path], Zone]) -> None:
        self.spark, self.root = spark, root
        self.curated, self.marts = open_at(root / "curated"), open_at(root / "marts")
        self.run = StagedRun(spark, str(root / "staging"), "test")
        self.run.land({"movielens": land(Files(spark), DATASET, "sample:3000", str(root / "raw"))})
        for table in DATASET.tables:
            places = Places(str(root / "raw" / table.file.name), str(root / "quarantine" / table.name), "test")
            preprocess(spark, table, self.curated, places, self.run)
        self.make_marts()

    def make_marts(self) -> None:
        """Publishes the marts, and the first time the curated tables too."""
        transform(self.spark, DATASET, self.curated, self.marts, self.run)
        publish(self.spark, self.run, DATASET.table_names, lambda unpublished: {})

    def read(self, table: str) -> DataFrame:
        """A curated table or a mart."""
        return (self.marts if table in DATASET.marts.layouts else self.curated).read(table)
