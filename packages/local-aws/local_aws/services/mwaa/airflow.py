"""One running Airflow: its processes, its health, its API."""

import os
import shutil
import socket
import threading
import time
from pathlib import Path
from typing import Any

import requests

from local_aws.calls.callers import LOCAL_AWS, role_name
from local_aws.files import written_whole
from local_aws.host import aws
from local_aws.host.background import background
from local_aws.host.environment import scrubbed
from local_aws.host.processes import Process, spawn, stop
from local_aws.install.output import say
from local_aws.services.mwaa import dags
from local_aws.services.mwaa.configuration import USERS, Place, read_keys, variables, web_server
from local_aws.settings import SETTINGS

# 'standalone' repeats the migration and serves logs, in more processes that listen on every address: start the parts
_PARTS_3 = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
_PARTS_2 = {
    "webserver": ["webserver"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
_WEB_SERVERS = ("api-server", "webserver")
# What 'standalone' of Airflow 2 does for its first user; it writes the password to a file in its home.
_CREATE_ADMIN_2 = """
from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
with get_application_builder() as builder:
    builder.sm.create_admin_standalone()
"""
_MAX_RESTARTS = 5
_session = requests.Session()
_session.trust_env = False


class Airflow:
    """One Airflow instance. The thread of its MWAA environment runs it; any thread may call `stop`."""

    def __init__(self, env: dict[str, Any], place: Place) -> None:
        self.env, self.place = env, place
        self._role = role_name(env.get("ExecutionRoleArn", ""))
        self.stopping = threading.Event()
        self._commands = _PARTS_3 if place.v3 else _PARTS_2
        self._processes: dict[str, Process] = {}
        self._restarts = 0
        self._token: str | None = None
        self._synced = dags.Synced()

    def start(self) -> None:
        """Copies the DAGs, prepares the database and starts all parts. Returns before they are healthy."""
        place = self.place
        (place.home / "dags").mkdir(parents=True, exist_ok=True)
        dags.sync(self.env, place.home / "dags", self._synced)
        self._keys = read_keys(place.home)
        self._variables = {**base_environment(place, self._role), **self._airflow_variables()}
        if not (place.home / "airflow.db").exists():
            with written_whole(place.home / "airflow.db") as part:
                shutil.copy(migrated_database(place), part)
        if not place.v3 and not self._admin_password().exists():
            self._create_admin()
        for part in self._commands:
            if not self.stopping.is_set():
                self._spawn(part)
        background(self._sync_dags)

    def is_healthy(self) -> bool:
        path = "/monitor/health" if self.place.v3 else "/health"
        parts = ("metadatabase", "scheduler", "triggerer", *(("dag_processor",) if self.place.v3 else ()))
        try:
            state = _session.get(self.place.api + path, timeout=3).json()
            return all(state[part]["status"] == "healthy" for part in parts)
        except (requests.RequestException, ValueError, KeyError, TypeError):
            return False

    def ended_part(self) -> str | None:
        """Returns a part whose process has ended, with its exit code."""
        return next((f"{p} ended ({c.returncode})" for p, c in self._processes.items() if c.poll() is not None), None)

    def restart_ended(self) -> bool:
        """Restarts ended parts. Returns False if this happened too often."""
        for part, process in list(self._processes.items()):
            if process.poll() is not None:
                self._restarts += 1
                if self._restarts > _MAX_RESTARTS:
                    return False
                stop(process, 3)
                self._spawn(part)
        return True

    def stop(self) -> None:
        self.stopping.set()
        threads = [background(stop, process, 8) for process in self._processes.values()]
        for thread in threads:
            thread.join()

    def last_log(self) -> str:
        """Returns the last line of the parts' logs that looks like an error."""
        lines: list[str] = []
        for part in self._commands:
            file = self.place.home / f"{part}.log"
            lines += file.read_text("utf-8", "replace").splitlines()[-40:] if file.exists() else []
        telling = [line.strip() for line in lines if "rror" in line or "refused" in line] or lines[-1:]
        return telling[-1][:400] if telling else "no log"

    def request(self, verb: str, path: str, query: Any, body: Any) -> requests.Response:
        """Calls the REST API with the role in LOCAL_AWS_AIRFLOW_ROLE, for at most 10 s, as on MWAA."""
        arguments: dict[str, Any] = {"params": query or None, "timeout": 10, "headers": {"Accept": "application/json"}}
        if verb not in ("GET", "DELETE"):
            arguments["json"] = {} if body is None else body
        if not self.place.v3:
            password = self._admin_password().read_text().strip()
            return _session.request(verb, self.place.api + path, auth=("admin", password), **arguments)
        response = self._authorized(verb, path, arguments)
        if response.status_code == 401:  # the token has expired
            self._token = None
            response = self._authorized(verb, path, arguments)
        return response

    def _authorized(self, verb: str, path: str, arguments: dict[str, Any]) -> requests.Response:
        if not self._token:
            user = USERS.get(SETTINGS.airflow_role, "admin")
            login = {"username": user, "password": self._keys["passwords"][user]}
            answer = _session.post(self.place.url + "/auth/token", json=login, timeout=10)
            answer.raise_for_status()
            self._token = answer.json()["access_token"]
        arguments["headers"]["Authorization"] = f"Bearer {self._token}"
        return _session.request(verb, self.place.api + path, **arguments)

    def _spawn(self, part: str) -> None:
        with open(self.place.home / f"{part}.log", "ab") as log:
            command = [self.place.bin / "airflow", *self._commands[part]]
            own = web_server(self.place) if part in _WEB_SERVERS else {}
            self._processes[part] = spawn(command, env={**self._variables, **own}, out=log, cwd=self.place.home)

    def _create_admin(self) -> None:
        with open(self.place.home / "admin.log", "wb") as log:
            command = [self.place.bin / "python", "-c", _CREATE_ADMIN_2]
            process = spawn(command, env=self._variables, out=log, cwd=self.place.home)
        if process.wait():
            raise RuntimeError(f"creating the user of Airflow failed; see {self.place.home / 'admin.log'}")

    def _admin_password(self) -> Path:
        return self.place.home / "standalone_admin_password.txt"

    def _airflow_variables(self) -> dict[str, str]:
        task_logs = (self.env.get("LoggingConfiguration") or {}).get("TaskLogs") or {}
        arn = None
        if task_logs.get("Enabled"):
            group = f"airflow-{self.env['Name']}-Task"
            aws.ensure_log_group(group, self._role)
            arn = f"arn:aws:logs:{self.env['Arn'].split(':')[3]}:{self.env['Arn'].split(':')[4]}:log-group:{group}"
            task_logs["CloudWatchLogGroupArn"] = arn
        return variables(self.place, self.env, self._keys, arn)

    def _sync_dags(self) -> None:
        while not self.stopping.wait(SETTINGS.dag_sync_seconds):
            try:
                dags.sync(self.env, self.place.home / "dags", self._synced)
            except Exception as error:  # the bucket may be unavailable for a while; the next round retries
                if not self.stopping.is_set():
                    say("mwaa", f"DAGs of {self.env['Name']} were not synced: {error}")


def base_environment(place: Place, app_id: str = LOCAL_AWS) -> dict[str, str]:
    base = {**scrubbed(os.environ), **aws.environment(app_id)}
    return {**base, "PATH": f"{place.bin}:{base.get('PATH', '')}"}


def migrated_database(place: Place) -> Path:
    """Returns an empty, migrated database. It is created once for each version, which saves most of the start time."""
    kept = place.bin.parent / "migrated.db"
    if not kept.exists():
        say(f"airflow-{place.version}", "preparing its database (once)…")
        began, home = time.monotonic(), place.home / "migration"
        home.mkdir(parents=True, exist_ok=True)
        settings = {
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        }
        with open(place.home / "migration.log", "wb") as log:
            process = spawn(
                [place.bin / "airflow", "db", "migrate"], env={**base_environment(place), **settings}, out=log
            )
        if process.wait():
            text = (place.home / "migration.log").read_text("utf-8", "replace").strip().splitlines()
            raise RuntimeError(f"airflow db migrate failed: {text[-1] if text else 'no output'}")
        with written_whole(kept) as part:
            shutil.copy(home / "airflow.db", part)
        shutil.rmtree(home, ignore_errors=True)
        say(f"airflow-{place.version}", f"database ready in {time.monotonic() - began:.0f} s")
    return kept


def free_port(next_port: Any) -> int:
    """Returns the next free port of MiniStack's counter."""
    while True:
        port = next_port()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
