"""Reads YAML as version 1.2 does, like the other readers of project.yaml: PyYAML's own rules are those of 1.1, where
`no` is false and `0o7` is text."""

from __future__ import annotations

import re
from typing import Any

import yaml

# Readers differ in what ends a line, and some refuse the rest.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def read_document(text: str) -> Any:
    """Returns the document of a YAML text: mappings have text keys, and no dates.

    Raises ValueError with the reason: invalid YAML, a duplicate key, an anchor, alias or tag.
    """
    if found := UNREADABLE.search(text):
        raise ValueError(f"it has the character U+{ord(found[0]):04X}, which readers of YAML take differently")
    try:
        return yaml.load(text, Loader)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


class Loader(yaml.SafeLoader):
    """PyYAML with the core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise yaml.YAMLError("anchors, aliases and tags are not allowed")
        return super().compose_node(parent, index)

    def construct_keyed(self, node: yaml.MappingNode) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.YAMLError("a key must be text")
            if key.value in values:
                raise yaml.YAMLError(f"duplicate key {key.value}")
            values[key.value] = self.construct_object(value, deep=True)
        return values

    def construct_whole(self, node: yaml.ScalarNode) -> int:
        return int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10)

    def construct_decimal(self, node: yaml.ScalarNode) -> float:
        return float(re.sub(r"\.(?=inf|nan)", "", node.value.lower()))


for name, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"^(?:{pattern})$"), first)
Loader.add_constructor("tag:yaml.org,2002:map", Loader.construct_keyed)
Loader.add_constructor("tag:yaml.org,2002:int", Loader.construct_whole)
Loader.add_constructor("tag:yaml.org,2002:float", Loader.construct_decimal)
