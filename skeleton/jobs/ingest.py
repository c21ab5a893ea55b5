"""EMR step `ingest`: copies the raw files of every dataset to raw/<dataset>/.

Before that, it completes a publication that an earlier run could not (`lake.publish`).

spark-submit --py-files lake.zip ingest.py --source movielens=sample:1000 --target s3://bucket/raw/
    --staging s3://bucket/staging/ --run-id X
"""

from __future__ import annotations

import argparse
import json

from lake.files import Files
from lake.landing import land
from lake.publish import complete_publication
from lake.registry import find_dataset
from lake.run_key import run_key
from lake.session import spark_session
from lake.staged_run import StagedRun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--source",
        required=True,
        action="append",
        type=named_source,
        help="<dataset>=sample:<number of rows>, or <dataset>=<folder with its files>; repeat it for each dataset",
    )
    parser.add_argument("--target", required=True, help="target folder, for example s3://bucket/raw/")
    parser.add_argument(
        "--staging", required=True, help="folder of unpublished versions, for example s3://bucket/staging/"
    )
    parser.add_argument("--warehouse", default="", help="for Iceberg: the warehouse, for example s3://bucket/")
    parser.add_argument("--run-id", required=True, help="Airflow's dag_run_id, or any name for the run")
    given = parser.parse_args()

    # An unknown name fails the step before it copies anything.
    datasets = [(name, find_dataset(name), source) for name, source in given.source]
    spark = spark_session("ingest", given.warehouse)
    try:
        if completed := complete_publication(spark, given.staging):
            print(json.dumps({"runId": given.run_id, "completedPublicationOf": completed}))
        run, landed = StagedRun(spark, given.staging, run_key(given.run_id)), {}
        run.begin()
        for name, dataset, source in datasets:
            landed[name] = land(Files(spark), dataset, source, f"{given.target.rstrip('/')}/{name}/").to_json()
            print(json.dumps({"dataset": name, "runId": given.run_id, "source": source, "landed": landed[name]}))
        run.land(landed)
    finally:
        spark.stop()


def named_source(text: str) -> tuple[str, str]:
    name, equals, source = text.partition("=")
    if not (name and equals and source):
        raise argparse.ArgumentTypeError(f"{text!r} must be <dataset>=<source>")
    return name, source


if __name__ == "__main__":
    main()
