"""EMR step `preprocess_<table>`: builds and stages one curated table from its raw files; the Glue job publishes it.

preprocess_movies, preprocess_ratings and preprocess_tags run this file with `--table movies` and so on:

spark-submit --py-files lake.zip preprocess.py --dataset movielens --table movies --source s3://bucket/raw/
    --target s3://bucket/curated/ --quarantine s3://bucket/quarantine/ --staging s3://bucket/staging/ --run-id X
"""

from __future__ import annotations

import argparse
import json

from lake.preprocess import Places, preprocess
from lake.registry import find_dataset
from lake.run_key import run_key
from lake.session import spark_session
from lake.staged_run import StagedRun
from lake.zone import TableFormat, open_zone


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataset", required=True, help="a folder in jobs/lake/datasets")
    parser.add_argument("--table", required=True, help="one of its tables")
    parser.add_argument("--source", required=True, help="target folder of ingest, for example s3://bucket/raw/")
    parser.add_argument(
        "--target", required=True, help="folder of the curated tables, for example s3://bucket/curated/"
    )
    parser.add_argument(
        "--quarantine", required=True, help="folder of refused rows, for example s3://bucket/quarantine/"
    )
    parser.add_argument(
        "--staging", required=True, help="folder of unpublished versions, for example s3://bucket/staging/"
    )
    parser.add_argument("--run-id", required=True, help="Airflow's dag_run_id, or any name for the run")
    parser.add_argument("--table-format", choices=["parquet", "iceberg"], default="parquet")
    parser.add_argument("--database", default="", help="for Iceberg: the catalog's database")
    parser.add_argument("--warehouse", default="", help="for Iceberg: the warehouse, for example s3://bucket/")
    given = parser.parse_args()

    table = find_dataset(given.dataset).table(given.table)
    table_format = TableFormat(given.table_format, given.database, given.warehouse)
    places = Places(
        dataset=given.dataset,
        source=f"{given.source.rstrip('/')}/{given.dataset}/",
        quarantine=f"{given.quarantine.rstrip('/')}/{table.name}/",
        run_id=given.run_id,
    )
    spark = spark_session(f"preprocess_{table.name}", table_format.catalog)
    try:
        run = StagedRun(spark, given.staging, run_key(given.run_id))
        zone = open_zone(spark, table_format, folder=given.target, staging=run.data)
        print(json.dumps(preprocess(spark, table, zone, places, run)))
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
