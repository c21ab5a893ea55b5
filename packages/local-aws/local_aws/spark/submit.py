"""Runs a script as AWS would: `spark-submit s3://bucket/script.py args`, the script itself unchanged.

Local settings come before the script's own options: the master, the S3A endpoint, and S3A for s3:// URLs, as in
Glue 5.1. spark-submit downloads s3:// scripts and --py-files itself. (There is no spark-defaults.conf: its folder would
be in the class path, and the JVM uses no class archive with a folder there.)
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from local_aws.calls.callers import user_agent
from local_aws.files import write_whole
from local_aws.host import aws, installations
from local_aws.host.environment import scrubbed
from local_aws.host.processes import Process, spawn
from local_aws.install import class_archive
from local_aws.settings import SETTINGS

_CLUSTER_OPTIONS = ("--deploy-mode", "--master")
_FLAGS = ("--verbose", "-v", "--supervise", "--version", "--help")


def submit(arguments: Sequence[str], app_id: str, out: IO[bytes], err: IO[bytes]) -> Process:
    """Starts spark-submit as the role `app_id`.

    Waits until Spark is installed. Raises InstallFailed if the installation fails.
    """
    python = installations.require("spark") / "bin" / "python"
    settings = {**defaults(), "spark.hadoop.fs.s3a.user.agent.prefix": user_agent(app_id)}
    confs = [text for key, value in settings.items() for text in ("--conf", f"{key}={value}")]
    # Airflow's heartbeats and the web pages have priority.
    yielding = ["nice", "-n", "10"]
    command = [*yielding, python.parent / "spark-submit", *confs, *without_cluster_options(arguments)]
    return spawn(command, env=environment(python, app_id), out=out, err=err, cwd=_folder("work"))


def environment(python: Path, app_id: str) -> dict[str, str]:
    """Returns the environment of a script's process, including pythonshell jobs."""
    return {
        **scrubbed(os.environ),
        **aws.environment(app_id),
        "PYSPARK_PYTHON": str(python),
        "PYSPARK_DRIVER_PYTHON": str(python),
        "PYTHONUNBUFFERED": "1",
        "SPARK_LOCAL_IP": "127.0.0.1",
    }


def without_cluster_options(arguments: Sequence[str]) -> list[str]:
    """Removes --master and --deploy-mode from the options, but not from the script's own arguments (pure)."""
    rest, kept = list(arguments), []
    while rest:
        argument = rest.pop(0)
        if not argument.startswith("-"):
            return [*kept, argument, *rest]
        name, has_value = argument.partition("=")[0], "=" in argument
        value = [] if has_value or argument in _FLAGS or not rest else [rest.pop(0)]
        if name not in _CLUSTER_OPTIONS:
            kept += [argument, *value]
    return kept


def defaults() -> dict[str, object]:
    """Returns the settings that would be in spark-defaults.conf."""
    logging = f'"-Dlog4j2.configurationFile={_log4j()}"'
    java_options = (SETTINGS.spark_java_options, class_archive.java_options(), logging)
    return {
        "spark.master": f"local[{SETTINGS.spark_cores}]",
        "spark.driver.memory": SETTINGS.spark_memory,
        "spark.driver.extraJavaOptions": " ".join(java_options),
        "spark.driver.extraClassPath": class_archive.class_path(),
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": _folder("spark-warehouse"),
        "spark.local.dir": _folder("spark-tmp"),
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        "spark.hadoop.fs.s3a.endpoint": SETTINGS.endpoint,
        "spark.hadoop.fs.s3a.path.style.access": "true",
        "spark.hadoop.fs.s3a.connection.ssl.enabled": "false",
        "spark.hadoop.fs.s3a.change.detection.mode": "none",
        "spark.hadoop.fs.s3a.aws.credentials.provider": "com.amazonaws.auth.EnvironmentVariableCredentialsProvider",
        "spark.hadoop.fs.s3a.fast.upload.buffer": "bytebuffer",
        # Iceberg finds the endpoint in AWS_ENDPOINT_URL, but would call <bucket>.<endpoint>.
        "spark.sql.catalog.glue_catalog.s3.path-style-access": "true",
    }


_LOG4J = """rootLogger.level=warn
rootLogger.appenderRef.c.ref=c
appender.c.type=Console
appender.c.name=c
appender.c.target=SYSTEM_ERR
appender.c.layout.type=PatternLayout
appender.c.layout.pattern=%d{HH:mm:ss} %p %c{1}: %m%n
"""


def _log4j() -> Path:
    file = _folder("spark-conf") / "log4j2.properties"
    _write(file, _LOG4J)
    return file


def _write(file: Path, text: str) -> None:
    if not file.exists() or file.read_text() != text:  # a starting job may be reading it
        write_whole(file, text)


def _folder(name: str) -> Path:
    folder = SETTINGS.home / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
