"""spark-submit with the JVM as it comes, as on a cluster: the same settings for our jobs and for the original's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SETTINGS = {
    "spark.master": "local[2]",
    "spark.driver.memory": "2g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}


def submit(script: Path, *arguments: str, library: Path | None = None) -> None:
    """Runs a job to its end; a failure shows Spark's log and ends the comparison."""
    settings = [text for key, value in SETTINGS.items() for text in ("--conf", f"{key}={value}")]
    library_flags = ["--py-files", str(library)] if library else []
    ended = subprocess.run(
        [
            str(Path(sys.executable).parent / "spark-submit"),
            *settings,
            *library_flags,
            str(script),
            *arguments,
        ],
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        raise SystemExit(f"{script.name} {' '.join(arguments)} failed:\n{ended.stdout}\n{ended.stderr}")
