"""Tests the mail of a failed run: Airflow calls the DAG's callback, and the message says which run."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import boto3
import pytest
from botocore.stub import ANY, Stubber
from conftest import Deploy, load_dag

PATH = "/data-lake/films/test/"
TOPIC = "arn:aws:sns:us-east-1:111122223333:films-test-alerts"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Stubber]]:
    """Responses by service. A call without a response fails, and so does a response without a call."""
    keys = {"region_name": "us-east-1", "aws_access_key_id": "x", "aws_secret_access_key": "x"}
    clients = {name: boto3.client(name, **keys) for name in ("ssm", "sns")}
    monkeypatch.setattr(boto3, "client", lambda service, region_name: clients[service])
    stubs = {name: Stubber(client) for name, client in clients.items()}
    for stub in stubs.values():
        stub.activate()
    yield stubs
    for stub in stubs.values():
        stub.assert_no_pending_responses()


def expect_mail(aws: dict[str, Stubber], subject: str) -> None:
    found = [{"Name": f"{PATH}alert-topic-arn", "Value": TOPIC}, {"Name": f"{PATH}database", "Value": "films_test"}]
    # The parameter is on the second page.
    for page in ({"Parameters": found[1:], "NextToken": "2"}, {"Parameters": found[:1]}):
        aws["ssm"].add_response("get_parameters_by_path", page)
    sent = {"TopicArn": TOPIC, "Subject": subject, "Message": ANY}
    aws["sns"].add_response("publish", {"MessageId": "1"}, sent)


@pytest.mark.parametrize("compute", ["emr", "emr-serverless"])
def test_airflow_calls_it_when_a_run_fails(deploy: Deploy, aws: dict[str, Stubber], compute: str) -> None:
    """With the function of MWAA's DAG processor. It catches what a callback raises, so the stubs must be used up."""
    dag = load_dag(deploy(compute=compute))
    expect_mail(aws, "films-test: run manual__1 failed")

    execute_callback(dag, "manual__1")


def execute_callback(dag: Any, run_id: str) -> None:
    """Calls the callback of a failed run as Airflow does; Airflow 2 does it with a run of its database."""
    from airflow.callbacks.callback_requests import DagCallbackRequest
    from airflow.dag_processing import processor

    execute: Any = getattr(processor, "_execute_dag_callbacks", None)
    if execute is None:
        dag.on_failure_callback({"dag": dag, "run_id": run_id, "reason": "task_failure"})
        return
    request = DagCallbackRequest(
        filepath="films-test/data_lake.py",
        dag_id=dag.dag_id,
        run_id=run_id,
        bundle_name="dags-folder",
        bundle_version=None,
        is_failure_callback=True,
        msg="task_failure",
    )
    execute(SimpleNamespace(dags={dag.dag_id: dag}), request, Mock())


def test_a_run_that_succeeds_mails_nothing(deploy: Deploy) -> None:
    assert load_dag(deploy()).on_success_callback is None


@pytest.mark.parametrize(
    ("run_id", "subject"),
    [
        ("20261130T205309-0a1b", "films-test: run 20261130T205309-0a1b failed"),
        ("für\nalle", "films-test: run f?r alle failed"),
        ("x" * 250, "films-test: run " + "x" * 83),
    ],
)
def test_sns_accepts_the_subject_of_any_run(deploy: Deploy, aws: dict[str, Stubber], run_id: str, subject: str) -> None:
    dag = load_dag(deploy())
    expect_mail(aws, subject)

    dag.on_failure_callback({"dag": dag, "run_id": run_id, "reason": "timed_out"})


def test_the_message_says_which_run_why_and_where_it_ended(deploy: Deploy) -> None:
    dag = load_dag(deploy())
    import mwaalib.alerts  # that of the DAG

    context: dict[str, Any] = {
        "dag": dag,
        "run_id": "r1",
        "reason": "timed_out",
        "ti": SimpleNamespace(task_id="ingest"),
    }
    _, message = mwaalib.alerts.describe_failure(context)
    assert message.startswith("The run r1 of the DAG films-test failed (timed_out).\nIts last task: ingest\n")
    _, message = mwaalib.alerts.describe_failure({"dag": dag, "run_id": "r1"})
    assert "(Airflow gives no reason)" in message
