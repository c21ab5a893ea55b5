"""The three ways from raw/*.csv to the two marts. Each first makes the tables, then the statistics."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb_jobs
from spark import submit

HERE = Path(__file__).parent
TABLES = ("movies", "ratings", "tags")


@dataclass(frozen=True)
class Engine:
    """`tables` and `statistics` each take the lake's folder."""

    name: str
    tables: Callable[[Path], None]
    statistics: Callable[[Path], None]


def ours(skeleton: Path, work: Path) -> Engine:
    """The project's own jobs, as its local run starts them: the tables side by side, each its own spark-submit."""
    jobs, library = skeleton / "jobs", work / "lake.zip"
    with zipfile.ZipFile(library, "w", zipfile.ZIP_DEFLATED) as file:
        for module in sorted((jobs / "lake").rglob("*.py")):
            file.write(module, module.relative_to(jobs))

    def run(job: str, **arguments: str) -> None:
        words = [text for key, value in arguments.items() for text in (f"--{key}", value)]
        submit(jobs / f"{job}.py", *words, library=library)

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


def original() -> Engine:
    """The original's approach, see `original/`: one file after the other, as its cluster runs one step at a time."""

    def tables(lake: Path) -> None:
        for name in TABLES:
            submit(
                HERE / "original/preprocess.py",
                f"{lake}/raw/movielens/{name}.csv",
                f"{lake}/curated/{name}",
            )

    def statistics(lake: Path) -> None:
        submit(HERE / "original/transform.py", f"{lake}/curated", f"{lake}/marts")

    return Engine("original", tables, statistics)


def with_duckdb() -> Engine:
    """Our work, rule by rule, in one process of DuckDB: what this machine can do without Spark."""
    return Engine("duckdb", duckdb_jobs.tables, duckdb_jobs.statistics)
