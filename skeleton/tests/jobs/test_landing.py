"""Tests which files ingest copies to raw/."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from lake.dataset import Dataset
from lake.datasets.movielens.dataset import DATASET
from lake.files import Files
from lake.landing import land


def test_a_sample_is_generated(spark: SparkSession, tmp_path: Path) -> None:
    names = land(Files(spark), DATASET, "sample:50", str(tmp_path / "raw"))

    assert names == ["movies.csv", "ratings.csv", "tags.csv", "links.csv"]
    assert len((tmp_path / "raw" / "ratings.csv").read_text().splitlines()) == 51


def test_real_files_are_copied_byte_for_byte_over_what_is_there(
    spark: SparkSession, sample: Path, tmp_path: Path
) -> None:
    land(Files(spark), DATASET, "sample:50", str(tmp_path / "raw"))

    land(Files(spark), DATASET, str(sample), str(tmp_path / "raw"))

    for name in ("movies.csv", "ratings.csv", "tags.csv", "links.csv"):
        assert (tmp_path / "raw" / name).read_bytes() == (sample / name).read_bytes()


def test_an_incomplete_source_is_refused_before_anything_is_copied(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "movies.csv").write_text("movieId,title,genres\n")

    with pytest.raises(FileNotFoundError, match=r"given lacks ratings.csv, tags.csv\. Use sample:"):
        land(Files(spark), DATASET, str(tmp_path / "given"), str(tmp_path / "raw"))

    assert not (tmp_path / "raw").exists()


def test_a_dataset_without_a_sample_says_so(spark: SparkSession, tmp_path: Path) -> None:
    bare = Dataset(tables=DATASET.tables, marts=DATASET.marts)

    with pytest.raises(ValueError, match="has no sample"):
        land(Files(spark), bare, "sample:50", str(tmp_path / "raw"))
