"""One raw file → one curated table: read, judge each row, set aside the refused, publish the good."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, Observation, SparkSession, Window
from pyspark.sql import functions as F

from .dataset import Table
from .judge import RAW, REFUSED, refuse_repeated
from .layout import as_one_number
from .raw import read_raw
from .run_key import run_key
from .zone import Staged, Zone

# Above this share of refused rows the source is taken for broken, and the table stays as it is.
MAX_REFUSED_SHARE = 0.05


@dataclass(frozen=True)
class Places:
    """The raw file, the folder for a table's refused rows, and in whose name they are read and written."""

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
    """The file has no row after its header: an upload that went wrong, rarely a wish."""


class TooManyRefused(Exception):
    """The share of refused rows says that the file, not a row, is wrong."""


def preprocess(spark: SparkSession, table: Table, zone: Zone, places: Places) -> dict:
    """Publishes the table and gives the counts. Raises EmptySource or TooManyRefused before anything is published."""
    judged = table.curate(read_raw(spark, table.file, places.source))
    divided = bool(table.layout.year_of)
    if not divided:
        # It becomes one file, so it is one partition, and ranking needs no shuffle.
        judged = refuse_repeated(judged.coalesce(1), table.key, table.newest)
    staged, counts = _stage(judged, table, zone)
    if not counts.read:
        staged.discard()
        raise EmptySource(f"{places.source} has no rows. The table {table.name} stays as it was.")
    # Sources hardly ever repeat a key, and ranking all rows takes a shuffle more. So the key is looked at in what
    # was written, which is quick; only a source that repeats one pays for ranking.
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
            f" {MAX_REFUSED_SHARE:.0%}. The table {table.name} stays as it was. Look at the rows in"
            f" {places.quarantine_of_run}, mend the source and run again."
        )
    files = staged.publish()
    return {
        "table": table.name,
        "runId": places.run_id,
        "read": counts.read,
        "written": counts.good,
        "refused": reasons,
        "files": files,
    }


def _stage(judged: DataFrame, table: Table, zone: Zone) -> tuple[Staged, Counts]:
    """Writes the good rows; the counts come with the writing, not by a pass of their own."""
    counts = Observation("counts")
    counted = judged.drop(RAW).observe(
        counts, F.count(F.lit(1)).alias("read"), F.count(F.col(REFUSED)).alias("refused")
    )
    staged = zone.stage(table.name, counted.where(F.col(REFUSED).isNull()).drop(REFUSED), table.layout)
    return staged, Counts(counts.get["read"], counts.get["refused"])


def _repeats(rows: DataFrame, table: Table) -> bool:
    """Whether two rows have the same key. Sorting finds it sooner than a hash table of as many keys as rows."""
    keys = rows.select(*(key.alias(f"key{index}") for index, key in enumerate(as_one_number(rows, table.key))))
    same = Window.partitionBy(*keys.columns)
    times = keys.select(F.count(F.lit(1)).over(same).alias("times"))
    # Not head(1), which looks into one partition after the other.
    return times.agg(F.max("times")).head()[0] > 1  # type: ignore[index]


def _set_aside(judged: DataFrame, places: Places) -> dict[str, int]:
    """Writes the refused rows, as they came and with the reason, as JSON lines; gives the number by reason."""
    refused = judged.where(F.col(REFUSED).isNotNull()).select(f"{RAW}.*", REFUSED).cache()
    refused.coalesce(1).write.mode("overwrite").json(places.quarantine_of_run)
    reasons = {row[REFUSED]: row["count"] for row in refused.groupBy(REFUSED).count().orderBy(REFUSED).collect()}
    refused.unpersist()
    return reasons
