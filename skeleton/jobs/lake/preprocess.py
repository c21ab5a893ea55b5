"""Builds one curated table from its raw files: reads, judges each row, sets aside refused rows, stages good ones."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, Observation, SparkSession, Window
from pyspark.sql import functions as F

from .account import REPEATED_HEADER, Counts, count, counters, to_counts
from .dataset import Table
from .files import Files
from .judge import RAW, REFUSED, clean, refuse_repeated
from .layout import as_one_number
from .quality import evaluate, require
from .raw import BLANK, HEADER, LINES, SIZE, inspect_raw, read_raw
from .raw_source import RawSource
from .run_key import run_key
from .staged_run import StagedRun
from .zone import Staged, Zone

# Above this share of refused rows, the source is considered broken and the table stays unchanged.
MAX_REFUSED_SHARE = 0.05


@dataclass(frozen=True)
class Places:
    """The dataset and the folder of its raw files, the folder for a table's refused rows, and the run."""

    dataset: str
    source: str
    quarantine: str
    run_id: str

    @property
    def quarantine_of_run(self) -> str:
        return f"{self.quarantine.rstrip('/')}/run={run_key(self.run_id)}/"


class EmptySource(Exception):
    """The files have no rows after their headers, which usually means a failed upload."""


class TooManyRefused(Exception):
    """So many rows were refused that the files themselves must be wrong."""


class LandingChanged(Exception):
    """A raw file is not the one that ingest has copied."""


def preprocess(spark: SparkSession, table: Table, zone: Zone, places: Places, run: StagedRun) -> dict:
    """Stages the table for publication and returns the counts.

    Raises NotLanded, LandingChanged, HeaderRefused, EmptySource, TooManyRefused, Unaccounted or RulesBroken; then
    nothing is staged.
    """
    source = _find_source(spark, table, places, run)
    judged = _judge(spark, table, source)
    divided = bool(table.layout.year_of)
    if not divided:
        # The table is one file, so its rows are one partition, and ranking needs no shuffle.
        judged = refuse_repeated(judged.coalesce(1), table.key, table.newest)
    staged, counts = _stage(judged, table, zone, source)
    # Sources rarely repeat a key, and ranking all rows needs one more shuffle. So the job checks the keys of the
    # written rows, which is quick, and ranks only if it finds a repeated key.
    unique = divided and counts.good and not _repeats(staged.read(), table)
    if divided and counts.good and not unique:
        staged.discard()
        judged = refuse_repeated(judged, table.key, table.newest)
        staged, counts = _stage(judged, table, zone, source)
    try:
        reasons = _refuse(spark, judged, table, places, counts)
        results = require(table.name, evaluate(table.rules, staged.read(), [table.key] if unique else []))
    except Exception:
        staged.discard()
        raise
    counted = {**counts.to_json(source), "refused": reasons, "quality": results}
    run.record(table.name, staged, counted)
    return {"table": table.name, "runId": places.run_id, **counted}


def _find_source(spark: SparkSession, table: Table, places: Places, run: StagedRun) -> RawSource:
    """Finds the files that this run's ingest has copied for the table."""
    landed = run.landing().files[places.dataset]
    uris = {name: f"{places.source.rstrip('/')}/{name}" for name in landed["tables"][table.name]}
    source = inspect_raw(spark, table.file, list(uris.values()))
    sizes = {file.uri: file.bytes for file in source.files}
    changed = [uri for name, uri in uris.items() if sizes[uri] != landed["files"][name]]
    if changed:
        raise LandingChanged(f"{', '.join(changed[:3])} changed after ingest: run ingest and all tasks after it again.")
    return source


def _judge(spark: SparkSession, table: Table, source: RawSource) -> DataFrame:
    raw = read_raw(spark, table.file, source)
    judged = table.curate(raw)
    for name in source.added:
        if name in judged.columns:
            raise ValueError(f"The files of {table.name} have a new column {name}, as a column of the table is called.")
        judged = judged.withColumn(name, clean(F.col(RAW)[name]))
    return judged


def _stage(judged: DataFrame, table: Table, zone: Zone, source: RawSource) -> tuple[Staged, Counts]:
    """Writes the good rows and counts all rows in the same pass. Raises Unaccounted."""
    observed = Observation("counts")
    counted = judged.drop(RAW).observe(observed, *counters())
    good = counted.where(F.col(REFUSED).isNull()).drop(REFUSED, LINES, SIZE)
    staged = zone.stage(table.name, good, table.layout)
    counts = to_counts(observed.get, source)
    # Without a row there is no file, and so no schema.
    written = staged.read().count() if counts.good else 0
    try:
        if not counts.adds_up(source, written):
            counts = count(judged, source)
            counts.check(source, written)
    except Exception:
        staged.discard()
        raise
    return staged, counts


def _refuse(spark: SparkSession, judged: DataFrame, table: Table, places: Places, counts: Counts) -> dict[str, int]:
    """Sets aside the refused rows, and returns their number by reason. Raises EmptySource or TooManyRefused."""
    if not counts.read:
        raise EmptySource(f"{places.source} has no rows for the table {table.name}, which stays unchanged.")
    # Those of a former try.
    Files(spark).delete(places.quarantine_of_run)
    reasons = _set_aside(judged, places, counts) if counts.refused else {}
    if counts.refused > counts.read * MAX_REFUSED_SHARE:
        listed = ", ".join(f"{reason}: {number}" for reason, number in reasons.items())
        raise TooManyRefused(
            f"{counts.refused} of {counts.read} rows for {table.name} in {places.source} were refused ({listed}), more"
            f" than {MAX_REFUSED_SHARE:.0%}. The table {table.name} stays unchanged. Look at the rows in"
            f" {places.quarantine_of_run}, fix the source and run again."
        )
    return reasons


def _repeats(rows: DataFrame, table: Table) -> bool:
    """Whether two rows have the same key. Sorting is faster than a hash table with as many keys as rows."""
    keys = rows.select(*(key.alias(f"key{index}") for index, key in enumerate(as_one_number(rows, table.key))))
    same = Window.partitionBy(*keys.columns)
    times = keys.select(F.count(F.lit(1)).over(same).alias("times"))
    # Not head(1), which reads one partition after the other.
    return times.agg(F.max("times")).head()[0] > 1  # type: ignore[index]


def _set_aside(judged: DataFrame, places: Places, counts: Counts) -> dict[str, int]:
    """Writes the original refused rows with their reasons as JSON lines. Returns the number of rows by reason."""
    refused = judged.where(~F.col(REFUSED).isin(HEADER, BLANK))
    if counts.header_again:
        again = judged.where(F.col(REFUSED) == HEADER).limit(counts.header_again)
        refused = refused.union(again.withColumn(REFUSED, F.lit(REPEATED_HEADER)))
    refused = refused.select(f"{RAW}.*", REFUSED).cache()
    refused.coalesce(1).write.mode("overwrite").json(places.quarantine_of_run)
    reasons = {row[REFUSED]: row["count"] for row in refused.groupBy(REFUSED).count().orderBy(REFUSED).collect()}
    refused.unpersist()
    return reasons
