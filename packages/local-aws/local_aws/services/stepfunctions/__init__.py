"""Optimized integrations that MiniStack lacks.

Added to stepfunctions._SERVICE_DISPATCH (resource prefix → handler):
glue:startJobRun[.sync], elasticmapreduce:createCluster[.sync], addStep[.sync], terminateCluster[.sync], cancelStep.
"""

import json
import time
from collections.abc import Callable, Collection
from contextvars import ContextVar
from typing import Any

from ministack.services import emr, glue, stepfunctions

from local_aws.calls.callers import role_name
from local_aws.calls.recording import record_call
from local_aws.host.aws import Response, parse
from local_aws.services.emr.rules import GONE

_role: ContextVar[str] = ContextVar("role of the state machine", default="")
_RUN_ENDED = ("SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT", "ERROR", "EXPIRED")
_STEP_ENDED = ("COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED")


def adapt() -> None:
    _record_tasks()
    dispatch = stepfunctions._SERVICE_DISPATCH
    dispatch["arn:aws:states:::glue:startJobRun"] = _start_job_run
    for action in ("createCluster", "addStep", "terminateCluster", "cancelStep"):
        dispatch[f"arn:aws:states:::elasticmapreduce:{action}"] = _elasticmapreduce


def _record_tasks() -> None:
    """Records the calls of tasks as their state machine's role; the interpreter makes them without HTTP."""
    execute, invoke = stepfunctions._execute_task, stepfunctions._invoke_resource

    def execute_task(state: dict[str, Any], given: Any, execution: dict[str, Any], context: Any) -> Any:
        machine = stepfunctions._state_machines.get((execution or {}).get("stateMachineArn", "")) or {}
        token = _role.set(role_name(machine.get("roleArn", "")))
        try:
            return execute(state, given, execution, context)
        finally:
            _role.reset(token)

    def invoke_resource(resource: str, data: Any) -> Any:
        if found := called(resource, data if isinstance(data, dict) else {}):
            record_call(_role.get(), *found)
        return invoke(resource, data)

    stepfunctions._execute_task, stepfunctions._invoke_resource = execute_task, invoke_resource


def called(resource: str, data: dict[str, Any]) -> tuple[str, str, dict[str, Any]] | None:
    """Returns service, action and parameters of a task's call (pure)."""
    if ":function:" in resource:
        return "lambda", "InvokeFunction", {"FunctionName": resource}
    if not resource.startswith("arn:aws:states:::"):
        return None
    *prefix, service, action = resource.removeprefix("arn:aws:states:::").partition(".")[0].split(":")
    if service == "lambda" and action == "invoke":
        return "lambda", "InvokeFunction", data
    if prefix == ["aws-sdk"] or service == "glue":
        return service, action[:1].upper() + action[1:], data
    return (service, *_EMR[action](data)) if service == "elasticmapreduce" else None


_EMR: dict[str, Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]] = {
    "createCluster": lambda data: ("RunJobFlow", data),
    "addStep": lambda data: ("AddJobFlowSteps", {"JobFlowId": data.get("ClusterId")}),
    "terminateCluster": lambda data: ("TerminateJobFlows", {"JobFlowIds": [data.get("ClusterId")]}),
    "cancelStep": lambda data: ("CancelSteps", {"ClusterId": data.get("ClusterId")}),
}


def _start_job_run(resource: str, data: dict[str, Any]) -> dict[str, Any]:
    run_id = _call(glue._start_job_run, data, "Glue")["JobRunId"]
    if not resource.endswith(".sync"):
        return {"JobRunId": run_id}

    def read() -> tuple[str, dict[str, Any]]:
        run = next(r for r in glue._job_runs[data["JobName"]] if r["Id"] == run_id)
        return run["JobRunState"], run

    return _wait(read, ended=_RUN_ENDED, good=("SUCCEEDED",))


def _elasticmapreduce(resource: str, data: dict[str, Any]) -> dict[str, Any]:
    action, sync = resource.split("elasticmapreduce:")[1].partition(".")[0], resource.endswith(".sync")
    if action == "createCluster":
        made = _call(emr._HANDLERS["RunJobFlow"], data, "EMR")
        if sync:
            ready = ("WAITING", "RUNNING")
            _wait(_cluster(made["JobFlowId"]), ended=(*ready, *GONE), good=(*ready, "TERMINATED"))
        return {"ClusterId": made["JobFlowId"], "ClusterArn": made.get("ClusterArn")}
    cluster_id = data["ClusterId"]
    if action == "terminateCluster":
        _call(emr._HANDLERS["TerminateJobFlows"], {"JobFlowIds": [cluster_id]}, "EMR")
        return _wait(_cluster(cluster_id), ended=GONE, good=GONE) if sync else {}
    if action == "cancelStep":
        request = {"ClusterId": cluster_id, "StepIds": [data["StepId"]]}
        return _call(emr._HANDLERS["CancelSteps"], request, "EMR")["CancelStepsInfoList"][0]
    request = {"JobFlowId": cluster_id, "Steps": [data["Step"]]}
    step_id = _call(emr._HANDLERS["AddJobFlowSteps"], request, "EMR")["StepIds"][0]
    return _wait(_step(cluster_id, step_id), ended=_STEP_ENDED, good=("COMPLETED",)) if sync else {"StepId": step_id}


def _cluster(cluster_id: str) -> Callable[[], tuple[str, dict[str, Any]]]:
    def read() -> tuple[str, dict[str, Any]]:
        status = emr._clusters[cluster_id]["Status"]
        return status["State"], {"ClusterId": cluster_id, "Cluster": status}

    return read


def _step(cluster_id: str, step_id: str) -> Callable[[], tuple[str, dict[str, Any]]]:
    def read() -> tuple[str, dict[str, Any]]:
        step = next(s for s in emr._steps[cluster_id] if s["Id"] == step_id)
        return step["Status"]["State"], {"Step": {k: v for k, v in step.items() if not k.startswith("_")}}

    return read


def _call(handler: Callable[[dict[str, Any]], Response], data: dict[str, Any], service: str) -> dict[str, Any]:
    status, body = parse(handler(data))
    if status >= 300:
        kind = body.get("__type", "Exception").split("#")[-1]
        raise stepfunctions._ExecutionError(f"{service}.{kind}", body.get("message") or body.get("Message", ""))
    return body


def _wait(
    read: Callable[[], tuple[str, dict[str, Any]]], *, ended: Collection[str], good: Collection[str]
) -> dict[str, Any]:
    """Polls until `ended`. In a state outside `good` the task fails with the last record as its cause, as on AWS."""
    while (seen := read())[0] not in ended:
        time.sleep(0.5)
    state, record = seen
    if state not in good:
        raise stepfunctions._ExecutionError("States.TaskFailed", json.dumps(record, default=str))
    return json.loads(json.dumps(record, default=str))
