"""Copies a dataset's raw files to the lake: generated files, or the real ones from the user's location."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .dataset import Dataset
from .files import Files
from .raw import RawFile

# Spark reads these as patterns of names, hides names that begin with `_` or `.`, and unpacks by these endings.
_UNREADABLE = re.compile(r"[*?\[\]{}\\]|(^|/)[_.]|\.(gz|bz2|zst|lz4|snappy|deflate)$", re.IGNORECASE)


class SourceChanged(Exception):
    """A source file changed while it was copied, or its copy has another size."""


@dataclass(frozen=True)
class Landed:
    """What ingest has copied: the size in bytes of each file by name, and the names by table.

    `ignored`: what is in the source and belongs to no table.
    """

    sizes: Mapping[str, int]
    tables: Mapping[str, Sequence[str]]
    ignored: Sequence[str]

    @classmethod
    def of(cls, dataset: Dataset, sizes: Mapping[str, int], ignored: Sequence[str] = ()) -> Landed:
        return cls(sizes, {table.name: names_of(table.file, sizes) for table in dataset.tables}, ignored)

    def to_json(self) -> dict[str, Any]:
        return {
            "files": self.sizes,
            "bytes": sum(self.sizes.values()),
            "tables": self.tables,
            # A bucket may have very many.
            "ignored": {"number": len(self.ignored), "first": list(self.ignored[:10])},
        }


def land(files: Files, dataset: Dataset, source: str, target: str) -> Landed:
    """Copies the dataset's files to the folder `target`, which then has no other files.

    `source` is `sample:<number of rows>`, or a folder (s3://bucket/prefix/ or a path) with the files. Copies nothing
    if a table has no file, or a file a name that Spark cannot read as it is. Raises FileNotFoundError, ValueError or
    SourceChanged.
    """
    if number := re.fullmatch(r"sample:([1-9]\d*)", source):
        if not dataset.write_sample:
            raise ValueError("The dataset has no sample. Use a folder with its files as the source.")
        with tempfile.TemporaryDirectory() as folder:
            dataset.write_sample(Path(folder), int(number[1]))
            return _copy(files, dataset, Path(folder).as_uri(), target)
    return _copy(files, dataset, source, target)


def _copy(files: Files, dataset: Dataset, source: str, target: str) -> Landed:
    there = files.list(source)
    names = taken(dataset, list(there))
    _require(dataset, names, source)
    folder = target.rstrip("/")
    sizes = {name: _copy_one(files, there[name], f"{folder}/{name}") for name in names}
    for name, uri in files.list(folder).items():
        if name not in sizes:
            files.delete(uri)
    return Landed.of(dataset, sizes, sorted(set(there) - set(names)))


def taken(dataset: Dataset, names: Sequence[str]) -> list[str]:
    """Returns which of the names the dataset takes from its source."""
    of_tables = dict.fromkeys(name for table in dataset.tables for name in names_of(table.file, names))
    return [*of_tables, *(name for name in dataset.extra_files if name in names)]


def names_of(file: RawFile, names: Iterable[str]) -> list[str]:
    """Returns the names that `file.name` matches, sorted; `*` stands for any characters but `/`."""
    pattern = re.compile("[^/]*".join(re.escape(part) for part in file.name.split("*")))
    return sorted(name for name in names if pattern.fullmatch(name))


def _require(dataset: Dataset, names: Sequence[str], source: str) -> None:
    if missing := [table.file.name for table in dataset.tables if not names_of(table.file, names)]:
        raise FileNotFoundError(
            f"{source} lacks {', '.join(missing)}. Use sample:<number of rows>, or a folder with all files of the"
            " dataset."
        )
    if unreadable := [name for name in names if _UNREADABLE.search(name)]:
        raise ValueError(
            f"Files of {source} have names that cannot be read as CSV: {', '.join(unreadable[:5])}. A name has none of"
            " *?[]{}\\, does not begin with _ or ., and no file is compressed."
        )


def _copy_one(files: Files, source: str, target: str) -> int:
    """Returns the number of bytes."""
    before = files.describe(source)
    files.copy(source, target)
    after, copied = files.describe(source), files.describe(target)
    if before != after or copied.size != before.size:
        raise SourceChanged(
            f"{source} had {before.size} bytes before it was copied, {after.size} after that, and its copy has"
            f" {copied.size}. Run again when nothing writes to the source."
        )
    return copied.size
