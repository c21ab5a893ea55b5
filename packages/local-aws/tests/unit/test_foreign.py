"""What is foreign: every combination of where a request comes from, to a server with a page and to one without."""

import asyncio
import itertools
from typing import Any

import pytest

from local_aws.foreign import ForeignAsgi, ForeignWsgi, refusal

HOSTS = {
    "127.0.0.1:4566": True,
    "localhost:4566": True,
    "LOCALHOST": True,
    "evil.example": False,
    "evil.example:4566": False,
    "127.0.0.1.evil.example:4566": False,
    "localhost.evil.example": False,
    "127.0.0.1:4566@evil.example": False,
    "0.0.0.0:4566": False,
    "": False,
}
ORIGINS = (None, "null", "https://evil.example", "http://127.0.0.1:9999", "http://127.0.0.1", "http://localhost:1")
SITES = (None, "none", "same-origin", "same-site", "cross-site", "something-new")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
TARGETS = (None, ("cors", "empty"), ("no-cors", "image"), ("navigate", "document"), ("navigate", "iframe"))


def headers(host: str, origin: str | None, site: str | None, target: tuple[str, str] | None) -> list[tuple[str, str]]:
    given = [("Host", host), ("Origin", origin), ("Sec-Fetch-Site", site)]
    given += [("Sec-Fetch-Mode", target[0]), ("Sec-Fetch-Dest", target[1])] if target else []
    return [(name, value) for name, value in given if value is not None]


@pytest.mark.parametrize("has_page", [False, True])
def test_every_combination(has_page: bool) -> None:
    own = {False: 0, True: 0}
    for host, method, site, target in itertools.product(HOSTS, METHODS, SITES, TARGETS):
        for origin in (*ORIGINS, f"http://{host}", f"https://{host}"):
            link = method in ("GET", "HEAD") and target == ("navigate", "document") and origin is None
            from_page = origin in (None, f"http://{host}") and (site in (None, "none", "same-origin") or link)
            from_program = origin is None and site in (None, "none")
            expected = HOSTS[host] and (from_page if has_page else from_program)
            found = refusal(method, headers(host, origin, site, target), has_page=has_page)
            assert (found is None) == expected, (method, host, origin, site, target, found)
            own[found is None] += 1
    assert min(own.values()) > 0


def test_a_header_given_twice_is_neither() -> None:
    assert refusal("GET", [("Host", "127.0.0.1"), ("host", "evil.example")])
    assert refusal("GET", [("Host", "127.0.0.1"), ("Sec-Fetch-Site", "none"), ("sec-fetch-site", "cross-site")])


def test_no_answer_has_cors_headers() -> None:
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"Access-Control-Allow-Origin", b"*"), (b"etag", b"1")],
            }
        )

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "headers": [(b"host", b"127.0.0.1:4566")]}
    asyncio.run(ForeignAsgi(app)(scope, app, send))  # pyright: ignore[reportArgumentType]
    assert sent[0]["headers"] == [(b"etag", b"1")]

    def wsgi(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("access-control-allow-credentials", "true"), ("ETag", "1")])
        return []

    answers: list[Any] = []
    environ = {"REQUEST_METHOD": "GET", "HTTP_HOST": "127.0.0.1:4567"}
    ForeignWsgi(wsgi)(environ, lambda status, headers, *_: answers.append((status, headers)))
    assert answers == [("200 OK", [("ETag", "1")])]


def test_a_foreign_web_socket_is_closed_before_it_opens() -> None:
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("it arrived")

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "websocket", "headers": [(b"host", b"127.0.0.1"), (b"origin", b"https://evil.example")]}
    asyncio.run(ForeignAsgi(app)(scope, app, send))  # pyright: ignore[reportArgumentType]
    assert [message["type"] for message in sent] == ["websocket.close"]
