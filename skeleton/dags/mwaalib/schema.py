"""Checks project.yaml against its JSON schema; the same as infra/lib/list-problems.ts, and with the same words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MAX_PROBLEMS = 20
WORDS = {
    "string": "must be text",
    "boolean": "must be true or false",
    "integer": "must be a whole number",
    "array": "must be a list",
    "object": "must be a mapping of keys to values",
    "null": "must be null",
}


def list_problems(value: Any, schema: Mapping[str, Any]) -> list[str]:
    """Lists what a document breaks of its schema, at most twenty lines such as
    `environments.0.emr: unknown key subnetID, did you mean subnetId?`.

    The schema's `x-rules` say what values must be to each other, once each is right in itself.
    """
    if problems := _list_of_value(value, schema, ""):
        return problems[:MAX_PROBLEMS]
    return [_fill(rule["errorMessage"], value) for rule in schema.get("x-rules", []) if not _is_kept(value, rule)]


def _list_of_value(value: Any, schema: Mapping[str, Any], path: str) -> list[str]:
    def say(text: str) -> list[str]:
        return [f"{path}: {text}" if path else text]

    if options := schema.get("anyOf"):
        each = [_list_of_value(value, option, path) for option in options]
        return [] if [] in each else each[0]
    if (name := schema.get("type")) and not _is_of_type(value, name):
        is_scalar = isinstance(value, int | float)
        return say(f"{WORDS[name]}: put it in quotes" if name == "string" and is_scalar else WORDS[name])
    if (allowed := schema.get("enum")) and value not in allowed:
        return say(f"must be {' or '.join(allowed)}")
    if isinstance(value, str):
        pattern = schema.get("pattern")
        return (
            []
            if not pattern or re.fullmatch(pattern, value)
            else say(schema.get("errorMessage", f"must match {pattern}"))
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        return [] if low <= value <= high else say(f"must be from {low} to {high}")
    if isinstance(value, list):
        return _list_of_list(value, schema, path)
    return _list_of_mapping(value, schema, path) if isinstance(value, dict) else []


def _list_of_list(values: list[Any], schema: Mapping[str, Any], path: str) -> list[str]:
    if len(values) < (fewest := schema.get("minItems", 0)):
        return [f"{path}: must have {fewest} or more entries"]
    if len(values) > (most := schema.get("maxItems", len(values))):
        return [f"{path}: must have {most} or fewer entries"]
    items = schema.get("items", {})
    return [line for index, value in enumerate(values) for line in _list_of_value(value, items, f"{path}.{index}")]


def _list_of_mapping(values: dict[str, Any], schema: Mapping[str, Any], path: str) -> list[str]:
    def say(text: str) -> str:
        return f"{path}: {text}" if path else text

    known = schema.get("properties", {})
    problems = [say(f"lacks {key}") for key in schema.get("required", []) if key not in values]
    for key, rule in known.items():
        if key in values:
            problems += _list_of_value(values[key], rule, f"{path}.{key}" if path else key)
    if schema.get("additionalProperties") is False:
        problems += [say(_unknown(key, list(known))) for key in values if key not in known]
    return problems


def _is_of_type(value: Any, name: str) -> bool:
    if name == "integer":
        return not isinstance(value, bool) and isinstance(value, int | float) and value == value // 1
    types = {"string": str, "boolean": bool, "array": list, "object": dict, "null": type(None)}
    return isinstance(value, types[name])


def _unknown(key: str, known: list[str]) -> str:
    near = sorted((edits, index) for index, name in enumerate(known) if (edits := _count_edits(key, name)) <= 2)
    if near:
        return f"unknown key {key[:60]}, did you mean {known[near[0][1]]}?"
    return f"unknown key {key[:60]}; known keys are {', '.join(known)}"


def _count_edits(one: str, other: str) -> int:
    """Returns Levenshtein's distance; that of words of very different length is not counted."""
    if abs(len(one) - len(other)) > 2:
        return 3
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one.lower(), 1):
        following = [i]
        for j, wanted in enumerate(other.lower(), 1):
            following.append(min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != wanted)))
        row = following
    return row[-1]


def _is_kept(document: Any, rule: Mapping[str, Any]) -> bool:
    if "unique" in rule:
        texts = [text for path in rule["unique"] for text in _list_texts(document, path)]
        return len(set(texts)) == len(texts)
    if "every" in rule:
        return set(_list_texts(document, rule["every"])) <= set(_list_texts(document, rule["among"]))
    wanted = _fill(rule["to"], document).lower()
    return all(text.lower() == wanted for text in _list_texts(document, rule["equal"]))


def _fill(text: str, document: Any) -> str:
    """Replaces paths in braces by the text at them."""
    return re.sub(r"\{([a-zA-Z.]+)\}", lambda match: next(iter(_list_texts(document, match[1])), ""), text)


def _list_texts(document: Any, path: str) -> list[str]:
    values = [document]
    for key in path.split("."):
        if key == "*":
            values = [item for value in values if isinstance(value, list) for item in value]
        else:
            values = [value[key] for value in values if isinstance(value, dict) and key in value]
    return [value for value in values if isinstance(value, str)]
