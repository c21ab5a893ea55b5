"""The calls since the start or the last reset: each kind of call once, with its count."""

import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MAX_KINDS = 20_000
"""Further kinds are only counted; a run makes about a thousand, most of them for object keys."""


@dataclass(frozen=True)
class Authorization:
    """One decision of IAM: an action on a resource. The resource is "*" if the action has none or it is unknown."""

    action: str
    resource: str
    conditions: tuple[tuple[str, str | tuple[str, ...]], ...] = ()

    @staticmethod
    def of(action: str, resource: str, conditions: Mapping[str, Any] | None = None) -> "Authorization":
        frozen = ((k, tuple(v) if isinstance(v, list) else str(v)) for k, v in (conditions or {}).items())
        return Authorization(action, resource, tuple(sorted(frozen)))


@dataclass(frozen=True)
class _Kind:
    caller: str | None
    account: str
    region: str
    authorization: Authorization


@dataclass
class _Seen:
    count: int
    first: float
    last: float


_lock = threading.Lock()
_seen: dict[_Kind, _Seen] = {}
_left_out = 0


def record(caller: str | None, account: str, region: str, authorizations: Iterable[Authorization]) -> None:
    global _left_out
    now = time.time()
    with _lock:
        for authorization in authorizations:
            kind = _Kind(caller, account, region, authorization)
            if seen := _seen.get(kind):
                seen.count, seen.last = seen.count + 1, now
            elif len(_seen) < MAX_KINDS:
                _seen[kind] = _Seen(1, now, now)
            else:
                _left_out += 1


def calls() -> dict[str, Any]:
    """`{"calls": [{caller, account, region, action, resource, conditions, count, …}], "leftOut": n}`.

    Times are seconds since 1970.
    """
    with _lock:
        return {"calls": [_shown(kind, seen) for kind, seen in _seen.items()], "leftOut": _left_out}


def clear() -> None:
    global _left_out
    with _lock:
        _seen.clear()
        _left_out = 0


def _shown(kind: _Kind, seen: _Seen) -> dict[str, Any]:
    authorization = kind.authorization
    return {
        "caller": kind.caller,
        "account": kind.account,
        "region": kind.region,
        "service": authorization.action.partition(":")[0],
        "action": authorization.action,
        "resource": authorization.resource,
        "conditions": dict(authorization.conditions),
        "count": seen.count,
        "first": seen.first,
        "last": seen.last,
    }
