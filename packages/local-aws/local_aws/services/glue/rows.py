"""Reads the rows of a catalog table from the bucket, like Athena's SELECT … ORDER BY … LIMIT."""

from typing import Any

import pyarrow as pa
from pyarrow import dataset

from local_aws.host import aws
from local_aws.services.glue import iceberg

MOST = 100_000
"""Neither people nor tests need more rows."""


def read(database: str, table: str, order: str = "", limit: int = MOST) -> list[dict[str, Any]]:
    """Returns the first `limit` rows by column `order` (empty: in stored order) as Python values.

    Raises LookupError for an unknown table or column.
    """
    glue = aws.client("glue")
    try:
        found = glue.get_table(DatabaseName=database, Name=table)["Table"]
    except glue.exceptions.EntityNotFoundException as error:
        raise LookupError(f"there is no table {database}.{table}") from error
    content = _content(found)
    if order and order not in content.column_names:
        raise LookupError(f"{database}.{table} has no column {order}; it has {', '.join(content.column_names)}")
    return (content.sort_by(order) if order else content).slice(0, min(limit, MOST)).to_pylist()


def _content(table: dict[str, Any]) -> pa.Table:
    system = aws.arrow_file_system()
    if metadata := table.get("Parameters", {}).get("metadata_location"):
        if not (files := iceberg.data_files(metadata, system)):
            # For a dataset without files, Arrow returns endless rows without columns.
            return pa.table({name: pa.nulls(0) for name in iceberg.columns(metadata, system)})
        return dataset.dataset(files, filesystem=system, format="parquet").to_table()
    path = table["StorageDescriptor"]["Location"].split("://", 1)[1].rstrip("/")
    return dataset.dataset(path, filesystem=system, format="parquet", partitioning="hive").to_table()
