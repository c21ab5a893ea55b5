"""Tests the tables of the jobs against the rules of quality/*.dqdl, which the stack has as rulesets of Glue."""

from __future__ import annotations

from pathlib import Path

import pytest
from dqdl import UnknownRule, failures, parse
from movielens_lake import Lake
from pyspark.sql import DataFrame, SparkSession

QUALITY = Path(__file__).resolve().parents[2] / "quality"
RULESETS = sorted(QUALITY.glob("*.dqdl"), key=lambda file: file.name)


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda file: file.stem)
def test_the_jobs_own_tables_keep_the_rules(lake: Lake, ruleset: Path) -> None:
    rules = parse(ruleset.read_text())

    assert rules
    assert failures(rules, lake.read(ruleset.stem)) == []


@pytest.fixture(scope="module")
def films(spark: SparkSession) -> DataFrame:
    rows = [(1, "Heat", 4.0, 1995), (2, None, 6.0, 1985), (2, "Ran", None, 1985)]
    return spark.createDataFrame(rows, "id int, title string, rating double, year int")


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("RowCount > 3", "it is 3"),
        ('IsComplete "title"', "1 rows without a value"),
        ('IsUnique "id"', "1 values that are there more than once"),
        ('IsPrimaryKey "id" "year"', "1 values that are there more than once"),
        ('IsPrimaryKey "id" "title"', "1 rows without the key"),
        ('ColumnValues "rating" <= 5.0', "2 rows with other values"),
        ('ColumnValues "rating" <= 5.0 where "rating is not null"', "1 rows with other values"),
        ('ColumnValues "title" in ["Heat", "Up"]', "2 rows with other values"),
        ('CustomSql "select count(*) from primary where year < 1990" = 0', "it is 2"),
    ],
)
def test_a_broken_rule_is_told_with_what_was_found(films: DataFrame, rule: str, found: str) -> None:
    assert failures(parse(f"Rules = [ RowCount = 3, {rule} ] # and so on"), films) == [f"{rule}: {found}"]


@pytest.mark.parametrize(
    "text",
    [
        "Analyzers = [ RowCount ]",
        'Rules = [ Entropy "id" > 1 ]',
        "Rules = [ RowCount between 1 and 2 ]",
        'Rules = [ ColumnValues "id" matches "[0-9]*" ]',
        'Rules = [ ColumnValues "id" in [NULL] ]',
        'Rules = [ IsUnique "id" "year" ]',
        "Rules = [ ]x",
    ],
)
def test_what_is_not_known_is_refused(films: DataFrame, text: str) -> None:
    with pytest.raises(UnknownRule):
        failures(parse(text), films)
