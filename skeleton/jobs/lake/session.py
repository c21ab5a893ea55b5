"""The Spark session that every job runs in."""

from __future__ import annotations

from pyspark.sql import SparkSession


def spark_session(name: str) -> SparkSession:
    """A session with what the tables' format depends on; where it runs is the cluster's own configuration."""
    session = SparkSession.builder.appName(name).getOrCreate()  # pyright: ignore[reportAttributeAccessIssue]
    # Times are epoch seconds; without UTC the year of a rating would depend on the cluster.
    session.conf.set("spark.sql.session.timeZone", "UTC")
    # INT96, Spark's default, carries no minimum and maximum, so readers could skip nothing.
    session.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    session.conf.set("spark.sql.parquet.compression.codec", "zstd")
    return session
