"""Tests that a job starts once for each execution and attempt. Responses follow botocore's model of Glue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from load import load

start = load("start_glue_job")
ATTEMPT = {"--run_id": "run-1", "--execution": "run-1_2", "--attempt": "1"}
ARGUMENTS = {**ATTEMPT, "--datasets": "movielens,books"}
REQUEST = {"runKey": "run-1", "execution": "run-1_2", "attempt": 1, "datasets": ["movielens", "books"]}


@pytest.fixture
def glue() -> Any:
    return boto3.client("glue", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")


@pytest.fixture
def stub(glue: Any) -> Iterator[Stubber]:
    with Stubber(glue) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def listed(stub: Stubber, runs: list[dict], token: str | None = None, following: str | None = None) -> None:
    request = {"JobName": "lake", "MaxResults": 200, **({"NextToken": token} if token else {})}
    stub.add_response("get_job_runs", {"JobRuns": runs, **({"NextToken": following} if following else {})}, request)


def test_a_new_run_is_started(glue: Any, stub: Stubber) -> None:
    # The last is that of an earlier try of this run.
    others = [{**ATTEMPT, "--run_id": "run-0"}, {}, {**ATTEMPT, "--execution": "run-1_1"}]
    listed(stub, [{"Id": f"jr_{number}", "Arguments": each} for number, each in enumerate(others, 2)])
    stub.add_response("start_job_run", {"JobRunId": "jr_1"}, {"JobName": "lake", "Arguments": ARGUMENTS})

    answer = start.start_once(glue, "lake", REQUEST)

    assert (answer["outcome"], answer["jobRunId"]) == ("started", "jr_1")


@pytest.mark.parametrize("state", ["RUNNING", "SUCCEEDED", "FAILED"])
def test_the_same_run_and_attempt_is_found(glue: Any, stub: Stubber, state: str) -> None:
    # Glue returns the default arguments together with those of the run.
    listed(
        stub,
        [
            {
                "Id": "jr_1",
                "JobRunState": state,
                "Arguments": {**ATTEMPT, "--datasets": "movielens", "--source": "s3://d/curated/"},
            }
        ],
    )

    answer = start.start_once(glue, "lake", REQUEST)

    assert (answer["outcome"], answer["jobRunId"]) == ("existing", "jr_1")


def test_it_is_found_on_a_later_page(glue: Any, stub: Stubber) -> None:
    listed(stub, [{"Id": "jr_9", "Arguments": {}}], following="2")
    listed(stub, [{"Id": "jr_1", "Arguments": ARGUMENTS}], token="2", following="3")

    assert start.start_once(glue, "lake", REQUEST)["jobRunId"] == "jr_1"


def test_the_search_has_an_end(glue: Any, stub: Stubber) -> None:
    listed(stub, [], following="1")
    for page in range(1, 5):
        listed(stub, [], token=str(page), following=str(page + 1))
    stub.add_response("start_job_run", {"JobRunId": "jr_1"})

    assert start.start_once(glue, "lake", REQUEST)["outcome"] == "started"


def test_another_attempt_is_another_job_run(glue: Any, stub: Stubber) -> None:
    listed(stub, [{"Id": "jr_1", "Arguments": ARGUMENTS}])
    stub.add_response(
        "start_job_run", {"JobRunId": "jr_2"}, {"JobName": "lake", "Arguments": {**ARGUMENTS, "--attempt": "2"}}
    )

    assert start.start_once(glue, "lake", {**REQUEST, "attempt": 2})["jobRunId"] == "jr_2"


def test_no_free_run_is_an_answer(glue: Any, stub: Stubber) -> None:
    listed(stub, [])
    stub.add_client_error("start_job_run", "ConcurrentRunsExceededException", "Concurrent runs exceeded for lake")

    answer = start.start_once(glue, "lake", REQUEST)

    assert (answer["outcome"], answer["jobRunId"]) == ("busy", None)
    assert "Concurrent runs exceeded" in answer["message"]


@pytest.mark.parametrize("code", ["EntityNotFoundException", "AccessDeniedException", "InternalServiceException"])
def test_any_other_error_is_raised(glue: Any, stub: Stubber, code: str) -> None:
    listed(stub, [])
    stub.add_client_error("start_job_run", code, "no")

    with pytest.raises(ClientError, match=code):
        start.start_once(glue, "lake", REQUEST)


def test_the_job_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, glue: Any, stub: Stubber) -> None:
    monkeypatch.setenv("GLUE_JOB_NAME", "lake")
    monkeypatch.setattr(start.boto3, "client", lambda service: {"glue": glue}[service])
    listed(stub, [{"Id": "jr_1", "Arguments": ARGUMENTS}])

    assert start.handler(REQUEST, None)["jobRunId"] == "jr_1"
