"""Returns the phase of a Glue job run: one of four words on which the state machine bases its choice."""

from __future__ import annotations

import os
import re
from typing import Literal, TypedDict

import boto3

Phase = Literal["running", "succeeded", "retryable", "failed"]

# All states of Glue. Any other state counts as failed: unknown is never success.
# https://docs.aws.amazon.com/glue/latest/dg/job-run-statuses.html
PHASES: dict[str, Phase] = {
    "WAITING": "running",
    "STARTING": "running",
    "RUNNING": "running",
    "STOPPING": "running",
    "SUCCEEDED": "succeeded",
    # A fault of Glue itself, and a run that waited too long for capacity.
    "ERROR": "retryable",
    "EXPIRED": "retryable",
    "FAILED": "failed",
    # Stopped or timed out: retrying would override whoever stopped it, or time out again.
    "STOPPED": "failed",
    "TIMEOUT": "failed",
}

# Messages of FAILED runs whose script was not to blame.
_NOT_THE_SCRIPT = re.compile(
    r"LAUNCH ERROR|RESOURCE_UNAVAILABLE|internal service (error|exception)|temporarily unavailable"
    r"|resource unavailable|throttl|rate exceeded|insufficient capacity|SlowDown",
    re.IGNORECASE,
)


class Request(TypedDict):
    jobRunId: str


class Answer(TypedDict):
    phase: Phase
    state: str
    jobRunId: str
    executionSeconds: int
    timeoutSeconds: int
    cause: str


def handler(event: Request, context: object) -> Answer:
    """Entry point; the job's name is in GLUE_JOB_NAME."""
    glue = boto3.client("glue")
    return judge(glue.get_job_run(JobName=os.environ["GLUE_JOB_NAME"], RunId=event["jobRunId"])["JobRun"])


def judge(run: dict) -> Answer:
    """Returns the phase, the progress (seconds so far, seconds allowed) and the cause of a failure in one line."""
    state, message = run["JobRunState"], " ".join(run.get("ErrorMessage", "").split())
    phase = PHASES.get(state, "failed")
    if state == "FAILED" and _NOT_THE_SCRIPT.search(message):
        phase = "retryable"
    return {
        "phase": phase,
        "state": state,
        "jobRunId": run["Id"],
        "executionSeconds": run.get("ExecutionTime", 0),
        "timeoutSeconds": run.get("Timeout", 0) * 60,
        "cause": _cause(run, state, message) if phase in ("failed", "retryable") else "",
    }


def _cause(run: dict, state: str, message: str) -> str:
    said = message or {
        "STOPPED": "it was stopped",
        "TIMEOUT": f"it ran longer than the {run.get('Timeout', '?')} minutes allowed",
        "EXPIRED": "it waited too long for capacity",
    }.get(state, "Glue gave no message" if state in PHASES else "this state is not known")
    # Step Functions accepts causes of up to 32,768 characters; the job's log has the stack trace.
    return f"Glue job run {run['Id']} of {run.get('JobName', 'the job')} ended {state}: {said}"[:2000]
