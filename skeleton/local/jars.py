"""Downloads the jars that requirements/jars.txt lists, and checks the SHA-256 of each.

    python local/jars.py .venv/jars

MAVEN_URL selects a mirror of Maven Central.
"""

from __future__ import annotations

import hashlib
import os
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAVEN = os.environ.get("MAVEN_URL", "https://repo1.maven.org/maven2").rstrip("/")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for line in (ROOT / "requirements" / "jars.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            digest, path = line.split()
            fetch(f"{MAVEN}/{path}", folder / Path(path).name, digest)


def fetch(url: str, file: Path, digest: str) -> None:
    if file.exists() and sha256(file.read_bytes()) == digest:
        return
    with urllib.request.urlopen(url, timeout=60) as answer:
        content = answer.read()
    if sha256(content) != digest:
        raise SystemExit(f"{url} does not match requirements/jars.txt: its SHA-256 is {sha256(content)}")
    file.write_bytes(content)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
