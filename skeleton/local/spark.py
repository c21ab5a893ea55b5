"""Runs spark-submit on this machine, with the same scripts as on AWS."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JOBS = ROOT / "jobs"
CLASSES = ROOT / ".venv" / "spark-classes.jsa"

SETTINGS = {
    # Iceberg, which EMR and Glue already have.
    "spark.driver.extraClassPath": ":".join(str(jar) for jar in sorted((ROOT / ".venv" / "jars").glob("*.jar"))),
    "spark.driver.memory": "2g",
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
# A job of a few seconds would lose more time to the optimizing compiler than it gains.
_SMALL = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
# That compiler halves the time for ten million rows, if it compiles only code ten times hotter than its default.
_LARGE = (
    "-XX:+UseSerialGC",
    "-XX:Tier4InvocationThreshold=50000",
    "-XX:Tier4MinInvocationThreshold=6000",
    "-XX:Tier4CompileThreshold=150000",
    "-XX:Tier4BackEdgeThreshold=400000",
)
# The size of one split, spark.sql.files.maxPartitionBytes.
_LARGE_BYTES = 128 * 2**20
# Without this file (see class_archive.py), or with one of another Java, the JVM starts as usual.
_ARCHIVED = (f'"-XX:SharedArchiveFile={CLASSES}"', "-Xlog:disable")


def java_options(*read: Path) -> Sequence[str]:
    """Returns the JVM options for a job that reads these files or folders."""
    files = [file for each in read for file in (each, *each.rglob("*")) if file.is_file()]
    large = sum(file.stat().st_size for file in files) >= _LARGE_BYTES
    return (*(_LARGE if large else _SMALL), *_ARCHIVED)


class JobFailed(Exception):
    """A job failed. The message is its output, including Spark's log."""


def submit(
    script: Path,
    arguments: Mapping[str, str | Sequence[str]] | Sequence[str],
    *,
    library: Path | None = None,
    java_options: Sequence[str],
) -> str:
    """Runs the script to its end and returns its output. Raises JobFailed."""
    settings = {**SETTINGS, "spark.driver.extraJavaOptions": " ".join(java_options)}
    confs = [text for key, value in settings.items() for text in ("--conf", f"{key}={value}")]
    py_files = ["--py-files", str(library)] if library else []
    words = _to_words(arguments) if isinstance(arguments, Mapping) else arguments
    spark_submit = Path(sys.executable).parent / "spark-submit"
    ended = subprocess.run(
        [str(spark_submit), *confs, *py_files, str(script), *words],
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        raise JobFailed(f"{script.name} failed.\n{ended.stdout}{ended.stderr}")
    return ended.stdout.strip()


def _to_words(arguments: Mapping[str, str | Sequence[str]]) -> list[str]:
    """`{"name": ["a", "b"]}` → `--name a --name b`"""
    return [
        word
        for name, value in arguments.items()
        for each in ([value] if isinstance(value, str) else value)
        for word in (f"--{name}", each)
    ]


def archive(path: Path) -> Path:
    """Zips jobs/lake as a release does, with the package's name inside the zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for each in sorted((JOBS / "lake").rglob("*")):
            if each.is_file() and "__pycache__" not in each.parts:
                file.write(each, each.relative_to(JOBS))
    return path
