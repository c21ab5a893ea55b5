"""Tests that each try of a run has its own execution, and that a try waits for its own instead of starting another."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from conftest import Deploy, load_dag

KEY = "20260101T000000-7f3a"
MACHINE = "arn:aws:states:us-east-1:111122223333:stateMachine:films-test-transform"
EXECUTION = MACHINE.replace("stateMachine", "execution")


class Started(Exception):
    """StartExecution was called with this name."""


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> Any:
    client = boto3.client("stepfunctions", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    monkeypatch.setattr(boto3, "client", lambda service, region_name: client)
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def known(states: Stubber, *executions: tuple[str, dict]) -> None:
    """(status, input) of the run's executions, oldest first."""
    for number, (status, given) in enumerate(executions, 1):
        arn = f"{EXECUTION}:{KEY}_{number}"
        described = {"executionArn": arn, "stateMachineArn": MACHINE, "name": f"{KEY}_{number}"}
        at = {"status": status, "startDate": datetime.now(UTC), "input": json.dumps(given)}
        states.add_response("describe_execution", {**described, **at}, {"executionArn": arn})
    missing = {"executionArn": f"{EXECUTION}:{KEY}_{len(executions) + 1}"}
    states.add_client_error("describe_execution", "ExecutionDoesNotExist", expected_params=missing)


def start(deploy: Deploy, monkeypatch: pytest.MonkeyPatch, given: dict) -> tuple[str, list[str]]:
    """Runs the task up to StartExecution. Returns the name that it gives, and the runs whose rest it has stopped."""
    task, stopped = load_dag(deploy()).get_task("start_execution"), []
    task.name, task.state_machine_arn = KEY, MACHINE
    setattr(task, "state_machine_input" if hasattr(task, "state_machine_input") else "input", given)
    monkeypatch.setattr(task, "_stop", lambda run_id, parameters: stopped.append((run_id, parameters)) or [])
    monkeypatch.setattr(type(task).__mro__[1], "execute", lambda self, context: self.name)
    return task.execute({"run_id": "a run"}), stopped


GIVEN = {"runId": "a run", "try": "2"}


def test_the_first_try(deploy: Deploy, states: Stubber, monkeypatch: pytest.MonkeyPatch) -> None:
    known(states)

    name, stopped = start(deploy, monkeypatch, GIVEN)

    assert name == f"{KEY}_1"
    assert stopped == [("a run", {"state-machine-arn": MACHINE})]


@pytest.mark.parametrize("status", ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"])
def test_a_try_after_an_ended_one_gets_the_next_name(
    deploy: Deploy, states: Stubber, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    known(states, ("FAILED", GIVEN), (status, GIVEN))

    assert start(deploy, monkeypatch, GIVEN)[0] == f"{KEY}_3"


def test_a_try_waits_for_the_execution_that_it_has_started(
    deploy: Deploy, states: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its worker was killed after StartExecution."""
    known(states, ("FAILED", {**GIVEN, "try": "1"}), ("RUNNING", GIVEN))

    assert start(deploy, monkeypatch, GIVEN) == (f"{KEY}_2", [])


def test_a_running_execution_of_an_earlier_try_is_stopped_and_not_taken(
    deploy: Deploy, states: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run was cleared while the execution was at work."""
    known(states, ("RUNNING", {**GIVEN, "try": "1"}))

    name, stopped = start(deploy, monkeypatch, GIVEN)

    assert (name, len(stopped)) == (f"{KEY}_2", 1)


def test_the_longest_name_is_allowed(deploy: Deploy) -> None:
    key = load_dag(deploy()).user_defined_filters["run_key"]("x" * 250)

    assert len(f"{key}_{10**15 - 1}") <= 80, "StartExecution takes 80 characters"
