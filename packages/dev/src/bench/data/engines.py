"""The three ways from raw/*.csv to the two marts. Each first makes the tables, then the statistics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb_jobs
from spark import JOBS, archive, submit

HERE = Path(__file__).parent
TABLES = ("movies", "ratings", "tags")


@dataclass(frozen=True)
class Engine:
    """`tables` and `statistics` each take the lake's folder."""

    name: str
    tables: Callable[[Path], None]
    statistics: Callable[[Path], None]


def ours(work: Path) -> Engine:
    """The project's own jobs, as its local run starts them: the tables side by side, each its own spark-submit."""
    library = archive(work / "lake.zip")

    def run(job: str, **arguments: str) -> None:
        submit(JOBS / f"{job}.py", arguments, library=library)

    def table(lake: Path, name: str) -> None:
        run(
            "preprocess",
            dataset="movielens",
            table=name,
            source=f"{lake}/raw/",
            target=f"{lake}/curated/",
            quarantine=f"{lake}/quarantine/",
            staging=f"{lake}/staging/",
            **{"run-id": "bench"},
        )

    def tables(lake: Path) -> None:
        with ThreadPoolExecutor(max_workers=len(TABLES)) as side_by_side:
            list(side_by_side.map(lambda name: table(lake, name), TABLES))

    def statistics(lake: Path) -> None:
        run(
            "glue_transform",
            datasets="movielens",
            source=f"{lake}/curated/",
            target=f"{lake}/marts/",
            staging=f"{lake}/staging/",
            run_id="bench",
        )

    return Engine("ours", tables, statistics)


def original(name: str, java_options: Sequence[str] | None) -> Engine:
    """The original's approach, see `original/`: one file after the other, as its cluster runs one step at a time.

    `java_options` None: those of our local run.
    """
    options = {} if java_options is None else {"java_options": java_options}

    def run(script: str, *words: str) -> None:
        submit(HERE / "original" / script, words, **options)

    def tables(lake: Path) -> None:
        for table in TABLES:
            run("preprocess.py", f"{lake}/raw/movielens/{table}.csv", f"{lake}/curated/{table}")

    def statistics(lake: Path) -> None:
        run("transform.py", f"{lake}/curated", f"{lake}/marts")

    return Engine(name, tables, statistics)


def with_duckdb() -> Engine:
    """Our work, rule by rule, in one process of DuckDB: what this machine can do without Spark."""
    return Engine("duckdb", duckdb_jobs.tables, duckdb_jobs.statistics)
