"""AWS::EC2::EIP, ::NatGateway and ::SecurityGroupIngress, through MiniStack's EC2 calls. They carry no traffic."""

from typing import Any

from local_aws.host import aws

Made = tuple[str, dict[str, Any]]


def _tags(props: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if (tags := props.get("Tags")) else {}


def _create_address(logical_id: str, props: dict[str, Any], stack_name: str) -> Made:
    made = aws.client("ec2").allocate_address(Domain=props.get("Domain", "vpc"), **_tags(props, "elastic-ip"))
    return made["PublicIp"], {"AllocationId": made["AllocationId"], "PublicIp": made["PublicIp"]}


def _delete_address(physical_id: str, props: dict[str, Any]) -> None:
    client = aws.client("ec2")
    for address in client.describe_addresses()["Addresses"]:
        if address["PublicIp"] == physical_id:
            client.release_address(AllocationId=address["AllocationId"])


def _create_gateway(logical_id: str, props: dict[str, Any], stack_name: str) -> Made:
    where = {key: props[key] for key in ("SubnetId", "AllocationId", "ConnectivityType") if key in props}
    made = aws.client("ec2").create_nat_gateway(**where, **_tags(props, "natgateway"))["NatGateway"]
    return made["NatGatewayId"], {"NatGatewayId": made["NatGatewayId"]}


def _delete_gateway(physical_id: str, props: dict[str, Any]) -> None:
    aws.client("ec2").delete_nat_gateway(NatGatewayId=physical_id)


def _create_ingress(logical_id: str, props: dict[str, Any], stack_name: str) -> Made:
    aws.client("ec2").authorize_security_group_ingress(GroupId=props["GroupId"], IpPermissions=[_permission(props)])
    return f"{props['GroupId']}-{logical_id}", {}


def _delete_ingress(physical_id: str, props: dict[str, Any]) -> None:
    client = aws.client("ec2")
    try:
        client.revoke_security_group_ingress(GroupId=props["GroupId"], IpPermissions=[_permission(props)])
    except client.exceptions.ClientError as error:  # the group may already be deleted
        if "NotFound" not in str(error):
            raise


def _permission(props: dict[str, Any]) -> dict[str, Any]:
    ports = {key: int(props[key]) for key in ("FromPort", "ToPort") if key in props}
    about = {"Description": props["Description"]} if "Description" in props else {}
    if source := props.get("SourceSecurityGroupId"):
        allowed = {"UserIdGroupPairs": [{"GroupId": source, **about}]}
    else:
        allowed = {"IpRanges": [{"CidrIp": props["CidrIp"], **about}]}
    return {"IpProtocol": str(props["IpProtocol"]), **ports, **allowed}


ADDRESS_HANDLERS = {"create": _create_address, "delete": _delete_address}
GATEWAY_HANDLERS = {"create": _create_gateway, "delete": _delete_gateway}
INGRESS_HANDLERS = {"create": _create_ingress, "delete": _delete_ingress}
