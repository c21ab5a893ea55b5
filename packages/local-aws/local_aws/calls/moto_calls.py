"""Adds the calls that the moto process received to the record."""

import base64
from typing import Any

from local_aws.calls.recording import record_http


def take(report: dict[str, Any]) -> None:
    """`report`: service, method, path, headers (lower case), query, body (base64), tags of the resource."""
    record_http(
        report["method"],
        report["path"],
        report["headers"],
        report["query"],
        base64.b64decode(report["body"]),
        service=report["service"],
        tags=report["tags"],
    )
