"""Tests the end of a run, and what an interrupted run stops. Responses of AWS follow its own models."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from conftest import Deploy, load_dag

RUN_ID, KEY = "manual__1", "manual--1-19b04f5690"
PARAMETERS = {
    "state-machine-arn": "arn:aws:states:us-east-1:111122223333:stateMachine:films-test-transform",
    "emr-serverless-application-id": "00f1",
}
EXECUTION = f"arn:aws:states:us-east-1:111122223333:execution:films-test-transform:{KEY}"
JOB = "films-test-transform"


class Run:
    """A task instance that returns the results of the other tasks."""

    def __init__(self, **given: Any) -> None:
        self.given = given

    def xcom_pull(self, task_ids: str) -> Any:
        return self.given.get(task_ids)


good, cut_short = Run(read_parameters=PARAMETERS, start_execution=EXECUTION), Run(read_parameters=PARAMETERS)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Stubber]]:
    """Responses by service. A call without a response fails, and so does a response without a call."""
    keys = {"region_name": "us-east-1", "aws_access_key_id": "x", "aws_secret_access_key": "x"}
    clients = {name: boto3.client(name, **keys) for name in ("stepfunctions", "glue", "emr-serverless")}
    monkeypatch.setattr(boto3, "client", lambda service, region_name: clients[service])
    monkeypatch.setattr("time.sleep", lambda _: None)
    stubs = {name: Stubber(client) for name, client in clients.items()}
    for stub in stubs.values():
        stub.activate()
    yield stubs
    for stub in stubs.values():
        stub.assert_no_pending_responses()


def end(deploy: Deploy, run: Run, **changes: object) -> None:
    load_dag(deploy(**changes)).get_task("confirm_end").python_callable(ti=run, run_id=RUN_ID)


def executions(aws: dict[str, Stubber], *states: str) -> None:
    for status in states:
        answer = {
            "executionArn": EXECUTION,
            "stateMachineArn": PARAMETERS["state-machine-arn"],
            "status": status,
            "startDate": datetime.now(UTC),
        }
        aws["stepfunctions"].add_response("describe_execution", answer, {"executionArn": EXECUTION})
        if status == "RUNNING":
            aws["stepfunctions"].add_response("stop_execution", {"stopDate": datetime.now(UTC)})


def job_runs(aws: dict[str, Stubber], *runs: tuple[str, str, str]) -> None:
    """(id, state, run key) each."""
    found = [{"Id": each, "JobRunState": state, "Arguments": {"--run_id": key}} for each, state, key in runs]
    aws["glue"].add_response("get_job_runs", {"JobRuns": found}, {"JobName": JOB, "MaxResults": 200})


def test_it_is_a_teardown_else_airflow_would_skip_it_in_a_run_marked_as_failed(deploy: Deploy) -> None:
    confirm = load_dag(deploy()).get_task("confirm_end")

    assert confirm.is_teardown
    assert confirm.on_failure_fail_dagrun


def test_a_good_run_stops_nothing(deploy: Deploy, aws: dict[str, Stubber]) -> None:
    executions(aws, "SUCCEEDED")
    job_runs(aws, ("jr_1", "SUCCEEDED", KEY))

    end(deploy, good)


def test_a_run_that_began_nothing_is_no_success(deploy: Deploy, aws: dict[str, Stubber]) -> None:
    with pytest.raises(Exception, match="start_execution did not succeed"):
        end(deploy, Run())


def test_execution_and_glue_run_of_a_run_that_was_cut_short_are_stopped(
    deploy: Deploy, aws: dict[str, Stubber]
) -> None:
    executions(aws, "RUNNING", "ABORTED")
    own, others = ("jr_1", "RUNNING", KEY), [("jr_2", "RUNNING", "another"), ("jr_3", "FAILED", KEY)]
    job_runs(aws, own, *others)
    stopped = {"JobName": JOB, "JobRunIds": ["jr_1"]}
    aws["glue"].add_response("batch_stop_job_run", {"SuccessfulSubmissions": [], "Errors": []}, stopped)
    # A Lambda that was running when the execution was stopped has started one more.
    job_runs(aws, ("jr_1", "STOPPING", KEY), ("jr_4", "STARTING", KEY))
    aws["glue"].add_response("batch_stop_job_run", {"Errors": []}, {"JobName": JOB, "JobRunIds": ["jr_4"]})

    with pytest.raises(Exception, match="start_execution did not succeed"):
        end(deploy, cut_short)


def test_job_runs_of_emr_serverless_are_cancelled_by_their_names(deploy: Deploy, aws: dict[str, Stubber]) -> None:
    for _ in range(2):
        aws["stepfunctions"].add_client_error("describe_execution", "ExecutionDoesNotExist")
        job_runs(aws)
    ingest, other = f"films-test-{KEY}-ingest", "films-test-another-ingest"
    at_work = ["SUBMITTED", "PENDING", "SCHEDULED", "RUNNING", "QUEUED"]
    for found in ([("1", ingest), ("2", other)], []):
        runs = [job_run(each, name) for each, name in found]
        aws["emr-serverless"].add_response(
            "list_job_runs", {"jobRuns": runs}, {"applicationId": "00f1", "states": at_work}
        )
        if runs:
            cancelled = {"applicationId": "00f1", "jobRunId": "1"}
            aws["emr-serverless"].add_response("cancel_job_run", cancelled, cancelled)

    with pytest.raises(Exception, match="start_execution did not succeed"):
        end(deploy, cut_short, compute="emr-serverless")


def job_run(each: str, name: str) -> dict[str, Any]:
    texts = dict.fromkeys(["arn", "createdBy", "executionRole", "stateDetails", "releaseLabel"], "x" * 60)
    moment = datetime.now(UTC)
    return {
        **texts,
        **{"applicationId": "00f1", "id": each, "name": name, "state": "RUNNING"},
        **{"createdAt": moment, "updatedAt": moment},
    }


def test_what_cannot_be_stopped_is_named_and_all_else_is_tried(deploy: Deploy, aws: dict[str, Stubber]) -> None:
    aws["stepfunctions"].add_client_error("describe_execution", "AccessDeniedException", "not yours")
    aws["emr-serverless"].add_response("list_job_runs", {"jobRuns": []})

    with pytest.raises(Exception, match=r"(?s)by hand.*AccessDenied.*not yours"):
        end(deploy, cut_short, compute="emr-serverless")
