"""The five API calls for data quality rulesets, which MiniStack lacks. Rulesets are stored, never evaluated."""

import re
import time
from collections.abc import Callable
from typing import Any

from ministack.core.responses import AccountRegionScopedDict
from ministack.core.responses import error_response_json as error
from ministack.core.responses import json_response as ok
from ministack.services import glue

from local_aws.host.aws import Response

_RULES = re.compile(r"^\s*(Rules|Analyzers)\s*=\s*\[.*\]\s*$", re.DOTALL)
_rulesets = AccountRegionScopedDict()
_KEPT = ("Name", "Description", "Ruleset", "TargetTable")


def adapt() -> None:
    """Adds the rulesets to glue._ALL_STATE, which MiniStack saves and restores."""
    glue._ALL_STATE["data_quality_rulesets"] = _rulesets


def create_ruleset(data: dict[str, Any]) -> Response:
    name = data.get("Name")
    if name in _rulesets:
        return error("AlreadyExistsException", f"Data quality ruleset {name} already exists", 400)
    if problem := _problem(data):
        return problem
    now = int(time.time())
    kept = {key: data[key] for key in _KEPT if key in data}
    _rulesets[name] = {**kept, "CreatedOn": now, "LastModifiedOn": now}
    if tags := data.get("Tags"):
        glue._tags[arn(str(name))] = dict(tags)
    return ok({"Name": name})


def update_ruleset(data: dict[str, Any]) -> Response:
    name = data.get("Name")
    if name not in _rulesets:
        return _not_found(name)
    if problem := _problem({**_rulesets[name], **data}):
        return problem
    changed = {key: data[key] for key in ("Description", "Ruleset") if key in data}
    _rulesets[name] = {**_rulesets[name], **changed, "LastModifiedOn": int(time.time())}
    return ok({key: _rulesets[name].get(key) for key in ("Name", "Description", "Ruleset")})


def delete_ruleset(data: dict[str, Any]) -> Response:
    name = data.get("Name")
    if name not in _rulesets:
        return _not_found(name)
    del _rulesets[name]
    glue._tags.pop(arn(str(name)), None)
    return ok({})


def get_ruleset(data: dict[str, Any]) -> Response:
    found = _rulesets.get(data.get("Name"))
    return ok(dict(found)) if found else _not_found(data.get("Name"))


def list_rulesets(data: dict[str, Any]) -> Response:
    everything = [
        {**{key: value for key, value in each.items() if key != "Ruleset"}, "RuleCount": _count(each["Ruleset"])}
        for _name, each in sorted(_rulesets.items())
        if all(glue._tags.get(arn(each["Name"]), {}).get(k) == v for k, v in (data.get("Tags") or {}).items())
    ]
    start, size = int(data.get("NextToken") or 0), int(data.get("MaxResults") or 100)
    more = {"NextToken": str(start + size)} if len(everything) > start + size else {}
    return ok({"Rulesets": everything[start : start + size], **more})


def reset() -> None:
    _rulesets.clear()


def arn(name: str) -> str:
    return glue._arn("dataQualityRuleset", name)


ACTIONS: dict[str, Callable[[dict[str, Any]], Response]] = {
    "CreateDataQualityRuleset": create_ruleset,
    "UpdateDataQualityRuleset": update_ruleset,
    "DeleteDataQualityRuleset": delete_ruleset,
    "GetDataQualityRuleset": get_ruleset,
    "ListDataQualityRulesets": list_rulesets,
}


def _problem(data: dict[str, Any]) -> Response | None:
    if not data.get("Name"):
        return error("InvalidInputException", "Name is required", 400)
    if not _RULES.match(data.get("Ruleset") or ""):
        return error("InvalidInputException", "The ruleset is not DQDL: it must be Rules = [ … ]", 400)
    return None


def _not_found(name: Any) -> Response:
    return error("EntityNotFoundException", f"Data quality ruleset {name} not found", 400)


def _count(ruleset: str) -> int:
    """Counts the rules: each begins with the name of its type. Ignores quoted text."""
    return len(re.findall(r"[\[,]\s*\(?[A-Z][A-Za-z]+", re.sub(r'"[^"]*"', '""', ruleset)))
