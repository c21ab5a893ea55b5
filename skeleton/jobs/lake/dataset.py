"""What a dataset declares: its raw files, its curated tables, its marts, and a sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyspark.sql import DataFrame

from .layout import Layout
from .raw import RawFile


@dataclass(frozen=True)
class Table:
    """One curated table, made of one raw file.

    `curate` gets the rows of the file (`raw.read_raw`) and gives the typed ones, judged
    (`judge.judge`). Of rows with the same `key` the one with the greatest `newest` stays. The name is
    the table's in the catalog: no other dataset of the project may have it.
    """

    name: str
    file: RawFile
    curate: Callable[[DataFrame], DataFrame]
    key: Sequence[str]
    newest: Sequence[str]
    layout: Layout


@dataclass(frozen=True)
class Marts:
    """The tables made of the curated ones.

    `make` gets a function from a curated table's name to its rows, and gives the rows of each mart in
    `layouts`.
    """

    layouts: Mapping[str, Layout]
    make: Callable[[Callable[[str], DataFrame]], Mapping[str, DataFrame]]


@dataclass(frozen=True)
class Dataset:
    """What the jobs need to know of a dataset. Its name is that of its folder."""

    tables: Sequence[Table]
    marts: Marts
    # Writes generated files, with so many rows in the main one, to the folder. None: there is no sample.
    write_sample: Callable[[Path, int], None] | None = None
    # Files that no table is made of, and that are taken along where the source has them.
    extra_files: Sequence[str] = field(default=())

    def table(self, name: str) -> Table:
        """The table of that name. Raises LookupError, naming those there are."""
        for table in self.tables:
            if table.name == name:
                return table
        raise LookupError(f"The dataset has no table {name!r}; it has: {', '.join(t.name for t in self.tables)}")
