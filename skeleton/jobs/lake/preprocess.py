"""One raw file → one curated table: read, judge each row, set aside the refused, publish the good."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as F

from .dataset import Table
from .files import Files
from .judge import RAW, REFUSED
from .raw import read_raw
from .run_key import run_key
from .table import publish_table, stage_table

# Above this share of refused rows the source is taken for broken, and the table stays as it is.
MAX_REFUSED_SHARE = 0.05


@dataclass(frozen=True)
class Places:
    """Where a run reads and writes a table, and in whose name."""

    # The raw file.
    source: str
    target: str
    quarantine: str
    staging: str
    run_id: str

    @classmethod
    def of(cls, dataset: str, table: Table, *, source: str, target: str, quarantine: str, staging: str, run_id: str):
        """Of the folders of all: `raw/`, `curated/`, `quarantine/` and `staging/`."""
        return cls(
            source=f"{source.rstrip('/')}/{dataset}/{table.file.name}",
            target=f"{target.rstrip('/')}/{table.name}/",
            quarantine=f"{quarantine.rstrip('/')}/{table.name}/",
            staging=staging,
            run_id=run_id,
        )


class EmptySource(Exception):
    """The file has no row after its header: an upload that went wrong, rarely a wish."""


class TooManyRefused(Exception):
    """The share of refused rows says that the file, not a row, is wrong."""


def preprocess(spark: SparkSession, table: Table, places: Places) -> dict:
    """Publishes the table and gives the counts. Raises EmptySource or TooManyRefused before anything is published."""
    raw = read_raw(spark, table.file, places.source)
    # Spark drops the counting from the plan of an empty table, and then waits for the counts for ever.
    if not raw.head(1):
        raise EmptySource(f"{places.source} has no rows. {places.target} stays as it was.")
    judged = table.curate(raw)
    # The counts come with the write, not by a pass of their own. Only when something was refused is
    # the file read again, for the quarantine.
    counts = Observation("counts")
    counted = judged.drop(RAW).observe(
        counts, F.count(F.lit(1)).alias("read"), F.count(F.col(REFUSED)).alias("refused")
    )
    good = counted.where(F.col(REFUSED).isNull()).drop(REFUSED)
    folder = stage_table(good, places.staging, table.layout)

    read, refused = counts.get["read"], counts.get["refused"]
    reasons = _quarantine(judged, places) if refused else {}
    if refused > read * MAX_REFUSED_SHARE:
        Files(spark).delete(folder)
        raise TooManyRefused(
            f"{refused} of {read} rows of {places.source} were refused ({_listed(reasons)}), more than"
            f" {MAX_REFUSED_SHARE:.0%}. {places.target} stays as it was. Look at the rows in"
            f" {_quarantine_folder(places)}, mend the source and run again."
        )
    files = publish_table(spark, folder, places.target)
    return {
        "table": table.name,
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
