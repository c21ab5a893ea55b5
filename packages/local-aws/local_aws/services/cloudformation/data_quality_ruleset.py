"""AWS::Glue::DataQualityRuleset, through the API calls for rulesets."""

from typing import Any

from local_aws.host.aws import Response, parse
from local_aws.services.glue import rulesets


def _create(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, Any]]:
    name = props.get("Name") or f"{stack_name}-{logical_id}"
    _must(rulesets.create_ruleset({**props, "Name": name}))
    return name, {"Id": name}


def _update(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack_name: str) -> tuple[str, dict[str, Any]]:
    name = new.get("Name", physical_id)
    if name != physical_id:  # the stack deletes the old one
        return _create(physical_id, new, stack_name)
    _must(rulesets.update_ruleset({**new, "Name": name}))
    return name, {"Id": name}


def _delete(physical_id: str, props: dict[str, Any]) -> None:
    rulesets.delete_ruleset({"Name": physical_id})


def _must(response: Response) -> None:
    status, body = parse(response)
    if status >= 300:
        raise ValueError(body.get("message") or body.get("Message") or "the ruleset was refused")


HANDLERS = {"create": _create, "update": _update, "delete": _delete}
