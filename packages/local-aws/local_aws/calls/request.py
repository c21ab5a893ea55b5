"""The parts of a request that all protocols share."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

_CBOR_OPERATION = re.compile(r"^/service/[^/]+/operation/([^/]+)$")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """A request. `service`: MiniStack's name; `headers`: in lower case; `body`: empty if it is irrelevant."""

    service: str
    account: str
    region: str
    method: str = "POST"
    path: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def form(self) -> dict[str, Any]:
        """Query string and form-encoded body together, as the query protocol requires."""
        if not self.headers.get("content-type", "").startswith(_FORM):
            return dict(self.query)
        return {**parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True), **self.query}

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The JSON body, or the form with one value for each name."""
        if self.body[:1] == b"{":
            try:
                return json.loads(self.body)
            except ValueError:
                return {}
        return {name: values[0] if values else "" for name, values in self.form.items()}

    @cached_property
    def cbor_operation(self) -> str | None:
        found = _CBOR_OPERATION.match(self.path)
        return found.group(1) if found else None

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"

    def role_arn(self, role: str) -> str:
        """Returns the ARN of a role (name or ARN)."""
        return role if role.startswith("arn:") else f"arn:aws:iam::{self.account}:role/{role}"


def called(service: str, action: str, parameters: Mapping[str, Any], account: str, region: str) -> Request:
    """Creates the request of a call inside the emulator, which has no HTTP request."""
    headers = {"x-amz-target": f"InProcess.{action}"}
    return Request(service, account, region, headers=headers, body=json.dumps(parameters, default=str).encode())
