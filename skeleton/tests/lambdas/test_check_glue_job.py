"""Tests that the check covers all states of Glue, and that an unknown state is never a success."""

from __future__ import annotations

import boto3
import pytest
from botocore.stub import Stubber
from load import load

check = load("check_glue_job")


def run(state: str, **more: object) -> dict:
    return {"Id": "jr_1", "JobName": "lake", "JobRunState": state, "ExecutionTime": 42, "Timeout": 60, **more}


def test_every_state_that_glue_knows_has_a_phase() -> None:
    """The states come from botocore's model, so that a new state fails this test."""
    glue = boto3.client("glue", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    assert set(check.PHASES) == set(glue.meta.service_model.shape_for("JobRunState").enum)


@pytest.mark.parametrize(
    ("state", "phase"),
    [
        ("WAITING", "running"),
        ("STARTING", "running"),
        ("RUNNING", "running"),
        ("STOPPING", "running"),
        ("SUCCEEDED", "succeeded"),
        ("ERROR", "retryable"),
        ("EXPIRED", "retryable"),
        ("FAILED", "failed"),
        ("STOPPED", "failed"),
        ("TIMEOUT", "failed"),
        ("SOMETHING_NEW", "failed"),
    ],
)
def test_phase(state: str, phase: str) -> None:
    answer = check.judge(run(state))

    assert (answer["phase"], answer["state"]) == (phase, state)
    assert (answer["executionSeconds"], answer["timeoutSeconds"]) == (42, 3600)
    assert bool(answer["cause"]) == (phase in ("failed", "retryable")), "a bad end has a cause, no other has"


@pytest.mark.parametrize(
    ("message", "phase"),
    [
        ("Error Category: UNCLASSIFIED_ERROR; ValueError: no such column: rating", "failed"),
        ("LAUNCH ERROR | Error downloading", "retryable"),
        ("Internal service error. Please retry.", "retryable"),
        ("Resource unavailable", "retryable"),
        ("An error occurred (ThrottlingException): Rate exceeded", "retryable"),
        ("com.amazonaws.services.s3: SlowDown", "retryable"),
    ],
)
def test_failed_is_final_unless_the_script_is_not_to_blame(message: str, phase: str) -> None:
    answer = check.judge(run("FAILED", ErrorMessage=message))

    assert answer["phase"] == phase
    assert message in answer["cause"]


def test_the_cause_is_one_line_of_bounded_length() -> None:
    cause = check.judge(run("FAILED", ErrorMessage="first\n  second\n" + "x" * 10_000))["cause"]

    assert cause.startswith("Glue job run jr_1 of lake ended FAILED: first second x")
    assert "\n" not in cause and len(cause) == 2000


def test_a_time_out_says_how_long() -> None:
    assert "longer than the 60 minutes allowed" in check.judge(run("TIMEOUT"))["cause"]


def test_the_job_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    glue = boto3.client("glue", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    monkeypatch.setenv("GLUE_JOB_NAME", "lake")
    monkeypatch.setattr(check.boto3, "client", lambda service: {"glue": glue}[service])
    with Stubber(glue) as stub:
        stub.add_response("get_job_run", {"JobRun": run("RUNNING")}, {"JobName": "lake", "RunId": "jr_1"})

        assert check.handler({"jobRunId": "jr_1"}, None)["phase"] == "running"
