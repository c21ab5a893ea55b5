"""Records calls: HTTP requests before they reach MiniStack, and calls inside MiniStack."""

import contextvars
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from ministack.core.responses import get_account_id, get_region, set_request_account_id, set_request_region
from ministack.core.router import detect_service, extract_access_key_id, extract_region

from local_aws.calls.authorizations import authorizations
from local_aws.calls.callers import caller
from local_aws.calls.record import record
from local_aws.calls.request import Request, called
from local_aws.install.output import say

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_MAX_BODY = 2 * 1024 * 1024
"""Longer than any JSON request here; the content of S3 objects is not read."""


def recorded(scope: Mapping[str, Any], receive: Receive) -> Receive:
    """Wraps `receive`: records the request after its body has arrived and before MiniStack handles it."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    query = parse_qs(scope.get("query_string", b"").decode(), keep_blank_values=True)
    body = bytearray()
    done = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    if done:  # MiniStack may never ask for a body then
        record_http(scope["method"], scope["path"], headers, query, b"")

    async def received() -> MutableMapping[str, Any]:
        nonlocal done
        message = await receive()
        if not done and message["type"] == "http.request":
            if len(body) < _MAX_BODY:
                body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                done = True
                record_http(scope["method"], scope["path"], headers, query, bytes(body))
        return message

    return received


def record_http(
    method: str,
    path: str,
    headers: Mapping[str, str],
    query: Mapping[str, Sequence[str]],
    body: bytes,
    *,
    service: str | None = None,
    tags: dict[str, str] | None = None,
) -> None:
    """Records a request. `service`, `tags`: set if another process has them and MiniStack does not."""
    account = extract_access_key_id(dict(headers), query)
    if not account:
        return  # not signed: Airflow's web server, a health check
    region = extract_region(dict(headers), query)
    found = service or detect_service(method, path, dict(headers), {**query, **_form(headers, body)})
    request = Request(found, account, region, method, path, headers, query, body)
    _record(caller(headers.get("user-agent", "")), request, tags)


def record_call(app_id: str, service: str, action: str, parameters: Mapping[str, Any]) -> None:
    """Records a call that the emulator makes without HTTP, on behalf of `app_id`, in the calling thread's account.

    `action`: the IAM action without its service.
    """
    _record(app_id, called(service, action, parameters, get_account_id(), get_region()))


def record_object_read(app_id: str, bucket: str, key: str) -> None:
    """Records a GetObject whose request does not name its caller."""
    _record(app_id, Request("s3", get_account_id(), get_region(), "GET", f"/{bucket}/{key}"))


def _record(app_id: str | None, request: Request, tags: dict[str, str] | None = None) -> None:
    def run() -> None:
        set_request_account_id(request.account)
        set_request_region(request.region)
        record(app_id, request.account, request.region, authorizations(request, tags))

    try:
        contextvars.copy_context().run(run)
    except Exception as error:  # an unreadable call must still succeed; the record then misses it
        say("calls", f"{request.service} {request.method} {request.path} was not recorded: {error!r}")


def _form(headers: Mapping[str, str], body: bytes) -> dict[str, list[str]]:
    if not headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
