"""Raw files for tests, and how the jobs read them."""

from __future__ import annotations

from pathlib import Path
from random import Random

from pyspark.sql import DataFrame, SparkSession

from lake.raw import RawFile, inspect_raw, read_raw

# Pieces of which random files consist: all that CSV treats in a special way, and text of one to four bytes a character.
PIECES = [
    b'"',
    b'""',
    b",",
    b"\n",
    b"\r\n",
    b"\r",
    b"a",
    b"12",
    b" ",
    b"\t",
    "é".encode(),
    "東".encode(),
    "🎬".encode(),
]
BROKEN = [b"\xe9", b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\x00", b"\x7f", "\u0085".encode(), "\ufffd".encode()]


def read_files(spark: SparkSession, file: RawFile, *paths: Path) -> DataFrame:
    return read_raw(spark, file, inspect_raw(spark, file, [str(path) for path in paths]))


def random_lines(random: Random, pieces: list[bytes], number: int) -> bytes:
    return b"".join(random.choice(pieces) for _ in range(number))


def lines_of(content: bytes) -> int:
    """The number of lines, the last with or without its line break."""
    return content.count(b"\n") + (not content.endswith(b"\n") and content != b"")
