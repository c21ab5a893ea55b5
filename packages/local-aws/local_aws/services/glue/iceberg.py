"""Finds the files of an Iceberg table: metadata → manifest list → manifests → data files.

It follows the format's specification instead of using its library, as an independent check of what Spark writes:
https://iceberg.apache.org/spec/
"""

import json
from collections.abc import Iterator
from typing import Any

from fastavro import reader
from pyarrow import fs

_DATA, _DELETED = 0, 2


def data_files(metadata_location: str, system: fs.FileSystem) -> list[str]:
    """Lists the paths (bucket/key) of the current version's data files; empty if nothing was ever written.

    Raises NotImplementedError for a table with row-level deletes, which our jobs never write.
    """
    metadata = _metadata(metadata_location, system)
    current = metadata.get("current-snapshot-id")
    lists = [each["manifest-list"] for each in metadata.get("snapshots", []) if each["snapshot-id"] == current]
    manifests = [manifest for each in lists for manifest in _avro(each, system)]
    if any(manifest["content"] != _DATA for manifest in manifests):
        raise NotImplementedError(f"{metadata_location} has row-level deletes, which are not supported here")
    return [
        _path(entry["data_file"]["file_path"])
        for manifest in manifests
        for entry in _avro(manifest["manifest_path"], system)
        if entry["status"] != _DELETED
    ]


def columns(metadata_location: str, system: fs.FileSystem) -> list[str]:
    """Lists the columns of the current schema, which a table without files has too."""
    metadata = _metadata(metadata_location, system)
    [schema] = [each for each in metadata["schemas"] if each["schema-id"] == metadata["current-schema-id"]]
    return [field["name"] for field in schema["fields"]]


def _metadata(location: str, system: fs.FileSystem) -> dict[str, Any]:
    with system.open_input_file(_path(location)) as file:
        return json.load(file)


def _avro(uri: str, system: fs.FileSystem) -> Iterator[dict[str, Any]]:
    with system.open_input_file(_path(uri)) as file:
        yield from reader(file)  # type: ignore[misc]  # every record of Iceberg's is a struct


def _path(uri: str) -> str:
    return uri.split("://", 1)[1]
