"""Copies a dataset's raw files to the lake: generated files, or the real ones from the user's location."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from .dataset import Dataset
from .files import Files


def land(files: Files, dataset: Dataset, source: str, target: str) -> list[str]:
    """Copies the dataset's files to the folder `target`. Returns their names.

    `source` is `sample:<number of rows>`, or a folder (s3://bucket/prefix/ or a path) with the files.
    Copies nothing if a file that a table needs is missing.
    """
    if number := re.fullmatch(r"sample:([1-9]\d*)", source):
        if not dataset.write_sample:
            raise ValueError("The dataset has no sample. Use a folder with its files as the source.")
        with tempfile.TemporaryDirectory() as folder:
            dataset.write_sample(Path(folder), int(number[1]))
            return _copy(files, dataset, Path(folder).as_uri(), target)
    return _copy(files, dataset, source, target)


def _copy(files: Files, dataset: Dataset, source: str, target: str) -> list[str]:
    at: Callable[[str], str] = lambda name: f"{source.rstrip('/')}/{name}"  # noqa: E731
    required = [table.file.name for table in dataset.tables]
    missing = [name for name in required if not files.exists(at(name))]
    if missing:
        raise FileNotFoundError(
            f"{source} lacks {', '.join(missing)}. Use sample:<number of rows>, or a folder with all files of the"
            " dataset."
        )
    names = [*required, *(name for name in dataset.extra_files if files.exists(at(name)))]
    for name in names:
        files.copy(at(name), f"{target.rstrip('/')}/{name}")
    return names
