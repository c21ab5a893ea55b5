"""Declarations of a dataset: its raw files, its curated tables, its marts, and a sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyspark.sql import DataFrame

from .dqdl import Rule
from .layout import Layout
from .raw import RawFile


@dataclass(frozen=True)
class Table:
    """One curated table, built from one or more raw files.

    `curate` takes the rows of the files (`raw.read_raw`) and returns each of them typed and judged (`judge.judge`). If
    several rows have the same `key`, only the one with the greatest `newest` stays. `name` is also the table's name in
    the catalog: no other dataset of the project may use it.
    """

    name: str
    file: RawFile
    curate: Callable[[DataFrame], DataFrame]
    key: Sequence[str]
    newest: Sequence[str]
    layout: Layout
    # Those of quality/<name>.dqdl in the dataset's folder; `registry.find_dataset` reads them.
    rules: Sequence[Rule] = ()


@dataclass(frozen=True)
class Marts:
    """The tables built from the curated ones.

    `make` takes a function that reads a curated table by its name, and returns the rows of each mart in `layouts`.
    """

    layouts: Mapping[str, Layout]
    make: Callable[[Callable[[str], DataFrame]], Mapping[str, DataFrame]]


@dataclass(frozen=True)
class Dataset:
    """A dataset as the jobs see it. Its name is the name of its folder."""

    tables: Sequence[Table]
    marts: Marts
    # Writes generated files to the folder, with this many rows in the main file. None: there is no sample.
    write_sample: Callable[[Path, int], None] | None = None
    # Files without a table. Ingest copies them if the source has them.
    extra_files: Sequence[str] = ()
    # The rules of marts by their names; `registry.find_dataset` reads them.
    mart_rules: Mapping[str, Sequence[Rule]] = field(default_factory=dict)

    @property
    def table_names(self) -> list[str]:
        """The names of all curated tables and marts."""
        return [*(table.name for table in self.tables), *self.marts.layouts]

    def table(self, name: str) -> Table:
        """Returns the table with this name. Raises LookupError with the known names."""
        for table in self.tables:
            if table.name == name:
                return table
        raise LookupError(f"The dataset has no table {name!r}; it has: {', '.join(t.name for t in self.tables)}")
