"""Glue job: builds the marts of every named dataset, then publishes all tables of the run together.

movielens_glue_transform is the part of MovieLens.

--extra-py-files provides the library. Only the arguments use `awsglue`, so the same file runs on Glue, on EMR and on a
laptop.
"""

from __future__ import annotations

import json
import sys

from lake.publish import complete_publication, publish
from lake.quality import check_rules
from lake.registry import find_dataset
from lake.session import spark_session
from lake.staged_run import StagedRun
from lake.transform import transform
from lake.zone import TableFormat, open_zone

REQUIRED = ["datasets", "source", "target", "staging", "run_id"]
OPTIONAL = {"table_format": "parquet", "database": "", "warehouse": ""}


def main(argv: list[str]) -> None:
    # Imported here, so that this file can be imported without Glue's own module.
    from awsglue.utils import getResolvedOptions

    # getResolvedOptions has no optional arguments: request the optional ones that were given.
    asked = REQUIRED + [name for name in OPTIONAL if f"--{name}" in argv]
    given = {**OPTIONAL, **getResolvedOptions(argv, asked)}
    datasets = {name: find_dataset(name) for name in given["datasets"].split(",")}
    table_format = TableFormat(given["table_format"], given["database"], given["warehouse"])
    spark = spark_session("glue_transform", table_format.catalog)
    complete_publication(spark, given["staging"])
    run = StagedRun(spark, given["staging"], given["run_id"])
    curated, marts = (
        open_zone(spark, table_format, folder=given[folder], staging=run.data) for folder in ("source", "target")
    )
    for name, dataset in datasets.items():
        rows = transform(spark, dataset, curated, marts, run)
        print(json.dumps({"job": f"{name}_glue_transform", "runId": given["run_id"], "rows": rows}))
    tables = [table for dataset in datasets.values() for table in dataset.table_names]
    # The rules of the curated tables were evaluated when they were staged.
    check = check_rules({name: rules for each in datasets.values() for name, rules in each.mart_rules.items()})
    print(json.dumps({"runId": given["run_id"], **publish(spark, run, tables, check)}))


if __name__ == "__main__":
    main(sys.argv)
