"""Declares the dataset books."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lake.dataset import Dataset, Marts, Table
from lake.judge import empty, judge, unless
from lake.layout import Layout
from lake.raw import RawFile


def preprocess_books(raw: DataFrame) -> DataFrame:
    """isbn STRING, title STRING, author STRING, price DECIMAL(8,2). One row for each book: the highest price counts."""
    return judge(
        raw,
        columns={
            "isbn": F.col("isbn"),
            "title": F.trim("title"),
            "author": F.trim("author"),
            "price": F.col("price"),
        },
        refusals={
            "no isbn": unless(F.col("isbn").rlike(r"^\d{13}$")),
            "no title": empty(F.trim("title")),
            "no price": unless(F.col("price") > 0),
        },
    )


def books_glue_transform(read: Callable[[str], DataFrame]) -> dict[str, DataFrame]:
    by_author = read("books").groupBy("author").agg(F.count("*").alias("books"), F.sum("price").alias("price"))
    return {"books_by_author": by_author}


def write_sample(folder: Path, rows: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        f'{9780000000000 + book},"The ""{book}th"", again",Author {book % 4},{book}.50' for book in range(1, rows + 1)
    ]
    (folder / "books.csv").write_text("\n".join(["isbn,title,author,price", *lines, ""]), "utf-8")


DATASET = Dataset(
    tables=[
        Table(
            "books",
            RawFile("books.csv", "isbn STRING, title STRING, author STRING, price DECIMAL(8,2)", multi_line=True),
            preprocess_books,
            key=["isbn"],
            newest=["price"],
            layout=Layout(sort_by=["isbn"]),
        )
    ],
    marts=Marts({"books_by_author": Layout(sort_by=["author"])}, books_glue_transform),
    write_sample=write_sample,
)
