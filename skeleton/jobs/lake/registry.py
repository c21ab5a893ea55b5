"""The datasets that there are: the folders in `lake/datasets`."""

from __future__ import annotations

import importlib
import pkgutil

from . import datasets
from .dataset import Dataset


class UnknownDataset(LookupError):
    """There is no folder of that name."""


def find_dataset(name: str) -> Dataset:
    """The declaration in the folder of that name. Raises UnknownDataset, naming those there are."""
    if name not in (known := list_datasets()):
        raise UnknownDataset(
            f"There is no dataset {name!r} in jobs/lake/datasets; there are: {', '.join(known)}."
            " An entry of `datasets` in project.yaml is named as its folder."
        )
    return importlib.import_module(f"{datasets.__name__}.{name}.dataset").DATASET


def list_datasets() -> list[str]:
    """The folders' names. Works in a zip as well."""
    return sorted(module.name for module in pkgutil.iter_modules(datasets.__path__) if module.ispkg)
