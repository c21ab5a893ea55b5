"""AWS::Glue::SecurityConfiguration, through MiniStack's own Glue calls."""

from typing import Any

from ministack.services import glue

from local_aws.host.aws import Response, parse


def _create(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, Any]]:
    name = props.get("Name") or f"{stack_name}-{logical_id}"
    encryption = props.get("EncryptionConfiguration") or {}
    # the resource type has S3Encryptions, the API has S3Encryption
    if "S3Encryptions" in encryption:
        encryption = {**encryption, "S3Encryption": encryption["S3Encryptions"]}
        del encryption["S3Encryptions"]
    _must(glue._create_security_configuration({"Name": name, "EncryptionConfiguration": encryption}))
    return name, {}


def _update(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack_name: str) -> tuple[str, dict[str, Any]]:
    """Deletes and recreates the configuration under its name: on AWS, changing any property replaces it."""
    _delete(physical_id, old)
    return _create(physical_id, {**new, "Name": new.get("Name", physical_id)}, stack_name)


def _delete(physical_id: str, props: dict[str, Any]) -> None:
    glue._delete_security_configuration({"Name": physical_id})


def _must(response: Response) -> None:
    status, body = parse(response)
    if status >= 300:
        raise ValueError(body.get("message") or body.get("Message") or "the security configuration was refused")


HANDLERS = {"create": _create, "update": _update, "delete": _delete}
