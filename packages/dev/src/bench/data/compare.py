"""Runs the engines on the same generated ratings, one after the other, and writes what they took as JSON.

PYTHONPATH=skeleton/local:skeleton/jobs python compare.py --rows 1000000 --rounds 2 --work .local/bench/data
    --report report.json
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path

from agreement import check_agreement
from engines import Engine, original, ours, with_duckdb
from layouts import bytes_read, layouts
from measured import measured
from spark import java_options

from lake.datasets.movielens.sample import write_sample


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", required=True, type=int, help="ratings")
    parser.add_argument("--rounds", required=True, type=int)
    parser.add_argument("--work", required=True, type=Path, help="folder for the input and the lakes")
    parser.add_argument("--report", required=True, type=Path)
    given = parser.parse_args()

    work: Path = given.work.resolve()
    raw = make_input(work, given.rows)
    as_it_comes = original("original", lambda _: ())
    engines = [ours(work), as_it_comes, original("originalOurJvm", java_options), with_duckdb()]
    lakes = {engine.name: work / f"lake-{engine.name}" for engine in engines}
    runs = {engine.name: [] for engine in engines}
    for number in range(given.rounds):
        for engine in engines[number % len(engines) :] + engines[: number % len(engines)]:
            runs[engine.name].append(run(engine, lakes[engine.name], raw))
            print(f"{engine.name}: {json.dumps(runs[engine.name][-1])}", flush=True)
    check_agreement(lakes["ours"], lakes["original"], lakes["duckdb"])
    report = {
        "rows": given.rows,
        "runs": runs,
        "bytesRead": bytes_read(layouts(raw, lakes["ours"], lakes["original"])),
    }
    given.report.write_text(json.dumps(report))
    for lake in lakes.values():
        shutil.rmtree(lake)


def make_input(work: Path, rows: int) -> Path:
    """The generator takes a minute for ten million, and gives the same bytes each time: its files are kept."""
    folder = work / f"input-{rows}"
    if not folder.exists():
        print(f"Generating {rows} ratings", flush=True)
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        write_sample(unfinished, ratings=rows)
        unfinished.rename(folder)
    return folder


def run(engine: Engine, lake: Path, raw: Path) -> dict:
    """A whole run of one engine on a new lake: what the tables and the statistics took, and what they are."""
    shutil.rmtree(lake, ignore_errors=True)
    landed = lake / "raw/movielens"
    landed.mkdir(parents=True)
    for file in raw.iterdir():
        os.link(file, landed / file.name)
    with measured() as tables:
        engine.tables(lake)
    with measured() as statistics:
        engine.statistics(lake)
    stored = sum(
        file.stat().st_size for name in ("curated", "marts") for file in (lake / name).rglob("*") if file.is_file()
    )
    return {"tables": asdict(tables), "statistics": asdict(statistics), "bytes_stored": stored}


if __name__ == "__main__":
    main()
