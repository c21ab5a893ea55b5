"""A dataset's curated tables → its marts, published."""

from __future__ import annotations

from pyspark.sql import Observation, SparkSession
from pyspark.sql import functions as F

from .dataset import Dataset
from .zone import Zone


def transform(spark: SparkSession, dataset: Dataset, curated: Zone, marts: Zone) -> dict[str, int]:
    """Publishes the marts; gives the rows of each. All are staged before the first is published."""
    made = dataset.marts.make(curated.read)
    # Counted while they are written.
    counts = {name: Observation(name) for name in dataset.marts.layouts}
    staged = {
        name: marts.stage(name, made[name].observe(counts[name], F.count(F.lit(1)).alias("rows")), layout)
        for name, layout in dataset.marts.layouts.items()
    }
    for version in staged.values():
        version.publish()
    # What the making of them has cached.
    spark.catalog.clearCache()
    return {name: count.get["rows"] for name, count in counts.items()}
