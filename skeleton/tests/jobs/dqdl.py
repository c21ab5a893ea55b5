"""Evaluates the part of DQDL that quality/*.dqdl uses on a Spark table.

It refuses unknown rules and never passes them: https://docs.aws.amazon.com/glue/latest/dg/dqdl.html
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

_STRING = re.compile(r'"([^"]*)"')
_RULE = re.compile(r'^([A-Z][A-Za-z]+)((?:\s+"[^"]*")*)\s*(.*?)(?:\s+where\s+"([^"]*)")?$', re.DOTALL)
_COMPARISON = re.compile(r"^(>=|<=|!=|>|<|=)\s*(-?\d+(?:\.\d+)?)$")
_SET = re.compile(r"^in\s*\[(.*)\]$", re.DOTALL)
_OPERATORS: dict[str, Callable] = {
    ">=": operator.ge,
    "<=": operator.le,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


class UnknownRule(Exception):
    """An unknown rule: add it to this evaluator before a ruleset uses it."""


@dataclass(frozen=True)
class Rule:
    """`ColumnValues "year" > 1870 where "year is not null"`: kind, names, expression, where (empty: all rows)."""

    text: str
    kind: str
    names: tuple[str, ...]
    expression: str
    where: str


def parse(text: str) -> list[Rule]:
    """Parses the rules of a ruleset, `Rules = [ … ]`, with comments from # to the end of the line."""
    without_comments = re.sub(r'("[^"]*")|#[^\n]*', lambda match: match.group(1) or "", text)
    whole = re.fullmatch(r"\s*Rules\s*=\s*\[(.*)\]\s*", without_comments, re.DOTALL)
    if not whole:
        raise UnknownRule("A ruleset is Rules = [ … ]")
    return [_parse_rule(" ".join(each.split())) for each in _split(whole.group(1)) if each.strip()]


def failures(rules: list[Rule], table: DataFrame) -> list[str]:
    """Returns every broken rule with the finding. Raises UnknownRule."""
    return [f"{rule.text}: {found}" for rule in rules if (found := _judge(rule, table)) is not None]


def _judge(rule: Rule, table: DataFrame) -> str | None:
    judge = _JUDGES.get(rule.kind)
    if judge is None:
        raise UnknownRule(f"{rule.kind} in {rule.text!r}; known: {', '.join(_JUDGES)}")
    return judge(rule, table.where(rule.where) if rule.where else table)


def _row_count(rule: Rule, rows: DataFrame) -> str | None:
    return _compare(rule, rows.count())


def _is_complete(rule: Rule, rows: DataFrame) -> str | None:
    return _none(rows.where(F.col(_one(rule)).isNull()), "rows without a value")


def _is_unique(rule: Rule, rows: DataFrame) -> str | None:
    return _repeated(rows, [_one(rule)])


def _is_primary_key(rule: Rule, rows: DataFrame) -> str | None:
    missing = rows.where(" or ".join(f"{name} is null" for name in rule.names))
    return _none(missing, "rows without the key") or _repeated(rows, list(rule.names))


def _column_values(rule: Rule, rows: DataFrame) -> str | None:
    # A null fails any rule about values.
    fits = F.coalesce(_condition(rule, F.col(_one(rule))), F.lit(False))
    return _none(rows.where(~fits), "rows with other values")


def _custom_sql(rule: Rule, rows: DataFrame) -> str | None:
    rows.createOrReplaceTempView("primary")
    [[value]] = rows.sparkSession.sql(_one(rule)).collect()
    return _compare(rule, value)


_JUDGES: dict[str, Callable[[Rule, DataFrame], str | None]] = {
    "RowCount": _row_count,
    "IsComplete": _is_complete,
    "IsUnique": _is_unique,
    "IsPrimaryKey": _is_primary_key,
    "ColumnValues": _column_values,
    "CustomSql": _custom_sql,
}


def _repeated(rows: DataFrame, key: list[str]) -> str | None:
    return _none(rows.groupBy(*key).count().where("count > 1"), "values that are there more than once")


def _none(rows: DataFrame, what: str) -> str | None:
    return f"{count} {what}" if (count := rows.count()) else None


def _compare(rule: Rule, value: float) -> str | None:
    match = _COMPARISON.match(rule.expression)
    if not match:
        raise UnknownRule(f"The expression {rule.expression!r} in {rule.text!r}")
    sign, bound = match.groups()
    return None if _OPERATORS[sign](float(value), float(bound)) else f"it is {value}"


def _condition(rule: Rule, column: Column) -> Column:
    if match := _COMPARISON.match(rule.expression):
        sign, bound = match.groups()
        return _OPERATORS[sign](column, float(bound))
    if match := _SET.match(rule.expression):
        return column.isin([_literal(rule, each.strip()) for each in _split(match.group(1))])
    raise UnknownRule(f"The expression {rule.expression!r} in {rule.text!r}")


def _literal(rule: Rule, text: str) -> str | float:
    if match := _STRING.fullmatch(text):
        return match.group(1)
    try:
        return float(text)
    except ValueError:
        raise UnknownRule(f"The value {text!r} in {rule.text!r}") from None


def _one(rule: Rule) -> str:
    if len(rule.names) != 1:
        raise UnknownRule(f"{rule.kind} takes one name: {rule.text!r}")
    return rule.names[0]


def _parse_rule(text: str) -> Rule:
    match = _RULE.match(text)
    if not match:
        raise UnknownRule(text)
    kind, names, expression, where = match.groups()
    return Rule(text, kind, tuple(_STRING.findall(names)), expression.strip(), where or "")


def _split(text: str) -> list[str]:
    """Splits at commas that are neither in quotes nor in brackets."""
    parts, depth, quoted = [""], 0, False
    for letter in text:
        quoted ^= letter == '"'
        if not quoted:
            depth += (letter == "[") - (letter == "]")
        if letter == "," and not quoted and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
