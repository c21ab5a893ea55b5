"""Publishes all tables of a run together, or none.

Everything that can be refused is refused before the first table changes. The journal `staging/publication.json` then
says what replaces what: from that moment the run is published. A publication that is killed later is completed by the
next job that calls `complete_publication`, ingest or the Glue job of whatever run; one that is killed before has
changed nothing. docs/outcomes.md says what readers may see meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from .files import Files
from .iceberg_zone import PublishedMeanwhile
from .staged_gone import StagedGone
from .staged_run import StagedRun
from .zone import open_staged

# Gets the unpublished tables by name, and raises an error if they must not be published. Returns what it has found.
Check = Callable[[Mapping[str, DataFrame]], Mapping[str, Any]]


def publish(spark: SparkSession, run: StagedRun, tables: Iterable[str], check: Check) -> dict[str, Any]:
    """Publishes these tables of the run. Returns what each table's step counted, its files, and what `check` returned.

    Raises NotStaged, an error of `check`, or PublishedMeanwhile before it changes anything. A table that this run has
    published already, before a person cleared the run, stays as it is.
    """
    records = run.records(tables)
    unpublished = {table: each.staged for table, each in records.items() if each.staged}
    found = check({table: staged.read() for table, staged in unpublished.items()})
    for staged in unpublished.values():
        staged.require_publishable()
    files = Files(spark)
    described = {table: staged.describe() for table, staged in unpublished.items()}
    files.write_text(_journal(run.staging), json.dumps({"run": run.key, "tables": described}))
    numbers = {table: staged.publish() for table, staged in unpublished.items()}
    _end(files, run, unpublished)
    counted = {table: {**each.counts, "files": numbers.get(table)} for table, each in records.items()}
    return {"published": counted, "checks": found}


def complete_publication(spark: SparkSession, staging: str) -> str | None:
    """Completes a publication that was interrupted. Returns the key of its run; None: there was none.

    A table that was published meanwhile keeps that version. A version that is not in staging/ any more cannot be
    published: the run that calls this replaces all tables.
    """
    files = Files(spark)
    if not (interrupted := _parse(files.read_text(_journal(staging.rstrip("/"))))):
        return None
    run = StagedRun(spark, staging, interrupted["run"])
    versions = {table: open_staged(spark, each) for table, each in interrupted["tables"].items()}
    for table, staged in versions.items():
        try:
            staged.publish()
        except (StagedGone, PublishedMeanwhile) as error:
            print(f"The publication of {table} by run {run.key} was interrupted and cannot be completed: {error}")
    _end(files, run, versions)
    return run.key


def _end(files: Files, run: StagedRun, tables: Iterable[str]) -> None:
    """In this order: a journal whose files are being deleted must not be completed."""
    run.record_published(tables)
    files.delete(_journal(run.staging))
    run.delete_data()


def _journal(staging: str) -> str:
    return f"{staging}/publication.json"


def _parse(text: str | None) -> dict[str, Any] | None:
    """None also for a journal that was killed while it was written: nothing has changed then."""
    try:
        return json.loads(text) if text else None
    except json.JSONDecodeError:
        return None
