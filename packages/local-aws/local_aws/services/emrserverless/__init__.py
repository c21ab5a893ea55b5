"""Job runs of EMR Serverless: moto keeps their records (see moto_server), Spark runs them here."""

import gzip
import json
import shlex
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

from local_aws.calls.callers import role_name
from local_aws.host import aws, installations
from local_aws.host.background import background
from local_aws.host.processes import Process, stop, stop_processes
from local_aws.install.output import say
from local_aws.settings import SETTINGS
from local_aws.spark.failure import failure
from local_aws.spark.submit import submit

_processes: dict[str, Process] = {}
_cancelled: set[str] = set()


def start(request: dict[str, Any]) -> None:
    """`request`: applicationId, jobRunId, executionRoleArn, sparkSubmit, logUri, timeoutMinutes."""
    background(_run, request)


def cancel(request: dict[str, Any]) -> None:
    _cancelled.add(request["jobRunId"])
    background(stop, _processes.get(request["jobRunId"]))


def stop_all() -> None:
    """Ends all runs immediately."""
    stop_processes(list(_processes.values()))


def arguments(spark_submit: dict[str, Any]) -> list[str]:
    """Converts sparkSubmit to the arguments of spark-submit (pure)."""
    parameters = shlex.split(spark_submit.get("sparkSubmitParameters") or "")
    return [*parameters, spark_submit["entryPoint"], *(spark_submit.get("entryPointArguments") or [])]


def _run(request: dict[str, Any]) -> None:
    began = time.monotonic()
    folder = SETTINGS.home / "emr-serverless" / request["jobRunId"]
    folder.mkdir(parents=True, exist_ok=True)
    state, details = _outcome(request, folder)
    if request["jobRunId"] in _cancelled:
        _cancelled.discard(request["jobRunId"])
        state, details = "CANCELLED", "Cancelled by user"
    _store_logs(request, folder)
    _report(request, state, details, time.monotonic() - began)


def _outcome(request: dict[str, Any], folder: Path) -> tuple[str, str]:
    """Returns (final state, details); any error fails the run."""
    run_id = request["jobRunId"]
    try:
        if not request.get("sparkSubmit"):
            return "FAILED", "Only sparkSubmit runs on this local application."
        _report(request, "SCHEDULED")
        installations.require("spark")
        if run_id in _cancelled:
            return "CANCELLED", ""
        with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as err:
            process = _processes[run_id] = submit(arguments(request["sparkSubmit"]), _role(request), out, err)
            _report(request, "RUNNING")
            if run_id in _cancelled:
                stop(process)
            code = process.wait((request.get("timeoutMinutes") or 720) * 60)
        if code == 0:
            return "SUCCESS", ""
        return "FAILED", f"Job failed, please check complete logs: {failure(_read(folder)).message}"
    except subprocess.TimeoutExpired:
        stop(_processes.get(run_id))
        return "FAILED", "Job run exceeded its execution timeout"
    except Exception as error:
        return "FAILED", f"{type(error).__name__}: {error}"
    finally:
        _processes.pop(run_id, None)


def _report(request: dict[str, Any], state: str, details: str = "", seconds: float = 0) -> None:
    ids = {key: request[key] for key in ("applicationId", "jobRunId")}
    body = json.dumps({**ids, "state": state, "details": details, "seconds": seconds}).encode()
    url = f"{SETTINGS.moto_endpoint}/_local-aws/job-run"
    try:
        urllib.request.urlopen(urllib.request.Request(url, data=body, method="POST"), timeout=30).close()
    except OSError as error:  # moto was restarted and has settled the run itself
        say("emr-serverless", f"state {state} of {request['jobRunId']} was not stored: {error}")


def _role(request: dict[str, Any]) -> str:
    return role_name(request.get("executionRoleArn", ""))


def _store_logs(request: dict[str, Any], folder: Path) -> None:
    if not request.get("logUri"):
        return
    bucket, _, prefix = request["logUri"].split("://", 1)[1].partition("/")
    base = f"{prefix.rstrip('/')}/applications/{request['applicationId']}/jobs/{request['jobRunId']}/SPARK_DRIVER/"
    for file in folder.iterdir():
        try:
            body, key = gzip.compress(file.read_bytes()), f"{base.lstrip('/')}{file.name}.gz"
            aws.client("s3", _role(request)).put_object(Bucket=bucket, Key=key, Body=body)
        except Exception as error:  # the run must end even if its log is lost
            say("emr-serverless", f"{file.name} of {request['jobRunId']} was not stored: {error}")


def _read(folder: Path) -> str:
    return "".join((folder / name).read_text("utf-8", "replace") for name in ("stderr", "stdout"))
