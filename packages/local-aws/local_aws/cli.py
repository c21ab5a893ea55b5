"""The commands. `start` replaces this process with the server, so there is only one process id."""

import argparse
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from local_aws.install import environments
from local_aws.install.failure import InstallFailed
from local_aws.install.output import say
from local_aws.settings import AIRFLOW_VERSIONS, SETTINGS

PACKAGE = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m local_aws", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("install", help="install missing environments")
    add.add_argument("--only", choices=environments.PARTS, action="append")
    start = commands.add_parser("start", help="run everything in the foreground until SIGINT or SIGTERM")
    start.add_argument("--keep-running", action="store_true", help="keep running when the parent process ends")
    commands.add_parser("status", help="print the health of a running instance as JSON")
    commands.add_parser("reset", help="empty a running instance and seed it again")
    faults = commands.add_parser(
        "faults", help="run a proxy that makes requests fail as set by POST /_microburst/rules"
    )
    faults.add_argument("--port", type=int, default=4568)
    faults.add_argument("--upstream", default=SETTINGS.endpoint)
    commands.add_parser("lock", help="update requirements/*.lock")
    commands.add_parser("test", help="run the tests; further arguments go to pytest")
    commands.add_parser("check", help="run ruff and pyright")
    given, more = parser.parse_known_args()
    if more and given.command != "test":
        parser.error(f"unrecognized arguments: {' '.join(more)}")
    try:
        match given.command:
            case "install":
                _install(given.only or default_parts())
            case "start":
                _start(given.keep_running)
            case "status":
                print(json.dumps(_call("GET", "health"), indent=1))
            case "reset":
                print(json.dumps(_call("POST", "reset"), indent=1))
            case "faults":
                _faults(given.port, given.upstream)
            case "lock":
                from local_aws.install.lock import lock

                lock()
            case "test":
                _test(more)
            case "check":
                _check()
    except InstallFailed as failure:
        say("", str(failure))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def default_parts() -> list[str]:
    """Lists all parts for the selected Airflow versions."""
    wanted = {f"airflow-{v}" for v in SETTINGS.airflow_versions}
    return [part for part in environments.PARTS if not part.startswith("airflow-") or part in wanted]


def _install(parts: list[str]) -> None:
    for part in parts:
        environments.install(part)
    say("", "installed: " + ", ".join(parts))


def _start(keep_running: bool) -> None:
    environments.install("ministack")
    environ = {**os.environ, "LOCAL_AWS_HOME": str(SETTINGS.home), "LOCAL_AWS_ENVS": str(SETTINGS.environments)}
    environ["PYTHONPATH"] = str(PACKAGE)
    environ["LOCAL_AWS_PARENT"] = "" if keep_running else str(os.getppid())
    python = str(SETTINGS.python("ministack"))
    os.execve(python, [python, "-m", "local_aws.server"], environ)


def _faults(port: int, upstream: str) -> None:
    python = str(environments.install("faults") / "bin" / "python")
    proxy = ["--host", "127.0.0.1", "--port", str(port), "--upstream", upstream, "--no-resign"]
    os.execve(python, [python, "-m", "local_aws.faults_server", *proxy], {**os.environ, "PYTHONPATH": str(PACKAGE)})


def _call(method: str, name: str) -> object:
    request = urllib.request.Request(f"{SETTINGS.endpoint}/_local-aws/{name}", method=method)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as answer:
            return json.load(answer)
    except OSError as error:
        say("", f"{SETTINGS.endpoint} does not respond ({error}): start it with python3 -m local_aws start")
        sys.exit(1)


def _test(arguments: list[str]) -> None:
    for part in ("dev", "ministack", "moto", "spark", *(f"airflow-{version}" for version in AIRFLOW_VERSIONS)):
        environments.install(part)
    environ = {**os.environ, "PYTHONPATH": str(PACKAGE), "LOCAL_AWS_ENVS": str(SETTINGS.environments)}
    _run([str(SETTINGS.python("dev")), "-m", "pytest", *arguments], environ)


def _check() -> None:
    """Runs ruff and pyright. The dev environment has MiniStack too, so that pyright checks the adapters against it."""
    bin_folder = environments.install("dev") / "bin"
    _run([str(bin_folder / "ruff"), "check", "."], os.environ)
    _run([str(bin_folder / "ruff"), "format", "--check", "."], os.environ)
    _run([str(bin_folder / "pyright"), "--pythonpath", str(SETTINGS.python("dev"))], os.environ)


def _run(command: list[str], environ: Mapping[str, str]) -> None:
    code = subprocess.run(command, cwd=PACKAGE, env=environ).returncode
    if code:
        sys.exit(code)
