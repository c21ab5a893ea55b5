"""Tests where a local run gets its files from."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "local"), str(ROOT / "tests" / "statemachine")]

from local_aws import local_aws  # noqa: E402
from s3_source import SourceNotRead, download  # noqa: E402

from lake.datasets.movielens.dataset import DATASET  # noqa: E402


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[str]:
    """A bucket with the sample below the prefix films/, and other files."""
    with local_aws(tmp_path_factory.mktemp("aws")) as endpoint, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", endpoint)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_ACCESS_KEY_ID", "000000000000")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "local")
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="source")
        for file in sample.glob("*.csv"):
            s3.upload_file(str(file), "source", f"films/{file.name}")
        for key in ("films/README.txt", "films/old/movies.csv", "films2/movies.csv"):
            s3.put_object(Bucket="source", Key=key, Body=b"other")
        yield "source"


@pytest.mark.parametrize("source", ["s3://source/films/", "s3://source/films"])
def test_files_of_s3_are_downloaded_as_they_are(bucket: str, sample: Path, tmp_path: Path, source: str) -> None:
    assert download(DATASET, source, tmp_path) == 4

    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in sample.glob("*.csv")
    }


def test_a_bucket_that_is_not_there_is_named(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(SourceNotRead, match=r"s3://no-such-bucket/films/ could not be read: .*NoSuchBucket"):
        download(DATASET, "s3://no-such-bucket/films/", tmp_path)


def test_without_credentials_a_local_run_says_so_in_one_line(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "local/run.py", "--source", "s3://source/films/", "--lake", str(tmp_path / "lake")],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AWS_EC2_METADATA_DISABLED": "true"},
        capture_output=True,
        text=True,
    )

    assert ran.returncode == 1
    [line] = ran.stderr.splitlines()
    assert line.startswith("s3://source/films/ could not be read: Unable to locate credentials. A local run uses")
