"""project.yaml and the datasets' folders agree."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from lake.dataset import Dataset
from lake.registry import UnknownDataset, find_dataset, list_datasets

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "dags"))

from mwaalib.project import parse_project

ROOT = Path(__file__).resolve().parents[2]
PROJECT = parse_project((ROOT / "project.yaml").read_text("utf-8"))


def names(dataset: Dataset) -> tuple[list[str], list[str]]:
    return [table.name for table in dataset.tables], list(dataset.marts.layouts)


@pytest.mark.parametrize("entry", PROJECT["datasets"], ids=lambda entry: entry["name"])
def test_an_entry_of_the_project_names_what_its_folder_declares(entry: dict) -> None:
    assert (entry["tables"], entry.get("marts", [])) == names(find_dataset(entry["name"]))


def test_no_two_datasets_have_a_table_of_the_same_name() -> None:
    tables = [table for name in list_datasets() for kind in names(find_dataset(name)) for table in kind]

    assert sorted(tables) == sorted(set(tables)), "all are in one database"


def test_an_unknown_dataset_or_table_is_named_with_those_there_are() -> None:
    known = re.escape(", ".join(list_datasets()))
    with pytest.raises(UnknownDataset, match=f"no dataset 'no_such' in jobs/lake/datasets; there are: {known}"):
        find_dataset("no_such")
    for name in list_datasets():
        dataset = find_dataset(name)
        tables = ", ".join(table.name for table in dataset.tables)
        with pytest.raises(LookupError, match=f"no table 'no_such'; it has: {tables}"):
            dataset.table("no_such")
