"""Executes one job run, from its process to its final state."""

import secrets
import subprocess
import time
from pathlib import Path
from typing import IO, Any

from ministack.services import glue

from local_aws.calls.callers import role_name
from local_aws.host import aws, installations
from local_aws.host.background import background
from local_aws.host.processes import Process, spawn, stop_processes
from local_aws.host.processes import stop as stop_process
from local_aws.services.glue import faults
from local_aws.settings import SETTINGS
from local_aws.spark import submit
from local_aws.spark.failure import failure

_processes: dict[str, Process] = {}


def execute(job: dict[str, Any], run: dict[str, Any], arguments: dict[str, Any]) -> None:
    """Runs the script and writes the result to `run`; the state last, so that its readers find the other values."""
    folder = SETTINGS.home / "glue" / run["Id"]
    folder.mkdir(parents=True, exist_ok=True)
    began = time.time()
    state, message = _outcome(job, run, arguments, folder)
    if run["JobRunState"] in ("STOPPING", "STOPPED"):
        state, message = "STOPPED", ""
    now = time.time()
    run.update(ExecutionTime=int(now - began), CompletedOn=now, LastModifiedOn=now)
    if message:
        run["ErrorMessage"] = message[:8000]
    if run["ExecutionClass"] == "FLEX" or str(arguments.get("--enable-auto-scaling", "")).lower() == "true":
        run["DPUSeconds"] = round((now - began) * run["MaxCapacity"], 1)  # AWS sets it only for these two
    _publish_logs(job, run, folder)
    run["JobRunState"] = state
    detail: dict[str, object] = {
        "jobName": run["JobName"],
        "severity": "INFO" if state == "SUCCEEDED" else "ERROR",
        "state": state,
        "jobRunId": run["Id"],
        "message": message or f"Job run {state.lower()}",
    }
    aws.emit("aws.glue", "Glue Job State Change", detail)


def stop(run_id: str) -> None:
    background(stop_process, _processes.get(run_id))


def stop_all() -> None:
    """Ends all runs immediately."""
    stop_processes(list(_processes.values()))


def _outcome(job: dict[str, Any], run: dict[str, Any], arguments: dict[str, Any], folder: Path) -> tuple[str, str]:
    """Returns (final state, error message); any error fails the run."""
    time.sleep(min(SETTINGS.provision_seconds, 1))
    try:
        installations.require("spark")  # the run stays STARTING during this call
        if run["JobRunState"] != "STARTING":
            return "STOPPED", ""
        if forced := faults.end_of(job["Name"]):
            return forced, f"The job's tag {faults.ENDS} requested this state"
        with open(folder / "output", "wb") as out, open(folder / "error", "wb") as err:
            process = _processes[run["Id"]] = _start(job, arguments, out, err)
            if run["JobRunState"] == "STARTING":
                run.update(JobRunState="RUNNING", LastModifiedOn=time.time())
            else:  # stopped between the check and the start
                stop_process(process)
            code = process.wait(run["Timeout"] * 60)
        return ("SUCCEEDED", "") if code == 0 else ("FAILED", _error_message(folder))
    except subprocess.TimeoutExpired:
        stop_process(_processes.get(run["Id"]))
        return "TIMEOUT", f"Job run exceeded its timeout of {run['Timeout']} minutes."
    except Exception as error:
        return "FAILED", f"{type(error).__name__}: {error}"
    finally:
        _processes.pop(run["Id"], None)


def _start(job: dict[str, Any], arguments: dict[str, Any], out: IO[bytes], err: IO[bytes]) -> Process:
    role = role_name(job.get("Role", ""))
    argv = [part for key, value in arguments.items() for part in (key, str(value))]
    files = arguments.get("--extra-py-files", "")
    script = job.get("Command", {}).get("ScriptLocation", "")
    if glue._is_spark_job(job):
        # Glue's documented syntax for several values: "--conf" → "a=1 --conf b=2"
        confs = f"--conf {arguments['--conf']}".split() if arguments.get("--conf") else []
        return submit.submit([*confs, *(["--py-files", files] if files else []), script, *argv], role, out, err)
    work = SETTINGS.home / "glue" / f"shell-{secrets.token_hex(6)}"
    work.mkdir(parents=True)
    extra = [_download(uri.strip(), work, role) for uri in files.split(",") if uri.strip()]
    python = SETTINGS.python("spark")
    env = {**submit.environment(python, role), "PYTHONPATH": ":".join(extra)}
    return spawn([python, _download(script, work, role), *argv], env=env, out=out, err=err, cwd=work)


def _download(uri: str, folder: Path, role: str) -> str:
    bucket, key = uri.split("://", 1)[1].split("/", 1)
    path = folder / key.rsplit("/", 1)[-1]
    aws.client("s3", role).download_file(bucket, key, str(path))
    return str(path)


def _error_message(folder: Path) -> str:
    found = failure(_read(folder / "error") + _read(folder / "output"))
    line = f"Failed Line Number: {found.line}; " if found.line else ""
    return f"Error Category: UNCLASSIFIED_ERROR; {line}{found.message}"


def _publish_logs(job: dict[str, Any], run: dict[str, Any], folder: Path) -> None:
    role = role_name(job.get("Role", ""))
    for kind in ("output", "error"):
        if text := _read(folder / kind).strip():
            try:
                aws.put_log(f"/aws-glue/jobs/{kind}", run["Id"], text, role)
            except Exception as error:  # the run must end even if its log is lost
                aws.say("glue", f"the {kind} log of {run['Id']} was not stored: {error}")


def _read(file: Path) -> str:
    return file.read_text("utf-8", "replace") if file.exists() else ""
