"""Files as Spark accesses them, through Hadoop's file systems: s3:// on EMR and Glue, file paths on a laptop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyspark.sql import SparkSession


@dataclass(frozen=True)
class FileStatus:
    """A file's size in bytes, and when it was last changed, in milliseconds since 1970."""

    size: int
    changed: int


class Files:
    """Lists, copies and deletes files by URI. S3 replaces an object in one step: readers get the old or the new one."""

    def __init__(self, spark: SparkSession) -> None:
        jvm: Any = spark.sparkContext._jvm
        self._hadoop, self._io = jvm.org.apache.hadoop.fs, jvm.org.apache.commons.io.IOUtils
        self._configuration = spark.sparkContext._jsc.hadoopConfiguration()  # type: ignore[union-attr]

    def list(self, folder: str) -> dict[str, str]:
        """Lists every file below the folder as relative path → URI; empty if the folder does not exist."""
        path, system = self._open(folder)
        if not system.exists(path):
            return {}
        root = path.makeQualified(system.getUri(), system.getWorkingDirectory()).toString().rstrip("/") + "/"
        found, files = {}, system.listFiles(path, True)
        while files.hasNext():
            uri = files.next().getPath().toString()
            found[uri[len(root) :]] = uri
        return found

    def read_text(self, uri: str) -> str | None:
        """Reads a small text file; None if it does not exist."""
        path, system = self._open(uri)
        if not system.exists(path):
            return None
        stream = system.open(path)
        try:
            return self._io.toString(stream, "UTF-8")
        finally:
            stream.close()

    def write_text(self, uri: str, text: str) -> None:
        """Writes a small text file and overwrites the target."""
        path, system = self._open(uri)
        stream = system.create(path, True)
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()

    def describe(self, uri: str) -> FileStatus:
        path, system = self._open(uri)
        status = system.getFileStatus(path)
        return FileStatus(status.getLen(), status.getModificationTime())

    def read(self, uri: str, begin: int, end: int) -> bytes:
        """Reads the bytes from `begin` up to `end`, or to the end of the file."""
        path, system = self._open(uri)
        number = max(0, min(end, system.getFileStatus(path).getLen()) - begin)
        if not number:
            return b""
        stream = system.open(path)
        try:
            stream.seek(begin)
            return bytes(self._io.toByteArray(stream, number))
        finally:
            stream.close()

    def copy(self, source: str, target: str) -> None:
        """Copies one file and overwrites the target."""
        (from_path, from_system), (to_path, to_system) = self._open(source), self._open(target)
        delete_source, overwrite = False, True
        self._hadoop.FileUtil.copy(
            from_system, from_path, to_system, to_path, delete_source, overwrite, self._configuration
        )

    def delete(self, uri: str) -> None:
        """Deletes a file, or a folder with its content. Does nothing if it does not exist."""
        path, system = self._open(uri)
        system.delete(path, True)

    def _open(self, uri: str) -> tuple[Any, Any]:
        path = self._hadoop.Path(uri)
        return path, path.getFileSystem(self._configuration)
