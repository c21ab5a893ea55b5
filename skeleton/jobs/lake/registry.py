"""Finds datasets: each is a folder in `lake/datasets`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources

from . import datasets
from .dataset import Dataset
from .dqdl import Rule, UnknownRule, parse


class UnknownDataset(LookupError):
    """No dataset folder has this name."""


def find_dataset(name: str) -> Dataset:
    """Returns the declaration in the folder with this name, with the rules in its folder quality/.

    Raises UnknownDataset with the known names, or UnknownRule.
    """
    if name not in (known := list_datasets()):
        raise UnknownDataset(
            f"There is no dataset {name!r} in jobs/lake/datasets; there are: {', '.join(known)}."
            " An entry of `datasets` in project.yaml must have the name of its folder."
        )
    package = f"{datasets.__name__}.{name}"
    dataset: Dataset = importlib.import_module(f"{package}.dataset").DATASET
    rules = _read_rules(package, dataset)
    tables = [replace(table, rules=rules.get(table.name, ())) for table in dataset.tables]
    mart_rules = {name: rules[name] for name in dataset.marts.layouts if name in rules}
    return replace(dataset, tables=tables, mart_rules=mart_rules)


def _read_rules(package: str, dataset: Dataset) -> dict[str, Sequence[Rule]]:
    folder = resources.files(package) / "quality"
    if not folder.is_dir():
        return {}
    rules: dict[str, Sequence[Rule]] = {}
    for file in folder.iterdir():
        table = file.name.removesuffix(".dqdl")
        if table not in dataset.table_names or table == file.name:
            raise UnknownRule(
                f"quality/{file.name} is for none of the tables: a ruleset is <table>.dqdl for one of"
                f" {', '.join(dataset.table_names)}."
            )
        try:
            rules[table] = parse(file.read_text("utf-8"))
        except UnknownRule as error:
            raise UnknownRule(f"quality/{file.name}: {error}") from error
    return rules


def list_datasets() -> list[str]:
    """Lists the names of the folders. Works inside a zip too."""
    return sorted(module.name for module in pkgutil.iter_modules(datasets.__path__) if module.ispkg)
