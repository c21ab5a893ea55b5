"""Checks the requirements of an installation: Python, Java, disk space."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from local_aws.install.failure import InstallFailed

PYTHONS = ((3, 11), (3, 12), (3, 13))
JAVA = 17


def interpreter() -> str:
    """Finds the Python for the environments: this one if its version fits, otherwise one on PATH."""
    if sys.version_info[:2] in PYTHONS:
        return getattr(sys, "_base_executable", None) or sys.executable
    for major, minor in PYTHONS:
        found = shutil.which(f"python{major}.{minor}")
        if found and _python_version(found) == (major, minor):  # a pyenv shim may exist and refuse to run
            return found
    raise InstallFailed(
        f"needs Python 3.11, 3.12 or 3.13, found {sys.version.split()[0]} and none of them on PATH: "
        "install one of them, for example with pyenv or uv python install 3.12"
    )


def java() -> str:
    """Finds the `java` command of a Java 17 (JAVA_HOME first, then PATH)."""
    home = os.environ.get("JAVA_HOME")
    command = str(Path(home) / "bin" / "java") if home else "java"
    try:
        text = subprocess.run([command, "-version"], capture_output=True, text=True, timeout=30).stderr
    except (OSError, subprocess.SubprocessError) as cause:
        raise InstallFailed(
            f"Spark needs Java {JAVA}, and `{command} -version` did not run: "
            f"install a JDK or JRE {JAVA} and put it on PATH or in JAVA_HOME"
        ) from cause
    found = java_version(text)
    if found != JAVA:
        raise InstallFailed(
            f"Spark needs Java {JAVA}, and `{command}` is Java {found or 'unknown'}: "
            f"install Java {JAVA} and point JAVA_HOME to it"
        )
    return command


def java_version(output: str) -> int | None:
    """Returns the major version in the output of `java -version` ("1.8.0_1" → 8, "17.0.15" → 17)."""
    match = re.search(r'version "(?:1\.)?(\d+)', output)
    return int(match.group(1)) if match else None


def require_disk(folder: Path, megabytes: int, part: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free // 2**20
    if free < megabytes:
        raise InstallFailed(
            f"{part} needs {megabytes} MB, and {folder} has {free} MB left: free some space, or set LOCAL_AWS_ENVS "
            "to a folder on a larger disk, then start again"
        )


def _python_version(command: str) -> tuple[int, int] | None:
    program = "import sys; print(sys.version_info[0], sys.version_info[1])"
    try:
        out = subprocess.run([command, "-c", program], capture_output=True, text=True, timeout=30)
        major, minor = out.stdout.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
