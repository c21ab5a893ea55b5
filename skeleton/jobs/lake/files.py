"""Files where Spark sees them: s3:// on EMR and Glue, file paths on a laptop, by Hadoop's own file systems."""

from __future__ import annotations

from typing import Any

from pyspark.sql import SparkSession


class Files:
    """Lists, copies and deletes by URI. One object of S3 is replaced in one step: a reader gets the old or the new."""

    def __init__(self, spark: SparkSession) -> None:
        jvm: Any = spark.sparkContext._jvm
        self._hadoop = jvm.org.apache.hadoop.fs
        self._configuration = spark.sparkContext._jsc.hadoopConfiguration()  # type: ignore[union-attr]

    def list(self, folder: str) -> dict[str, str]:
        """Every file below the folder (none, if there is no folder): path relative to it → URI."""
        path, system = self._open(folder)
        if not system.exists(path):
            return {}
        root = path.makeQualified(system.getUri(), system.getWorkingDirectory()).toString().rstrip("/") + "/"
        found, files = {}, system.listFiles(path, True)
        while files.hasNext():
            uri = files.next().getPath().toString()
            found[uri[len(root) :]] = uri
        return found

    def exists(self, uri: str) -> bool:
        path, system = self._open(uri)
        return system.exists(path)

    def copy(self, source: str, target: str) -> None:
        """The bytes of one file, over what is at the target."""
        (from_path, from_system), (to_path, to_system) = self._open(source), self._open(target)
        delete_source, overwrite = False, True
        self._hadoop.FileUtil.copy(
            from_system, from_path, to_system, to_path, delete_source, overwrite, self._configuration
        )

    def delete(self, uri: str) -> None:
        """One file, or a folder with all that is in it; nothing, if it is not there."""
        path, system = self._open(uri)
        system.delete(path, True)

    def _open(self, uri: str) -> tuple[Any, Any]:
        path = self._hadoop.Path(uri)
        return path, path.getFileSystem(self._configuration)
