"""Glue job: builds marts/ from curated/ for every named dataset (movielens_glue_transform is that of MovieLens).

--extra-py-files provides the library. Only the arguments use `awsglue`, so the same file runs on Glue, on EMR and on a
laptop.
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
    # Imported here, so that this file can be imported without Glue's own module.
    from awsglue.utils import getResolvedOptions

    # getResolvedOptions has no optional arguments: request the optional ones that were given.
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
