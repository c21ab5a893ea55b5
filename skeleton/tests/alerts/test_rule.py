"""Every bad end that AWS can tell of matches the rule of the foundations stack, and nothing else does.

The states are those of AWS's own models in botocore, so a new one fails here until it is judged. MiniStack's event
patterns behave as TestEventPattern of EventBridge; the events are as AWS documents them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from ministack.services import eventbridge

TEMPLATE = Path(__file__).resolve().parents[2] / "infra" / "templates" / "foundations.template.json"
VALUES = {
    "Project": "films",
    "Environment": "test",
    "AWS::Partition": "aws",
    "AWS::Region": "eu-central-1",
    "AWS::AccountId": "111122223333",
    "Database": "films_test",
    "EmrServerlessApplication": "00f1",
}
# The longest pattern that EventBridge accepts, in characters.
LONGEST_PATTERN = 2048


def resolve(value: Any) -> Any:
    """Evaluates the functions in the rule, with EMR Serverless."""
    if isinstance(value, list):
        return [resolve(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "Fn::Sub" in value:
        return re.sub(r"\$\{([^}]+)\}", lambda found: VALUES[found[1]], value["Fn::Sub"])
    if "Ref" in value:
        return VALUES[value["Ref"]]
    if "Fn::If" in value:
        return resolve(value["Fn::If"][1])
    return {key: resolve(each) for key, each in value.items()}


PATTERN = json.dumps(resolve(json.loads(TEMPLATE.read_text())["Resources"]["BadEndRule"]["Properties"]["EventPattern"]))


def matches(source: str, kind: str, detail: dict[str, Any]) -> bool:
    """Whether the rule matches an event: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html"""
    event = {
        "id": "1",
        "account": "111122223333",
        "region": "eu-central-1",
        "time": "2026-11-30T20:53:09Z",
        "resources": [],
        "source": source,
        "detail-type": kind,
        "detail": detail,
    }
    status, _, body = eventbridge._test_event_pattern({"Event": json.dumps(event), "EventPattern": PATTERN})
    assert status == 200, body
    return json.loads(body)["Result"]


Event = Callable[[str, str, str], bool]


def execution(project: str, environment: str, state: str) -> bool:
    states, name = "arn:aws:states:eu-central-1:111122223333", f"{project}-{environment}-transform"
    detail = {
        "executionArn": f"{states}:execution:{name}:20261130T205309-0a1b",
        "stateMachineArn": f"{states}:stateMachine:{name}",
        "name": "20261130T205309-0a1b",
        "status": state,
    }
    return matches("aws.states", "Step Functions Execution Status Change", detail)


def job_run(project: str, environment: str, state: str) -> bool:
    detail = {"jobName": f"{project}-{environment}-transform", "severity": "ERROR", "state": state, "jobRunId": "jr_1"}
    return matches("aws.glue", "Glue Job State Change", detail)


def crawl(project: str, environment: str, state: str) -> bool:
    # The service writes these in its own way: Started, Succeeded, Failed.
    detail = {"crawlerName": f"{project}-{environment}-curated", "accountId": "111122223333", "state": state.title()}
    return matches("aws.glue", "Glue Crawler State Change", detail)


def evaluation(project: str, environment: str, state: str) -> bool:
    context = {"contextType": "GLUE_DATA_CATALOG", "databaseName": f"{project}_{environment}", "tableName": "movies"}
    detail = {"resultId": "dqresult-1", "context": context, "rulesetNames": ["movies"], "state": state, "score": 0.5}
    return matches("aws.glue-dataquality", "Data Quality Evaluation Results Available", detail)


def cluster(project: str, environment: str, state: str) -> bool:
    name = f"{project}-{environment}-20261130T205309-0a1b"
    message = f"Amazon EMR Cluster j-123456789ABCD ({name}) has changed at 2026-11-30 20:53 UTC."
    detail = {"name": name, "clusterId": "j-123456789ABCD", "state": state, "message": message}
    return matches("aws.emr", "EMR Cluster State Change", detail)


def step(project: str, environment: str, state: str) -> bool:
    name = f"{project}-{environment}-20261130T205309-0a1b"
    message = f"Step s-1 (ingest) in Amazon EMR cluster j-123456789ABCD ({name}) has changed at 2026-11-30 20:53 UTC."
    detail = {"name": "ingest", "stepId": "s-1", "clusterId": "j-123456789ABCD", "state": state, "message": message}
    return matches("aws.emr", "EMR Step Status Change", detail)


def spark_job(project: str, environment: str, state: str) -> bool:
    application = "00f1" if (project, environment) == ("films", "test") else "00f2"
    detail = {"jobRunId": "00f1cbn5g4bb0c01", "applicationId": application, "state": state}
    return matches("aws.emr-serverless", "EMR Serverless Job Run State Change", detail)


# What ends, where its states are named, and which of these are no bad end.
ENDS: dict[str, tuple[Event, tuple[str, str], set[str]]] = {
    "execution": (execution, ("stepfunctions", "ExecutionStatus"), {"RUNNING", "SUCCEEDED", "PENDING_REDRIVE"}),
    "job run": (
        job_run,
        ("glue", "JobRunState"),
        {"STARTING", "RUNNING", "STOPPING", "SUCCEEDED", "WAITING"},
    ),
    "crawl": (crawl, ("glue", "LastCrawlStatus"), {"SUCCEEDED"}),
    "history of a crawl": (crawl, ("glue", "CrawlerHistoryState"), {"RUNNING", "COMPLETED"}),
    "evaluation": (evaluation, ("glue", "TaskStatusType"), {"STARTING", "RUNNING", "STOPPING", "SUCCEEDED"}),
    # The DAG terminates every cluster.
    "cluster": (
        cluster,
        ("emr", "ClusterState"),
        {"STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING", "TERMINATED"},
    ),
    "step": (step, ("emr", "StepState"), {"PENDING", "CANCEL_PENDING", "RUNNING", "COMPLETED"}),
    "Spark job": (
        spark_job,
        ("emr-serverless", "JobRunState"),
        {"SUBMITTED", "PENDING", "SCHEDULED", "QUEUED", "RUNNING", "SUCCESS", "CANCELLING"},
    ),
}


def each_state() -> Iterator[Any]:
    session = botocore.session.get_session()
    for what, (event, (service, shape), others) in ENDS.items():
        states: list[str] = session.get_service_model(service).shape_for(shape).enum  # type: ignore[attr-defined]
        assert others < set(states), f"{what}: {others - set(states)} are no states of it"
        for state in states:
            yield pytest.param(event, state, state not in others, id=f"{what} {state}")


@pytest.mark.parametrize(("event", "state", "is_bad"), each_state())
def test_a_bad_end_is_mailed_and_no_other_state_is(event: Event, state: str, is_bad: bool) -> None:
    assert event("films", "test", state) is is_bad


@pytest.mark.parametrize(("event", "state", "is_bad"), each_state())
def test_nothing_of_another_project_or_environment_is_mailed(event: Event, state: str, is_bad: bool) -> None:
    for project, environment in (("films", "prod"), ("music", "test"), ("my-films", "test")):
        assert not event(project, environment, state)


def test_the_pattern_is_short_enough_for_eventbridge_with_the_longest_names() -> None:
    longer = len("p" * 20 + "e" * 8) - len("films" + "test")
    assert len(PATTERN) + 8 * longer + 60 < LONGEST_PATTERN
