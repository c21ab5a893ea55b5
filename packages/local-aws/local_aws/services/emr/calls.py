"""The API calls. `cluster` has the life cycle of clusters, `steps` that of steps."""

import time
from collections.abc import Callable
from typing import Any

from ministack.core.responses import error_response_json as error
from ministack.core.responses import json_response as ok
from ministack.services import emr

from local_aws.host.aws import Response, parse
from local_aws.services.emr import cluster, steps
from local_aws.services.emr.rules import ENDING, OPEN_STEPS, cluster_refused, steps_refused

Handler = Callable[[dict[str, Any]], Response]
_PRIVATE = ("BootstrapActions", "InstanceFleets", "InstanceGroups")
_SUMMARY = ("Id", "Name", "Status", "NormalizedInstanceHours", "ClusterArn")


def handlers(run_job_flow: Handler, add_steps: Handler) -> dict[str, Handler]:
    """Action → handler, for MiniStack's dispatch table."""

    def run(data: dict[str, Any]) -> Response:
        if reason := cluster_refused(data):
            return error("ValidationException", reason, 400)
        response = run_job_flow(data)
        status, body = parse(response)
        if status < 300:
            cluster.begin(emr._clusters[body["JobFlowId"]], data.get("AutoTerminationPolicy"))
        return response

    def add(data: dict[str, Any]) -> Response:
        c, new = emr._clusters.get(data.get("JobFlowId")), data.get("Steps", [])
        if c and c["Status"]["State"] in ENDING:
            text = f"A job flow that is shutting down, terminating, or finished may not be modified ({c['Id']})."
            return error("ValidationException", text, 400)
        if c and (reason := steps_refused(c["StepConcurrencyLevel"], new)):
            return error("ValidationException", reason, 400)
        if c and sum(s["Status"]["State"] in OPEN_STEPS for s in emr._steps[c["Id"]]) + len(new) > 256:
            return error("ValidationException", "Maximum number of active steps (256) exceeded.", 400)
        response = add_steps(data)
        cluster.wake(data.get("JobFlowId", ""))
        return response

    return {
        "RunJobFlow": run,
        "AddJobFlowSteps": add,
        "TerminateJobFlows": _terminate,
        "CancelSteps": _cancel,
        "ListSteps": _list_steps,
        "ListClusters": _list_clusters,
        "DescribeCluster": _describe,
        "PutAutoTerminationPolicy": _put_policy,
        "GetAutoTerminationPolicy": _get_policy,
        "RemoveAutoTerminationPolicy": lambda data: _put_policy({**data, "AutoTerminationPolicy": None}),
    }


def step_maker(make_step: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Returns MiniStack's record of a step, in the state PENDING."""

    def make(config: dict[str, Any]) -> dict[str, Any]:
        step = make_step(config)
        step["Status"] = {
            "State": "PENDING",
            "StateChangeReason": {},
            "Timeline": {"CreationDateTime": time.time()},
        }
        return step

    return make


def _terminate(data: dict[str, Any]) -> Response:
    clusters = [emr._clusters.get(i) for i in data.get("JobFlowIds", [])]
    if any(c and c["TerminationProtected"] for c in clusters):
        text = "Could not shut down one or more job flows since they are termination protected."
        return error("ValidationException", text, 400)
    for c in clusters:
        if c and c["Status"]["State"] not in ENDING:
            cluster.shut_down(c, "USER_REQUEST", "Terminated by user request")
    return ok({})


def _cancel(data: dict[str, Any]) -> Response:
    c = emr._clusters.get(data.get("ClusterId"))
    if not c:
        return _invalid(data)
    rows: list[dict[str, Any]] = []
    for step in emr._steps.get(c["Id"], []):
        if step["Id"] in data.get("StepIds", []):
            at_once = data.get("StepCancellationOption") == "TERMINATE_PROCESS"
            reason = steps.cancel(c, step, grace=0.5 if at_once else 5)
            answer = {"Status": "FAILED", "Reason": reason} if reason else {"Status": "SUBMITTED"}
            rows.append({"StepId": step["Id"], **answer})
    cluster.wake(c["Id"])
    return ok({"CancelStepsInfoList": rows})


def _list_steps(data: dict[str, Any]) -> Response:
    if data.get("ClusterId") not in emr._clusters:
        return _invalid(data)
    states, ids = data.get("StepStates"), data.get("StepIds")
    rows = [
        step
        for step in emr._steps.get(data["ClusterId"], [])
        if (not states or step["Status"]["State"] in states) and (not ids or step["Id"] in ids)
    ]
    return ok(_page("Steps", [_public(step) for step in rows[::-1]], data))  # newest first, as EMR does


def _list_clusters(data: dict[str, Any]) -> Response:
    states, after, before = data.get("ClusterStates"), data.get("CreatedAfter", 0), data.get("CreatedBefore", 1e12)

    def created(c: dict[str, Any]) -> float:
        return c["Status"]["Timeline"]["CreationDateTime"]

    rows = [
        {key: c[key] for key in _SUMMARY}
        for c in sorted(emr._clusters.values(), key=created, reverse=True)
        if (not states or c["Status"]["State"] in states) and after <= created(c) <= before
    ]
    return ok(_page("Clusters", rows, data))


def _page(name: str, rows: list[dict[str, Any]], data: dict[str, Any]) -> dict[str, Any]:
    """Returns pages of 50, as EMR does."""
    start = int(data.get("Marker") or 0)
    more = {"Marker": str(start + 50)} if start + 50 < len(rows) else {}
    return {name: rows[start : start + 50], **more}


def _describe(data: dict[str, Any]) -> Response:
    c = emr._clusters.get(data.get("ClusterId"))
    return ok({"Cluster": {k: v for k, v in _public(c).items() if k not in _PRIVATE}}) if c else _invalid(data)


def _put_policy(data: dict[str, Any]) -> Response:
    c = emr._clusters.get(data.get("ClusterId"))
    if not c:
        return _invalid(data)
    c["_AutoTerminationPolicy"] = data.get("AutoTerminationPolicy")
    return ok({})


def _get_policy(data: dict[str, Any]) -> Response:
    c = emr._clusters.get(data.get("ClusterId"))
    if not c:
        return _invalid(data)
    policy = c.get("_AutoTerminationPolicy")
    return ok({"AutoTerminationPolicy": policy} if policy else {})


def _public(record: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in record.items() if not k.startswith("_")}


def _invalid(data: dict[str, Any]) -> Response:
    return error("InvalidRequestException", f"Cluster id '{data.get('ClusterId')}' is not valid.", 400)
