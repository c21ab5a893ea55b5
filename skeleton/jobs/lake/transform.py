"""A dataset's curated tables → its marts, published."""

from __future__ import annotations

from pyspark.sql import SparkSession

from .dataset import Dataset
from .table import publish_table, stage_table


def transform(spark: SparkSession, dataset: Dataset, *, source: str, target: str, staging: str) -> dict[str, int]:
    """Publishes the marts below `target`; gives the rows of each. All are staged before the first is published."""
    source, target = source.rstrip("/"), target.rstrip("/")
    marts = dataset.marts.make(lambda table: spark.read.parquet(f"{source}/{table}/"))
    staged = {name: stage_table(marts[name], staging, layout) for name, layout in dataset.marts.layouts.items()}
    for name, folder in staged.items():
        publish_table(spark, folder, f"{target}/{name}/")
    # What the making of them has cached.
    spark.catalog.clearCache()
    return {name: spark.read.parquet(f"{target}/{name}/").count() for name in staged}
