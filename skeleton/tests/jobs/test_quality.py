"""Tests the evaluation of rules, and what a broken one stops."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession

from lake import registry
from lake.dataset import Dataset, Marts
from lake.dqdl import UnknownRule, parse
from lake.layout import Layout
from lake.quality import RulesBroken, check_rules, evaluate, require


def failures(text: str, table: DataFrame) -> list[str]:
    return [f"{result.rule.text}: {result.found}" for result in evaluate(parse(text), table) if result.stops]


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
        ('CustomSql "select max(rating) from primary where year > 2000" <= 5', "it is None"),
        ('RowCount > 1 where "year > 1990"', "it is 1"),
    ],
)
def test_a_broken_rule_is_told_with_what_was_found(films: DataFrame, rule: str, found: str) -> None:
    assert failures(f"Rules = [ RowCount = 3, {rule} ] # and so on", films) == [f"{rule}: {found}"]


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
        "Rules = [ ]",
        "Rules = [\n# on failure: ignore\nRowCount > 0 ]",
    ],
)
def test_what_is_not_known_is_refused(films: DataFrame, text: str) -> None:
    with pytest.raises(UnknownRule):
        failures(text, films)


def test_a_rule_about_a_column_that_is_not_there_is_an_error(films: DataFrame) -> None:
    with pytest.raises(AnalysisException, match="length"):
        failures('Rules = [ IsComplete "length" ]', films)


WARNING = 'Rules = [\n  RowCount > 3,\n  # on failure: warn\n  IsUnique "id",\n  IsComplete "year"\n]'


def test_a_broken_rule_stops_unless_it_only_warns(films: DataFrame) -> None:
    results = evaluate(parse(WARNING), films)

    assert [result.to_json() for result in results] == [
        {"rule": "RowCount > 3", "outcome": "failed", "found": "it is 3"},
        {"rule": 'IsUnique "id"', "outcome": "warned", "found": "1 values that are there more than once"},
        {"rule": 'IsComplete "year"', "outcome": "passed"},
    ]
    with pytest.raises(
        RulesBroken, match=r"The table films breaks 1 of its 3 rules: RowCount > 3 \(it is 3\)\. Nothing"
    ):
        require("films", results)
    assert len(require("films", results[1:])) == 2


def test_what_is_proved_is_not_computed_again(films: DataFrame) -> None:
    rules = parse('Rules = [ IsPrimaryKey "id" "year" ]')

    assert [result.found for result in evaluate(rules, films, unique=[["year", "id"]])] == [""]
    assert [result.stops for result in evaluate(rules, films, unique=[["year"]])] == [True]


def test_a_check_before_publishing_looks_at_the_tables_that_have_rules(films: DataFrame) -> None:
    check = check_rules({"films": parse("Rules = [ RowCount = 3 ]"), "published": parse("Rules = [ RowCount = 9 ]")})

    assert check({"films": films, "other": films}) == {"films": [{"rule": "RowCount = 3", "outcome": "passed"}]}
    with pytest.raises(RulesBroken, match="The table published"):
        check({"published": films})


def test_every_ruleset_is_for_a_table_also_in_the_archive_of_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "lake" / "datasets" / "films"
    (package / "quality").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "quality" / "movies.dqdl").write_text("Rules = [ RowCount > 0 ]")
    with zipfile.ZipFile(tmp_path / "films.zip", "w") as archive:
        for file in sorted(package.rglob("*.*")):
            archive.write(file, Path("films") / file.relative_to(package))
    monkeypatch.syspath_prepend(str(tmp_path / "films.zip"))
    movielens = registry.find_dataset("movielens")

    assert [rule.text for rule in registry._read_rules("films", movielens)["movies"]] == ["RowCount > 0"]
    monkeypatch.setattr(registry, "parse", lambda text: parse(text.replace("RowCount", "CountRows")))
    with pytest.raises(UnknownRule, match=r"quality/movies\.dqdl: .CountRows > 0"):
        registry._read_rules("films", movielens)
    with pytest.raises(UnknownRule, match=r"quality/movies\.dqdl is for none of the tables: .* of books"):
        registry._read_rules("films", Dataset(tables=[], marts=Marts({"books": Layout(["author"])}, lambda read: {})))
