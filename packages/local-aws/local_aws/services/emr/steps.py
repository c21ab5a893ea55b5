"""The life cycle of a step: PENDING, RUNNING, then COMPLETED, FAILED, CANCELLED or INTERRUPTED."""

import gzip
import time
from pathlib import Path
from typing import Any

from local_aws.calls.authorizations import instance_role
from local_aws.host import aws
from local_aws.host.background import background
from local_aws.host.processes import Process, stop, stop_processes
from local_aws.install.output import say
from local_aws.settings import SETTINGS
from local_aws.spark.failure import failure
from local_aws.spark.submit import submit

_processes: dict[str, Process] = {}
_OUTPUTS = ("stdout", "stderr")


def run(c: dict[str, Any], step: dict[str, Any]) -> None:
    """Runs a RUNNING step to its end; any error fails the step."""
    folder = SETTINGS.home / "emr" / c["Id"] / step["Id"]
    folder.mkdir(parents=True, exist_ok=True)
    role = instance_role(c["Ec2InstanceAttributes"]["IamInstanceProfile"])
    code, note = _execute(step, folder, role)
    log = _store_logs(c, step, folder, role)
    if ended := step.pop("_ended", None):
        message = "Cancelled by user" if ended == "CANCELLED" else "Cluster terminated"
        enter(c, step, ended, {"StateChangeReason": {"Message": message}})
    elif code == 0:
        enter(c, step, "COMPLETED")
    else:
        message = note or failure("".join(_read(folder / name) for name in ("stderr", "stdout"))).message
        details = {"Reason": "Unknown Error.", "Message": message[:2000]}
        if log:
            details["LogFile"] = f"{log}stderr.gz"
        enter(c, step, "FAILED", {"FailureDetails": details})


def cancel(c: dict[str, Any], step: dict[str, Any], grace: float) -> str | None:
    """Cancels a waiting or running step. Returns the reason if this is not possible."""
    state = step["Status"]["State"]
    if state == "PENDING":
        enter(c, step, "CANCELLED", {"StateChangeReason": {"Message": "Cancelled by user"}})
    elif state == "RUNNING":
        step["_ended"] = "CANCELLED"
        enter(c, step, "CANCEL_PENDING")
        background(stop, _processes.get(step["Id"]), grace)
    else:
        return f"Cannot cancel a step in state {state}"
    return None


def end_with_cluster(c: dict[str, Any], step: dict[str, Any]) -> None:
    if step["Status"]["State"] == "PENDING":
        enter(c, step, "CANCELLED", {"StateChangeReason": {"Message": "Job terminated"}})
    elif step["Status"]["State"] == "RUNNING":
        step["_ended"] = "INTERRUPTED"
        background(stop, _processes.get(step["Id"]))


def stop_all() -> None:
    """Ends the processes of all steps immediately."""
    stop_processes(list(_processes.values()))


def settle_after_restart(step: dict[str, Any], reason: str, now: float) -> None:
    state = step["Status"]["State"]
    if state in ("RUNNING", "CANCEL_PENDING"):
        step["Status"].update(State="FAILED", FailureDetails={"Reason": "Unknown Error.", "Message": reason})
    elif state == "PENDING":
        step["Status"].update(State="CANCELLED", StateChangeReason={"Message": reason})
    else:
        return
    step.pop("_ended", None)
    step["Status"]["Timeline"]["EndDateTime"] = now


def enter(c: dict[str, Any], step: dict[str, Any], state: str, more: dict[str, Any] | None = None) -> None:
    timeline = step["Status"]["Timeline"]
    if state == "RUNNING":
        timeline["StartDateTime"] = time.time()
    elif state != "CANCEL_PENDING":
        timeline["EndDateTime"] = time.time()
    step["Status"].update(more or {})
    step["Status"]["State"] = state  # last, so that readers of the state find the other values
    detail: dict[str, object] = {
        "severity": "ERROR" if state == "FAILED" else "INFO",
        "clusterId": c["Id"],
        "stepId": step["Id"],
        "name": step["Name"],
        "state": state,
        "actionOnFailure": step["ActionOnFailure"],
        "message": f"Step {step['Id']} ({step['Name']}) is {state}",
    }
    aws.emit("aws.emr", "EMR Step Status Change", detail)


def _execute(step: dict[str, Any], folder: Path, role: str) -> tuple[int, str]:
    """Returns (exit code, reason why the step could not run)."""
    arguments = step["Config"]["Args"]
    if not step["Config"]["Jar"].endswith("command-runner.jar") or arguments[:1] != ["spark-submit"]:
        return 1, "Only command-runner.jar with spark-submit runs on this local cluster."
    try:
        with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as err:
            process = _processes[step["Id"]] = submit(arguments[1:], role, out, err)
            if step.get("_ended"):  # cancelled during its start
                stop(process)
            return process.wait(), ""
    except Exception as error:
        return 1, f"{type(error).__name__}: {error}"
    finally:
        _processes.pop(step["Id"], None)


def _store_logs(c: dict[str, Any], step: dict[str, Any], folder: Path, role: str) -> str:
    """Stores a step's logs. Returns their location, "s3://…/"; empty without LogUri."""
    if not c.get("LogUri"):
        return ""
    bucket, _, prefix = c["LogUri"].split("://", 1)[1].partition("/")
    base = f"{prefix.rstrip('/')}/{c['Id']}/steps/{step['Id']}/".lstrip("/")
    for name in _OUTPUTS:
        try:
            body = gzip.compress(_read(folder / name).encode())
            aws.client("s3", role).put_object(Bucket=bucket, Key=f"{base}{name}.gz", Body=body)
        except Exception as error:  # EMR also ends a step if its log cannot be written
            say("emr", f"{name} of step {step['Id']} was not stored in {c['LogUri']}: {error}")
    return f"s3://{bucket}/{base}"


def _read(file: Path) -> str:
    return file.read_text("utf-8", "replace") if file.exists() else ""
