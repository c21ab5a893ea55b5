"""Copying DAGs from the bucket, and having Airflow notice each change."""

import os
from pathlib import Path
from typing import Any

import pytest

from local_aws.services.mwaa import dags
from local_aws.services.mwaa.dags import Synced, sync

ENV = {"SourceBucketArn": "arn:aws:s3:::bucket", "ExecutionRoleArn": "arn:aws:iam::000000000000:role/airflow"}
DAY = 86_400
"""Seconds."""


class Bucket(dict[str, str]):
    """Key → content, as S3 serves it; it notes the order of the downloads."""

    def __init__(self) -> None:
        super().__init__()
        self.downloads: list[str] = []

    def get_paginator(self, _: str) -> "Bucket":
        return self

    def paginate(self, Bucket: str, Prefix: str) -> list[dict[str, Any]]:
        assert (Bucket, Prefix) == ("bucket", "dags/")
        return [{"Contents": [{"Key": key, "ETag": content} for key, content in self.items()]}]

    def download_file(self, _: str, key: str, file: str) -> None:
        self.downloads.append(key)
        Path(file).write_text(self[key])


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Bucket:
    bucket = Bucket()
    monkeypatch.setattr(dags.aws, "client", lambda *_: bucket)
    for key in ("a/dag.py", "a/lib/steps.py", "a/project.yaml", "b/dag.py", "alone.py", "settings.json"):
        bucket[f"dags/{key}"] = "1"
    return bucket


def test_the_folder_is_as_the_bucket(bucket: Bucket, tmp_path: Path) -> None:
    last = Synced()
    sync(ENV, tmp_path, last)
    bucket["dags/a/project.yaml"] = "2"
    del bucket["dags/b/dag.py"]
    bucket.downloads.clear()
    sync(ENV, tmp_path, last)
    assert bucket.downloads == ["dags/a/project.yaml"]
    assert (tmp_path / "a/project.yaml").read_text() == "2"
    assert not (tmp_path / "b/dag.py").exists()


def test_what_a_dag_reads_is_there_before_the_dag(bucket: Bucket, tmp_path: Path) -> None:
    sync(ENV, tmp_path, Synced())
    assert bucket.downloads.index("dags/a/dag.py") > bucket.downloads.index("dags/a/lib/steps.py")
    assert bucket.downloads.index("dags/a/dag.py") > bucket.downloads.index("dags/a/project.yaml")
    assert bucket.downloads[-1] == "dags/alone.py"


@pytest.mark.parametrize(
    ("change", "parsed"),
    [
        ("a/project.yaml", {"a/dag.py", "a/lib/steps.py"}),
        ("a/lib/steps.py", {"a/dag.py", "a/lib/steps.py"}),
        ("settings.json", {"alone.py"}),
        ("b/dag.py", {"b/dag.py"}),
        (None, set[str]()),
    ],
)
def test_airflow_parses_the_dags_of_a_change_in_this_round_and_the_next(
    bucket: Bucket, tmp_path: Path, change: str | None, parsed: set[str]
) -> None:
    last = Synced()
    sync(ENV, tmp_path, last)
    sync(ENV, tmp_path, last)
    if change:
        bucket[f"dags/{change}"] = "2"
    assert [touched(bucket, tmp_path, last) for _ in range(3)] == [parsed, parsed, set()]


def test_airflow_parses_the_dags_of_a_deleted_file(bucket: Bucket, tmp_path: Path) -> None:
    last = Synced()
    sync(ENV, tmp_path, last)
    del bucket["dags/a/lib/steps.py"]
    assert touched(bucket, tmp_path, last) >= {"a/dag.py"}


def touched(bucket: Bucket, folder: Path, last: Synced) -> set[str]:
    """Syncs, and returns the Python files with a new time of change."""
    files = [folder / key.removeprefix("dags/") for key in bucket if key.endswith(".py")]
    for file in files:
        os.utime(file, (DAY, DAY))
    sync(ENV, folder, last)
    return {str(file.relative_to(folder)) for file in files if file.stat().st_mtime > DAY}
