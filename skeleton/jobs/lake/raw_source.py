"""The raw files of a table before they are read: their sizes, and their headers against the declared columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .files import Files

_BOM = b"\xef\xbb\xbf"
_MOST_OF_HEADER = 64 * 1024
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class HeaderRefused(Exception):
    """A file's first line is not the header that its table needs."""


@dataclass(frozen=True)
class SourceFile:
    """One file of so many bytes. `size`: those of its lines, each with an LF, also the last; no byte order mark."""

    uri: str
    bytes: int
    size: int
    header: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class RawSource:
    """All files of a table. `added`: columns of any file beyond the declared ones."""

    files: Sequence[SourceFile]
    declared: Sequence[str]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def added(self) -> list[str]:
        every = dict.fromkeys(name for file in self.files for name in file.columns)
        return [name for name in every if name not in self.declared]

    def by_columns(self) -> Iterator[tuple[tuple[str, ...], list[SourceFile]]]:
        for columns in dict.fromkeys(file.columns for file in self.files):
            yield columns, [file for file in self.files if file.columns == columns]


def inspect(files: Files, uris: Sequence[str], declared: Sequence[str], *, may_add: bool) -> RawSource:
    """Reads the beginning and the end of each file.

    Raises HeaderRefused if a file lacks a declared column, or has another one and `may_add` is false. Columns are read
    by their names, so their order does not matter.
    """

    def inspect_one(uri: str) -> SourceFile:
        size, head = files.describe(uri).size, files.read(uri, 0, _MOST_OF_HEADER)
        text = head.removeprefix(_BOM)
        header = _first_line(uri, text)
        columns = _columns(uri, header)
        _compare(uri, columns, declared, may_add)
        ended = files.read(uri, size - 1, size) == b"\n"
        return SourceFile(uri, size, size - (len(head) - len(text)) + (not ended), header, columns)

    # On S3 each of these reads is a request.
    with ThreadPoolExecutor(max_workers=16) as side_by_side:
        return RawSource(list(side_by_side.map(inspect_one, uris)), declared)


def _first_line(uri: str, text: bytes) -> str:
    line, ended, _ = text.partition(b"\n")
    if not ended and len(text) >= _MOST_OF_HEADER - len(_BOM):
        raise HeaderRefused(f"{uri} has no line break in its first 64 KiB: it must be CSV with LF or CRLF.")
    try:
        return line.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise HeaderRefused(f"The header of {uri} is not UTF-8 ({error}): save the file as UTF-8.") from None


def _columns(uri: str, header: str) -> tuple[str, ...]:
    try:
        names = tuple(next(csv.reader([header], strict=True), []))
    except csv.Error as error:
        raise HeaderRefused(f"The header of {uri} is no CSV ({error}): {header[:200]!r}") from None
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise HeaderRefused(f"The header of {uri} has {', '.join(repeated)} more than once.")
    return names


def _compare(uri: str, names: Sequence[str], declared: Sequence[str], may_add: bool) -> None:
    missing = [name for name in declared if name not in names]
    if missing:
        found = ", ".join(repr(name) for name in names)[:300] or "nothing"
        raise HeaderRefused(
            f"The header of {uri} lacks {', '.join(missing)}; it has {found}. If the source has renamed or removed a"
            " column, change the dataset's declaration."
        )
    new = [name for name in names if name not in declared]
    if new and not may_add:
        raise HeaderRefused(
            f'{uri} has new columns: {", ".join(new)}. Declare them, or set new_columns="add" in the table\'s RawFile'
            " to take them as text."
        )
    if odd := [name for name in new if not _NAME.fullmatch(name)]:
        raise HeaderRefused(
            f"{uri} has columns that no table can have: {', '.join(map(repr, odd))}. A name has letters, digits and _."
        )
