"""Builds one curated table from one raw file: reads, judges each row, sets aside refused rows, stages good ones."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, Observation, SparkSession, Window
from pyspark.sql import functions as F

from .dataset import Table
from .judge import RAW, REFUSED, refuse_repeated
from .layout import as_one_number
from .raw import read_raw
from .run_key import run_key
from .staged_run import StagedRun
from .zone import Staged, Zone

# Above this share of refused rows, the source is considered broken and the table stays unchanged.
MAX_REFUSED_SHARE = 0.05


@dataclass(frozen=True)
class Places:
    """The raw file, the folder for a table's refused rows, and the run that reads and writes them."""

    source: str
    quarantine: str
    run_id: str

    @property
    def quarantine_of_run(self) -> str:
        return f"{self.quarantine.rstrip('/')}/run={run_key(self.run_id)}/"


@dataclass(frozen=True)
class Counts:
    read: int
    refused: int

    @property
    def good(self) -> int:
        return self.read - self.refused


class EmptySource(Exception):
    """The file has no rows after its header, which usually means a failed upload."""


class TooManyRefused(Exception):
    """So many rows were refused that the file itself must be wrong."""


def preprocess(spark: SparkSession, table: Table, zone: Zone, places: Places, run: StagedRun) -> dict:
    """Stages the table for publication and returns the counts.

    Raises NotLanded, EmptySource or TooManyRefused; then nothing is staged.
    """
    run.landing()
    judged = table.curate(read_raw(spark, table.file, places.source))
    divided = bool(table.layout.year_of)
    if not divided:
        # The table is one file, so its rows are one partition, and ranking needs no shuffle.
        judged = refuse_repeated(judged.coalesce(1), table.key, table.newest)
    staged, counts = _stage(judged, table, zone)
    if not counts.read:
        staged.discard()
        raise EmptySource(f"{places.source} has no rows. The table {table.name} stays unchanged.")
    # Sources rarely repeat a key, and ranking all rows needs one more shuffle. So the job checks the keys of the
    # written rows, which is quick, and ranks only if it finds a repeated key.
    if divided and counts.good and _repeats(staged.read(), table):
        staged.discard()
        judged = refuse_repeated(judged, table.key, table.newest)
        staged, counts = _stage(judged, table, zone)

    reasons = _set_aside(judged, places) if counts.refused else {}
    if counts.refused > counts.read * MAX_REFUSED_SHARE:
        staged.discard()
        listed = ", ".join(f"{reason}: {number}" for reason, number in reasons.items())
        raise TooManyRefused(
            f"{counts.refused} of {counts.read} rows of {places.source} were refused ({listed}), more than"
            f" {MAX_REFUSED_SHARE:.0%}. The table {table.name} stays unchanged. Look at the rows in"
            f" {places.quarantine_of_run}, fix the source and run again."
        )
    counted = {"read": counts.read, "written": counts.good, "refused": reasons}
    run.record(table.name, staged, counted)
    return {"table": table.name, "runId": places.run_id, **counted}


def _stage(judged: DataFrame, table: Table, zone: Zone) -> tuple[Staged, Counts]:
    """Writes the good rows and counts all rows in the same pass."""
    counts = Observation("counts")
    counted = judged.drop(RAW).observe(
        counts, F.count(F.lit(1)).alias("read"), F.count(F.col(REFUSED)).alias("refused")
    )
    staged = zone.stage(table.name, counted.where(F.col(REFUSED).isNull()).drop(REFUSED), table.layout)
    return staged, Counts(counts.get["read"], counts.get["refused"])


def _repeats(rows: DataFrame, table: Table) -> bool:
    """Whether two rows have the same key. Sorting is faster than a hash table with as many keys as rows."""
    keys = rows.select(*(key.alias(f"key{index}") for index, key in enumerate(as_one_number(rows, table.key))))
    same = Window.partitionBy(*keys.columns)
    times = keys.select(F.count(F.lit(1)).over(same).alias("times"))
    # Not head(1), which reads one partition after the other.
    return times.agg(F.max("times")).head()[0] > 1  # type: ignore[index]


def _set_aside(judged: DataFrame, places: Places) -> dict[str, int]:
    """Writes the original refused rows with their reasons as JSON lines. Returns the number of rows by reason."""
    refused = judged.where(F.col(REFUSED).isNotNull()).select(f"{RAW}.*", REFUSED).cache()
    refused.coalesce(1).write.mode("overwrite").json(places.quarantine_of_run)
    reasons = {row[REFUSED]: row["count"] for row in refused.groupBy(REFUSED).count().orderBy(REFUSED).collect()}
    refused.unpersist()
    return reasons
