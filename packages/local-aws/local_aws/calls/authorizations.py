"""Lists the IAM permissions that a request requires. MiniStack knows the action of an API call; this adds the rest."""

from collections.abc import Iterator
from typing import Any

from ministack.core import iam_actions
from ministack.services import iam

from local_aws.calls import bucket_keys
from local_aws.calls.conditions import conditions, resource_tags
from local_aws.calls.record import Authorization
from local_aws.calls.request import Request
from local_aws.calls.resources import resources as resources_of

_MOTO = {"emr-serverless": "emr-serverless", "lakeformation": "lakeformation"}
"""Services missing in MiniStack → their botocore models."""

_FREE = ("sts:GetCallerIdentity", "sts:GetSessionToken")
"""Require no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"""

_PASSED: dict[str, dict[str, str]] = {
    "elasticmapreduce:RunJobFlow": {
        "ServiceRole": "elasticmapreduce.amazonaws.com",
        "JobFlowRole": "ec2.amazonaws.com",
    },
    "emr-serverless:StartJobRun": {"executionRoleArn": "emr-serverless.amazonaws.com"},
    **{
        f"cloudformation:{operation}": {"RoleARN": "cloudformation.amazonaws.com"}
        for operation in ("CreateChangeSet", "CreateStack", "DeleteStack", "UpdateStack")
    },
}
"""Action → parameter that names a role → service that gets the role: the call also requires iam:PassRole.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

_WRITES = ("s3:PutObject",)
_READS = ("s3:GetObject", "s3:GetObjectVersion")


def adapt() -> None:
    """Adds the services that moto serves to MiniStack's table."""
    iam_actions.SERVICE_TO_IAM_NAMESPACE.update({name: name for name in _MOTO})
    iam_actions._BOTOCORE_SERVICE_MAP.update({name: [model] for name, model in _MOTO.items()})


def authorizations(request: Request, tags: dict[str, str] | None = None) -> list[Authorization]:
    """Lists the permissions of a request in the calling thread's account and region; empty if it is not an AWS call.

    `tags`: the resource's tags, if another process keeps them.
    """
    action = _action(request)
    if action is None or action in _FREE:
        return []
    resources = resources_of(request, action)
    return [
        *(Authorization.of(action, arn, conditions(request, action, arn, tags)) for arn in resources),
        *_along(request, action, resources),
    ]


def instance_role(profile: str) -> str:
    """Returns the name of the role in an instance profile; an unknown profile has the name of its role."""
    name = profile.rsplit("/", 1)[-1]
    found: dict[str, Any] = iam._instance_profiles.get(name) or {}
    return next(iter(found.get("Roles", [])), name)


def _action(request: Request) -> str | None:
    if operation := request.cbor_operation:
        return f"{iam_actions.SERVICE_TO_IAM_NAMESPACE[request.service]}:{operation}"
    return iam_actions.extract_iam_action(
        request.service, request.method, request.path, dict(request.headers), request.body, dict(request.form)
    )


def _along(request: Request, action: str, resources: list[str]) -> Iterator[Authorization]:
    """Lists the permissions that a call requires besides its own action."""
    if request.service == "s3":
        yield from _with_s3(request, action, resources)
    for parameter, service in _PASSED.get(action, {}).items():
        if role := request.parameters.get(parameter):
            name = instance_role(role) if parameter == "JobFlowRole" else role
            yield Authorization.of("iam:PassRole", request.role_arn(name), {"iam:PassedToService": service})
    if action == "elasticmapreduce:RunJobFlow" and request.parameters.get("Tags"):
        # https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-tags.html
        cluster = request.arn("elasticmapreduce", "cluster/*")
        yield Authorization.of("elasticmapreduce:AddTags", cluster, conditions(request, action, cluster))


def _with_s3(request: Request, action: str, resources: list[str]) -> Iterator[Authorization]:
    headers, query = dict(request.headers), dict(request.query)
    more = iam_actions.s3_additional_checks(request.method, request.path, headers, request.body, query)
    asked = [*((action, arn) for arn in resources), *more]
    for extra_action, arn in more:
        yield Authorization.of(extra_action, arn)
    for object_action, arn in asked:
        yield from _with_key(request, object_action, arn)


def _with_key(request: Request, action: str, arn: str) -> Iterator[Authorization]:
    """S3 uses the bucket's key on behalf of the caller that reads or writes an object; joining parts decrypts them.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    """
    if request.method == "HEAD" or action not in (*_READS, *_WRITES):
        return
    key = bucket_keys.key_of(arn.removeprefix("arn:aws:s3:::").partition("/")[0])
    if not key:
        return
    key = key if key.startswith("arn:") else request.arn("kms", f"key/{key}")
    tags = {f"aws:ResourceTag/{name}": value for name, value in resource_tags(key).items()}
    via = {"kms:ViaService": f"s3.{request.region}.amazonaws.com", **tags}
    is_multipart = "uploadId" in request.query or "uploads" in request.query
    if action in _WRITES:
        yield Authorization.of("kms:GenerateDataKey", key, via)
    if action in _READS or is_multipart:
        yield Authorization.of("kms:Decrypt", key, via)
