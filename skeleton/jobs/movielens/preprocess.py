"""One raw file → one curated table: read, judge each row, set aside the refused, publish the good."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as F

from .curated import RAW, REFUSED
from .files import Files
from .raw import read_raw
from .run_key import run_key
from .schemas import RawFile
from .session import spark_session
from .table import Layout, publish_table, stage_table


@dataclass(frozen=True)
class Preprocess:
    """What is particular to a table."""

    file: RawFile
    curate: Callable[[DataFrame], DataFrame]
    layout: Layout


@dataclass(frozen=True)
class Places:
    """Where a run reads and writes, and in whose name."""

    source: str
    target: str
    quarantine: str
    staging: str
    run_id: str
    # Above this share of refused rows the source is taken for broken, and the table stays as it is.
    max_refused_share: float = 0.05


class EmptySource(Exception):
    """The file has no row after its header: an upload that went wrong, rarely a wish."""


class TooManyRefused(Exception):
    """The share of refused rows says that the file, not a row, is wrong."""


def main(job: Preprocess, argv: Sequence[str]) -> None:
    """Entry of the `preprocess_*` scripts; prints one line of JSON with what was read, written and refused."""
    places = _parse(job, argv)
    spark = spark_session(f"preprocess_{job.file.name}")
    try:
        print(json.dumps(preprocess(spark, job, places)))
    finally:
        spark.stop()


def preprocess(spark: SparkSession, job: Preprocess, places: Places) -> dict:
    """Publishes the table and gives the counts. Raises EmptySource or TooManyRefused before anything is published."""
    raw = read_raw(spark, job.file, places.source)
    # Spark drops the counting from the plan of an empty table, and then waits for the counts for ever.
    if not raw.head(1):
        raise EmptySource(f"{places.source} has no rows. {places.target} stays as it was.")
    judged = job.curate(raw)
    # The counts come with the write, not by a pass of their own. Only when something was refused is
    # the file read again, for the quarantine.
    counts = Observation("counts")
    counted = judged.drop(RAW).observe(
        counts, F.count(F.lit(1)).alias("read"), F.count(F.col(REFUSED)).alias("refused")
    )
    good = counted.where(F.col(REFUSED).isNull()).drop(REFUSED)
    folder = stage_table(good, places.staging, job.layout)

    read, refused = counts.get["read"], counts.get["refused"]
    reasons = _quarantine(judged, places) if refused else {}
    if refused > read * places.max_refused_share:
        Files(spark).delete(folder)
        raise TooManyRefused(
            f"{refused} of {read} rows of {places.source} were refused ({_listed(reasons)}), more than"
            f" {places.max_refused_share:.0%}. {places.target} stays as it was. Look at the rows in"
            f" {_quarantine_folder(places)}, mend the source and run again."
        )
    files = publish_table(spark, folder, places.target)
    return {
        "table": job.file.name,
        "runId": places.run_id,
        "read": read,
        "written": read - refused,
        "refused": reasons,
        "files": files,
    }


def _quarantine(judged: DataFrame, places: Places) -> dict[str, int]:
    """Writes the refused rows, as they came and with the reason, as JSON lines; gives the number by reason."""
    refused = judged.where(F.col(REFUSED).isNotNull()).select(f"{RAW}.*", REFUSED).cache()
    refused.coalesce(1).write.mode("overwrite").json(_quarantine_folder(places))
    reasons = {row[REFUSED]: row["count"] for row in refused.groupBy(REFUSED).count().orderBy(REFUSED).collect()}
    refused.unpersist()
    return reasons


def _quarantine_folder(places: Places) -> str:
    return f"{places.quarantine.rstrip('/')}/run={run_key(places.run_id)}/"


def _listed(reasons: dict[str, int]) -> str:
    return ", ".join(f"{reason}: {number}" for reason, number in reasons.items())


def _parse(job: Preprocess, argv: Sequence[str]) -> Places:
    name = job.file.name
    parser = argparse.ArgumentParser(prog=f"preprocess_{name}", description=__doc__)
    parser.add_argument("--source", required=True, help=f"the raw file, as s3://bucket/raw/{name}.csv")
    parser.add_argument("--target", required=True, help=f"the table's folder, as s3://bucket/curated/{name}/")
    parser.add_argument("--quarantine", required=True, help=f"for refused rows, as s3://bucket/quarantine/{name}/")
    parser.add_argument("--staging", required=True, help="for a version in the making, as s3://bucket/staging/")
    parser.add_argument("--run-id", required=True, help="Airflow's dag_run_id, or any name of the run")
    parser.add_argument("--max-refused-share", type=float, default=Places.max_refused_share)
    return Places(**vars(parser.parse_args(argv)))
