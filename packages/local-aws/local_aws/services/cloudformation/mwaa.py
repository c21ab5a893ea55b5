"""AWS::MWAA::Environment: created when Airflow is healthy; otherwise it fails with the reason."""

import json
import time
from typing import Any

from ministack.services import mwaa

_NOT_API = ("Name",)
# The value of a parameter is a string, which CloudFormation converts to a number if the resource requires one.
_NUMBERS = ("MaxWebservers", "MaxWorkers", "MinWebservers", "MinWorkers", "Schedulers")


def _create(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, Any]]:
    name = props.get("Name") or f"{stack_name}-{logical_id}"
    _must(mwaa._create_environment("PUT", f"/environments/{name}", {}, _body(props), {}))
    env = _settled(name)
    if env["Status"] != "AVAILABLE":
        message = env["LastUpdate"].get("Error", {}).get("ErrorMessage", "")
        status = env["Status"]
        _delete(name, props)
        raise ValueError(f"Environment {name} is {status}: {message}")
    return name, _attributes(env)


def _update(
    physical_id: str, old: dict[str, Any], new: dict[str, Any], stack_name: str, logical_id: str | None = None
) -> tuple[str, dict[str, Any]]:
    _must(mwaa._update_environment("PATCH", f"/environments/{physical_id}", {}, _body(new), {}))
    env = _settled(physical_id)
    if env["Status"] != "AVAILABLE":
        raise ValueError(f"Environment {physical_id} is {env['Status']}")
    return physical_id, _attributes(env)


def _delete(physical_id: str, props: dict[str, Any]) -> None:
    if physical_id in mwaa._environments:
        mwaa._delete_environment("DELETE", f"/environments/{physical_id}", {}, b"", {})


def _settled(name: str) -> dict[str, Any]:
    env = mwaa._environments[name]
    while env["Status"] in ("CREATING", "UPDATING") and not env.get("_gone"):
        time.sleep(0.3)
    return env


def to_request(props: dict[str, Any]) -> dict[str, Any]:
    """Converts the resource's properties to those of CreateEnvironment (pure)."""
    return {key: int(value) if key in _NUMBERS else value for key, value in props.items() if key not in _NOT_API}


def _body(props: dict[str, Any]) -> bytes:
    return json.dumps(to_request(props)).encode()


def _attributes(env: dict[str, Any]) -> dict[str, Any]:
    return {"Arn": env["Arn"], "WebserverUrl": env["WebserverUrl"]}


def _must(response: tuple[int, dict[str, str], bytes]) -> None:
    if response[0] >= 300:
        raise ValueError(json.loads(response[2]).get("message", "the environment was refused"))


HANDLERS = {"create": _create, "update": _update, "delete": _delete}
