"""Builds and publishes the marts of a dataset from its curated tables."""

from __future__ import annotations

from pyspark.sql import Observation, SparkSession
from pyspark.sql import functions as F

from .dataset import Dataset
from .zone import Zone


def transform(spark: SparkSession, dataset: Dataset, curated: Zone, marts: Zone) -> dict[str, int]:
    """Publishes the marts and returns the number of rows of each. Stages all of them before it publishes the first."""
    made = dataset.marts.make(curated.read)
    # The rows are counted while they are written.
    counts = {name: Observation(name) for name in dataset.marts.layouts}
    staged = {
        name: marts.stage(name, made[name].observe(counts[name], F.count(F.lit(1)).alias("rows")), layout)
        for name, layout in dataset.marts.layouts.items()
    }
    for version in staged.values():
        version.publish()
    # Removes the data that `make` has cached.
    spark.catalog.clearCache()
    return {name: count.get["rows"] for name, count in counts.items()}
