"""The lines of a CSV file, and the records that they make.

A line ends with LF or CRLF. A quoted field may contain line breaks, so a record may have several lines. A quote that
is never closed would swallow all lines after it; here it costs the line that it is on, and no other.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A record with more lines is taken for an unclosed quote. It also bounds the work: each unclosed quote looks this far.
MAX_LINES = 1_000

# RFC 4180: a field is quoted as a whole or not at all, and a quote inside a quoted field is doubled. With each quoted
# piece replaced by one quote, only quotes and commas are beside a quote: `"a ""b"", c",d` → `""",d`.
QUOTED = r'"[^"]*"'
MISPLACED = r'[^,"]"|"[^,"]'

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True)
class Shape:
    """What a table's rows look like: for each column, whether it is a number."""

    numbers: Sequence[bool]

    def is_row(self, line: str) -> bool:
        """Whether a line alone looks like a row: as many fields as columns, and numbers in the columns of numbers.

        Without a column of numbers, any text with some commas would look like a row, so none does.
        """
        if not any(self.numbers):
            return False
        try:
            fields = next(csv.reader([line]), [])
        except csv.Error:  # a stray line break, or more than 128 KiB
            return False
        return len(fields) == len(self.numbers) and all(
            _NUMBER.fullmatch(field) for field, number in zip(fields, self.numbers) if number
        )

    def is_record(self, text: bytes) -> bool:
        """Whether text with an even number of quotes has them in the right places, and a field for each column."""
        outside = re.sub(QUOTED.encode(), b'"', text)
        return not re.search(MISPLACED.encode(), outside) and outside.count(b",") + 1 == len(self.numbers)


def to_records(lines: Iterable[bytes], shape: Shape) -> Iterator[tuple[bytes, int]]:
    """Joins the lines of one file, in their order and without their LF, to records. Yields each with its lines' number.

    Every line is in exactly one record. A line with an open quote and the lines up to the next with an open quote are
    one record if they are well formed together and no line between them looks like a row. If not, the first line is a
    record of its own, with a quote that is not closed.
    """
    rest = _Ahead(iter(lines))
    while first := rest.take(1):
        more = _lines_until_closed(rest, shape, first[0]) if _is_open(first[0]) else 0
        yield b"\n".join(first + rest.take(more)), 1 + more


def _lines_until_closed(rest: _Ahead, shape: Shape, first: bytes) -> int:
    """Returns how many of the next lines belong to the record that `first` opens; 0: its quote is not closed."""
    between: list[bytes] = []
    while len(between) + 2 <= MAX_LINES and (line := rest.peek(len(between))) is not None:
        if _is_open(line):
            whole = b"\n".join([first, *between, line]).removesuffix(b"\r")
            return len(between) + 1 if shape.is_record(whole) else 0
        if shape.is_row(line.removesuffix(b"\r").decode("utf-8", "replace")):
            return 0
        between.append(line)
    return 0


def _is_open(line: bytes) -> bool:
    """Whether a quoted field begins on the line and ends on another, or ends here and began on another."""
    return line.count(b'"') % 2 == 1


class _Ahead:
    """Lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._seen = lines, deque[bytes]()

    def peek(self, index: int) -> bytes | None:
        while len(self._seen) <= index:
            if (line := next(self._lines, None)) is None:
                return None
            self._seen.append(line)
        return self._seen[index]

    def take(self, number: int) -> list[bytes]:
        """Returns the next lines, or those that are left."""
        while len(self._seen) < number and (line := next(self._lines, None)) is not None:
            self._seen.append(line)
        return [self._seen.popleft() for _ in range(min(number, len(self._seen)))]
