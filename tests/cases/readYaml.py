"""Reads YAML and JSON texts as CloudFormation does (YAML 1.1, tags in their long form): a JSON list in, one out."""

import datetime
import json
import sys

import yaml


class Loader(yaml.SafeLoader):
    """Knows CloudFormation's tags, and no dates."""


def construct_function(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if suffix == "GetAtt" and "." in value:
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


Loader.add_multi_constructor("!", construct_function)
Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.construct_yaml_str)


def plain(value):
    """Returns a value as JSON has it, with keys as text."""
    if isinstance(value, dict):
        return {"null" if key is None else str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int | float):
        # As JavaScript writes a number that is too great for a double.
        return {"number": str(value).replace("inf", "Infinity")}
    return {"other": repr(value) if not isinstance(value, datetime.date) else "date"}


def read(text):
    try:
        if text.lstrip().startswith("{"):
            return {"is": plain(json.loads(text, parse_float=float))}
        return {"is": plain(yaml.load(text, Loader))}
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        return {"refused": f"{type(error).__name__}: {error}"}


json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
