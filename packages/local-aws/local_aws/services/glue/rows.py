"""The rows of a table of the catalog, read from the bucket: what Athena would answer to SELECT … ORDER BY … LIMIT."""

from typing import Any

import pyarrow as pa
from pyarrow import dataset

from local_aws.host import aws

MOST = 100_000
"""More rows are no answer for a person, nor for a test."""


def read(database: str, table: str, order: str = "", limit: int = MOST) -> list[dict[str, Any]]:
    """Rows as Python values, the first `limit` by column `order` (empty: as they are stored).

    Raises LookupError where there is no such table or column.
    """
    glue = aws.client("glue")
    try:
        found = glue.get_table(DatabaseName=database, Name=table)["Table"]
    except glue.exceptions.EntityNotFoundException as error:
        raise LookupError(f"there is no table {database}.{table}") from error
    content = _parquet(found["StorageDescriptor"]["Location"])
    if order and order not in content.column_names:
        raise LookupError(f"{database}.{table} has no column {order}; it has {', '.join(content.column_names)}")
    return (content.sort_by(order) if order else content).slice(0, min(limit, MOST)).to_pylist()


def _parquet(location: str) -> pa.Table:
    path = location.split("://", 1)[1].rstrip("/")
    return dataset.dataset(path, filesystem=aws.arrow_file_system(), format="parquet", partitioning="hive").to_table()
