"""Puts the raw files in place: generated ones, or the real ones from where the user keeps them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from .files import Files
from .sample import write_sample

# What a run cannot do without; links.csv and the like are taken along when they are there.
REQUIRED = ("movies.csv", "ratings.csv", "tags.csv")
OPTIONAL = ("links.csv",)


def land(files: Files, source: str, target: str) -> list[str]:
    """Copies the MovieLens files into the folder `target`; gives their names.

    `source` is `sample:<number of ratings>`, or a folder (s3://bucket/prefix/ or a path) with the
    files of a MovieLens data set. Nothing is copied unless all the required files are there.
    """
    if number := re.fullmatch(r"sample:([1-9]\d*)", source):
        with tempfile.TemporaryDirectory() as folder:
            write_sample(Path(folder), ratings=int(number[1]))
            return _copy(files, (Path(folder).as_uri()), target)
    return _copy(files, source, target)


def _copy(files: Files, source: str, target: str) -> list[str]:
    at: Callable[[str], str] = lambda name: f"{source.rstrip('/')}/{name}"  # noqa: E731
    missing = [name for name in REQUIRED if not files.exists(at(name))]
    if missing:
        raise FileNotFoundError(
            f"{source} lacks {', '.join(missing)}. Give sample:<number of ratings>, or a folder with the"
            " unpacked files of a MovieLens data set."
        )
    names = [*REQUIRED, *(name for name in OPTIONAL if files.exists(at(name)))]
    for name in names:
        files.copy(at(name), f"{target.rstrip('/')}/{name}")
    return names
