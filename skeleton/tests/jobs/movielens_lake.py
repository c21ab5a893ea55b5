"""A lake built by every job from a generated sample, in either format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

from lake.files import Files
from lake.landing import land
from lake.preprocess import Places, preprocess
from lake.publish import publish
from lake.quality import check_rules
from lake.registry import find_dataset
from lake.staged_run import StagedRun
from lake.transform import transform
from lake.zone import Zone

DATASET = find_dataset("movielens")


class Lake:
    """Raw, curated and marts of 3,000 ratings, below the folder."""

    def __init__(self, spark: SparkSession, root: Path, open_at: Callable[[Path], Zone]) -> None:
        self.spark, self.root = spark, root
        self.curated, self.marts = open_at(root / "curated"), open_at(root / "marts")
        self.run = StagedRun(spark, str(root / "staging"), "test")
        self.landed = land(Files(spark), DATASET, "sample:3000", str(root / "raw"))
        self.run.land({"movielens": self.landed.to_json()})
        self.counts = {
            table.name: preprocess(spark, table, self.curated, self._places(table.name), self.run)
            for table in DATASET.tables
        }
        self.make_marts()

    def _places(self, table: str) -> Places:
        return Places("movielens", str(self.root / "raw"), str(self.root / "quarantine" / table), "test")

    def make_marts(self) -> None:
        """Publishes the marts, and the first time the curated tables too."""
        transform(self.spark, DATASET, self.curated, self.marts, self.run)
        check = check_rules(DATASET.mart_rules)
        self.checks = publish(self.spark, self.run, DATASET.table_names, check)["checks"]

    def read(self, table: str) -> DataFrame:
        """A curated table or a mart."""
        return (self.marts if table in DATASET.marts.layouts else self.curated).read(table)
