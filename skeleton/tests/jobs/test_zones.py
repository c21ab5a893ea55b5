"""Tests the common guarantees of both table formats, and the additions of Iceberg."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from conftest import OpenZone, database_of
from pyspark.sql import DataFrame, SparkSession

from lake.iceberg_zone import PublishedMeanwhile
from lake.layout import Layout
from lake.parquet_zone import StagedFiles
from lake.session import CATALOG
from lake.zone import Zone

BY_ID, BY_YEAR = Layout(sort_by=["id"]), Layout(sort_by=["id"], year_of="at")


@pytest.fixture(params=["parquet", "iceberg"])
def zone(zone_at: OpenZone, tmp_path: Path, request: pytest.FixtureRequest) -> Zone:
    return zone_at(tmp_path / "zone", request.param)


def rows_of(spark: SparkSession, *ids: int, column: str = "") -> DataFrame:
    """Rows of several years."""
    rows = spark.sql(f"SELECT id, make_timestamp(2000 + id, 1, 1, 0, 0, 0) AS at FROM VALUES {ids_of(ids)} AS t(id)")
    rows = rows.selectExpr("*", "year(at) AS year")
    return rows.selectExpr("*", f"'new' AS {column}") if column else rows


def ids_of(ids: tuple[int, ...]) -> str:
    return ", ".join(f"({each})" for each in ids)


def ids_in(rows: DataFrame) -> list[int]:
    return sorted(row.id for row in rows.collect())


@pytest.mark.parametrize("layout", [BY_ID, BY_YEAR], ids=["one file", "by year"])
def test_readers_have_the_former_version_until_the_next_is_published(
    spark: SparkSession, zone: Zone, layout: Layout
) -> None:
    zone.stage("t", rows_of(spark, 1, 2), layout).publish()

    staged = zone.stage("t", rows_of(spark, 2, 3, 4), layout)
    assert ids_in(zone.read("t")) == [1, 2]
    assert ids_in(staged.read()) == [2, 3, 4]

    files = staged.publish()
    assert ids_in(zone.read("t")) == [2, 3, 4], "nothing of the former version is left"
    assert files == (1 if layout is BY_ID else 3)


def test_what_is_discarded_was_never_there(spark: SparkSession, zone: Zone) -> None:
    zone.stage("t", rows_of(spark, 1), BY_ID).publish()

    zone.stage("t", rows_of(spark, 9), BY_ID).discard()
    zone.stage("t", rows_of(spark, 8), BY_ID)  # and then the run is killed
    zone.stage("t", rows_of(spark, 2), BY_ID).publish()

    assert ids_in(zone.read("t")) == [2]


def test_nothing_staged_is_never_published(spark: SparkSession, tmp_path: Path) -> None:
    target = tmp_path / "movies"
    target.mkdir()
    (target / "part-00000.zstd.parquet").write_bytes(b"the old version")

    with pytest.raises(ValueError, match="stays unchanged"):
        StagedFiles(spark, str(tmp_path / "nothing"), str(target), []).publish()

    assert (target / "part-00000.zstd.parquet").exists()


def test_a_table_may_gain_a_column(spark: SparkSession, zone: Zone) -> None:
    zone.stage("t", rows_of(spark, 1), BY_ID).publish()

    zone.stage("t", rows_of(spark, 2, column="more"), BY_ID).publish()

    assert [row.more for row in zone.read("t").collect()] == ["new"]


def test_iceberg_divides_by_year_sorts_compresses_and_keeps_former_versions(
    spark: SparkSession, zone_at: OpenZone, tmp_path: Path
) -> None:
    zone = zone_at(tmp_path / "zone", "iceberg")
    for _ in range(2):
        zone.stage("t", rows_of(spark, 3, 1, 2), BY_YEAR).publish()

    name = f"{CATALOG}.{database_of(tmp_path / 'zone')}.t"
    properties = {row.key: row.value for row in spark.sql(f"SHOW TBLPROPERTIES {name}").collect()}
    assert properties["sort-order"] == "id ASC NULLS FIRST"
    assert properties["history.expire.max-snapshot-age-ms"] == str(7 * 24 * 3600 * 1000)
    files = spark.table(f"{name}.files").selectExpr("partition.at_year", "file_path").collect()
    assert sorted(file.at_year for file in files) == [31, 32, 33], "years since 1970"
    for file in files:
        codecs = duckdb.sql(f"SELECT DISTINCT compression FROM parquet_metadata('{file.file_path}')").fetchall()
        assert codecs == [("ZSTD",)]
    operations = [row.operation for row in spark.table(f"{name}.snapshots").orderBy("committed_at").collect()]
    assert operations == ["append", "overwrite", "overwrite"], "made empty, then each version in one commit"
    assert [row.name for row in spark.table(f"{name}.refs").collect()] == ["main"]


def test_of_two_runs_at_once_one_publishes_and_the_other_is_told(
    spark: SparkSession, zone_at: OpenZone, tmp_path: Path
) -> None:
    zone, other = zone_at(tmp_path / "zone", "iceberg"), zone_at(tmp_path / "zone", "iceberg")
    zone.stage("t", rows_of(spark, 1), BY_ID).publish()

    first = zone.stage("t", rows_of(spark, 2), BY_ID)
    second = other.stage("t", rows_of(spark, 3, 4), BY_ID)
    assert (ids_in(first.read()), ids_in(second.read())) == ([2], [3, 4]), "neither sees the other's rows"

    first.publish()
    with pytest.raises(PublishedMeanwhile, match=r"Another run has published .*Run again"):
        second.publish()
    assert ids_in(zone.read("t")) == [2]
    second.discard()

    other.stage("t", rows_of(spark, 3, 4), BY_ID).publish()
    assert ids_in(zone.read("t")) == [3, 4], "run again, it goes through"
    refs = spark.table(f"{CATALOG}.{database_of(tmp_path / 'zone')}.t.refs").collect()
    assert [row.name for row in refs] == ["main"]


def test_what_a_killed_run_leaves_of_an_iceberg_table_has_an_end(
    spark: SparkSession, zone_at: OpenZone, tmp_path: Path
) -> None:
    zone = zone_at(tmp_path / "zone", "iceberg")
    zone.stage("t", rows_of(spark, 1), BY_ID)  # and then the run is killed

    refs = spark.table(f"{CATALOG}.{database_of(tmp_path / 'zone')}.t.refs").where("name != 'main'").collect()
    assert [row.max_reference_age_in_ms for row in refs] == [24 * 3600 * 1000]
