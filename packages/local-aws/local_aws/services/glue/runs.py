"""StartJobRun, GetJobRuns, BatchStopJobRun: the records of job runs."""

import secrets
import time
from typing import Any

from ministack.core.responses import error_response_json as error
from ministack.core.responses import json_response as ok
from ministack.services import glue

from local_aws.host.aws import Response
from local_aws.host.background import background
from local_aws.services.glue import execution

ACTIVE = ("STARTING", "RUNNING", "STOPPING", "WAITING")
_DPU = {"G.025X": 0.25, "G.1X": 1, "G.2X": 2, "G.4X": 4, "G.8X": 8, "Standard": 1}


def start_job_run(data: dict[str, Any]) -> Response:
    name = data.get("JobName")
    job = glue._jobs.get(name)
    if not job:
        text = f"Failed to start job run due to missing metadata: job {name} not found"
        return error("EntityNotFoundException", text, 400)
    if data.get("MaxCapacity") and (data.get("WorkerType") or data.get("NumberOfWorkers")):
        text = "Please do not set Max Capacity together with Worker Type and Number of Workers."
        return error("InvalidInputException", text, 400)
    active = sum(run["JobRunState"] in ACTIVE for run in glue._job_runs.get(name, []))
    if active >= (job.get("ExecutionProperty") or {}).get("MaxConcurrentRuns", 1):
        return error("ConcurrentRunsExceededException", f"Concurrent runs exceeded for {name}", 400)
    run = new_run(job, data)
    glue._job_runs.setdefault(name, []).append(run)
    arguments = glue._script_args(job, name, run["Id"], data.get("Arguments", {}))
    background(execution.execute, job, run, {**arguments, **(job.get("NonOverridableArguments") or {})})
    return ok({"JobRunId": run["Id"]})


def new_run(job: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Returns a record for GetJobRun; values missing in the call come from the job."""

    def choose(key: str, default: Any = None) -> Any:
        return data[key] if data.get(key) is not None else job.get(key, default)

    now = time.time()
    worker, workers = choose("WorkerType", "G.1X"), choose("NumberOfWorkers", 2)
    return {
        "Id": "jr_" + secrets.token_hex(32),
        "JobName": job["Name"],
        "Attempt": 0,
        "JobRunState": "STARTING",
        "StartedOn": now,
        "LastModifiedOn": now,
        "Arguments": data.get("Arguments", {}),
        "PredecessorRuns": [],
        "ExecutionTime": 0,
        "Timeout": choose("Timeout", 2880),  # minutes
        "MaxCapacity": choose("MaxCapacity") or workers * _DPU.get(worker, 1),
        "WorkerType": worker,
        "NumberOfWorkers": workers,
        "GlueVersion": job.get("GlueVersion", "5.1"),
        "ExecutionClass": choose("ExecutionClass", "STANDARD"),
        "LogGroupName": "/aws-glue/jobs",
        "JobMode": "SCRIPT",
    }


def get_job_runs(data: dict[str, Any]) -> Response:
    """Lists the newest runs first, in pages of at most 200, as on AWS."""
    name = data.get("JobName")
    if name not in glue._jobs:
        return error("EntityNotFoundException", f"Job {name} not found", 400)
    rows = glue._job_runs.get(name, [])[::-1]
    start, size = int(data.get("NextToken") or 0), min(int(data.get("MaxResults") or 200), 200)
    page: dict[str, Any] = {"JobRuns": rows[start : start + size]}
    if start + size < len(rows):
        page["NextToken"] = str(start + size)
    return ok(page)


def batch_stop_job_run(data: dict[str, Any]) -> Response:
    name = data.get("JobName")
    runs = {run["Id"]: run for run in glue._job_runs.get(name, [])}
    accepted: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for run_id in data.get("JobRunIds", []):
        run, answer = runs.get(run_id), {"JobName": name, "JobRunId": run_id}
        if run and run["JobRunState"] in ("STARTING", "RUNNING", "WAITING"):
            run.update(JobRunState="STOPPING", LastModifiedOn=time.time())
            execution.stop(run_id)
            accepted.append(answer)
            continue
        code = "InvalidInputException" if run else "EntityNotFoundException"
        text = f"Job run {run_id} is {run['JobRunState']}" if run else f"Job run {run_id} not found"
        refused.append({**answer, "ErrorDetail": {"ErrorCode": code, "ErrorMessage": text}})
    return ok({"SuccessfulSubmissions": accepted, "Errors": refused})


def settle_after_restart(reason: str) -> None:
    """Settles runs that were running when the last server process ended."""
    for rows in glue._job_runs.all_values():
        for run in rows:
            if run["JobRunState"] not in ACTIVE:
                continue
            stopping, now = run["JobRunState"] == "STOPPING", time.time()
            run.update(JobRunState="STOPPED" if stopping else "FAILED", CompletedOn=now, LastModifiedOn=now)
            if not stopping:
                run["ErrorMessage"] = reason
