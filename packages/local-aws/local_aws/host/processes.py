"""Child processes: each has its own group, which ends as a whole and never outlives the server."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from local_aws.host import reaper
from local_aws.host.tree import descendants

Process = subprocess.Popen[bytes]
stopping = threading.Event()
"""Set when everything is ending, so that watched processes are not restarted."""
_running: set[Process] = set()
_lock = threading.Lock()
_reaper: Process | None = None


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    out: IO[bytes],
    err: IO[bytes] | None = None,
    cwd: Path | None = None,
) -> Process:
    """Starts `command` as the leader of its own group; stderr goes to `out` unless `err` is given."""
    process = subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err if err is not None else subprocess.STDOUT,
        cwd=cwd,
        start_new_session=True,
    )
    with _lock:
        _running.difference_update({p for p in _running if p.returncode is not None and not descendants(p.pid)})
        _running.add(process)
        _tell(f"+{process.pid}")
    return process


def stop(process: Process | None, grace: float = 5) -> None:
    """Ends the group and its descendants with SIGTERM, after `grace` seconds SIGKILL, even if the leader is gone."""
    if process is None:
        return
    targets = {process.pid: descendants(process.pid)}
    reaper.end(targets, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and _any_left(process, targets):
        time.sleep(0.05)
    targets[process.pid] += descendants(process.pid)
    reaper.end(targets, signal.SIGKILL)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        return
    with _lock:
        _running.discard(process)
        _tell(f"-{process.pid}")


def stop_all(grace: float = 5) -> None:
    """Ends all processes that `spawn` started, in parallel; none is restarted."""
    stopping.set()
    stop_processes(list(_running), grace)


def stop_processes(ended: Sequence[Process], grace: float = 2) -> None:
    """Ends these processes in parallel."""
    threads = [threading.Thread(target=stop, args=(process, grace)) for process in ended]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def start_reaper() -> None:
    """Starts the reaper, which ends together with this process. Call it before the first spawn."""
    global _reaper
    _reaper = subprocess.Popen(
        [sys.executable, "-m", "local_aws.host.reaper"], stdin=subprocess.PIPE, start_new_session=True
    )


def _tell(line: str) -> None:
    if _reaper and _reaper.stdin:
        _reaper.stdin.write(f"{line}\n".encode())
        _reaper.stdin.flush()


def _any_left(process: Process, targets: dict[int, list[int]]) -> bool:
    process.poll()
    try:
        os.killpg(process.pid, 0)
        return True
    except (ProcessLookupError, PermissionError):
        return any(Path(f"/proc/{pid}").exists() for pid in targets[process.pid])
