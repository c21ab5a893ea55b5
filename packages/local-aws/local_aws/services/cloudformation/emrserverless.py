"""AWS::EMRServerless::Application, created in moto."""

from typing import Any

from local_aws.host import aws
from local_aws.moto import require_moto

_API_PROPERTIES = (
    "Name",
    "ReleaseLabel",
    "MaximumCapacity",
    "AutoStartConfiguration",
    "AutoStopConfiguration",
    "NetworkConfiguration",
    "Architecture",
)
_UPDATABLE = ("MaximumCapacity", "AutoStartConfiguration", "AutoStopConfiguration", "NetworkConfiguration")


def request(props: dict[str, Any]) -> dict[str, Any]:
    """Resource properties → CreateApplication (pure)."""
    capacity = {item["Key"]: to_camel(item["Value"]) for item in props.get("InitialCapacity", [])}
    tags = {tag["Key"]: tag["Value"] for tag in props.get("Tags", [])}
    return {
        **{key[0].lower() + key[1:]: to_camel(props[key]) for key in _API_PROPERTIES if key in props},
        "type": str(props["Type"]).upper(),
        **({"initialCapacity": capacity} if capacity else {}),
        **({"tags": tags} if tags else {}),
    }


def to_camel(value: Any) -> Any:
    """{"IdleTimeoutMinutes": "15"} → {"idleTimeoutMinutes": 15}: converts to the API's names, and converts numbers
    and booleans that a template has as strings (pure)."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _number(key, to_camel(inner)) for key, inner in value.items()}
    return [to_camel(item) for item in value] if isinstance(value, list) else value


def _number(key: str, value: Any) -> Any:
    if key in ("IdleTimeoutMinutes", "WorkerCount"):
        return int(value)
    return str(value).lower() == "true" if key == "Enabled" else value


def _create(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, Any]]:
    require_moto()
    made = aws.client("emr-serverless").create_application(**{"name": f"{stack_name}-{logical_id}", **request(props)})
    return made["applicationId"], {"ApplicationId": made["applicationId"], "Arn": made["arn"]}


def _update(
    physical_id: str, old: dict[str, Any], new: dict[str, Any], stack_name: str, logical_id: str | None = None
) -> tuple[str, dict[str, Any]]:
    require_moto()
    client = aws.client("emr-serverless")
    if any(old.get(key) != new.get(key) for key in ("Name", "Type", "ReleaseLabel", "Architecture")):
        return _create(logical_id or physical_id, new, stack_name)  # the stack deletes the old one
    client.stop_application(applicationId=physical_id)  # an application can be changed only while it is stopped
    changed = {key[0].lower() + key[1:]: to_camel(new[key]) for key in _UPDATABLE if key in new}
    made = client.update_application(applicationId=physical_id, **changed)["application"]
    return physical_id, {"ApplicationId": physical_id, "Arn": made["arn"]}


def _delete(physical_id: str, props: dict[str, Any]) -> None:
    require_moto()
    client = aws.client("emr-serverless")
    try:
        client.stop_application(applicationId=physical_id)
        client.delete_application(applicationId=physical_id)
    except client.exceptions.ResourceNotFoundException:
        return


HANDLERS = {"create": _create, "update": _update, "update_with_logical_id": True, "delete": _delete}
