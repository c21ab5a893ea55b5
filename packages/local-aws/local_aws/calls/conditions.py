"""Reads the condition keys of a request that policies use: tags, prefixes, names."""

from typing import Any

from ministack.core import iam_actions
from ministack.services import emr, tagging

from local_aws.calls.request import Request

_OWN_TAG_KEYS = ("elasticmapreduce",)
"""Services with their own keys besides aws:RequestTag and aws:ResourceTag."""


def conditions(request: Request, action: str, resource: str, tags: dict[str, str] | None = None) -> dict[str, Any]:
    """Returns the values by condition key. `tags`: the resource's tags, if another process keeps them."""
    found: dict[str, Any] = {}
    for name, value in _request_tags(request, action).items():
        found.update(_tag(request.service, "RequestTag", name, value))
    for name, value in (resource_tags(resource) if tags is None else tags).items():
        found.update(_tag(request.service, "ResourceTag", name, value))
    if request.service == "s3":
        found.update(iam_actions.s3_service_context(action, dict(request.query), request.path, dict(request.headers)))
    if policy := request.parameters.get("PolicyArn") if request.service == "iam" else None:
        found["iam:PolicyARN"] = policy
    if namespace := request.parameters.get("Namespace") if action == "cloudwatch:PutMetricData" else None:
        found["cloudwatch:namespace"] = namespace
    return found


def resource_tags(arn: str) -> dict[str, str]:
    """Returns the tags of the resource; empty if it has none or does not exist."""
    if ":elasticmapreduce:" in arn:
        cluster = emr._clusters.get(arn.rsplit("/", 1)[-1]) or {}
        return {tag["Key"]: tag["Value"] for tag in cluster.get("Tags", [])}
    return tagging.resource_tags(arn) or {}


def _request_tags(request: Request, action: str) -> dict[str, str]:
    given = request.parameters.get("Tags", request.parameters.get("tags"))
    if isinstance(given, dict):
        return given
    if isinstance(given, list):
        return {tag.get("Key", tag.get("key", "")): tag.get("Value", tag.get("value", "")) for tag in given}
    return {
        request.form[name][0]: request.form.get(f"{name.removesuffix('Key')}Value", [""])[0]
        for name in request.form
        if "Tags." in name and name.endswith(".Key")
    }


def _tag(service: str, kind: str, name: str, value: str) -> dict[str, str]:
    prefixes = ("aws", *(own for own in _OWN_TAG_KEYS if own == service))
    return {f"{prefix}:{kind}/{name}": value for prefix in prefixes}
