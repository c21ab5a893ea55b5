"""AWS::LakeFormation::Resource and ::PrincipalPermissions, created in moto."""

import hashlib
import json
from typing import Any

from local_aws.host import aws
from local_aws.moto import require_moto


def _create_resource(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, Any]]:
    require_moto()
    request = {"ResourceArn": props["ResourceArn"]}
    if role := props.get("RoleArn"):
        request["RoleArn"] = role
    else:
        request["UseServiceLinkedRole"] = True
    client = aws.client("lakeformation")
    try:
        client.register_resource(**request)
    except client.exceptions.AlreadyExistsException as cause:
        raise ValueError(f"Resource {props['ResourceArn']} is already registered with Lake Formation") from cause
    return props["ResourceArn"], {"Id": props["ResourceArn"]}


def _update_resource(
    physical_id: str, old: dict[str, Any], new: dict[str, Any], stack_name: str
) -> tuple[str, dict[str, Any]]:
    _delete_resource(physical_id, old)
    return _create_resource(physical_id, new, stack_name)


def _delete_resource(physical_id: str, props: dict[str, Any]) -> None:
    require_moto()
    client = aws.client("lakeformation")
    try:
        client.deregister_resource(ResourceArn=physical_id)
    except client.exceptions.EntityNotFoundException:
        return


def _create_permissions(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, Any]]:
    require_moto()
    aws.client("lakeformation").grant_permissions(**_grant(props))
    digest = hashlib.sha256(json.dumps([stack_name, logical_id]).encode()).hexdigest()[:12]
    return f"{props['Principal']['DataLakePrincipalIdentifier']}|{digest}", {
        "PrincipalIdentifier": json.dumps(props["Principal"]),
        "ResourceIdentifier": json.dumps(props["Resource"]),
    }


def _update_permissions(
    physical_id: str, old: dict[str, Any], new: dict[str, Any], stack_name: str
) -> tuple[str, dict[str, Any]]:
    _delete_permissions(physical_id, old)
    aws.client("lakeformation").grant_permissions(**_grant(new))
    return physical_id, {}


def _delete_permissions(physical_id: str, props: dict[str, Any]) -> None:
    require_moto()
    aws.client("lakeformation").revoke_permissions(**_grant(props))


def _grant(props: dict[str, Any]) -> dict[str, Any]:
    """Converts a resource to the API's request; the names are the same, except for Catalog."""
    kept = ("Principal", "Resource", "Permissions", "PermissionsWithGrantOption")
    request = {key: props[key] for key in kept if key in props}
    return {**request, **({"CatalogId": props["Catalog"]} if props.get("Catalog") else {})}


RESOURCE_HANDLERS = {"create": _create_resource, "update": _update_resource, "delete": _delete_resource}
PERMISSIONS_HANDLERS = {
    "create": _create_permissions,
    "update": _update_permissions,
    "delete": _delete_permissions,
}
