"""Evaluates the rules of a table on its unpublished version. A broken rule stops the publication, or only warns.

The same everywhere: Glue's own transform EvaluateDataQuality runs in Glue jobs only, not on EMR or a laptop.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from .dqdl import Comparison, Rule


class RulesBroken(Exception):
    """A table breaks rules that stop its publication."""


@dataclass(frozen=True)
class Result:
    """`found` is what breaks the rule; empty: it holds."""

    rule: Rule
    found: str

    @property
    def stops(self) -> bool:
        return bool(self.found) and not self.rule.only_warns

    def to_json(self) -> dict[str, str]:
        outcome = "passed" if not self.found else "warned" if self.rule.only_warns else "failed"
        return {"rule": self.rule.text, "outcome": outcome, **({"found": self.found} if self.found else {})}


def evaluate(rules: Sequence[Rule], table: DataFrame, unique: Collection[Sequence[str]] = ()) -> list[Result]:
    """Evaluates the rules on all rows. `unique`: columns whose combination the caller has proved to be unique.

    Raises Spark's error for a column that the table does not have.
    """
    # All rules that count rows share one pass.
    counts = {f"rule{index}": count for index, rule in enumerate(rules) if (count := _count(rule)) is not None}
    counted = table.agg(*(count.alias(name) for name, count in counts.items())).collect()[0].asDict() if counts else {}
    return [
        Result(rule, _tell(rule, counted.get(f"rule{index}", 0)) or _query(rule, table, unique))
        for index, rule in enumerate(rules)
    ]


def require(table: str, results: Sequence[Result]) -> list[dict[str, str]]:
    """Returns the results as JSON. Raises RulesBroken if one of them stops the publication."""
    if broken := [f"{result.rule.text} ({result.found})" for result in results if result.stops]:
        raise RulesBroken(
            f"The table {table} breaks {len(broken)} of its {len(results)} rules: {'; '.join(broken)}. Nothing is"
            " published. Fix the source, or change the rules in the dataset's folder quality/."
        )
    return [result.to_json() for result in results]


def check_rules(rules: Mapping[str, Sequence[Rule]]) -> Callable[[Mapping[str, DataFrame]], dict[str, Any]]:
    """Returns a check for `publish`: it evaluates the rules of these tables, and returns the results by table."""
    return lambda unpublished: {
        table: require(table, evaluate(rules[table], rows)) for table, rows in unpublished.items() if table in rules
    }


def _count(rule: Rule) -> Column | None:
    """Returns an aggregate of the rows that the rule counts, or that break it; None: the rule counts no rows."""
    if rule.kind == "RowCount":
        counted = F.lit(True)
    elif rule.kind == "IsComplete":
        counted = F.col(rule.names[0]).isNull()
    elif rule.kind == "ColumnValues":
        # A null breaks any rule about values.
        counted = ~F.coalesce(_fits(rule, F.col(rule.names[0])), F.lit(False))
    elif rule.kind == "IsPrimaryKey":
        counted = F.greatest(*(F.col(name).isNull() for name in rule.names), F.lit(False))
    else:
        return None
    return F.count(F.when(F.expr(rule.where) & counted if rule.where else counted, 1))


def _fits(rule: Rule, column: Column) -> Column:
    if isinstance(rule.expression, Comparison):
        return rule.expression.holds(column)
    return column.isin(*rule.expression.values) if rule.expression else F.lit(False)


def _tell(rule: Rule, counted: int) -> str:
    if rule.kind == "RowCount":
        return _compare(rule, counted)
    what = {"ColumnValues": "rows with other values", "IsPrimaryKey": "rows without the key"}
    return f"{counted} {what.get(rule.kind, 'rows without a value')}" if counted else ""


def _query(rule: Rule, table: DataFrame, unique: Collection[Sequence[str]]) -> str:
    """Evaluates what a count of rows cannot tell."""
    rows = table.where(rule.where) if rule.where else table
    if rule.kind in ("IsUnique", "IsPrimaryKey"):
        if set(rule.names) in map(set, unique):
            return ""
        repeated = rows.groupBy(*rule.names).count().where("count > 1").count()
        return f"{repeated} values that are there more than once" if repeated else ""
    if rule.kind == "CustomSql":
        rows.createOrReplaceTempView("primary")
        [[value]] = rows.sparkSession.sql(rule.names[0]).collect()
        return _compare(rule, value)
    return ""


def _compare(rule: Rule, value: float | None) -> str:
    expression = rule.expression
    holds = value is not None and isinstance(expression, Comparison) and expression.holds(float(value))
    return "" if holds else f"it is {value}"
