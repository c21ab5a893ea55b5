"""Installs, starts and monitors moto, which serves EMR Serverless and Lake Formation beside MiniStack."""

import os
import threading
import time
import urllib.request
from pathlib import Path

from local_aws.host import health, installations, processes
from local_aws.host.environment import scrubbed
from local_aws.install.failure import InstallFailed
from local_aws.install.output import say
from local_aws.settings import ACCOUNT, SETTINGS

_up = threading.Event()
_failure = ""
_MAX_STARTS = 5


def run() -> None:
    """Keeps moto running until the server ends. Run it in its own thread."""
    global _failure
    health.report("moto", "installing")
    try:
        installations.require("moto")
    except InstallFailed as failure:
        _failure = str(failure)
        health.report("moto", "failed", _failure)
        _up.set()
        return
    for _ in range(_MAX_STARTS):
        health.report("moto", "starting")
        process = start()
        if _wait(process):
            health.report("moto", "ready", SETTINGS.moto_endpoint)
            _up.set()
        code = process.wait()
        if processes.stopping.is_set():
            return
        _up.clear()
        say("moto", f"ended ({code}), restarting it; see {_log()}")
    _failure = f"moto ended {_MAX_STARTS} times; see {_log()}"
    health.report("moto", "failed", _failure)
    _up.set()


def start() -> processes.Process:
    env = {
        **scrubbed(os.environ),
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "MOTO_ACCOUNT_ID": ACCOUNT,
        "LOCAL_AWS_HOME": str(SETTINGS.home),
        "LOCAL_AWS_PORT": str(SETTINGS.port),
        "LOCAL_AWS_MOTO_PORT": str(SETTINGS.moto_port),
    }
    with open(_log(), "ab") as log:
        return processes.spawn([SETTINGS.python("moto"), "-m", "local_aws.moto_server"], env=env, out=log)


def require_moto() -> None:
    """Waits until moto responds. Raises InstallFailed if it does not."""
    if not _up.wait(300):
        raise InstallFailed(f"moto did not respond within 300 s; see {_log()}")
    if _failure:
        raise InstallFailed(_failure)


def reset() -> None:
    if _up.is_set() and not _failure:
        request = urllib.request.Request(f"{SETTINGS.moto_endpoint}/moto-api/reset", method="POST")
        _open(request, 30)


def _wait(process: processes.Process) -> bool:
    while process.poll() is None:
        try:
            _open(urllib.request.Request(f"{SETTINGS.moto_endpoint}/moto-api/"), 2)
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _open(request: urllib.request.Request, seconds: float) -> None:
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=seconds).close()


def _log() -> Path:
    return SETTINGS.home / "moto.log"
