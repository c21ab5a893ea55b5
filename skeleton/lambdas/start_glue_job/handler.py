"""Starts the Glue job for an execution exactly once.

Step Functions may invoke a function more than once, and a response can get lost. So if a job run with the same run key,
execution and attempt exists, the function returns it and never starts a second one. A run that a person clears has
another execution, and so another job run.
"""

from __future__ import annotations

import os
from typing import Literal, TypedDict

import boto3

# GetJobRuns lists the newest runs first, so a recent run is on the first page. The other pages are for a redrive, days
# later, of a job that runs often.
_PAGES = 5


class Request(TypedDict):
    runKey: str
    # The execution's name.
    execution: str
    attempt: int
    # Folders in jobs/lake/datasets.
    datasets: list[str]


class Answer(TypedDict):
    outcome: Literal["started", "existing", "busy"]
    jobRunId: str | None
    message: str


def handler(event: Request, context: object) -> Answer:
    """Entry point; the job's name is in GLUE_JOB_NAME."""
    return start_once(boto3.client("glue"), os.environ["GLUE_JOB_NAME"], event)


def start_once(glue, job_name: str, request: Request) -> Answer:
    """Finds or starts the job run with this run key, execution and attempt. Raises all errors other than a full queue.

    https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html
    """
    attempt = {
        "--run_id": request["runKey"],
        "--execution": request["execution"],
        "--attempt": str(request["attempt"]),
    }
    if found := _find(glue, job_name, attempt):
        return {"outcome": "existing", "jobRunId": found, "message": f"{found} was already started for this execution"}
    arguments = {**attempt, "--datasets": ",".join(request["datasets"])}
    try:
        started = glue.start_job_run(JobName=job_name, Arguments=arguments)["JobRunId"]
    except glue.exceptions.ConcurrentRunsExceededException as error:
        return {
            "outcome": "busy",
            "jobRunId": None,
            "message": f"{job_name} has reached its limit of concurrent runs: {error}",
        }
    return {"outcome": "started", "jobRunId": started, "message": f"{started} started"}


def _find(glue, job_name: str, arguments: dict[str, str]) -> str | None:
    page: dict = {"JobName": job_name, "MaxResults": 200}
    for _ in range(_PAGES):
        answer = glue.get_job_runs(**page)
        for run in answer["JobRuns"]:
            if arguments.items() <= run.get("Arguments", {}).items():
                return run["Id"]
        if not (token := answer.get("NextToken")):
            return None
        page["NextToken"] = token
    return None
