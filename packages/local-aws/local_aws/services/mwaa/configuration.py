"""Environment variables that make Airflow behave as in an MWAA environment."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_aws.files import write_whole

USERS = {"Admin": "admin", "Op": "op", "User": "user", "Viewer": "viewer"}
"""Airflow role → the local user with this role."""


@dataclass(frozen=True)
class Place:
    """The home folder, port, version and programs of one Airflow instance."""

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
    """Returns all variables except the identity; AirflowConfigurationOptions take precedence, as on MWAA (pure).

    `log_group`: ARN of the log group for task logs; None keeps them on disk.
    """
    home, options = place.home, env.get("AirflowConfigurationOptions") or {}
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW_ENV_NAME": env["Name"],
        # Polling locally is cheap, so the generated project's DAG polls more often than on AWS.
        "DATA_LAKE_POLL_SECONDS": "5",
        "AIRFLOW_CONN_AWS_DEFAULT": "aws://",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(home / "dags"),
        # Airflow 2 accepts no other executor with SQLite
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
    """Returns the database's variables. `patience`: seconds to wait for its lock before "database is locked" (pure).

    The API server of Airflow 3 writes its audit log on the thread that its other requests need to finish. If one of
    those holds the lock, all wait for the whole patience, so it should be short. Clients retry.
    """
    return {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{place.home}/airflow.db?timeout={patience}"}


def web_server(place: Place) -> dict[str, str]:
    """Returns the web server's own variables: it refuses foreign requests, and in version 3 waits briefly (pure)."""
    package = Path(__file__).parents[3]
    return {
        "PYTHONPATH": str(package),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(Path(__file__).parent / "web_plugins"),
        **(database(place, patience=5) if place.v3 else {}),
    }


def read_keys(home: Path) -> dict[str, Any]:
    """Returns the passwords and signing keys of this Airflow, which are created once and kept with its database."""
    file = home / "keys.json"
    if not file.exists():
        keys = {
            "passwords": {user: secrets.token_urlsafe(18) for user in USERS.values()},
            "jwt": secrets.token_hex(64),
            "session": secrets.token_hex(),
            "fernet": "",
        }
        write_whole(file, json.dumps(keys))
    return json.loads(file.read_text())


def _version_3(place: Place, keys: Mapping[str, Any]) -> dict[str, str]:
    passwords = place.home / "passwords.json"
    write_whole(passwords, json.dumps(keys["passwords"]))
    return {
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(place.port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": keys["session"],
        "AIRFLOW__API_AUTH__JWT_SECRET": keys["jwt"],
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{place.url}/execution/",
        # A laptop that also runs Spark may respond slowly; a task would fail after five attempts of 5 s.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(f"{user}:{role.lower()}" for role, user in USERS.items()),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
        # MWAA finds a new file within 5 minutes; here it takes seconds
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "2",
        "AIRFLOW__DAG_PROCESSOR__BUNDLE_REFRESH_CHECK_INTERVAL": "1",
    }


def _version_2(place: Place, keys: Mapping[str, Any]) -> dict[str, str]:
    return {
        "AIRFLOW__WEBSERVER__WEB_SERVER_HOST": "127.0.0.1",
        "AIRFLOW__WEBSERVER__WEB_SERVER_PORT": str(place.port),
        "AIRFLOW__WEBSERVER__WORKERS": "1",
        "AIRFLOW__WEBSERVER__SECRET_KEY": keys["session"],
        "AIRFLOW__API__AUTH_BACKENDS": "airflow.api.auth.backend.basic_auth",
        "AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL": "3",
        "AIRFLOW__SCHEDULER__SCHEDULER_ZOMBIE_TASK_THRESHOLD": "120",
    }


def _task_logs(arn: str) -> dict[str, str]:
    return {
        "AIRFLOW__LOGGING__REMOTE_LOGGING": "True",
        "AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID": "aws_default",
        "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER": f"cloudwatch://{arn}",
    }
