"""Runs the real state machine on MiniStack with the real Lambdas; the tests control Glue."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from local_aws import ACCOUNT, REGION, local_aws

ROOT = Path(__file__).resolve().parents[2]
DEFINITION = ROOT / "statemachine" / "transform.asl.json"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/test"
TABLES = ["movies", "ratings", "tags", "most_popular_movies", "top_rated_movies"]


class Project:
    """The resources of the stack that the state machine uses, with unique names."""

    def __init__(self, endpoint: str, name: str) -> None:
        self.name = name
        keys = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "local", "region_name": REGION}
        client: Any = lambda service: boto3.client(service, endpoint_url=endpoint, **keys)  # noqa: E731
        self.s3, self.glue, self.lambdas, self.sfn = (client(s) for s in ("s3", "glue", "lambda", "stepfunctions"))
        self.bucket, self.database = f"{name}-code", name.replace("-", "_")
        self.crawlers = [f"{name}-curated", f"{name}-marts"]

    def deploy(self, **handlers: str) -> None:
        """Creates all resources; `handlers` replaces the source of a Lambda."""
        self.handlers = handlers
        self.s3.create_bucket(Bucket=self.bucket)
        self.job_script("print('fine')")
        self.glue.create_job(
            Name=self.name,
            Role=ROLE,
            # MiniStack really runs only this kind of Glue job.
            Command={"Name": "pythonshell", "PythonVersion": "3.9", "ScriptLocation": f"s3://{self.bucket}/job.py"},
            ExecutionProperty={"MaxConcurrentRuns": 1},
        )
        self.glue.create_database(DatabaseInput={"Name": self.database})
        self.tables(TABLES)
        for crawler in self.crawlers:
            self.glue.create_crawler(
                Name=crawler,
                Role=ROLE,
                DatabaseName=self.database,
                Targets={"S3Targets": [{"Path": f"s3://{self.bucket}/{crawler}/"}]},
            )
        self.sfn_arn = self.sfn.create_state_machine(
            name=self.name, roleArn=ROLE, definition=json.dumps(self._definition())
        )["stateMachineArn"]

    def job_script(self, text: str) -> None:
        self.s3.put_object(Bucket=self.bucket, Key="job.py", Body=text.encode())

    def tables(self, names: list[str]) -> None:
        for name in names:
            self.glue.create_table(DatabaseName=self.database, TableInput={"Name": name})

    def drop(self, table: str) -> None:
        self.glue.delete_table(DatabaseName=self.database, Name=table)

    def run(self, run_input: dict, name: str) -> dict:
        arn = self.sfn.start_execution(stateMachineArn=self.sfn_arn, name=name, input=json.dumps(run_input))
        for _ in range(600):
            execution = self.sfn.describe_execution(executionArn=arn["executionArn"])
            if execution["status"] != "RUNNING":
                return execution
            time.sleep(0.1)
        raise AssertionError(f"{name} did not end in a minute")

    def job_runs(self, run_key: str) -> list[dict]:
        runs = self.glue.get_job_runs(JobName=self.name)["JobRuns"]
        return [run for run in runs if run["Arguments"].get("--run_id") == run_key]

    def _definition(self) -> dict:
        text = DEFINITION.read_text()
        for name, value in {
            "StartGlueJobFunctionArn": self._function("start_glue_job"),
            "CheckGlueJobFunctionArn": self._function("check_glue_job"),
            "Crawlers": ",".join(self.crawlers),
            "DatabaseName": self.database,
        }.items():
            text = text.replace("${" + name + "}", value)
        return json.loads(text)

    def _function(self, folder: str) -> str:
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as file:
            own = (ROOT / "lambdas" / folder / "handler.py").read_text()
            file.writestr("handler.py", self.handlers.get(folder, own))
        return self.lambdas.create_function(
            FunctionName=f"{self.name}-{folder}".replace("_", "-"),
            Runtime="python3.13",
            Handler="handler.handler",
            Role=ROLE,
            Timeout=30,
            Code={"ZipFile": package.getvalue()},
            Environment={"Variables": {"GLUE_JOB_NAME": self.name}},
        )["FunctionArn"]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with local_aws(tmp_path_factory.mktemp("ministack")) as url:
        yield url


@pytest.fixture
def bare(endpoint: str, request: pytest.FixtureRequest) -> Project:
    """Not deployed yet."""
    return Project(endpoint, f"asl-{abs(hash(request.node.name)) % 10**6}")


@pytest.fixture
def project(bare: Project) -> Project:
    bare.deploy()
    return bare


def run_input(key: str) -> dict:
    return {"runId": f"manual__{key}", "runKey": key, "datasets": ["movielens"], "tables": TABLES}


def test_green(project: Project) -> None:
    execution = project.run(run_input("run-1"), "run-1")

    assert execution["status"] == "SUCCEEDED", execution.get("cause")
    output = json.loads(execution["output"])
    [job_run] = project.job_runs("run-1")
    assert output["jobRunId"] == job_run["Id"]
    assert (output["runId"], output["runKey"]) == ("manual__run-1", "run-1")
    assert job_run["Arguments"]["--datasets"] == "movielens"
    assert sorted(output["tables"]) == sorted(TABLES)
    for crawler in project.crawlers:
        assert project.glue.get_crawler(Name=crawler)["Crawler"]["LastCrawl"]["Status"] == "SUCCEEDED"


def test_each_try_of_a_run_has_a_job_run_of_its_own(project: Project) -> None:
    project.job_script("raise SystemExit('no such column: rating')")
    first = project.run(run_input("run-1"), "run-1_1")
    project.job_script("print('fixed')")
    again = project.run(run_input("run-1"), "run-1_2")

    assert (first["status"], again["status"]) == ("FAILED", "SUCCEEDED")
    assert sorted((run["Arguments"]["--execution"], run["JobRunState"]) for run in project.job_runs("run-1")) == [
        ("run-1_1", "FAILED"),
        ("run-1_2", "SUCCEEDED"),
    ]


def test_a_failed_job_is_named_and_nothing_is_crawled(project: Project) -> None:
    project.job_script("raise SystemExit('no such column: rating')")

    execution = project.run(run_input("run-1"), "run-1")

    assert execution["status"] == "FAILED"
    assert execution["error"] == "TransformFailed"
    [job_run] = project.job_runs("run-1")
    assert "manual__run-1" in execution["cause"] and job_run["Id"] in execution["cause"]
    assert "ended FAILED" in execution["cause"]
    assert "LastCrawl" not in project.glue.get_crawler(Name=project.crawlers[0])["Crawler"]


def test_a_crawler_that_is_running_already_is_waited_for(project: Project) -> None:
    project.glue.start_crawler(Name=project.crawlers[0])

    execution = project.run(run_input("run-1"), "run-1")

    assert execution["status"] == "SUCCEEDED", execution.get("cause")


def test_a_missing_table_is_named(project: Project) -> None:
    project.drop("ratings")
    project.drop("tags")

    execution = project.run(run_input("run-1"), "run-1")

    assert execution["status"] == "FAILED"
    assert "lacks ratings, tags" in execution["cause"]


def test_tables_are_found_on_later_pages_too(project: Project) -> None:
    project.drop("ratings")
    project.tables([f"other_{number:03}" for number in range(120)])
    project.tables(["ratings"])

    execution = project.run(run_input("run-1"), "run-1")

    assert execution["status"] == "SUCCEEDED", execution.get("cause")


def test_without_crawlers_nothing_is_crawled(bare: Project) -> None:
    bare.crawlers = []
    bare.deploy()

    execution = bare.run(run_input("run-1"), "run-1")

    assert execution["status"] == "SUCCEEDED", execution.get("cause")


def test_a_crawler_that_is_gone_is_named(project: Project) -> None:
    project.glue.delete_crawler(Name=project.crawlers[1])

    execution = project.run(run_input("run-1"), "run-1")

    assert execution["status"] == "FAILED"
    assert "EntityNotFound" in execution["cause"] and project.crawlers[1] in execution["cause"]


STARTS_EACH_ATTEMPT = """
def handler(event, context):
    return {"outcome": "started", "jobRunId": f"jr_{event['attempt']}", "message": ""}
"""


def test_what_glue_was_to_blame_for_is_tried_once_more(bare: Project) -> None:
    check = """
def handler(event, context):
    phase = {"jr_1": "retryable", "jr_2": "succeeded"}[event["jobRunId"]]
    return {"phase": phase, "cause": "no capacity"}
"""
    bare.deploy(start_glue_job=STARTS_EACH_ATTEMPT, check_glue_job=check)

    execution = bare.run(run_input("run-1"), "run-1")

    assert execution["status"] == "SUCCEEDED", execution.get("cause")
    assert json.loads(execution["output"])["jobRunId"] == "jr_2"


def test_but_not_for_ever(bare: Project) -> None:
    check = """
def handler(event, context):
    return {"phase": "retryable", "cause": f"no capacity for {event['jobRunId']}"}
"""
    bare.deploy(start_glue_job=STARTS_EACH_ATTEMPT, check_glue_job=check)

    execution = bare.run(run_input("run-1"), "run-1")

    assert (execution["status"], execution["cause"]) == ("FAILED", "Run manual__run-1: no capacity for jr_2")


@pytest.mark.parametrize("phase", ["failed", "something new"])
def test_any_other_phase_is_a_failure(bare: Project, phase: str) -> None:
    check = f"""
def handler(event, context):
    return {{"phase": "{phase}", "cause": "it was stopped"}}
"""
    bare.deploy(start_glue_job=STARTS_EACH_ATTEMPT, check_glue_job=check)

    execution = bare.run(run_input("run-1"), "run-1")

    assert (execution["status"], execution["cause"]) == ("FAILED", "Run manual__run-1: it was stopped")


def test_a_busy_job_is_waited_for(bare: Project, tmp_path: Path) -> None:
    start = f"""
from pathlib import Path
def handler(event, context):
    with Path("{tmp_path}/asked").open("a") as file:
        file.write("x")
    if len(Path("{tmp_path}/asked").read_text()) < 3:
        return {{"outcome": "busy", "jobRunId": None, "message": "no free run"}}
    return {{"outcome": "started", "jobRunId": "jr_1", "message": ""}}
"""
    check = """
def handler(event, context):
    return {"phase": "succeeded", "cause": ""}
"""
    bare.deploy(start_glue_job=start, check_glue_job=check)

    execution = bare.run(run_input("run-1"), "run-1")

    assert execution["status"] == "SUCCEEDED", execution.get("cause")
    assert (tmp_path / "asked").read_text() == "xxx"


def test_a_lambda_that_breaks_is_named(bare: Project) -> None:
    bare.deploy(start_glue_job="def handler(event, context):\n    raise RuntimeError('no such job')\n")

    execution = bare.run(run_input("run-1"), "run-1")

    assert (execution["status"], execution["error"]) == ("FAILED", "TransformFailed")
    assert "The Glue job could not be started" in execution["cause"]
    assert "no such job" in execution["cause"]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"runId": "x"},
        {**run_input("a"), "runKey": "a/b"},
        {**run_input("a"), "runId": 1},
        {**run_input("a"), "datasets": []},
        {"runId": "x", "runKey": "a", "datasets": ["movielens"]},
    ],
)
def test_other_input_is_refused(project: Project, given: dict) -> None:
    execution = project.run(given, "refused")

    assert (execution["status"], execution["error"]) == ("FAILED", "InputRefused")
    assert project.glue.get_job_runs(JobName=project.name)["JobRuns"] == []
