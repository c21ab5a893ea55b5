"""Every server answers the programs of this machine and its own page, and no other web site."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.contract.instance import PACKAGE, PORT, Instance, until
from tests.contract.listening import listening

FAULTS = PORT + 20
SERVERS = {"ministack": PORT, "moto": PORT + 1, "airflow": PORT + 4, "faults": FAULTS}
PAGES = ("airflow",)
"""Servers with a page of their own, to which Backstage's page links."""
PATHS = {"ministack": "/", "moto": "/moto-api/", "airflow": "/api/v2/version", "faults": "/_microburst/health"}
ACTS = {
    "ministack": "/_local-aws/calls",
    "moto": "/moto-api/seed",
    "airflow": "/auth/token",
    "faults": "/_microburst/rules",
}
"""Addresses at which a POST does something; what it does must not be reached."""
LINK = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FOREIGN: dict[str, dict[str, str]] = {
    "foreign Host": {"Host": "evil.example"},
    "foreign Host with the port": {"Host": "evil.example:{port}"},
    "foreign Origin": {"Origin": "https://evil.example"},
    "Origin of another server of this machine": {"Origin": "http://127.0.0.1:9999"},
    "null Origin": {"Origin": "null"},
    "cross-site fetch": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"},
    "same-site fetch": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    "image": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    "frame": {**LINK, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"},
    "form of another site": {**LINK, "Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
}
WEB_SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def ask(port: int, method: str, path: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path, skip_host=True)
    body = b"{}" if method == "POST" else b""
    for name, value in {"Host": f"127.0.0.1:{port}", "Content-Length": str(len(body)), **headers}.items():
        connection.putheader(name, value.format(port=port))
    connection.endheaders(body)
    answer = connection.getresponse()
    found = {name.lower(): value for name, value in answer.getheaders()}
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, found, text


@pytest.fixture(scope="module")
def servers(aws: Instance) -> Iterator[dict[str, int]]:
    until(aws.health, lambda h: h["ready"], 300)
    command = [sys.executable, "-m", "local_aws", "faults", "--port", str(FAULTS), "--upstream"]
    environ = {**os.environ, "PYTHONPATH": str(PACKAGE)}
    process = subprocess.Popen([*command, f"http://127.0.0.1:{PORT}"], env=environ, stdout=subprocess.DEVNULL)

    def answers() -> int:
        try:
            return ask(FAULTS, "GET", PATHS["faults"], {})[0]
        except OSError:
            return 0

    until(answers, lambda status: status == 200, 120)
    yield SERVERS
    process.terminate()
    process.wait(30)


def test_every_server_is_among_those_tested_here(aws: Instance, servers: dict[str, int]) -> None:
    """Jobs of Spark listen too, with a protocol of their own and a secret; none runs here."""
    assert aws.process
    assert {port for _, port in listening(aws.process.pid)} == {PORT, PORT + 1, PORT + 4}
    assert set(servers) == set(PATHS) == set(ACTS)


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "WebSocket"])
@pytest.mark.parametrize("server", SERVERS)
def test_a_foreign_request_is_refused(servers: dict[str, int], server: str, method: str, kind: str) -> None:
    headers = dict(FOREIGN[kind])
    path = ACTS[server] if method == "POST" else PATHS[server]
    if method == "OPTIONS":
        headers |= {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-amz-target"}
    if method == "WebSocket":
        method, headers = "GET", {**WEB_SOCKET, **headers}
    status, found, text = ask(servers[server], method, path, headers)
    assert status == 403, (found, text)
    assert [name for name in found if name.startswith("access-control-")] == []
    assert text == "" or text.startswith("Refused: "), text


@pytest.mark.parametrize("headers", [{}, {"Host": "localhost:{port}"}, {"Sec-Fetch-Site": "none"}], ids=str)
@pytest.mark.parametrize("server", SERVERS)
def test_a_program_is_answered_without_cors(servers: dict[str, int], server: str, headers: dict[str, str]) -> None:
    for method in ("GET", "OPTIONS"):
        status, found, text = ask(servers[server], method, PATHS[server], headers)
        assert status != 403 and not text.startswith("Refused"), text
        assert [name for name in found if name.startswith("access-control-")] == []


OWN: list[dict[str, str]] = [
    {"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"},
    {"Origin": "http://localhost:{port}", "Host": "localhost:{port}", "Sec-Fetch-Site": "same-origin"},
]


@pytest.mark.parametrize("server", SERVERS)
def test_only_a_server_with_a_page_answers_its_page_and_links_to_it(servers: dict[str, int], server: str) -> None:
    expected = server in PAGES
    for headers in OWN:
        for method, path in (("GET", PATHS[server]), ("POST", ACTS[server])):
            status, _, text = ask(servers[server], method, path, headers)
            assert (status != 403) == expected, text
    for site in ("same-site", "cross-site"):
        status, _, text = ask(servers[server], "GET", PATHS[server], {**LINK, "Sec-Fetch-Site": site})
        assert (status != 403) == expected, text
        assert ask(servers[server], "POST", ACTS[server], {**LINK, "Sec-Fetch-Site": site})[0] == 403


def test_the_page_of_airflow_opens_by_a_link(servers: dict[str, int]) -> None:
    status, _, text = ask(servers["airflow"], "GET", "/", LINK)
    assert (status, "<html" in text.lower()) == (200, True)


def test_an_object_that_is_a_page_has_no_way_to_the_api(aws: Instance, servers: dict[str, int], bucket: str) -> None:
    """A page in a bucket has the emulator's own origin: that origin is foreign too."""
    s3: Any = aws.client("s3")
    s3.put_object(Bucket=bucket, Key="page.html", Body=b"<script></script>", ContentType="text/html")
    own = {"Origin": f"http://127.0.0.1:{PORT}", "Sec-Fetch-Site": "same-origin"}
    assert ask(PORT, "GET", f"/{bucket}/page.html", own)[0] == 403
    assert ask(PORT, "GET", f"/{bucket}/page.html", {})[0] == 200
