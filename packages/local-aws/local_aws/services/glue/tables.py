"""Crawls an S3 target with Parquet files: lists them, reads footers, creates or updates tables and partitions.

It calls MiniStack's own Glue handlers, so the catalog looks as if a client had called the API.
"""

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
from ministack.services import glue

from local_aws.calls.callers import role_name
from local_aws.calls.recording import record_call, record_object_read
from local_aws.host import aws

_HIVE = "org.apache.hadoop.hive.ql.io.parquet."
_SIMPLE = {
    "int8": "tinyint",
    "int16": "smallint",
    "int32": "int",
    "int64": "bigint",
    "float": "float",
    "double": "double",
    "bool": "boolean",
    "date32[day]": "date",
    "binary": "binary",
}


@dataclass
class Counts:
    created: int = 0
    updated: int = 0
    partitions: int = 0


def crawl(crawler: dict[str, Any], log: list[str]) -> Counts:
    """Crawls all S3 targets. Raises LookupError if the database or a bucket is missing."""
    counts, role = Counts(), role_name(crawler.get("Role") or "")
    record_call(role, "glue", "GetDatabase", {"Name": crawler["DatabaseName"]})
    if crawler["DatabaseName"] not in glue._databases:
        raise LookupError(f"Database {crawler['DatabaseName']} not found")
    for target in (crawler.get("Targets") or {}).get("S3Targets", []):
        bucket, _, prefix = target["Path"].split("://", 1)[1].partition("/")
        prefix = prefix.rstrip("/") + "/" if prefix else ""
        pages = aws.client("s3", role).get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        found = by_table([o for page in pages for o in page.get("Contents", [])], prefix)
        log.append(f"INFO : {sum(map(len, found.values()))} objects under {target['Path']}, {len(found)} table(s)")
        for root, objects in found.items():
            _crawl_table(crawler, bucket, root, objects, counts, log)
    return counts


def by_table(objects: list[dict[str, Any]], prefix: str) -> dict[str, list[dict[str, Any]]]:
    """Groups objects by the key prefix of their table. Files or k=v folders below the target are one table (pure)."""
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for o in objects:
        path = o["Key"][len(prefix) :]
        if not o["Size"] or any(part.startswith(("_", ".")) for part in path.split("/")):
            continue
        first = posixpath.dirname(path).split("/")[0]
        tables[prefix + ("" if not first or "=" in first else first + "/")].append(o)
    return tables


def hive_type(t: pa.DataType) -> str:
    """Converts an Arrow type to the type that a crawler writes."""
    if pa.types.is_list(t) or pa.types.is_large_list(t):
        return f"array<{hive_type(t.value_type)}>"
    if pa.types.is_struct(t):
        return "struct<" + ",".join(f"{field.name}:{hive_type(field.type)}" for field in t) + ">"
    if pa.types.is_map(t):
        return f"map<{hive_type(t.key_type)},{hive_type(t.item_type)}>"
    if pa.types.is_decimal(t):
        return f"decimal({t.precision},{t.scale})"
    if pa.types.is_timestamp(t):
        return "timestamp"
    return _SIMPLE.get(str(t), "string")


def table_name(prefix: str, root: str, bucket: str) -> str:
    """Returns the table's name: `TablePrefix` and the folder's name, as a crawler writes it."""
    return prefix + re.sub(r"[^a-z0-9_]", "_", posixpath.basename(root.rstrip("/")).lower() or bucket.lower())


def _crawl_table(
    crawler: dict[str, Any], bucket: str, root: str, objects: list[dict[str, Any]], counts: Counts, log: list[str]
) -> None:
    files = [o for o in objects if o["Key"].endswith(".parquet")]
    log += [f"WARN : {o['Key']} is not Parquet, skipped" for o in objects if o not in files]
    if not files:
        return
    role = role_name(crawler.get("Role") or "")
    footers = _footers(bucket, files, role)
    partitions: dict[tuple[str, ...], tuple[str, list[str]]] = {}
    for o in files:
        if values := re.findall(r"([^/=]+)=([^/]*)/", o["Key"][len(root) :]):
            partitions[tuple(v for _, v in values)] = (posixpath.dirname(o["Key"]), [k for k, _ in values])
    keys = next(iter(partitions.values()))[1] if partitions else []
    rows, size = sum(footer.num_rows for footer in footers), sum(o["Size"] for o in files)
    parameters = {
        "classification": "parquet",
        "CrawlerSchemaDeserializerVersion": "1.0",
        "CrawlerSchemaSerializerVersion": "1.0",
        "UPDATED_BY_CRAWLER": crawler["Name"],
        "compressionType": "none",
        "typeOfData": "file",
        "objectCount": str(len(files)),
        "recordCount": str(rows),
        "sizeKey": str(size),
        "averageRecordSize": str(size // max(rows, 1)),
    }
    columns = [
        {"Name": field.name, "Type": hive_type(field.type)}
        for field in footers[-1].schema.to_arrow_schema()
        if field.name not in keys
    ]
    storage = _storage(columns, f"s3://{bucket}/{root}", parameters)
    name = table_name(crawler.get("TablePrefix") or "", root, bucket)
    table = {
        "Name": name,
        "TableType": "EXTERNAL_TABLE",
        "Owner": "owner",
        "Parameters": parameters,
        "StorageDescriptor": storage,
        "PartitionKeys": [{"Name": key, "Type": "string"} for key in keys],
    }
    _write_table(crawler, table, counts)
    _write_partitions(crawler, table, bucket, {v: path for v, (path, _) in partitions.items()}, counts)
    sizes = f"{len(columns)} columns, {len(partitions)} partitions, {rows} rows"
    log.append(f"INFO : table {crawler['DatabaseName']}.{name}: {sizes}")


def _footers(bucket: str, files: list[dict[str, Any]], role: str) -> list[Any]:
    s3 = aws.arrow_file_system()
    footers = []
    for o in files:
        record_object_read(role, bucket, o["Key"])  # Arrow's client has no app id
        with s3.open_input_file(f"{bucket}/{o['Key']}") as file:
            footers.append(parquet.read_metadata(file))
    return footers


def _storage(columns: list[dict[str, str]], location: str, parameters: dict[str, str]) -> dict[str, Any]:
    serde = {
        "SerializationLibrary": _HIVE + "serde.ParquetHiveSerDe",
        "Parameters": {"serialization.format": "1"},
    }
    return {
        "Columns": columns,
        "Location": location,
        "InputFormat": _HIVE + "MapredParquetInputFormat",
        "OutputFormat": _HIVE + "MapredParquetOutputFormat",
        "Compressed": False,
        "NumberOfBuckets": -1,
        "StoredAsSubDirectories": False,
        "BucketColumns": [],
        "SortColumns": [],
        "Parameters": parameters,
        "SerdeInfo": serde,
    }


def _write_table(crawler: dict[str, Any], table: dict[str, Any], counts: Counts) -> None:
    database = crawler["DatabaseName"]
    _record(crawler, "GetTable", table)
    old = glue._tables.get(f"{database}/{table['Name']}")
    if old is None:
        _record(crawler, "CreateTable", table)
        _must(glue._create_table({"DatabaseName": database, "TableInput": table}))
        counts.created += 1
        return
    if (crawler.get("SchemaChangePolicy") or {}).get("UpdateBehavior") == "LOG":
        return
    same = (
        old["StorageDescriptor"].get("Columns") == table["StorageDescriptor"]["Columns"]
        and old["Parameters"] == table["Parameters"]
    )
    if not same:
        _record(crawler, "UpdateTable", table)
        _must(glue._update_table({"DatabaseName": database, "TableInput": table}))
        counts.updated += 1


def _write_partitions(
    crawler: dict[str, Any], table: dict[str, Any], bucket: str, wanted: dict[tuple[str, ...], str], counts: Counts
) -> None:
    """Writes partitions one by one; AWS uses batches."""
    database = crawler["DatabaseName"]
    if wanted:
        _record(crawler, "BatchGetPartition", table)
    have = {tuple(p["Values"]) for p in glue._partitions.get(f"{database}/{table['Name']}", [])}
    for values, path in sorted(wanted.items()):
        if values in have:
            continue
        storage = {**table["StorageDescriptor"], "Location": f"s3://{bucket}/{path}/"}
        partition = {"Values": list(values), "StorageDescriptor": storage, "Parameters": {}}
        request = {"DatabaseName": database, "TableName": table["Name"], "PartitionInput": partition}
        _record(crawler, "BatchCreatePartition", table)
        _must(glue._create_partition(request))
        counts.partitions += 1


def _record(crawler: dict[str, Any], operation: str, table: dict[str, Any]) -> None:
    names = {"DatabaseName": crawler["DatabaseName"], "TableName": table["Name"]}
    record_call(role_name(crawler.get("Role") or ""), "glue", operation, names)


def _must(response: aws.Response) -> None:
    if response[0] >= 300:
        raise RuntimeError(response[2].decode())
