"""The environment variables that make an Airflow behave like that of an MWAA environment."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USERS = {"Admin": "admin", "Op": "op", "User": "user", "Viewer": "viewer"}
"""Airflow role → the local user that has it."""


@dataclass(frozen=True)
class Place:
    """Where one Airflow runs."""

    home: Path
    port: int
    version: str
    bin: Path

    @property
    def v3(self) -> bool:
        return self.version.startswith("3")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api(self) -> str:
        return f"{self.url}/api/{'v2' if self.v3 else 'v1'}"


def variables(place: Place, env: Mapping[str, Any], keys: Mapping[str, Any], log_group: str | None) -> dict[str, str]:
    """Everything but the identity; AirflowConfigurationOptions win, as on MWAA (pure).

    `log_group`: ARN of where task logs go in CloudWatch Logs; None keeps them on disk.
    """
    home, options = place.home, env.get("AirflowConfigurationOptions") or {}
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW_ENV_NAME": env["Name"],
        # Nothing is far away here: the generated project's DAG looks more often than it would on AWS.
        "DATA_LAKE_POLL_SECONDS": "5",
        "AIRFLOW_CONN_AWS_DEFAULT": "aws://",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(home / "dags"),
        # Airflow 2 refuses SQLite with any other
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor" if place.v3 else "SequentialExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__FERNET_KEY": keys["fernet"],
        **database(place, patience=60),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "120",
        **(_version_3(place, keys) if place.v3 else _version_2(place, keys)),
        **(_task_logs(log_group) if log_group else {}),
        **{f"AIRFLOW__{key.replace('.', '__', 1)}".upper(): str(value) for key, value in options.items()},
    }


def database(place: Place, patience: int) -> dict[str, str]:
    """`patience` in seconds: without any, whoever writes while another does meets "database is locked" (pure).

    The API server of Airflow 3 writes its audit log on the thread that its other requests need to end. If one of those
    has the lock, both wait until the patience is over, and everything with them; so it should have little. Its clients
    ask again.
    """
    return {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{place.home}/airflow.db?timeout={patience}"}


def read_keys(home: Path) -> dict[str, Any]:
    """Passwords and signing keys of this Airflow; made once, kept with its database."""
    file = home / "keys.json"
    if not file.exists():
        keys = {
            "passwords": {user: secrets.token_urlsafe(18) for user in USERS.values()},
            "jwt": secrets.token_hex(64),
            "session": secrets.token_hex(),
            "fernet": "",
        }
        file.touch(mode=0o600)
        file.write_text(json.dumps(keys))
    return json.loads(file.read_text())


def _version_3(place: Place, keys: Mapping[str, Any]) -> dict[str, str]:
    passwords = place.home / "passwords.json"
    passwords.touch(mode=0o600)
    passwords.write_text(json.dumps(keys["passwords"]))
    return {
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(place.port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": keys["session"],
        "AIRFLOW__API_AUTH__JWT_SECRET": keys["jwt"],
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{place.url}/execution/",
        # A laptop that runs Spark as well may be slow to answer; a task would fail after 5 s, five times.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(f"{user}:{role.lower()}" for role, user in USERS.items()),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
        # MWAA takes up to 5 minutes to see a new file; here seconds
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "2",
        "AIRFLOW__DAG_PROCESSOR__BUNDLE_REFRESH_CHECK_INTERVAL": "1",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "5",
    }


def _version_2(place: Place, keys: Mapping[str, Any]) -> dict[str, str]:
    return {
        "AIRFLOW__WEBSERVER__WEB_SERVER_HOST": "127.0.0.1",
        "AIRFLOW__WEBSERVER__WEB_SERVER_PORT": str(place.port),
        "AIRFLOW__WEBSERVER__WORKERS": "1",
        "AIRFLOW__WEBSERVER__SECRET_KEY": keys["session"],
        "AIRFLOW__API__AUTH_BACKENDS": "airflow.api.auth.backend.basic_auth",
        "AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL": "3",
        "AIRFLOW__SCHEDULER__MIN_FILE_PROCESS_INTERVAL": "5",
        "AIRFLOW__SCHEDULER__SCHEDULER_ZOMBIE_TASK_THRESHOLD": "120",
    }


def _task_logs(arn: str) -> dict[str, str]:
    return {
        "AIRFLOW__LOGGING__REMOTE_LOGGING": "True",
        "AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID": "aws_default",
        "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER": f"cloudwatch://{arn}",
    }
