"""No byte, line or row of a raw file vanishes, whatever the file contains."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random

import pytest
from csv_files import BROKEN, PIECES, lines_of, random_lines, read_files
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from lake import raw
from lake.lines import MAX_LINES
from lake.raw import HEADER, LINES, MALFORMED, PROBLEM, SIZE, RawFile, inspect_raw

BOOKS = RawFile("books.csv", "id INT, title STRING, price DOUBLE", multi_line=True)
NUMBERS = RawFile("numbers.csv", "id INT, other INT, price DOUBLE", multi_line=False)
LINES_ONLY = RawFile("lines.csv", "id INT, title STRING, price DOUBLE", multi_line=False)
HEADS = {BOOKS.name: b"id,title,price\n", NUMBERS.name: b"id,other,price\n", LINES_ONLY.name: b"id,title,price\n"}


@pytest.fixture
def read(spark: SparkSession, tmp_path: Path) -> object:
    def read_content(content: bytes, file: RawFile = BOOKS) -> list[Row]:
        path = tmp_path / file.name
        path.write_bytes(content)
        rows = read_files(spark, file, path)
        accounted(spark, file, path, rows)
        return rows.collect()

    return read_content


def accounted(spark: SparkSession, file: RawFile, path: Path, rows: DataFrame) -> None:
    """Asserts that the rows' bytes and lines are those of the file."""
    content = path.read_bytes()
    [found] = rows.agg(
        F.sum(SIZE).alias("size"),
        F.sum(LINES).alias("lines"),
        F.count(F.when(F.col(PROBLEM) == HEADER, 1)).alias("headers"),
    ).collect()
    bom = 3 if content.startswith(b"\xef\xbb\xbf") else 0
    assert (
        found.size == inspect_raw(spark, file, [str(path)]).size == len(content) - bom + (not content.endswith(b"\n"))
    )
    assert found["lines"] == lines_of(content)
    assert found.headers >= 1


def good(rows: list[Row]) -> list[tuple]:
    return sorted(tuple(row)[:-5] for row in rows if row[PROBLEM] is None)


def problems(rows: list[Row]) -> list[str]:
    return sorted(row[PROBLEM] for row in rows if row[PROBLEM] not in (None, HEADER))


def test_an_unclosed_quote_costs_its_own_line_and_no_other(read) -> None:  # noqa: ANN001
    lines = [f"{number},Film {number} (1995),1.0" for number in range(1, 1001)]
    lines[499] = '500,"Film 500 (1995),1.0'

    rows = read("\n".join(["id,title,price", *lines, ""]).encode())

    assert [row.id for row in sorted((row for row in rows if row.id), key=lambda row: row.id)] == [
        number for number in range(1, 1001) if number != 500
    ]
    [lost] = [row for row in rows if row[PROBLEM] not in (None, HEADER)]
    assert (lost[PROBLEM], lost[MALFORMED], lost[LINES]) == (raw.UNCLOSED, lines[499], 1)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("file", [BOOKS, NUMBERS, LINES_ONLY], ids=lambda file: file.name)
def test_whatever_a_file_contains_each_byte_and_line_is_accounted_for(
    spark: SparkSession, tmp_path: Path, file: RawFile, seed: int
) -> None:
    random = Random(f"{file.name} {seed}")
    paths = []
    for number in range(20):
        path = tmp_path / f"{number}.csv"
        bom = b"\xef\xbb\xbf" if random.random() < 0.2 else b""
        pieces = PIECES + (BROKEN if random.random() < 0.5 else [])
        path.write_bytes(bom + HEADS[file.name] + random_lines(random, pieces, random.randrange(200)))
        paths.append(path)

    source = inspect_raw(spark, file, [str(path) for path in paths])
    [found] = read_files(spark, file, *paths).agg(F.sum(SIZE).alias("size"), F.sum(LINES).alias("lines")).collect()

    assert found["size"] == source.size
    assert found["lines"] == sum(lines_of(path.read_bytes()) for path in paths)


FIELDS = [
    "",
    "a",
    "a,b",
    'say "hi"',
    "two\nlines",
    "three\r\n\nlines",
    '"',
    '",',
    ',"',
    "é東🎬",
    "back\\slash",
    " blank ",
]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_well_formed_rows_are_read_as_pythons_csv_reads_them(read, seed: int, end: str) -> None:  # noqa: ANN001
    random = Random(seed)
    rows = [(number, random.choice(FIELDS) + random.choice(FIELDS), 0.5) for number in range(200)]
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows([("id", "title", "price"), *rows])
    content = text.getvalue().encode()
    expected = [
        (int(id), title, float(price))
        for id, title, price in list(csv.reader(io.StringIO(text.getvalue(), newline="")))[1:]
    ]

    found = read(content if seed else content.removesuffix(end.encode()))

    assert problems(found) == []
    assert [(id, title or "", price) for id, title, price in good(found)] == expected


@pytest.mark.parametrize(
    "fault", [b'"', b'"x', b'""x', b'"x"y', b"\xe9", b"\x00", "\u0085".encode(), "\ufffd".encode(), b",", b'","']
)
def test_a_fault_in_one_line_costs_that_row_and_no_other(read, fault: bytes) -> None:  # noqa: ANN001
    lines = [b"%d,Film %d,1.0" % (number, number) for number in range(60)]
    lines[10], lines[11] = b'10,"Film, 10",1.0', b'11,"Film ""11""",1.0'
    lines[20] = b"20," + fault + b"Film 20,1.0"

    for place in (20, 0, 59):
        mixed = [*lines]
        mixed[place], mixed[20] = mixed[20], mixed[place]
        found = read(b"\n".join([b"id,title,price", *mixed]))
        assert [row[0] for row in good(found)] == [number for number in range(60) if number != 20], place
        assert len(problems(found)) == 1


def test_a_quote_that_closes_behind_other_rows_does_not_swallow_them(read) -> None:  # noqa: ANN001
    lines = [f"{number},Film {number},1.0" for number in range(1, 61)]
    lines[9], lines[29] = '10,"Film 10,1.0', 'Film 30",1.0'

    rows = read("\n".join(["id,title,price", *lines]).encode())

    assert [row[0] for row in good(rows)] == [number for number in range(1, 61) if number not in (10, 30)]
    assert problems(rows) == [raw.UNCLOSED] * 2


def test_a_record_has_a_most_number_of_lines(read) -> None:  # noqa: ANN001
    def text_of(lines: int) -> bytes:
        return b"id,title,price\n1,a,1.0\n" + b'2,"' + b"text\n" * (lines - 1) + b'",1.0\n'

    assert len(good(read(text_of(MAX_LINES)))) == 2
    # What is no row by itself is refused line by line.
    assert len(good(read(text_of(MAX_LINES + 1)))) == 1


def test_an_unclosed_quote_does_not_take_the_next_row_with_it(read) -> None:  # noqa: ANN001
    rows = read(b'id,title,price\n10,"Film 10,1.0\n11,"Film\n11",1.0\n12,Film 12,1.0\n')

    assert good(rows) == [(11, "Film\n11", 1.0), (12, "Film 12", 1.0)]
    assert problems(rows) == [raw.UNCLOSED]
