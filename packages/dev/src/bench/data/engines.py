"""The three ways from raw/*.csv to the two marts. Each first makes the tables, then the statistics."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb_jobs
from lake.datasets.movielens.dataset import DATASET
from lake.landing import Landed
from spark import JOBS, archive, java_options, submit

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

    def run(job: str, read: Path, **arguments: str) -> None:
        submit(JOBS / f"{job}.py", arguments, library=library, java_options=java_options(read))

    def table(lake: Path, name: str) -> None:
        run(
            "preprocess",
            raw_file(lake, name),
            dataset="movielens",
            table=name,
            source=f"{lake}/raw/",
            target=f"{lake}/curated/",
            quarantine=f"{lake}/quarantine/",
            staging=f"{lake}/staging/",
            **{"run-id": "bench"},
        )

    def tables(lake: Path) -> None:
        # What ingest leaves of a run.
        landed = lake / "staging" / "run=bench" / "landed.json"
        landed.parent.mkdir(parents=True, exist_ok=True)
        sizes = {file.name: file.stat().st_size for file in (lake / "raw/movielens").iterdir()}
        files = {"movielens": Landed.of(DATASET, sizes).to_json()}
        landed.write_text(json.dumps({"landing": "bench", "files": files}))
        with ThreadPoolExecutor(max_workers=len(TABLES)) as side_by_side:
            list(side_by_side.map(lambda name: table(lake, name), TABLES))

    def statistics(lake: Path) -> None:
        run(
            "glue_transform",
            lake / "staging",
            datasets="movielens",
            source=f"{lake}/curated/",
            target=f"{lake}/marts/",
            staging=f"{lake}/staging/",
            run_id="bench",
        )

    return Engine("ours", tables, statistics)


def original(name: str, java_options: Callable[[Path], Sequence[str]]) -> Engine:
    """The original's approach, see `original/`: one file after the other, as its cluster runs one step at a time."""

    def run(script: str, read: Path, *words: str) -> None:
        submit(HERE / "original" / script, words, java_options=java_options(read))

    def tables(lake: Path) -> None:
        for table in TABLES:
            file = raw_file(lake, table)
            run("preprocess.py", file, str(file), f"{lake}/curated/{table}")

    def statistics(lake: Path) -> None:
        run("transform.py", lake / "curated", f"{lake}/curated", f"{lake}/marts")

    return Engine(name, tables, statistics)


def raw_file(lake: Path, table: str) -> Path:
    return lake / "raw/movielens" / f"{table}.csv"


def with_duckdb() -> Engine:
    """Our work, rule by rule, in one process of DuckDB: what this machine can do without Spark."""
    return Engine("duckdb", duckdb_jobs.tables, duckdb_jobs.statistics)
