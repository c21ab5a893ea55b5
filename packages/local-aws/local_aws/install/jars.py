"""Downloads jars from Maven Central and checks their locked SHA-256."""

import hashlib
import urllib.error
import urllib.request
from pathlib import Path

from local_aws.files import write_whole
from local_aws.install.failure import InstallFailed, explain_os_error


def download(lock: Path, folder: Path, base_url: str) -> int:
    """Downloads the files that are missing in `folder`. Returns their number."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = parse(lock.read_text())
    missing = {path: sha for path, sha in wanted.items() if not _is(folder / Path(path).name, sha)}
    for path, sha in missing.items():
        _fetch(f"{base_url}/{path}", folder / Path(path).name, sha)
    return len(missing)


def parse(text: str) -> dict[str, str]:
    """Parses lock lines "<sha256>  <maven path>" to {path: sha256}."""
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {path: sha for sha, path in rows}


def _is(file: Path, sha: str) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == sha


def _fetch(url: str, file: Path, sha: str) -> None:
    doing = f"downloading {url}"
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:  # honours SSL_CERT_FILE and the proxy variables
            content = answer.read()
    except urllib.error.URLError as cause:
        raise InstallFailed(
            f"{doing}: {cause.reason}: check network, proxy and SSL_CERT_FILE, or set LOCAL_AWS_MAVEN_URL to a mirror"
        ) from cause
    except OSError as cause:
        raise InstallFailed(explain_os_error(doing, cause)) from cause
    if hashlib.sha256(content).hexdigest() != sha:
        raise InstallFailed(f"{doing}: the file differs from its locked SHA-256: check the mirror, then start again")
    try:
        write_whole(file, content)
    except OSError as cause:
        raise InstallFailed(explain_os_error(f"writing {file}", cause)) from cause
