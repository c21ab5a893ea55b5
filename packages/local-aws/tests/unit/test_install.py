import subprocess
import sys
import urllib.error
from pathlib import Path
from typing import Any

import pytest

from local_aws.install import environments, jars, machine
from local_aws.install.failure import InstallFailed, explain
from local_aws.settings import airflow_environments, airflow_versions, read


def test_a_full_disk_is_one_clear_line() -> None:
    text = explain("installing spark", "error: failed to copy\n  Caused by: No space left on device (os error 28)\n")
    assert text == "installing spark: the disk is full: free some space, then start again"


def test_a_wrong_hash_and_a_dead_network_say_what_to_do() -> None:
    assert "differs from its locked hash" in explain("x", "error: Hash mismatch for `six==1`")
    assert "SSL_CERT_FILE" in explain("x", "error: Failed to fetch: `https://pypi.org/simple/`")
    assert explain("x", "error: something else\n") == "x: error: something else"


def test_java_versions() -> None:
    assert machine.java_version('openjdk version "17.0.15" 2025-04-15') == 17
    assert machine.java_version('java version "1.8.0_292"') == 8
    assert machine.java_version("") is None


def test_missing_java_and_disk_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InstallFailed, match="install a JDK or JRE 17"):
        machine.java()
    with pytest.raises(InstallFailed, match="needs 1000000000 MB"):
        machine.require_disk(tmp_path, 10**9, "spark")


def test_a_jar_is_taken_only_with_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "jars.lock"
    lock.write_text("# why\n" + "0" * 64 + "  org/x/x-1.jar\n")
    source = tmp_path / "maven" / "org" / "x"
    source.mkdir(parents=True)
    (source / "x-1.jar").write_bytes(b"other")
    with pytest.raises(InstallFailed, match="differs from its locked SHA-256"):
        jars.download(lock, tmp_path / "jars", f"file://{tmp_path}/maven")
    assert list((tmp_path / "jars").iterdir()) == []

    def refuse(*_args: Any, **_more: Any) -> None:
        raise urllib.error.URLError("refused")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    with pytest.raises(InstallFailed, match="LOCAL_AWS_MAVEN_URL"):
        jars.download(lock, tmp_path / "jars", "https://example.invalid")


def test_every_environment_has_a_lock_with_hashes_only() -> None:
    for part in (*environments.PARTS, "uv", "dev", "build"):
        lock = (environments.REQUIREMENTS / f"{part}.lock").read_text()
        pinned = environments.package_count(lock)
        assert pinned > 0
        assert lock.count("\n    --hash=sha256:") >= pinned, part
        assert "file://" not in lock, part


def test_airflow_versions() -> None:
    assert airflow_environments(airflow_versions("3.3.1, 2.11.2")) == {
        "local-airflow": "3.3.1",
        "local-airflow-2-11-2": "2.11.2",
    }
    assert airflow_versions("none") == ()
    with pytest.raises(ValueError, match=r"names 1\.10"):
        airflow_versions("1.10")


def test_environments_lie_beside_the_home(tmp_path: Path) -> None:
    settings = read({"LOCAL_AWS_HOME": str(tmp_path / "aws")})
    assert settings.environments == tmp_path / "envs"
    assert settings.endpoint == "http://127.0.0.1:4566"


def test_the_launcher_needs_the_standard_library_only() -> None:
    package = Path(__file__).parents[2]
    program = "import local_aws.cli, sys; print([m for m in sys.modules if m.split('.')[0] in ('boto3', 'ministack')])"
    done = subprocess.run([sys.executable, "-S", "-c", program], cwd=package, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
