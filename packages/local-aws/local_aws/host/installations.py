"""Installs parts in the background: the first user of a part starts its installation, and every user waits for it."""

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path

from local_aws.host import health
from local_aws.install import environments
from local_aws.install.failure import InstallFailed
from local_aws.install.output import say

_futures: dict[str, Future[Path]] = {}
_lock = threading.Lock()
_environ: dict[str, str] = {}


def use_environ(environ: Mapping[str, str]) -> None:
    """The environment of uv and downloads: the developer's, with proxy and certificates."""
    _environ.update(environ)


def begin(part: str) -> "Future[Path]":
    """Starts installing `part`, unless the installation is running, finished or failed."""
    with _lock:
        if part not in _futures:
            future = _futures[part] = Future()
            threading.Thread(target=_install, args=(part, future), daemon=True).start()
        return _futures[part]


def require(part: str) -> Path:
    """Waits for the installation of `part` and returns its folder. Raises InstallFailed."""
    return begin(part).result()


def _install(part: str, future: "Future[Path]") -> None:
    if part == "spark":
        health.report("spark", "installing")
    try:
        folder = environments.install(part, _environ)
        if part == "spark":
            health.report("spark", "ready")
        future.set_result(folder)
    except Exception as error:
        failure = error if isinstance(error, InstallFailed) else InstallFailed(f"installing {part}: {error}")
        say(part, f"failed: {failure}")
        if part == "spark":
            health.report("spark", "failed", str(failure))
        future.set_exception(failure)
