"""Tests which files ingest copies to raw/."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from lake.dataset import Dataset, Marts, Table
from lake.datasets.movielens.dataset import DATASET
from lake.files import Files
from lake.landing import SourceChanged, land
from lake.layout import Layout
from lake.raw import RawFile


def test_a_sample_is_generated(spark: SparkSession, tmp_path: Path) -> None:
    landed = land(Files(spark), DATASET, "sample:50", str(tmp_path / "raw"))

    assert list(landed.sizes) == ["movies.csv", "ratings.csv", "tags.csv", "links.csv"]
    assert landed.sizes == {path.name: path.stat().st_size for path in (tmp_path / "raw").glob("*.csv")}
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


def dataset_of(name: str) -> Dataset:
    table = Table("days", RawFile(name, "id INT", multi_line=False), lambda raw: raw, ["id"], ["id"], Layout(["id"]))
    return Dataset(tables=[table], marts=Marts({}, lambda read: {}))


def put(folder: Path, *names: str) -> str:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"id\n{name}\n")
    return str(folder)


def test_a_table_may_have_many_files(spark: SparkSession, tmp_path: Path) -> None:
    source = put(tmp_path / "given", "days/2.csv", "days/1.csv", "days/more/3.csv", "days/notes.txt", "4.csv")

    landed = land(Files(spark), dataset_of("days/*.csv"), source, str(tmp_path / "raw"))

    assert landed.tables == {"days": ["days/1.csv", "days/2.csv"]}
    assert landed.ignored == ["4.csv", "days/more/3.csv", "days/notes.txt"], "what is not taken is told"
    assert (tmp_path / "raw" / "days" / "2.csv").read_text() == "id\ndays/2.csv\n"


def test_what_the_source_has_no_more_is_not_read_again(spark: SparkSession, tmp_path: Path) -> None:
    land(Files(spark), dataset_of("*.csv"), put(tmp_path / "old", "1.csv", "2.csv"), str(tmp_path / "raw"))

    land(Files(spark), dataset_of("*.csv"), put(tmp_path / "new", "2.csv", "3.csv"), str(tmp_path / "raw"))

    assert sorted(path.name for path in (tmp_path / "raw").glob("*.csv")) == ["2.csv", "3.csv"]


@pytest.mark.parametrize("name", ["days.csv.gz", "_days.csv", ".days.csv", "days[1].csv", "days{a,b}.csv", "da?ys.csv"])
def test_a_name_that_spark_would_not_read_as_it_is_is_refused(spark: SparkSession, tmp_path: Path, name: str) -> None:
    source = put(tmp_path / "given", name)

    with pytest.raises(ValueError, match="have names that cannot be read as CSV: "):
        land(Files(spark), dataset_of("*"), source, str(tmp_path / "raw"))


@pytest.mark.parametrize("grown", [True, False], ids=["source", "target"])
def test_a_source_that_changes_while_it_is_copied_is_an_error(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grown: bool
) -> None:
    source, copy = put(tmp_path / "given", "days.csv"), Files.copy

    def copy_then_write(self: Files, uri: str, target: str) -> None:
        copy(self, uri, target)
        Path(uri.removeprefix("file:") if grown else target).write_text("id\n1\n2\n")
        (tmp_path / "raw" / ".days.csv.crc").unlink(missing_ok=True)

    monkeypatch.setattr(Files, "copy", copy_then_write)
    with pytest.raises(SourceChanged, match=r"days\.csv had 12 bytes before it was copied"):
        land(Files(spark), dataset_of("days.csv"), source, str(tmp_path / "raw"))
