"""Runs every job on this machine as on AWS: with spark-submit, the same scripts and the same arguments.

    python local/run.py --lake .local/lake

Prints the output of each job, and then the first row of each mart as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import spark
from spark import JOBS, ROOT, archive, java_options

sys.path.insert(0, str(ROOT / "dags"))
sys.path.insert(0, str(JOBS))
from s3_source import SourceNotRead, download

from lake.registry import find_dataset
from lake.run_key import run_key
from mwaalib.project import ProjectFileError, parse_project

# Database of the Iceberg catalog.
DATABASE = "local"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--source", help="source of the first dataset, or a folder; default: the source in project.yaml"
    )
    parser.add_argument("--table-format", choices=["parquet", "iceberg"], help="default: the format in project.yaml")
    parser.add_argument("--lake", required=True, type=Path, help="folder to use as the data bucket")
    given = parser.parse_args()

    began, lake = time.monotonic(), given.lake.resolve()
    try:
        project = parse_project((ROOT / "project.yaml").read_text("utf-8"))
    except ProjectFileError as error:
        raise SystemExit(str(error)) from None
    datasets, table_format = project["datasets"], given.table_format or project.get("tableFormat", "parquet")
    if given.source:
        datasets[0]["source"] = given.source
    with tempfile.TemporaryDirectory() as folder:
        lake_zip = archive(Path(folder) / "lake.zip")
        for dataset in datasets:
            dataset["source"] = bring_here(dataset["name"], dataset["source"], Path(folder))
        run(lake_zip, lake, datasets, table_format=table_format, run_id=time.strftime("local-%Y%m%dT%H%M%S"))
    seconds = round(time.monotonic() - began, 1)
    marts = {mart: first_row(lake, mart, table_format) for dataset in datasets for mart in dataset.get("marts", ())}
    print(json.dumps({"marts": marts, "seconds": seconds}, ensure_ascii=False, default=str))


def run(library: Path, lake: Path, datasets: list[dict], *, table_format: str, run_id: str) -> None:
    """Runs the tasks of the DAG in order, then the Glue job."""
    sources = [f"{dataset['name']}={dataset['source']}" for dataset in datasets]
    submit(
        library,
        "ingest",
        source=sources,
        target=f"{lake}/raw/",
        staging=f"{lake}/staging/",
        warehouse=str(lake) if table_format == "iceberg" else "",
        **{"run-id": run_id},
    )

    def preprocess(dataset: str, table: str) -> None:
        submit(
            library,
            "preprocess",
            *(lake / "raw" / dataset).glob(find_dataset(dataset).table(table).file.name),
            dataset=dataset,
            table=table,
            source=f"{lake}/raw/",
            target=f"{lake}/curated/",
            quarantine=f"{lake}/quarantine/",
            staging=f"{lake}/staging/",
            database=DATABASE,
            warehouse=str(lake),
            **{"run-id": run_id, "table-format": table_format},
        )

    tables = [(dataset["name"], table) for dataset in datasets for table in dataset["tables"]]
    with ThreadPoolExecutor(max_workers=4) as side_by_side:
        list(side_by_side.map(lambda names: preprocess(*names), tables))
    submit(
        library,
        "glue_transform",
        lake / "staging",
        datasets=",".join(dataset["name"] for dataset in datasets),
        source=f"{lake}/curated/",
        target=f"{lake}/marts/",
        staging=f"{lake}/staging/",
        table_format=table_format,
        database=DATABASE,
        warehouse=str(lake),
        run_id=run_key(run_id),
    )


def bring_here(dataset: str, source: str, folder: Path) -> str:
    """Returns the source as ingest reads it on this machine; files of S3 are downloaded to the folder first."""
    if source.startswith("sample:"):
        return source
    if not source.startswith("s3://"):
        return Path(source).resolve().as_uri()
    target = folder / "downloaded" / dataset
    target.mkdir(parents=True)
    try:
        number = download(find_dataset(dataset), source, target)
    except SourceNotRead as error:
        raise SystemExit(str(error)) from None
    print(f"downloaded {number} files of {dataset} from {source}", flush=True)
    return target.as_uri()


def submit(library: Path, job: str, *read: Path, **arguments: str | list[str]) -> None:
    """Runs one spark-submit that reads these files, and prints its output. A failure ends the program."""
    try:
        said = spark.submit(JOBS / f"{job}.py", arguments, library=library, java_options=java_options(*read))
        print(f"{job}: {said}", flush=True)
    except spark.JobFailed as error:
        raise SystemExit(str(error)) from None


def first_row(lake: Path, mart: str, table_format: str) -> dict | None:
    """Reads the first row of a mart, which is one sorted file. None: the mart has no rows."""
    if not (files := list_files(lake, mart, table_format)):
        return None
    query = duckdb.execute(f"SELECT * FROM read_parquet({files}) LIMIT 1")
    names = [column[0] for column in query.description or []]
    first = query.fetchone()
    return dict(zip(names, first, strict=True)) if first else None


def list_files(lake: Path, mart: str, table_format: str) -> list[str]:
    """Lists the mart's files: all in its folder, or those of the newest version of an Iceberg table."""
    if table_format == "parquet":
        return [str(file) for file in (lake / "marts" / mart).glob("*.parquet")]
    versions = sorted((lake / DATABASE / mart / "data").glob("*.parquet"), key=lambda file: file.stat().st_mtime)
    return [str(file) for file in versions[-1:]]


if __name__ == "__main__":
    main()
