"""Endpoints in front of MiniStack that are not AWS: health, calls, reset, and rows of tables.

The moto process reports its EMR Serverless job runs to /_local-aws/emr-serverless/…, and also its calls.
"""

import asyncio
import json
import urllib.parse
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from ministack import app as ministack_app

from local_aws import reset
from local_aws.calls import moto_calls
from local_aws.calls.record import calls
from local_aws.calls.recording import recorded
from local_aws.host.health import health
from local_aws.services import emrserverless
from local_aws.services.glue import rows

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


_THERE_IS = (
    "available: GET /_local-aws/health, GET /_local-aws/calls, POST /_local-aws/reset and"
    " GET /_local-aws/tables/<database>/<table>?order=<column>&limit=<number>"
)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application of the server."""
    match (scope.get("method"), scope.get("path")) if scope["type"] == "http" else (None, None):
        case ("GET", "/_local-aws/health"):
            await _answer(send, 200, dict(health()))
        case ("GET", "/_local-aws/calls"):
            await _answer(send, 200, calls())
        case ("POST", "/_local-aws/calls"):
            moto_calls.take(json.loads(await _read(receive)))
            await _answer(send, 200, {})
        case ("POST", "/_local-aws/reset" | "/_ministack/reset"):
            async with ministack_app._get_reset_lock():
                await asyncio.to_thread(reset.clear)
            await asyncio.to_thread(reset.seed_again)
            await _answer(send, 200, {"reset": True})
        case ("POST", "/_local-aws/emr-serverless/start"):
            emrserverless.start(json.loads(await _read(receive)))
            await _answer(send, 200, {})
        case ("POST", "/_local-aws/emr-serverless/cancel"):
            emrserverless.cancel(json.loads(await _read(receive)))
            await _answer(send, 200, {})
        case ("GET", str(path)) if path.startswith("/_local-aws/tables/"):
            await _answer(send, *await asyncio.to_thread(_rows, path, scope["query_string"].decode()))
        case (_, str(path)) if path.startswith("/_local-aws/"):
            await _answer(send, 404, {"message": _THERE_IS})
        case (None, None):
            await ministack_app.app(scope, receive, send)
        case _:
            await ministack_app.app(scope, recorded(scope, receive), send)


def _rows(path: str, query: str) -> tuple[int, dict[str, Any]]:
    """Returns (status, body) with a table's rows."""
    given = dict(urllib.parse.parse_qsl(query))
    try:
        database, table = path.removeprefix("/_local-aws/tables/").split("/")
        found = rows.read(database, table, given.get("order", ""), int(given.get("limit", rows.MOST)))
    except LookupError as error:
        return 404, {"message": str(error)}
    except ValueError:
        return 400, {"message": _THERE_IS}
    return 200, {"rows": found}


async def _read(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _answer(send: Send, status: int, body: dict[str, Any]) -> None:
    content = json.dumps(body, default=str).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
