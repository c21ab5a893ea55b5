"""The Spark session of every job."""

from __future__ import annotations

from pyspark.sql import SparkSession

# The catalog of Iceberg tables.
CATALOG = "glue_catalog"
_SETTING = f"spark.sql.catalog.{CATALOG}"


def spark_session(name: str, warehouse: str = "") -> SparkSession:
    """Creates a session with the settings that determine the tables' format; the cluster configures the rest.

    With a warehouse, the session has a catalog of Iceberg tables: Glue's for s3://bucket/, one in files for a folder.
    """
    builder = SparkSession.builder.appName(name)  # pyright: ignore[reportAttributeAccessIssue]
    for key, value in (iceberg_settings(warehouse) if warehouse else {}).items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    # Times are epoch seconds; without UTC the year of a rating would depend on the cluster.
    session.conf.set("spark.sql.session.timeZone", "UTC")
    # INT96, Spark's default, has no minimum and maximum, so readers could skip nothing.
    session.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    session.conf.set("spark.sql.parquet.compression.codec", "zstd")
    # If no rows are left, this rule removes the row counts from the plan, and the job would wait for them forever.
    session.conf.set(
        "spark.sql.adaptive.optimizer.excludedRules",
        "org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation",
    )
    return session


def iceberg_settings(warehouse: str) -> dict[str, str]:
    """https://iceberg.apache.org/docs/1.10.0/aws/#spark"""
    in_glue = warehouse.startswith("s3://")
    return {
        _SETTING: "org.apache.iceberg.spark.SparkCatalog",
        f"{_SETTING}.warehouse": warehouse,
        f"{_SETTING}.type": "glue" if in_glue else "hadoop",
        # Each job reads the current state of a table.
        f"{_SETTING}.cache-enabled": "false",
        **({f"{_SETTING}.io-impl": "org.apache.iceberg.aws.s3.S3FileIO"} if in_glue else {}),
    }


def is_in_glue(spark: SparkSession) -> bool:
    """Whether the catalog is Glue's; a catalog in files sets the tables' locations itself."""
    return spark.conf.get(f"{_SETTING}.type", "") == "glue"
