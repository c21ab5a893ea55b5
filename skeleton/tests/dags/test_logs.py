"""Tests what `make logs` prints, with answers of AWS in the shape of its documentation."""

from __future__ import annotations

import gzip
import io
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "local"))

import logs

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
PREFIX = "films-test"


class Aws:
    """Answers of all services; `groups` are log groups with the messages of their streams."""

    def __init__(self, groups: dict[str, dict[str, list[str]]], objects: dict[str, str]) -> None:
        self.groups, self.objects = groups, objects
        self.asked: list[dict[str, Any]] = []

    def get_paginator(self, name: str) -> Any:
        return type("Paginator", (), {"paginate": staticmethod(getattr(self, f"_{name}"))})

    def _filter_log_events(self, logGroupName: str, startTime: int, **options: str) -> Any:
        if logGroupName not in self.groups:
            raise LookupError(f"{logGroupName} does not exist")
        self.asked.append({"group": logGroupName, "start": startTime, **options})
        prefix = options.get("logStreamNamePrefix", "")
        streams = self.groups[logGroupName].items()
        # Two pages: the second has what counts.
        yield {"events": []}
        yield {
            "events": [{"message": f"{line}\n"} for name, lines in streams if name.startswith(prefix) for line in lines]
        }

    def _describe_log_groups(self, logGroupNamePrefix: str) -> Any:
        yield {"logGroups": [{"logGroupName": name} for name in self.groups if name.startswith(logGroupNamePrefix)]}

    def _list_objects_v2(self, Bucket: str, Prefix: str) -> Any:
        assert Bucket == "lake"
        yield {"Contents": [{"Key": key} for key in self.objects if key.startswith(Prefix)]}
        yield {}

    def get_object(self, Bucket: str, Key: str) -> Any:
        return {"Body": io.BytesIO(gzip.compress(self.objects[Key].encode()))}

    def get_parameter(self, Name: str) -> Any:
        values = {"data-bucket": "lake", "emr-serverless-application-id": "app"}
        return {"Parameter": {"Value": values[Name.removeprefix("/data-lake/films/test/")]}}

    def get_job_runs(self, **_: Any) -> Any:
        failed = {"Id": "jr_1", "JobRunState": "FAILED", "ErrorMessage": "no rows", "StartedOn": NOW}
        return {"JobRuns": [failed, {"Id": "jr_0", "JobRunState": "SUCCEEDED", "StartedOn": NOW - timedelta(days=1)}]}

    def list_clusters(self, CreatedAfter: datetime) -> Any:
        assert CreatedAfter == NOW - timedelta(hours=2)
        names = {"j-1": f"{PREFIX}-20261201", "j-2": "films-other-20261201"}
        return {"Clusters": [{"Id": key, "Name": name, "Status": {"State": "WAITING"}} for key, name in names.items()]}

    def list_job_runs(self, **_: Any) -> Any:
        return {"jobRuns": [{"id": "00f", "name": f"{PREFIX}-a-ingest", "state": "FAILED", "stateDetails": "exit 1"}]}


def place(aws: Aws) -> logs.Place:
    return logs.Place(PREFIX, "/data-lake/films/test/", "shared", NOW - timedelta(hours=2), lambda _: aws)


def test_airflow_is_asked_for_the_tasks_of_this_dag_alone() -> None:
    tasks = {f"dag_id={PREFIX}/run_id=1/task_id=ingest": ["mine"], "dag_id=books-test/run_id=1": ["theirs"]}
    aws = Aws({"airflow-shared-Task": tasks, "airflow-shared-DAGProcessing": {"file": ["import error"]}}, {})

    found = dict(logs.airflow(place(aws)))

    assert found == {"airflow-shared-Task": ["mine"], "airflow-shared-DAGProcessing": ["import error"]}
    assert [each["start"] for each in aws.asked] == [1_796_119_200_000] * 2
    assert aws.asked[1]["filterPattern"] == f'"{PREFIX}"'


def test_a_glue_job_run_is_told_with_its_error_and_its_streams_in_every_group() -> None:
    aws = Aws({"/aws-glue/jobs/error-key": {"jr_1": ["boom"], "jr_9": ["theirs"]}}, {})

    assert dict(logs.glue(place(aws))) == {
        "Glue job run jr_1": ["FAILED no rows"],
        "/aws-glue/jobs/error-key jr_1": ["boom"],
    }


def test_the_driver_of_an_emr_step_is_in_the_first_container() -> None:
    folder = "logs/emr/j-1/containers/application_1_0001"
    aws = Aws(
        {},
        {
            f"{folder}/container_1_0001_01_000001/stderr.gz": "Traceback\nboom",
            f"{folder}/container_1_0001_01_000002/stderr.gz": "an executor",
            "logs/emr/j-1/steps/s-1/stderr.gz": "a client",
        },
    )

    found = dict(logs.emr(place(aws)))

    assert list(found) == [
        f"cluster j-1 {PREFIX}-20261201",
        f"s3://lake/{folder}/container_1_0001_01_000001/stderr.gz",
    ]
    assert found[f"s3://lake/{folder}/container_1_0001_01_000001/stderr.gz"] == ["Traceback", "boom"]


def test_the_driver_of_a_job_run_of_emr_serverless() -> None:
    key = "logs/emr-serverless/applications/app/jobs/00f/SPARK_DRIVER/stderr.gz"

    found = dict(logs.emr_serverless(place(Aws({}, {key: "boom"}))))

    assert found == {f"job run 00f {PREFIX}-a-ingest": ["FAILED exit 1"], f"s3://lake/{key}": ["boom"]}


def test_what_cannot_be_read_is_said_and_keeps_nothing_else_back(capsys: pytest.CaptureFixture[str]) -> None:
    aws = Aws({"/aws-glue/jobs/error": {"jr_1": [f"line {n}" for n in range(60)]}}, {})

    assert logs.show(place(aws), [logs.airflow, logs.glue]) == 1

    printed = capsys.readouterr().out
    assert "== airflow cannot be read: airflow-shared-Task does not exist" in printed
    assert "== /aws-glue/jobs/error jr_1 (60 lines)\nline 20\n" in printed
