"""InvokeRestApi: MWAA's limits and errors in front of a real Airflow.

https://docs.aws.amazon.com/mwaa/latest/userguide/access-mwaa-apache-airflow-rest-api.html
"""

import asyncio
import json
from typing import Any

import requests
from ministack.core.responses import error_response_json as error
from ministack.core.responses import json_response as ok
from ministack.services import mwaa

from local_aws.host.aws import Response
from local_aws.install.output import say
from local_aws.services.mwaa import environment

_VERBS = ("GET", "PUT", "POST", "PATCH", "DELETE")
_MAX_BYTES = 6 * 1024 * 1024


async def invoke_rest_api(method: str, path: str, headers: dict[str, str], body: bytes, query: Any) -> Response:
    return await asyncio.to_thread(_invoke, path, headers, body)


def _invoke(path: str, headers: dict[str, str], body: bytes) -> Response:
    signature = headers.get("authorization", "")
    if not signature.startswith("AWS4-HMAC-SHA256 "):
        return _error("AccessDeniedException", "Missing Authentication Token", http=403)
    if "/airflow/aws4_request" not in signature:
        text = "Credential should be scoped to correct service: 'airflow'."
        return _error("AccessDeniedException", text, http=403)
    env = mwaa._environments.get(path.strip("/").split("/")[-1])
    if not env:
        return _error("ResourceNotFoundException", "Environment not found", http=404)
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return _error("ValidationException", "Request body is not JSON")
    if reason := refused(request):
        return _error("ValidationException", reason)
    airflow = environment.find(env["Arn"])
    if env["Status"] != "AVAILABLE" or not airflow:
        return _error("ValidationException", f"Environment {env['Name']} is {env['Status']}, not AVAILABLE")
    verb, target = request["Method"], request["Path"]
    try:
        answer = airflow.request(verb, target, request.get("QueryParameters"), request.get("Body"))
    except (requests.RequestException, OSError) as cause:
        say("mwaa", f"InvokeRestApi {verb} {target}: {str(cause)[:300]}")
        return _rest_error("RestApiServerException", 504, {"detail": type(cause).__name__})
    if len(answer.content) > _MAX_BYTES:
        return _rest_error("RestApiServerException", 413, {"detail": "Response exceeds 6 MB"})
    payload = _payload(answer)
    if answer.status_code >= 400:
        kind = "RestApiClientException" if answer.status_code < 500 else "RestApiServerException"
        return _rest_error(kind, answer.status_code, payload if isinstance(payload, dict) else {"detail": payload})
    return ok({"RestApiStatusCode": answer.status_code, "RestApiResponse": payload})


def refused(request: dict[str, Any]) -> str | None:
    """Returns why MWAA would refuse this call (pure)."""
    path, verb = request.get("Path"), request.get("Method")
    start = "1 validation error detected: Value "
    if not isinstance(path, str) or not 1 <= len(path) <= 64:
        rule = "Member must have length less than or equal to 64"
        return f"{start}'{path}' at 'path' failed to satisfy constraint: {rule}"
    if verb not in _VERBS:
        rule = f"Member must satisfy enum value set: [{', '.join(_VERBS)}]"
        return f"{start}'{verb}' at 'method' failed to satisfy constraint: {rule}"
    return None


def _payload(answer: requests.Response) -> Any:
    try:
        return answer.json() if answer.content else {}
    except ValueError:
        return {"content": answer.text}


def _rest_error(kind: str, status: int, payload: dict[str, Any]) -> Response:
    """Returns an error response. Both kinds are HTTP 400; the body has the inner status."""
    detail = payload.get("detail")
    message = detail if isinstance(detail, str) else ""
    return _error(kind, message, more={"RestApiStatusCode": status, "RestApiResponse": payload})


def _error(kind: str, message: str, *, http: int = 400, more: dict[str, Any] | None = None) -> Response:
    status, headers, raw = error(kind, message, http)
    body = {**json.loads(raw), "message": message, **(more or {})}
    return status, {**headers, "x-amzn-errortype": kind}, json.dumps(body).encode()
