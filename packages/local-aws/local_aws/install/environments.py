"""One virtual environment for each part, which uv installs from its lock file.

An installation writes a stamp file at its end: without the stamp, the next start repeats the installation; with it, a
start takes no time. A file lock prevents two starts from installing the same environment at once.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local_aws.files import write_whole
from local_aws.install import class_archive, jars, machine
from local_aws.install.failure import InstallFailed, explain, explain_os_error
from local_aws.install.output import say
from local_aws.settings import AIRFLOW_VERSIONS, IMPORTED_AIRFLOW_VERSIONS, SETTINGS

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
PARTS = ("ministack", "moto", "spark", *(f"airflow-{v}" for v in (*AIRFLOW_VERSIONS, *IMPORTED_AIRFLOW_VERSIONS)))
_MEGABYTES = {"uv": 100, "ministack": 400, "moto": 600, "spark": 1500, "dev": 400, "faults": 100}
_AIRFLOW_MEGABYTES = 1200


def install(part: str, environ: Mapping[str, str] | None = None) -> Path:
    """Installs the environment of `part` if it is missing, and returns its folder.

    `environ`: the environment of uv (index, proxy, certificates). Raises InstallFailed with a readable line.
    """
    environ = dict(os.environ if environ is None else environ)
    folder = SETTINGS.environments / part
    if part == "spark":
        machine.java()
    python = machine.interpreter()
    with _alone(part):
        if not is_installed(part):
            _make(part, folder, python, environ)
        if part == "spark":
            fetched = jars.download(REQUIREMENTS / "jars.lock", SETTINGS.spark_jars, SETTINGS.maven_url)
            if fetched:
                say(part, f"{fetched} jars for s3:// and Iceberg downloaded")
            class_archive.make(folder / "bin" / "python", [*_locks(part), REQUIREMENTS / "jars.lock"])
    return folder


def is_installed(part: str) -> bool:
    folder = SETTINGS.environments / part
    try:
        return (folder / "bin" / "python").exists() and _stamp_file(folder).read_text() == _stamp(part)
    except OSError:
        return False


def package_count(lock: str) -> int:
    return sum(1 for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#")))


def _make(part: str, folder: Path, python: str, environ: dict[str, str]) -> None:
    began, lock = time.monotonic(), REQUIREMENTS / f"{part}.lock"
    machine.require_disk(SETTINGS.environments, _MEGABYTES.get(part, _AIRFLOW_MEGABYTES), part)
    say(part, f"installing {package_count(lock.read_text())} packages…")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        if part == "uv":
            _run("creating the environment of uv", [python, "-m", "venv", str(folder)], environ)
            pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            _run("installing uv", [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)], environ)
        else:
            uv = str(install("uv", environ) / "bin" / "uv")
            _run(
                f"creating the environment of {part}", [uv, "venv", "--quiet", "--python", python, str(folder)], environ
            )
            pip = [uv, "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), "--require-hashes"]
            if part == "spark":  # pyspark is available only as source; its build requirements are locked too
                pip += ["--no-deps", "--build-constraints", str(REQUIREMENTS / "build.lock")]
            _run(f"installing {part}", [*pip, "-r", str(lock)], environ)
        write_whole(_stamp_file(folder), _stamp(part))
    except OSError as cause:
        raise InstallFailed(explain_os_error(f"installing {part}", cause)) from cause
    say(part, f"ready in {time.monotonic() - began:.0f} s")


def _run(doing: str, command: list[str], environ: Mapping[str, str]) -> None:
    env = {k: v for k, v in environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_FIND_LINKS")}
    if "PIP_INDEX_URL" in env:  # uv does not read the variable of pip
        env.setdefault("UV_DEFAULT_INDEX", env["PIP_INDEX_URL"])
    done = subprocess.run(command, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise InstallFailed(explain(doing, done.stderr + done.stdout))


def _locks(part: str) -> list[Path]:
    return [REQUIREMENTS / f"{part}.lock", *([REQUIREMENTS / "build.lock"] if part == "spark" else [])]


def _stamp(part: str) -> str:
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in _locks(part))).hexdigest()
    return f"{digest} {Path(machine.interpreter()).resolve()}\n"


def _stamp_file(folder: Path) -> Path:
    return folder / ".local-aws-stamp"


@contextmanager
def _alone(part: str) -> Iterator[None]:
    SETTINGS.environments.mkdir(parents=True, exist_ok=True)
    with open(SETTINGS.environments / f".{part}.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(part, "waiting for another start that is installing it…")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
