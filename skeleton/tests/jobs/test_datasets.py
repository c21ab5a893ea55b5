"""project.yaml and the datasets' folders agree, and a second dataset is one folder and one entry."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from lake.dataset import Dataset
from lake.registry import UnknownDataset, find_dataset, list_datasets

ROOT = Path(__file__).resolve().parents[2]
SECOND = ROOT / "tests" / "second_dataset"
PROJECT = yaml.safe_load((ROOT / "project.yaml").read_text("utf-8"))


def names(dataset: Dataset) -> tuple[list[str], list[str]]:
    return [table.name for table in dataset.tables], list(dataset.marts.layouts)


@pytest.mark.parametrize("entry", PROJECT["datasets"], ids=lambda entry: entry["name"])
def test_an_entry_of_the_project_names_what_its_folder_declares(entry: dict) -> None:
    assert (entry["tables"], entry["marts"]) == names(find_dataset(entry["name"]))


def test_no_two_datasets_have_a_table_of_the_same_name() -> None:
    tables = [table for name in list_datasets() for kind in names(find_dataset(name)) for table in kind]

    assert sorted(tables) == sorted(set(tables)), "all are in one database"


def test_an_unknown_dataset_or_table_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownDataset, match="no dataset 'film' in jobs/lake/datasets; there are: movielens"):
        find_dataset("film")
    with pytest.raises(LookupError, match="no table 'links'; it has: movies, ratings, tags"):
        find_dataset("movielens").table("links")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, with one more folder and one more entry."""
    project = tmp_path_factory.mktemp("extended")
    for folder in ("jobs", "local"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(SECOND / "books", project / "jobs" / "lake" / "datasets" / "books")
    (project / ".venv").symlink_to(ROOT / ".venv")
    datasets = [*PROJECT["datasets"], yaml.safe_load((SECOND / "entry.yaml").read_text("utf-8"))]
    (project / "project.yaml").write_text(yaml.safe_dump({**PROJECT, "datasets": datasets}))
    return project


def test_a_second_dataset_goes_through_every_job_beside_the_first(extended: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "local/run.py", "--source", "sample:1000", "--table-format", "iceberg", "--lake", "lake"],
        cwd=extended,
        capture_output=True,
        text=True,
    )

    assert ran.returncode == 0, ran.stderr[-4000:]
    # A line of JSON each, after the job's name or under it.
    *said, last = [json.loads(line[line.index("{") :]) for line in ran.stdout.splitlines()]
    assert {each["dataset"] for each in said if "landed" in each} == {"movielens", "books"}
    assert {each["table"] for each in said if "written" in each} == {"movies", "ratings", "tags", "books"}
    marts = last["marts"]
    assert list(marts) == ["most_popular_movies", "top_rated_movies", "books_by_author"]
    assert marts["books_by_author"] == {"author": "Author 0", "books": 7, "price": "115.50"}
    titles = duckdb.sql(f"SELECT title FROM '{extended}/lake/local/books/data/*.parquet' ORDER BY isbn").fetchall()
    assert (len(titles), titles[0]) == (30, ('The "1th", again',))
