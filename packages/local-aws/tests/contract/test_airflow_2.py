"""Airflow 2, which a form may choose: as guarded as Airflow 3, and on this machine only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contract.instance import PORT, Instance, until
from tests.contract.listening import listening
from tests.contract.test_foreign import FOREIGN, LINK, ask

AWS = PORT + 40
WEB = AWS + 4


@pytest.fixture(scope="module")
def aws_2(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    home: Path = tmp_path_factory.mktemp("airflow-2")
    instance = Instance(home, AWS)
    instance.start(LOCAL_AWS_AIRFLOW="2.11.2")
    until(instance.health, lambda h: h["ready"], 300)
    yield instance
    instance.stop()


def test_its_rest_api_is_that_of_the_admin(aws_2: Instance) -> None:
    mwaa: Any = aws_2.client("mwaa")
    answer = mwaa.invoke_rest_api(Name="local-airflow", Method="GET", Path="/dags")
    assert answer["RestApiStatusCode"] == 200
    assert ask(WEB, "GET", "/api/v1/dags", {})[0] in (401, 403)


def test_it_listens_on_this_machine_only(aws_2: Instance) -> None:
    """'airflow standalone' serves logs on every address of the machine."""
    assert aws_2.process
    found = listening(aws_2.process.pid)
    assert {port for _, port in found} == {AWS, AWS + 1, WEB}
    assert {address for address, _ in found} <= {"0100007F", "0000000000000000FFFF00000100007F"}, found


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_foreign_request_is_refused(aws_2: Instance, method: str, kind: str) -> None:
    for path in ("/health", "/login/", "/api/v1/dags", "/no-such"):
        status, found, text = ask(WEB, method, path, FOREIGN[kind])
        assert (status, text.startswith("Refused: ")) == (403, True), (path, text)
        assert [name for name in found if name.startswith("access-control-")] == []


def test_its_page_opens_by_a_link(aws_2: Instance) -> None:
    status, _, text = ask(WEB, "GET", "/login/", LINK)
    assert (status, "<html" in text.lower()) == (200, True)
