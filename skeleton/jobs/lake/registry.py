"""Finds datasets: each is a folder in `lake/datasets`."""

from __future__ import annotations

import importlib
import pkgutil

from . import datasets
from .dataset import Dataset


class UnknownDataset(LookupError):
    """No dataset folder has this name."""


def find_dataset(name: str) -> Dataset:
    """Returns the declaration in the folder with this name. Raises UnknownDataset with the known names."""
    if name not in (known := list_datasets()):
        raise UnknownDataset(
            f"There is no dataset {name!r} in jobs/lake/datasets; there are: {', '.join(known)}."
            " An entry of `datasets` in project.yaml must have the name of its folder."
        )
    return importlib.import_module(f"{datasets.__name__}.{name}.dataset").DATASET


def list_datasets() -> list[str]:
    """Lists the names of the folders. Works inside a zip too."""
    return sorted(module.name for module in pkgutil.iter_modules(datasets.__path__) if module.ispkg)
