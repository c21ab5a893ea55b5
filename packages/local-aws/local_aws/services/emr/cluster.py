"""The life cycle of a cluster: STARTING, BOOTSTRAPPING, RUNNING or WAITING, TERMINATING, TERMINATED."""

import threading
import time
from typing import Any

from ministack.services import emr

from local_aws.host import aws, installations
from local_aws.host.background import background
from local_aws.install.failure import InstallFailed
from local_aws.services.emr import steps
from local_aws.services.emr.rules import ENDING, GONE
from local_aws.settings import SETTINGS

_wakers: dict[str, threading.Event] = {}
_GROUP_STATES = {"STARTING": "PROVISIONING", "BOOTSTRAPPING": "BOOTSTRAPPING", "TERMINATING": "TERMINATED"}


def begin(c: dict[str, Any], policy: dict[str, Any] | None) -> None:
    """Starts the life cycle of a cluster that RunJobFlow has created."""
    c["_AutoTerminationPolicy"] = policy
    c["Status"] = {"State": "STARTING", "StateChangeReason": {}, "Timeline": {"CreationDateTime": time.time()}}
    _wakers[c["Id"]] = threading.Event()
    _enter(c, "STARTING")
    background(_live, c)


def wake(cluster_id: str) -> None:
    """Wakes the scheduling thread after a change."""
    if waker := _wakers.get(cluster_id):
        waker.set()


def shut_down(c: dict[str, Any], code: str, message: str, errors: bool = False) -> None:
    """Sets TERMINATING, ends open steps, and sets TERMINATED (with `errors`: TERMINATED_WITH_ERRORS) a little later."""
    _enter(c, "TERMINATING", code, message)
    for step in emr._steps[c["Id"]]:
        steps.end_with_cluster(c, step)
    wake(c["Id"])

    def finish() -> None:
        time.sleep(SETTINGS.provision_seconds)
        c["Status"]["Timeline"]["EndDateTime"] = time.time()
        _enter(c, "TERMINATED_WITH_ERRORS" if errors else "TERMINATED", code, message)

    background(finish)


def settle_after_restart(reason: str) -> None:
    """Ends clusters of a former server process."""
    now = time.time()
    for c in emr._clusters.all_values():
        if c["Status"]["State"] not in GONE:
            c["Status"]["State"] = "TERMINATED_WITH_ERRORS"
            c["Status"]["StateChangeReason"] = {"Code": "INSTANCE_FAILURE", "Message": reason}
            c["Status"]["Timeline"]["EndDateTime"] = now
    for rows in emr._steps.all_values():
        for step in rows:
            steps.settle_after_restart(step, reason, now)


def _live(c: dict[str, Any]) -> None:
    time.sleep(SETTINGS.provision_seconds)
    if c["Status"]["State"] not in ENDING:
        _enter(c, "BOOTSTRAPPING")
        try:
            installations.require("spark")
        except InstallFailed as failure:
            shut_down(c, "BOOTSTRAP_FAILURE", f"Spark could not be installed: {failure}", errors=True)
            return
        time.sleep(SETTINGS.provision_seconds)
    c["Status"]["Timeline"]["ReadyDateTime"] = idle_since = time.time()
    waker = _wakers[c["Id"]]
    while c["Status"]["State"] not in ENDING:
        waker.clear()
        if _run_steps(c):
            idle_since = time.time()
        elif c["AutoTerminate"]:
            shut_down(c, "ALL_STEPS_COMPLETED", "Steps completed")
        else:
            if c["Status"]["State"] != "WAITING":
                _enter(c, "WAITING")
            if _idle_too_long(c, time.time() - idle_since):
                shut_down(c, "ALL_STEPS_COMPLETED", "Cluster was idle for the auto-termination time")
        waker.wait(0.5)


def _run_steps(c: dict[str, Any]) -> bool:
    """Starts as many waiting steps as may run in parallel. Returns whether a step is running or waiting."""
    rows = emr._steps[c["Id"]]
    active = [s for s in rows if s["Status"]["State"] in ("RUNNING", "CANCEL_PENDING")]
    waiting = [s for s in rows if s["Status"]["State"] == "PENDING"]
    for step in waiting[: max(0, c["StepConcurrencyLevel"] - len(active))]:
        if c["Status"]["State"] != "RUNNING":
            _enter(c, "RUNNING")
        steps.enter(c, step, "RUNNING")
        background(_run_step, c, step)
    return bool(active or waiting)


def _run_step(c: dict[str, Any], step: dict[str, Any]) -> None:
    steps.run(c, step)
    alone = c["StepConcurrencyLevel"] == 1
    if step["Status"]["State"] == "FAILED" and alone and c["Status"]["State"] not in ENDING:
        if step["ActionOnFailure"] in ("TERMINATE_CLUSTER", "TERMINATE_JOB_FLOW"):
            shut_down(c, "STEP_FAILURE", "Shut down as step failed", errors=True)
        elif step["ActionOnFailure"] == "CANCEL_AND_WAIT":
            for other in emr._steps[c["Id"]]:
                if other["Status"]["State"] == "PENDING":
                    steps.end_with_cluster(c, other)
    wake(c["Id"])


def _idle_too_long(c: dict[str, Any], seconds: float) -> bool:
    policy = c.get("_AutoTerminationPolicy")
    if not policy or c["TerminationProtected"]:
        return False
    return seconds > policy.get("IdleTimeout", 3600) / 60 * SETTINGS.seconds_per_idle_minute


def _enter(c: dict[str, Any], state: str, code: str = "", message: str = "") -> None:
    c["Status"]["State"] = state
    c["Status"]["StateChangeReason"] = {"Code": code, "Message": message} if code else {}
    for group in c["InstanceGroups"]:
        group["Status"]["State"] = "TERMINATED" if state in GONE else _GROUP_STATES.get(state, "RUNNING")
        group["RunningInstanceCount"] = 0 if state in GONE else group["RequestedInstanceCount"]
    detail: dict[str, object] = {
        "severity": "ERROR" if state.endswith("ERRORS") else "INFO",
        "clusterId": c["Id"],
        "name": c["Name"],
        "state": state,
        "stateChangeReason": {"code": code},
        "message": f"Amazon EMR Cluster {c['Id']} is {state}. {message}".strip(),
    }
    aws.emit("aws.emr", "EMR Cluster State Change", detail)
