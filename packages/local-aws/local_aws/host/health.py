"""The state of each part, for GET /_local-aws/health."""

import threading
from typing import Literal, TypedDict

from local_aws import __version__
from local_aws.settings import ACCOUNT, REGION

Status = Literal["installing", "starting", "ready", "failed"]


class Component(TypedDict):
    status: Status
    detail: str


class Health(TypedDict):
    ready: bool
    version: str
    account: str
    region: str
    components: dict[str, Component]


_components: dict[str, Component] = {}
_lock = threading.Lock()


def report(part: str, status: Status, detail: str = "") -> None:
    with _lock:
        _components[part] = {"status": status, "detail": detail}


def forget(part: str) -> None:
    with _lock:
        _components.pop(part, None)


def health() -> Health:
    """Returns the health; it is ready when every part is ready."""
    with _lock:
        components = dict(_components)
    return {
        "ready": bool(components) and all(c["status"] == "ready" for c in components.values()),
        "version": __version__,
        "account": ACCOUNT,
        "region": REGION,
        "components": components,
    }
