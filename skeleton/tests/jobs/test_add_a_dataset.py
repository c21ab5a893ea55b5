"""Follows docs/add-a-dataset.md in a copy of the project, and runs the jobs and the tests there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "add-a-dataset.md"
# In a list of datasets, one comes before movielens and one after it.
NAMES = ("audiobooks", "zines")
_NOT_COPIED = shutil.ignore_patterns("node_modules", ".venv", ".local", "__pycache__", ".*_cache", "cdk.out")


@dataclass(frozen=True)
class Block:
    """A block of the page that says which file it is or changes."""

    language: str
    file: str
    text: str


def blocks(page: str) -> list[Block]:
    found = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return [
        Block(language, text.splitlines()[0].removeprefix("--- "), text)
        if language == "diff"
        else Block(language, file, text)
        for language, file, text in found
        if file or language == "diff"
    ]


def write(block: Block, project: Path) -> None:
    path = project / block.file
    if block.language != "diff":
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x") as file:
            file.write(block.text)
        return
    _, *lines = block.text.splitlines()
    before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
    after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
    content = path.read_text()
    assert content.count(before) == 1, f"{block.file} has not once:\n{before}"
    path.write_text(content.replace(before, after))


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with two more datasets, each added as the page says."""
    project = tmp_path_factory.mktemp("extended") / "project"
    shutil.copytree(ROOT, project, ignore=_NOT_COPIED)
    (project / ".venv").symlink_to(ROOT / ".venv")
    page = blocks(PAGE.read_text("utf-8"))
    assert [block.language for block in page] == ["python", "python", "text", "python", "diff"]
    for name in NAMES:
        for block in page:
            write(Block(block.language, block.file.replace("books", name), block.text.replace("books", name)), project)
    return project


def run(project: Path, *command: str | Path) -> str:
    ran = subprocess.run([str(word) for word in command], cwd=project, capture_output=True, text=True)
    assert ran.returncode == 0, (ran.stdout + ran.stderr)[-6000:]
    return ran.stdout


def test_the_datasets_go_through_every_job_beside_the_first(extended: Path) -> None:
    said = run(
        extended,
        *(sys.executable, "local/run.py", "--source", "sample:1000", "--table-format", "iceberg", "--lake", "lake"),
    )

    # A line of JSON each, after the job's name or under it.
    *steps, last = [json.loads(line[line.index("{") :]) for line in said.splitlines()]
    assert {each["dataset"] for each in steps if "landed" in each} == {"movielens", *NAMES}
    assert {each["table"] for each in steps if "written" in each} == {"movies", "ratings", "tags", *NAMES}
    [published] = [each for each in steps if "published" in each]
    for name in NAMES:
        assert published["published"][name]["lines"] == {
            **{"read": 31, "header": 1, "blank": 0, "written": 30, "refused": 0}
        }
        assert [each["outcome"] for each in published["published"][name]["quality"]] == ["passed"] * 3
        mart = f"{name}_by_author"
        assert last["marts"][mart] == {"author": "Author 0", name: 7, "price": "115.50"}
        titles = duckdb.sql(f"SELECT title FROM '{extended}/lake/local/{name}/data/*.parquet' ORDER BY isbn").fetchall()
        assert (len(titles), titles[0]) == (30, ('The "1th", again',))


def files_that_depend_on_datasets(folder: Path) -> list[Path]:
    """The tests that read the project's own file or folders, and those that the page adds."""
    known = ("project.yaml", "list_datasets", "find_dataset", *NAMES)
    return [
        file
        for file in sorted(folder.glob("test_*.py"))
        if file.name != Path(__file__).name and any(word in file.read_text("utf-8") for word in known)
    ]


@pytest.mark.parametrize(("environment", "folder"), [("spark", "jobs"), ("airflow", "dags")])
def test_no_test_of_the_project_breaks(extended: Path, environment: str, folder: str) -> None:
    tests = files_that_depend_on_datasets(extended / "tests" / folder)

    said = run(extended, ROOT / ".venv" / environment / "bin" / "python", "-m", "pytest", "-q", *tests)

    assert re.search(r"^\d+ passed", said, re.MULTILINE)


def test_every_block_with_a_file_is_complete() -> None:
    unnamed = re.findall(r"^```(python|yaml)\n", PAGE.read_text("utf-8"), re.MULTILINE)

    assert unnamed == [], "a block that a reader can copy names its file"


def test_the_page_names_every_reason_and_rule() -> None:
    from lake import account, dqdl, raw

    page = " ".join(PAGE.read_text("utf-8").split())
    reasons = [raw.NOT_UTF8, raw.REPLACED, raw.CONTROL, raw.UNCLOSED, raw.MISPLACED_QUOTE, raw.NO_FIT]
    named: Sequence[str] = [*reasons, account.REPEATED_HEADER, "repeated", *dqdl.KINDS]

    assert [name for name in named if f"`{name}`" not in page] == []
