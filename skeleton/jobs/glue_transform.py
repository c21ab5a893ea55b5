"""Glue job: curated/ → marts/, of every dataset named (movielens_glue_transform is the one of MovieLens).

The library comes by --extra-py-files. `awsglue` is used for the arguments only, so that the same
file runs on Glue, on EMR and on a laptop.
"""

from __future__ import annotations

import json
import sys

from lake.registry import find_dataset
from lake.session import spark_session
from lake.transform import transform
from lake.zone import TableFormat, open_zone

REQUIRED = ["datasets", "source", "target", "staging", "run_id"]
OPTIONAL = {"table_format": "parquet", "database": "", "warehouse": ""}


def main(argv: list[str]) -> None:
    # Imported here: where Glue's own module is missing, the rest of this file can still be imported.
    from awsglue.utils import getResolvedOptions

    # getResolvedOptions knows no optional ones: those given are asked for as well.
    asked = REQUIRED + [name for name in OPTIONAL if f"--{name}" in argv]
    given = {**OPTIONAL, **getResolvedOptions(argv, asked)}
    datasets = {name: find_dataset(name) for name in given["datasets"].split(",")}
    table_format = TableFormat(given["table_format"], given["database"], given["warehouse"])
    spark = spark_session("glue_transform", table_format.catalog)
    curated, marts = (
        open_zone(spark, table_format, folder=given[folder], staging=given["staging"])
        for folder in ("source", "target")
    )
    for name, dataset in datasets.items():
        rows = transform(spark, dataset, curated, marts)
        print(json.dumps({"job": f"{name}_glue_transform", "runId": given["run_id"], "rows": rows}))


if __name__ == "__main__":
    main(sys.argv)
