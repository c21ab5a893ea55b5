"""Settings from environment variables, read once. Standard library only, because the launcher runs on a bare Python."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "000000000000"
REGION = "us-east-1"
MINISTACK_VERSION = "1.5.33"
"""The adapters replace private functions of this version; the server refuses any other."""
AIRFLOW_VERSIONS = ("3.3.1", "2.11.2")
"""Versions for environments; the first is the default."""
IMPORTED_AIRFLOW_VERSIONS = ("3.2.1", "3.0.6", "2.11.0")
"""Other versions that MWAA offers, installed only to import and test DAGs."""


@dataclass(frozen=True)
class Settings:
    """The settings. Paths are absolute, ports are on 127.0.0.1, times are in seconds."""

    home: Path
    environments: Path
    port: int
    moto_port: int
    airflow_port: int
    airflow_versions: tuple[str, ...]
    airflow_role: str
    spark_memory: str
    spark_cores: str
    spark_java_options: str
    dag_sync_seconds: float
    provision_seconds: float
    seconds_per_idle_minute: float
    save_seconds: float
    stack_seconds: float
    maven_url: str

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def moto_endpoint(self) -> str:
        return f"http://127.0.0.1:{self.moto_port}"

    @property
    def spark_jars(self) -> Path:
        return self.environments / "spark-jars"

    def python(self, environment: str) -> Path:
        return self.environments / environment / "bin" / "python"


def read(environ: Mapping[str, str]) -> Settings:
    """Reads the settings from `environ`; the README explains each variable."""

    def value(name: str, default: str) -> str:
        return environ.get(f"LOCAL_AWS_{name}") or default

    home = Path(value("HOME", ".local/aws")).absolute()
    return Settings(
        home=home,
        environments=Path(value("ENVS", str(home.parent / "envs"))).absolute(),
        port=int(value("PORT", "4566")),
        moto_port=int(value("MOTO_PORT", "4567")),
        airflow_port=int(value("AIRFLOW_PORT", "18080")),
        airflow_versions=airflow_versions(value("AIRFLOW", AIRFLOW_VERSIONS[0])),
        airflow_role=value("AIRFLOW_ROLE", "Admin"),
        spark_memory=value("SPARK_MEMORY", "1g"),
        spark_cores=value("SPARK_CORES", "2"),
        # C1 only and the serial collector halve the time of a job that lasts seconds.
        spark_java_options=value("SPARK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
        dag_sync_seconds=float(value("DAG_SYNC_SECONDS", "2")),
        provision_seconds=float(value("PROVISION_SECONDS", "1")),
        seconds_per_idle_minute=float(value("SECONDS_PER_IDLE_MINUTE", "60")),
        save_seconds=float(value("SAVE_SECONDS", "2")),
        stack_seconds=float(value("STACK_SECONDS", "0")),
        maven_url=value("MAVEN_URL", "https://repo1.maven.org/maven2").rstrip("/"),
    )


def airflow_versions(wanted: str) -> tuple[str, ...]:
    """ "3.3.1,2.11.2" → ("3.3.1", "2.11.2"); "none" → (). Raises ValueError for a version without a lock."""
    versions = tuple(v.strip() for v in wanted.split(",") if v.strip() and v.strip() != "none")
    if unknown := [v for v in versions if v not in AIRFLOW_VERSIONS]:
        raise ValueError(
            f"LOCAL_AWS_AIRFLOW names {', '.join(unknown)}; available: {', '.join(AIRFLOW_VERSIONS)}, or none"
        )
    return versions


def airflow_environments(versions: tuple[str, ...]) -> dict[str, str]:
    """Returns the seeded MWAA environments with their Airflow versions; the first has the plain name."""
    return {"local-airflow" if i == 0 else f"local-airflow-{v.replace('.', '-')}": v for i, v in enumerate(versions)}


SETTINGS = read(os.environ)
