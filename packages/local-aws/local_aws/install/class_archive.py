"""Archives the classes of Spark that the JVM loads, which halves the start time of jobs.

https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html
"""

import hashlib
import os
import subprocess
import tempfile
import time
from pathlib import Path

from local_aws.files import write_whole
from local_aws.install import machine
from local_aws.install.output import say
from local_aws.settings import SETTINGS

_TRAINING = Path(__file__).with_name("training.py")


def class_path() -> str:
    """The class path before Spark's own jars; an archive is valid only for this class path."""
    return ":".join(str(jar) for jar in sorted(SETTINGS.spark_jars.glob("*.jar")))


def java_options() -> str:
    """Returns the options of a job's JVM, which silently ignores a missing or unsuitable archive."""
    return f'"-XX:SharedArchiveFile={_archive()}" -Xlog:disable'


def make(python: Path, locks: list[Path]) -> None:
    """Runs the training job, unless an archive exists for these locks, this folder and this Java."""
    stamp = _stamp(python, locks)
    if _archive().exists() and _stamp_file().exists() and _stamp_file().read_text() == stamp:
        return
    began = time.monotonic()
    say("spark", "archiving its classes (once)…")
    with tempfile.TemporaryDirectory(dir=SETTINGS.environments) as folder:
        unfinished = Path(folder) / "spark.jsa"
        settings = {
            "spark.master": "local[1]",
            "spark.driver.extraClassPath": class_path(),
            "spark.driver.extraJavaOptions": f"{SETTINGS.spark_java_options} -Xlog:disable"
            f' "-XX:ArchiveClassesAtExit={unfinished}"',
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.local.dir": folder,
            "spark.ui.enabled": "false",
        }
        confs = [text for key, value in settings.items() for text in ("--conf", f"{key}={value}")]
        done = subprocess.run(
            [python.parent / "spark-submit", *confs, _TRAINING, f"{folder}/work"],
            env={**os.environ, "PYSPARK_PYTHON": str(python), "PYSPARK_DRIVER_PYTHON": str(python)},
            cwd=folder,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode or not unfinished.exists():
            last = (done.stderr.strip().splitlines() or ["no output"])[-1][:300]
            say("spark", f"its classes were not archived, so jobs start slower: {last}")
            return
        unfinished.replace(_archive())
    write_whole(_stamp_file(), stamp)
    say("spark", f"classes archived in {time.monotonic() - began:.0f} s")


def _archive() -> Path:
    return SETTINGS.environments / "spark-classes.jsa"


def _stamp_file() -> Path:
    return _archive().with_suffix(".stamp")


def _stamp(python: Path, locks: list[Path]) -> str:
    java = subprocess.run([machine.java(), "-version"], capture_output=True, text=True).stderr
    parts = [*(lock.read_text() for lock in locks), _TRAINING.read_text(), str(python), java]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
