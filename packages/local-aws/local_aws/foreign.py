"""Foreign requests: those that a web page of another site sent, or that came by another name of this machine.

Any page that a browser shows can send requests to 127.0.0.1, and a name that its owner points there reads the answers
(DNS rebinding). The servers here run code for whoever calls them, so they refuse such requests before anything else.
Browsers say where a request comes from (https://www.w3.org/TR/fetch-metadata/); programs say nothing.
Standard library only: each server's own environment runs this.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Headers = Iterable[tuple[str, str]]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?", re.IGNORECASE)
_CORS = "access-control-"
"""The start of the names of the headers that let pages of other origins read an answer."""


def refusal(method: str, headers: Headers, *, has_page: bool = False) -> str | None:
    """Returns why a request is foreign, or None (pure).

    `has_page`: the server has a web page of its own, which may call it, and to which other pages may link.
    """
    given: dict[str, str] = {}
    for name, value in headers:  # a header that is given twice has neither value
        given[name.lower()] = f"{given[name.lower()]}, {value}" if name.lower() in given else value
    host, origin, site = given.get("host", ""), given.get("origin"), given.get("sec-fetch-site", "none")
    if not _OWN_HOST.fullmatch(host):
        return f"its Host is {host or 'missing'}: use 127.0.0.1 or localhost"
    if origin is not None and not (has_page and origin == f"http://{host}"):
        return f"a web page of {origin} sent it"
    if site == "none" or (has_page and site == "same-origin") or (has_page and _follows_link(method, given)):
        return None
    return f"a web page sent it (Sec-Fetch-Site: {site})"


class ForeignAsgi:
    """Refuses foreign requests and WebSockets in front of an ASGI application, and removes its CORS headers."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], has_page: bool = False) -> None:
        self._app, self._has_page = app, has_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        reason = refusal(scope.get("method", "GET"), headers, has_page=self._has_page)
        if reason is None:
            return await self._app(scope, receive, _without_cors(send))
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008, "reason": "foreign"})
        body = answer(reason)
        start = {"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]}
        await send({**start, "headers": [*start["headers"], (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})
        return None


class ForeignWsgi:
    """Refuses foreign requests in front of a WSGI application, and removes its CORS headers."""

    def __init__(self, app: Wsgi, has_page: bool = False) -> None:
        self._app, self._has_page = app, has_page

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        headers = [(k[5:].replace("_", "-"), v) for k, v in environ.items() if k.startswith("HTTP_")]
        reason = refusal(environ["REQUEST_METHOD"], headers, has_page=self._has_page)
        if reason is not None:
            body = answer(reason)
            start_response("403 Forbidden", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
            return [body]

        def start(status: str, found: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [pair for pair in found if not is_cors(pair[0])], *error)

        return self._app(environ, start)


def answer(reason: str) -> bytes:
    """Returns the body of a refusal."""
    return f"Refused: {reason}. This server answers the programs of this machine, and no web site.\n".encode()


def is_cors(name: str) -> bool:
    return name.lower().startswith(_CORS)


def _follows_link(method: str, given: dict[str, str]) -> bool:
    """Whether a person followed a link: a whole page, in no frame, that is only read."""
    target = (given.get("sec-fetch-mode"), given.get("sec-fetch-dest"))
    return method in ("GET", "HEAD") and "origin" not in given and target == ("navigate", "document")


def _without_cors(send: Send) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if "headers" in message:
            kept = [(name, value) for name, value in message["headers"] if not is_cors(bytes(name).decode("latin-1"))]
            message = {**message, "headers": kept}
        await send(message)

    return sent
