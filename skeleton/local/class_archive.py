"""Archives the classes that a job's JVM loads, by running a job on a small sample. This halves the start time of jobs.

    python local/class_archive.py

https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from spark import CLASSES, JOBS, ROOT, JobFailed, archive, submit

sys.path.insert(0, str(ROOT / "dags"))
sys.path.insert(0, str(JOBS))
from lake.landing import Landed
from lake.registry import find_dataset
from mwaalib.project import ProjectFileError, parse_project


def main() -> None:
    try:
        project = parse_project((ROOT / "project.yaml").read_text("utf-8"))
    except ProjectFileError as error:
        raise SystemExit(f"Spark's classes were not archived, so jobs start slower: {error}") from None
    name = project["datasets"][0]["name"]
    dataset = find_dataset(name)
    # The table with the most work.
    table = max(dataset.tables, key=lambda table: bool(table.layout.year_of))
    if dataset.write_sample is None:
        print(f"{name} has no sample, so Spark's classes cannot be archived: jobs start slower.")
        return
    with tempfile.TemporaryDirectory() as folder:
        dataset.write_sample(Path(folder, "raw", name), 1_000)
        # What ingest leaves of a run.
        landed = Path(folder, "staging", "run=classes", "landed.json")
        landed.parent.mkdir(parents=True)
        sizes = {file.name: file.stat().st_size for file in Path(folder, "raw", name).iterdir()}
        landed.write_text(json.dumps({"landing": "classes", "files": {name: Landed.of(dataset, sizes).to_json()}}))
        unfinished = CLASSES.with_suffix(".part")
        try:
            submit(
                JOBS / "preprocess.py",
                {
                    "dataset": name,
                    "table": table.name,
                    "source": f"{folder}/raw/",
                    "target": f"{folder}/curated/",
                    "quarantine": f"{folder}/quarantine/",
                    "staging": f"{folder}/staging/",
                    "run-id": "classes",
                    "table-format": project.get("tableFormat", "parquet"),
                    "database": "local",
                    "warehouse": folder,
                },
                library=archive(Path(folder, "lake.zip")),
                java_options=("-XX:+UseSerialGC", f'"-XX:ArchiveClassesAtExit={unfinished}"', "-Xlog:disable"),
            )
        except JobFailed as error:
            last = str(error).strip().splitlines()[-1]
            print(f"Spark's classes were not archived, so jobs start slower: {last}", file=sys.stderr)
            return
    if not unfinished.exists():
        print("This Java did not archive its classes, so jobs start slower.", file=sys.stderr)
        return
    unfinished.replace(CLASSES)


if __name__ == "__main__":
    main()
