"""Tests the end of a run, and what an interrupted run stops. Responses of AWS follow its own models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from airflow.utils.state import TaskInstanceState
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from conftest import Deploy, load_dag

RUN_ID, KEY = "manual__1", "manual--1-19b04f5690"
MACHINE = "arn:aws:states:us-east-1:111122223333:stateMachine:films-test-transform"
PARAMETERS = {"state-machine-arn": MACHINE, "emr-serverless-application-id": "00f1"}
JOB = "films-test-transform"
ALIVE = ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"]


class Run:
    """A task instance of Airflow 3 that tells the states of all tasks, and the results of the others."""

    dag_id, run_id = "films-test", RUN_ID

    def __init__(self, states: dict[str, Any], **given: Any) -> None:
        self.states, self.given = states, given

    def xcom_pull(self, task_ids: str) -> Any:
        return self.given.get(task_ids)

    def get_task_states(self, dag_id: str, run_ids: list[str]) -> dict[str, dict[str, Any]]:
        assert (dag_id, run_ids) == (self.dag_id, [RUN_ID])
        return {RUN_ID: self.states}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Stubber]]:
    """Responses by service. A call without a response fails, and so does a response without a call."""
    keys = {"region_name": "us-east-1", "aws_access_key_id": "x", "aws_secret_access_key": "x"}
    clients: dict[str, Any] = {
        name: boto3.client(name, **keys) for name in ("stepfunctions", "glue", "emr-serverless", "emr")
    }
    monkeypatch.setattr(boto3, "client", lambda service, region_name: clients[service])
    monkeypatch.setattr("time.sleep", lambda _: None)
    stubs = {name: Stubber(client) for name, client in clients.items()}
    for stub in stubs.values():
        stub.activate()
    yield stubs
    for stub in stubs.values():
        stub.assert_no_pending_responses()


End = Callable[..., None]


@pytest.fixture
def end(deploy: Deploy) -> End:
    def confirm(states: dict[str, Any] | None = None, given: Any = PARAMETERS, **changes: object) -> None:
        """Ends a run whose tasks all succeeded, except for `states`."""
        dag = load_dag(deploy(**changes))
        all_states = {**dict.fromkeys(dag.task_ids, "success"), "confirm_end": "running", **(states or {})}
        dag.get_task("confirm_end").python_callable(ti=Run(all_states, read_parameters=given), run_id=RUN_ID)

    return confirm


def executions(aws: dict[str, Stubber], *states: str, times: int = 1, stops: bool = True) -> None:
    """The executions of the run's tries; a running one is stopped, and then it is aborted."""
    for _ in range(times):
        for number, status in enumerate(states, 1):
            arn = f"{MACHINE.replace('stateMachine', 'execution')}:{KEY}_{number}"
            answer = {"executionArn": arn, "stateMachineArn": MACHINE, "name": f"{KEY}_{number}"}
            moment = {"status": status, "startDate": datetime.now(UTC)}
            aws["stepfunctions"].add_response("describe_execution", {**answer, **moment}, {"executionArn": arn})
        aws["stepfunctions"].add_client_error("describe_execution", "ExecutionDoesNotExist")
        if stops:
            for _running in (each for each in states if each == "RUNNING"):
                aws["stepfunctions"].add_response("stop_execution", {"stopDate": datetime.now(UTC)})


def job_runs(aws: dict[str, Stubber], *runs: tuple[str, str, str], times: int = 1) -> None:
    """(id, state, run key) each."""
    found = [{"Id": each, "JobRunState": state, "Arguments": {"--run_id": key}} for each, state, key in runs]
    for _ in range(times):
        aws["glue"].add_response("get_job_runs", {"JobRuns": found}, {"JobName": JOB, "MaxResults": 200})


def clusters(aws: dict[str, Stubber], *named: tuple[str, str], times: int = 1) -> None:
    """(id, name) each, of those that have not ended."""
    found = [{"Id": each, "Name": name} for each, name in named]
    for _ in range(times):
        aws["emr"].add_response("list_clusters", {"Clusters": found}, {"ClusterStates": ALIVE})


def nothing_left(aws: dict[str, Stubber], times: int) -> None:
    executions(aws, "FAILED", times=times)
    job_runs(aws, times=times)
    clusters(aws, times=times)


def test_it_stops_everything_though_the_execution_cannot_be_read(aws: dict[str, Stubber], end: End) -> None:
    aws["stepfunctions"].add_client_error("describe_execution", "AccessDeniedException")
    nothing_left(aws, times=1)

    with pytest.raises(ClientError, match="AccessDeniedException"):
        end()


def test_it_is_a_teardown_else_airflow_would_skip_it_in_a_run_marked_as_failed(deploy: Deploy) -> None:
    confirm = load_dag(deploy()).get_task("confirm_end")

    assert confirm.is_teardown
    assert confirm.on_failure_fail_dagrun
    # One that waited for a setup would be skipped together with it.
    assert not [task for task in confirm.upstream_list if task.is_setup]


def test_a_good_run_stops_nothing(end: End, aws: dict[str, Stubber]) -> None:
    # A failed try before counts no more.
    executions(aws, "FAILED", "SUCCEEDED", times=2)
    job_runs(aws, ("jr_1", "SUCCEEDED", KEY))
    clusters(aws, ("j-2", "films-test-another"))

    end()


TASKS = ["read_parameters", "create_cluster", "ingest", "preprocess_tags", "start_execution", "terminate_cluster"]
NO_SUCCESS = [None, *(state for state in TaskInstanceState if state != TaskInstanceState.SUCCESS)]


@pytest.mark.parametrize("state", NO_SUCCESS, ids=str)
@pytest.mark.parametrize("task", TASKS)
def test_any_task_in_any_other_state_than_success_fails_the_run(
    end: End, aws: dict[str, Stubber], task: str, state: TaskInstanceState | None
) -> None:
    """Though all results (XComs) and executions of an earlier try of the run are there."""
    executions(aws, "SUCCEEDED", times=2)
    job_runs(aws, times=2)
    clusters(aws, times=2)

    with pytest.raises(Exception, match=rf"try succeeded: {task} \({state.value if state else 'none'}\)\. So this run"):
        end({task: state})


def test_on_airflow_2_the_states_are_those_of_the_dag_run(deploy: Deploy, aws: dict[str, Stubber]) -> None:
    nothing_left(aws, times=2)
    states = {"ingest": TaskInstanceState.FAILED, "start_execution": None, "read_parameters": "success"}
    instances = [SimpleNamespace(task_id=task, state=state) for task, state in states.items()]

    with pytest.raises(Exception, match=r"succeeded: ingest \(failed\), start_execution \(none\)"):
        load_dag(deploy()).get_task("confirm_end").python_callable(
            ti=SimpleNamespace(xcom_pull=lambda task_ids: PARAMETERS),
            run_id=RUN_ID,
            dag_run=SimpleNamespace(get_task_instances=lambda: instances),
        )


@pytest.mark.parametrize("status", ["FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE", "RUNNING"])
def test_a_task_that_a_person_marked_as_successful_is_no_proof(end: End, aws: dict[str, Stubber], status: str) -> None:
    executions(aws, "SUCCEEDED", status, stops=False)
    executions(aws, "SUCCEEDED", status)
    executions(aws, "SUCCEEDED", "ABORTED")
    job_runs(aws, times=2)
    clusters(aws, times=2)

    with pytest.raises(Exception, match=rf"The execution {KEY}_2 is {status}\. So this run fails"):
        end()


def test_a_run_that_a_person_marked_as_successful_before_it_began_is_none(end: End, aws: dict[str, Stubber]) -> None:
    job_runs(aws, times=2)
    clusters(aws, times=2)

    with pytest.raises(Exception, match="read_parameters has returned nothing: a person has marked it"):
        end(given=None)


def test_without_an_execution_the_task_did_not_run(end: End, aws: dict[str, Stubber]) -> None:
    executions(aws, times=3)
    job_runs(aws, times=2)
    clusters(aws, times=2)

    with pytest.raises(Exception, match=rf"no execution {KEY}_1: its task was marked, and did not run"):
        end()


def test_a_run_that_fails_is_not_confirmed_again(end: End, aws: dict[str, Stubber]) -> None:
    nothing_left(aws, times=2)

    with pytest.raises(Exception, match="ingest") as raised:
        end({"ingest": "failed"})

    assert "AirflowFailException" in [kind.__name__ for kind in raised.type.__mro__], "Airflow does not retry it"


def test_execution_glue_run_and_cluster_of_a_run_that_was_cut_short_are_stopped(
    end: End, aws: dict[str, Stubber]
) -> None:
    # One of a try before this one, which was cleared while it was at work, and that of this try.
    executions(aws, "RUNNING", "RUNNING")
    executions(aws, "ABORTED", "ABORTED")
    own, others = ("jr_1", "RUNNING", KEY), [("jr_2", "RUNNING", "another"), ("jr_3", "FAILED", KEY)]
    job_runs(aws, own, *others)
    stopped = {"JobName": JOB, "JobRunIds": ["jr_1"]}
    aws["glue"].add_response("batch_stop_job_run", {"SuccessfulSubmissions": [], "Errors": []}, stopped)
    # A Lambda that was running when the execution was stopped has started one more.
    job_runs(aws, ("jr_1", "STOPPING", KEY), ("jr_4", "STARTING", KEY))
    aws["glue"].add_response("batch_stop_job_run", {"Errors": []}, {"JobName": JOB, "JobRunIds": ["jr_4"]})
    # Its task was killed after EMR had created it, or the run was cleared: no task terminates it.
    clusters(aws, ("j-1", f"films-test-{KEY}"), ("j-2", "films-test-another"))
    aws["emr"].add_response("terminate_job_flows", {}, {"JobFlowIds": ["j-1"]})
    clusters(aws)

    with pytest.raises(Exception, match="ingest"):
        end({"ingest": "failed"})


def test_job_runs_of_emr_serverless_are_cancelled_by_their_names(end: End, aws: dict[str, Stubber]) -> None:
    executions(aws, times=2)
    job_runs(aws, times=2)
    ingest, other = f"films-test-{KEY}-ingest", "films-test-another-ingest"
    at_work = ["SUBMITTED", "PENDING", "SCHEDULED", "RUNNING", "QUEUED"]
    for found in ([("1", ingest), ("2", other), ("3", ingest)], []):
        runs = [job_run(each, name) for each, name in found]
        aws["emr-serverless"].add_response(
            "list_job_runs", {"jobRuns": runs}, {"applicationId": "00f1", "states": at_work}
        )
        for number in ("1", "3") if runs else ():
            cancelled = {"applicationId": "00f1", "jobRunId": number}
            aws["emr-serverless"].add_response("cancel_job_run", cancelled, cancelled)

    with pytest.raises(Exception, match="ingest"):
        end({"ingest": "failed"}, compute="emr-serverless")


def job_run(each: str, name: str) -> dict[str, Any]:
    texts = dict.fromkeys(["arn", "createdBy", "executionRole", "stateDetails", "releaseLabel"], "x" * 60)
    moment = datetime.now(UTC)
    return {
        **texts,
        **{"applicationId": "00f1", "id": each, "name": name, "state": "RUNNING"},
        **{"createdAt": moment, "updatedAt": moment},
    }


def test_what_cannot_be_stopped_is_named_and_all_else_is_tried(end: End, aws: dict[str, Stubber]) -> None:
    aws["stepfunctions"].add_client_error("describe_execution", "AccessDeniedException", "not yours")
    aws["emr-serverless"].add_response("list_job_runs", {"jobRuns": []})

    with pytest.raises(Exception, match=r"(?s)by hand.*AccessDenied.*not yours"):
        end({"ingest": "failed"}, compute="emr-serverless")


def test_a_try_begins_by_stopping_what_an_earlier_one_left(
    deploy: Deploy, aws: dict[str, Stubber], monkeypatch: pytest.MonkeyPatch
) -> None:
    dag = load_dag(deploy())
    read = dag.get_task("read_parameters").python_callable
    monkeypatch.setitem(read.__globals__, "read_parameters", lambda *_: PARAMETERS)
    executions(aws, "RUNNING")
    job_runs(aws)
    clusters(aws, ("j-1", f"films-test-{KEY}"))
    aws["emr"].add_response("terminate_job_flows", {}, {"JobFlowIds": ["j-1"]})

    assert read(run_id=RUN_ID) == PARAMETERS
