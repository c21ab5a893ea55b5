"""Builds and stages the marts of a dataset from its curated tables."""

from __future__ import annotations

from pyspark.sql import Observation, SparkSession
from pyspark.sql import functions as F

from .dataset import Dataset
from .staged_run import StagedRun
from .zone import Zone


def transform(spark: SparkSession, dataset: Dataset, curated: Zone, marts: Zone, run: StagedRun) -> dict[str, int]:
    """Stages the marts of the run's own curated tables. Returns the number of rows of each mart.

    `curated` is read for tables that this run has published already. Raises NotStaged.
    """
    made = dataset.marts.make(run.reader(curated, [table.name for table in dataset.tables]))
    # The rows are counted while they are written.
    counts = {name: Observation(name) for name in dataset.marts.layouts}
    staged = {
        name: marts.stage(name, made[name].observe(counts[name], F.count(F.lit(1)).alias("rows")), layout)
        for name, layout in dataset.marts.layouts.items()
    }
    # Removes the data that `make` has cached.
    spark.catalog.clearCache()
    rows = {name: count.get["rows"] for name, count in counts.items()}
    for name, version in staged.items():
        run.record(name, version, {"written": rows[name]})
    return rows
