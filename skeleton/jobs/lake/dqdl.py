"""Parses the part of DQDL, the language of AWS Glue Data Quality, that the rulesets use.

What it does not know is an error and never passes: https://docs.aws.amazon.com/glue/latest/dg/dqdl.html
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# DQDL's `#` begins a comment. The jobs take this one, on a line of its own, for the rule after it.
_ON_FAILURE = re.compile(r"^[ \t]*#[ \t]*on failure:(.*)$", re.MULTILINE)
_WARNS = "@"

_STRING = re.compile(r'"([^"]*)"')
_COMMENT = re.compile(r'("[^"]*")|#[^\n]*')
_RULE = re.compile(r'^([A-Z][A-Za-z]+)((?:\s+"[^"]*")*)(.*?)(?:\s+where\s+"([^"]*)")?$', re.DOTALL)
_COMPARISON = re.compile(r"^(>=|<=|!=|>|<|=)\s*(-?\d+(?:\.\d+)?)$")
_SET = re.compile(r"^in\s*\[(.*)\]$", re.DOTALL)
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


class UnknownRule(Exception):
    """A rule that the jobs cannot evaluate: teach it to lake/dqdl.py and lake/quality.py before a ruleset uses it."""


@dataclass(frozen=True)
class Comparison:
    """`> 1870`"""

    sign: str
    bound: float

    def holds(self, value: Any) -> Any:
        return _OPERATORS[self.sign](value, self.bound)


@dataclass(frozen=True)
class OneOf:
    """`in [0.5, 1.0]`"""

    values: tuple[str | float, ...]


@dataclass(frozen=True)
class Rule:
    """`ColumnValues "year" > 1870 where "year is not null"`: kind, names, expression, where (empty: all rows).

    `only_warns`: the line before it is `# on failure: warn`.
    """

    text: str
    kind: str
    names: tuple[str, ...]
    expression: Comparison | OneOf | None
    where: str
    only_warns: bool


# How many names each rule has (None: one or more), and its expression.
KINDS: dict[str, tuple[int | None, tuple[type, ...]]] = {
    "RowCount": (0, (Comparison,)),
    "IsComplete": (1, (type(None),)),
    "IsUnique": (1, (type(None),)),
    "IsPrimaryKey": (None, (type(None),)),
    "ColumnValues": (1, (Comparison, OneOf)),
    "CustomSql": (1, (Comparison,)),
}


def parse(text: str) -> list[Rule]:
    """Parses the rules of a ruleset, `Rules = [ … ]`. Raises UnknownRule."""
    marked = _ON_FAILURE.sub(_mark, text)
    without_comments = _COMMENT.sub(lambda match: match.group(1) or "", marked)
    whole = re.fullmatch(r"\s*Rules\s*=\s*\[(.*)\]\s*", without_comments, re.DOTALL)
    if not whole:
        raise UnknownRule("A ruleset is Rules = [ … ]")
    rules = [_parse_rule(" ".join(each.split())) for each in _split(whole.group(1)) if each.strip()]
    if not rules:
        raise UnknownRule("A ruleset has at least one rule")
    return rules


def _mark(match: re.Match[str]) -> str:
    if (outcome := match.group(1).strip()) not in ("warn", "stop"):
        raise UnknownRule(f"{match.group(0).strip()!r}: a rule can warn or stop")
    return _WARNS if outcome == "warn" else ""


def _parse_rule(marked: str) -> Rule:
    text = marked.removeprefix(_WARNS).strip()
    match = _RULE.match(text)
    if not match or match.group(1) not in KINDS:
        raise UnknownRule(f"{text!r}; known rules: {', '.join(KINDS)}")
    kind, names, expression, where = match.groups()
    rule = Rule(
        text, kind, tuple(_STRING.findall(names)), _parse_expression(expression.strip()), where or "", marked != text
    )
    number, expressions = KINDS[kind]
    if len(rule.names) != number if number is not None else not rule.names:
        raise UnknownRule(f"{text!r}: {kind} has {'one or more' if number is None else number} names")
    if not isinstance(rule.expression, expressions):
        raise UnknownRule(f"{text!r}: {kind} has another expression, or none")
    return rule


def _parse_expression(text: str) -> Comparison | OneOf | None:
    if not text:
        return None
    if match := _COMPARISON.match(text):
        return Comparison(match.group(1), float(match.group(2)))
    if match := _SET.match(text):
        return OneOf(tuple(_parse_value(each.strip()) for each in _split(match.group(1))))
    raise UnknownRule(f"The expression {text!r}")


def _parse_value(text: str) -> str | float:
    if match := _STRING.fullmatch(text):
        return match.group(1)
    try:
        return float(text)
    except ValueError:
        raise UnknownRule(f"The value {text!r}") from None


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
