"""Runs every job on this machine as AWS runs it: spark-submit, the same scripts, the same arguments.

    python local/run.py --source sample:1000 --lake .local/lake

Prints what each job said, and the first row of each mart as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent
JOBS = ROOT / "jobs"
TABLES = ("movies", "ratings", "tags")
MARTS = ("most_popular_movies", "top_rated_movies")

SPARK = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
    # Compiling less and collecting simply halves the time of a small job.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", required=True, help="sample:<number of ratings>, or a folder with the real files")
    parser.add_argument("--lake", required=True, type=Path, help="folder that stands for the data bucket")
    given = parser.parse_args()

    began, lake = time.monotonic(), given.lake.resolve()
    source = given.source if given.source.startswith("sample:") else Path(given.source).resolve().as_uri()
    run_id = time.strftime("local-%Y%m%dT%H%M%S")
    with tempfile.TemporaryDirectory() as folder:
        library = archive(Path(folder) / "movielens.zip")
        submit(library, "ingest", source=source, target=f"{lake}/raw/", **{"run-id": run_id})
        with ThreadPoolExecutor(max_workers=len(TABLES)) as side_by_side:
            list(side_by_side.map(lambda table: preprocess(library, lake, table, run_id), TABLES))
        submit(
            library,
            "movielens_glue_transform",
            source=f"{lake}/curated/",
            target=f"{lake}/marts/",
            staging=f"{lake}/staging/",
            run_id=run_id,
        )
    seconds = round(time.monotonic() - began, 1)
    marts = {mart: first_row(lake, mart) for mart in MARTS}
    print(json.dumps({"marts": marts, "seconds": seconds}, ensure_ascii=False))


def preprocess(library: Path, lake: Path, table: str, run_id: str) -> None:
    submit(
        library,
        f"preprocess_{table}",
        source=f"{lake}/raw/{table}.csv",
        target=f"{lake}/curated/{table}/",
        quarantine=f"{lake}/quarantine/{table}/",
        staging=f"{lake}/staging/",
        **{"run-id": run_id},
    )


def submit(library: Path, job: str, **arguments: str) -> None:
    """One spark-submit. Its output is shown when it ends; a failure shows Spark's log too, and ends all."""
    settings = [text for key, value in SPARK.items() for text in ("--conf", f"{key}={value}")]
    words = [text for key, value in arguments.items() for text in (f"--{key}", value)]
    spark_submit = Path(sys.executable).parent / "spark-submit"
    ended = subprocess.run(
        [str(spark_submit), *settings, "--py-files", str(library), str(JOBS / f"{job}.py"), *words],
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )
    print(f"{job}: {ended.stdout.strip()}", flush=True)
    if ended.returncode:
        print(ended.stderr, file=sys.stderr)
        raise SystemExit(f"{job} failed; Spark's log is above.")


def archive(path: Path) -> Path:
    """jobs/movielens as a release holds it: a zip with the package's name inside."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for module in sorted((JOBS / "movielens").rglob("*.py")):
            file.write(module, module.relative_to(JOBS))
    return path


def first_row(lake: Path, mart: str) -> dict:
    rows = duckdb.execute(f"SELECT * FROM '{lake}/marts/{mart}/*.parquet' WHERE rank = 1").fetchall()
    names = [row[0] for row in duckdb.execute(f"DESCRIBE SELECT * FROM '{lake}/marts/{mart}/*.parquet'").fetchall()]
    return dict(zip(names, rows[0], strict=True))


if __name__ == "__main__":
    main()
