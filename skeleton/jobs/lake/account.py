"""Accounts for the bytes, lines and rows of a table's files: each is written, refused, or named as neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from .judge import REFUSED
from .raw import BLANK, HEADER, LINES, SIZE
from .raw_source import RawSource

REPEATED_HEADER = "header again"


class Unaccounted(Exception):
    """Bytes, lines or rows were read and then neither written nor refused. It is an error of the jobs or a race."""


def counters() -> list[Column]:
    """Returns the aggregates of judged rows that `Counts` takes."""
    refused = F.col(REFUSED)
    return [
        F.coalesce(F.sum(SIZE), F.lit(0)).alias("size"),
        F.coalesce(F.sum(LINES), F.lit(0)).alias("lines"),
        F.count(F.when(refused == HEADER, 1)).alias("headers"),
        F.count(F.when(refused == BLANK, 1)).alias("blank"),
        F.count(F.when(refused.isNull(), 1)).alias("good"),
        F.coalesce(F.sum(F.when(refused.isNull(), F.col(LINES))), F.lit(0)).alias("good_lines"),
        F.count(F.when(~refused.isin(HEADER, BLANK), 1)).alias("bad"),
        F.coalesce(F.sum(F.when(~refused.isin(HEADER, BLANK), F.col(LINES))), F.lit(0)).alias("bad_lines"),
    ]


@dataclass(frozen=True)
class Counts:
    """What was read of a table's files. `headers`: all header lines; each file needs one, any more are refused."""

    files: int
    size: int
    lines: int
    headers: int
    blank: int
    good: int
    good_lines: int
    bad: int
    bad_lines: int

    @property
    def header_again(self) -> int:
        return self.headers - self.files

    @property
    def refused(self) -> int:
        return self.bad + self.header_again

    @property
    def read(self) -> int:
        """Rows: not headers, not blank lines."""
        return self.good + self.refused

    def adds_up(self, source: RawSource, written: int) -> bool:
        """Whether every byte and line of the source is in these counts, and so many rows were written as are good."""
        return not self._differences(source, written)

    def check(self, source: RawSource, written: int) -> None:
        """Raises Unaccounted unless the counts add up."""
        if wrong := self._differences(source, written):
            raise Unaccounted(
                f"{', '.join(file.uri for file in source.files[:3])} … has {'; '.join(wrong)}. Nothing is published. If"
                " the files changed meanwhile, run again; if not, the dataset's `curate` drops or adds rows."
            )

    def _differences(self, source: RawSource, written: int) -> list[str]:
        sums = {
            "bytes": (source.size, self.size),
            "lines": (self.lines, self.headers + self.blank + self.good_lines + self.bad_lines),
            "header lines": (self.files, min(self.headers, self.files)),
            "good rows": (self.good, written),
        }
        return [f"{there} {what}, but {found} were found" for what, (there, found) in sums.items() if there != found]

    def to_json(self, source: RawSource) -> dict[str, Any]:
        return {
            "source": {"files": self.files, "bytes": source.bytes},
            "lines": {
                "read": self.lines,
                "header": self.files,
                "blank": self.blank,
                "written": self.good_lines,
                "refused": self.bad_lines + self.header_again,
            },
            "read": self.read,
            "written": self.good,
        }


def count(judged: DataFrame, source: RawSource) -> Counts:
    """Counts judged rows in a pass of its own. An observation in passing counts a task twice that Spark repeats."""
    [found] = judged.agg(*counters()).collect()
    return to_counts(found.asDict(), source)


def to_counts(observed: Mapping[str, Any], source: RawSource) -> Counts:
    return Counts(files=len(source.files), **observed)
