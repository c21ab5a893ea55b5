"""Glue job: curated/ → marts/.

The library comes by --extra-py-files. `awsglue` is used for the arguments only, so that the same
file runs on Glue, on EMR and on a laptop.
"""

from __future__ import annotations

import json
import sys

from movielens.marts import MINIMUM_VOTES
from movielens.session import spark_session
from movielens.transform import transform

REQUIRED = ["source", "target", "staging", "run_id"]


def main(argv: list[str]) -> None:
    given = read_arguments(argv)
    spark = spark_session("movielens_glue_transform")
    rows = transform(
        spark,
        source=given["source"],
        target=given["target"],
        staging=given["staging"],
        minimum_votes=int(given.get("minimum_votes", MINIMUM_VOTES)),
    )
    print(json.dumps({"runId": given["run_id"], "rows": rows}))


def read_arguments(argv: list[str]) -> dict[str, str]:
    """The job's arguments. getResolvedOptions knows no optional ones: those given are asked for as well."""
    # Imported here: where Glue's own module is missing, the rest of this file can still be imported.
    from awsglue.utils import getResolvedOptions

    optional = [name for name in ["minimum_votes"] if f"--{name}" in argv]
    return getResolvedOptions(argv, REQUIRED + optional)


if __name__ == "__main__":
    main(sys.argv)
