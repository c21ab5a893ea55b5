"""What goes wrong is said: an installation that fails, a moto that dies, a parent that is gone."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_aws.host.tree import descendants
from local_aws.settings import SETTINGS
from tests.contract.instance import Instance, until

DEAD_INDEX = "http://127.0.0.1:9/simple"


@pytest.fixture
def cut_off(tmp_path: Path) -> Iterator[Instance]:
    """An instance that has MiniStack and moto and can install nothing more, started by a shell."""
    environments = tmp_path / "envs"
    environments.mkdir()
    for part in ("uv", "ministack", "moto"):
        (environments / part).symlink_to(SETTINGS.environments / part)
    instance = Instance(tmp_path, port=24650)
    offline = {"UV_DEFAULT_INDEX": DEAD_INDEX, "UV_NO_CACHE": "1", "UV_HTTP_RETRIES": "0", "HTTP_PROXY": ""}
    # a shell that stays, as the parent that will be killed
    instance.start(before=["sh", "-c", '"$@"; true', "sh"], LOCAL_AWS_ENVS=str(environments), **offline)
    yield instance
    instance.kill()


def test_a_failed_installation_is_a_failed_environment_and_the_parent_ends_all(cut_off: Instance) -> None:
    mwaa, glue = cut_off.client("mwaa"), cut_off.client("glue")
    until(lambda: mwaa.get_environment(Name="local-airflow")["Environment"]["Status"], lambda s: s != "CREATING", 40)
    environment = mwaa.get_environment(Name="local-airflow")["Environment"]
    assert environment["Status"] == "CREATE_FAILED"
    message = environment["LastUpdate"]["Error"]["ErrorMessage"]
    assert "installing airflow-3.3.1: the package index did not respond" in message
    assert "check network" in message
    components = cut_off.health()["components"]
    assert not cut_off.health()["ready"]
    assert components["airflow:local-airflow"] == {"status": "failed", "detail": message}
    assert components["spark"]["status"] == "failed"
    assert message in cut_off.log.read_text()

    glue.create_job(Name="j", Role="r", Command={"Name": "glueetl", "ScriptLocation": "s3://b/x.py"})
    run_id = glue.start_job_run(JobName="j")["JobRunId"]
    until(lambda: glue.get_job_run(JobName="j", RunId=run_id)["JobRun"]["JobRunState"], lambda s: s == "FAILED", 20)
    assert "installing spark" in glue.get_job_run(JobName="j", RunId=run_id)["JobRun"]["ErrorMessage"]

    until(lambda: cut_off.component("moto")["status"], lambda s: s == "ready", 40)
    assert cut_off.process
    before = moto_of(cut_off.process.pid)
    os.kill(before, signal.SIGKILL)
    until(lambda: moto_of(cut_off.process.pid if cut_off.process else 0), lambda pid: pid not in (0, before), 20)
    until(lambda: cut_off.component("moto")["status"], lambda s: s == "ready", 40)

    below = descendants(cut_off.process.pid)
    cut_off.kill()
    until(lambda: [pid for pid in below if Path(f"/proc/{pid}").exists()], lambda left: not left, 15)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", 24650)) != 0


def moto_of(parent: int) -> int:
    for pid in descendants(parent):
        try:
            if b"local_aws.moto_server" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        except OSError:
            continue
    return 0
