"""Decisions that need no server."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from local_aws.calls.callers import caller, role_name
from local_aws.host.environment import scrubbed
from local_aws.host.health import health
from local_aws.host.health import report as report_health
from local_aws.seed import dag_path
from local_aws.services.cloudformation import mwaa
from local_aws.services.cloudformation.emrserverless import request
from local_aws.services.emr.rules import cluster_refused, steps_refused
from local_aws.services.glue.tables import by_table, hive_type, table_name
from local_aws.services.mwaa.configuration import Place, variables
from local_aws.services.mwaa.dags import local_path
from local_aws.services.mwaa.rest_api import refused
from local_aws.services.stepfunctions import called

KEYS = {"passwords": {"admin": "secret-password"}, "jwt": "j", "session": "s", "fernet": ""}


def test_nothing_of_the_developer_is_inherited() -> None:
    given = {
        "PATH": "/bin",
        "LC_ALL": "C",
        "AWS_PROFILE": "prod",
        "AWS_SESSION_TOKEN": "t",
        "AWS_SECRET_ACCESS_KEY": "real",
        "HTTPS_PROXY": "http://proxy",
        "HOME": "/home/me",
        "GITHUB_TOKEN": "t",
    }
    env = scrubbed(given)
    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN", "HTTPS_PROXY", "GITHUB_TOKEN"} & set(env)
    assert (env["PATH"], env["LC_ALL"]) == ("/bin", "C")
    assert env["AWS_SECRET_ACCESS_KEY"] == "test"
    assert env["AWS_EC2_METADATA_DISABLED"] == "true"
    assert env["HOME"] != "/home/me"
    assert Path(env["AWS_CONFIG_FILE"]).read_text() == ""
    assert env["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")


def test_parallel_steps_take_only_continue() -> None:
    terminate = [{"Name": "a", "ActionOnFailure": "TERMINATE_CLUSTER"}]
    assert steps_refused(1, terminate) is None
    assert "accepts only CONTINUE" in (steps_refused(2, terminate) or "")
    assert steps_refused(2, [{"Name": "a"}]) is None
    assert "IdleTimeout" in (cluster_refused({"AutoTerminationPolicy": {"IdleTimeout": 59}}) or "")
    assert "StepConcurrencyLevel" in (cluster_refused({"StepConcurrencyLevel": 257}) or "")
    assert cluster_refused({"StepConcurrencyLevel": 3, "Steps": terminate})


def test_a_crawler_finds_one_table_a_folder() -> None:
    keys = ["t/movies/a.parquet", "t/ratings/y=1/a.parquet", "t/ratings/_SUCCESS", "t/.hidden/x.parquet"]
    objects: list[dict[str, Any]] = [{"Key": key, "Size": 1} for key in keys] + [{"Key": "t/empty/x", "Size": 0}]
    found = {root: len(rows) for root, rows in by_table(objects, "t/").items()}
    assert found == {"t/movies/": 1, "t/ratings/": 1}
    assert set(by_table([{"Key": "t/y=1/a.parquet", "Size": 1}], "t/")) == {"t/"}
    assert table_name("p_", "curated/My-Table/", "b") == "p_my_table"
    assert table_name("", "", "my-bucket") == "my_bucket"


def test_hive_types() -> None:
    assert hive_type(pa.int32()) == "int"
    assert hive_type(pa.timestamp("us")) == "timestamp"
    assert hive_type(pa.list_(pa.string())) == "array<string>"
    assert hive_type(pa.struct([("a", pa.float64())])) == "struct<a:double>"
    assert hive_type(pa.decimal128(10, 2)) == "decimal(10,2)"
    assert hive_type(pa.map_(pa.string(), pa.bool_())) == "map<string,boolean>"


def test_limits_of_the_rest_api() -> None:
    assert refused({"Path": "/dags", "Method": "GET"}) is None
    assert "64" in (refused({"Path": "x" * 65, "Method": "GET"}) or "")
    assert "64" in (refused({"Method": "GET"}) or "")
    assert "enum" in (refused({"Path": "/dags", "Method": "HEAD"}) or "")


def test_a_key_cannot_leave_the_dag_folder(tmp_path: Path) -> None:
    assert local_path(tmp_path, "demo/a.py") == tmp_path.resolve() / "demo" / "a.py"
    for key in ("", "folder/", "../x.py", "/etc/passwd", "a/../../x.py", "."):
        assert local_path(tmp_path, key) is None, key


def test_airflow_variables(tmp_path: Path) -> None:
    env = {"Name": "e", "AirflowConfigurationOptions": {"core.parallelism": 2, "api.access_control.allow": "x"}}
    three = variables(Place(tmp_path, 1, "3.3.1", tmp_path), env, KEYS, "arn:logs")
    assert three["AIRFLOW_ENV_NAME"] == "e"
    assert three["AIRFLOW__CORE__PARALLELISM"] == "2"
    assert three["AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER"] == "cloudwatch://arn:logs"
    assert not [value for value in three.values() if "secret-password" in value]
    two = variables(Place(tmp_path, 1, "2.11.2", tmp_path), env, KEYS, None)
    assert two["AIRFLOW__CORE__EXECUTOR"] == "SequentialExecutor"
    assert "AIRFLOW__LOGGING__REMOTE_LOGGING" not in two


def test_an_application_for_the_api() -> None:
    properties = {
        "Type": "Spark",
        "ReleaseLabel": "emr-7.14.0",
        "AutoStopConfiguration": {"Enabled": "true", "IdleTimeoutMinutes": "5"},
        "InitialCapacity": [{"Key": "Driver", "Value": {"WorkerCount": "1", "WorkerConfiguration": {"Cpu": "2 vCPU"}}}],
        "Tags": [{"Key": "a", "Value": "b"}],
    }
    assert request(properties) == {
        "type": "SPARK",
        "releaseLabel": "emr-7.14.0",
        "autoStopConfiguration": {"enabled": True, "idleTimeoutMinutes": 5},
        "initialCapacity": {"Driver": {"workerCount": 1, "workerConfiguration": {"cpu": "2 vCPU"}}},
        "tags": {"a": "b"},
    }


def test_seeded_environments_have_folders_of_their_own() -> None:
    assert dag_path("local-airflow") == "dags/"
    assert dag_path("local-airflow-2-11-2") == "dags-2-11-2/"


def test_a_parameter_becomes_a_number_where_mwaa_wants_one() -> None:
    properties = {"Name": "own", "MaxWorkers": "2", "MinWorkers": 1, "AirflowVersion": "3.3.1"}
    assert mwaa.to_request(properties) == {"MaxWorkers": 2, "MinWorkers": 1, "AirflowVersion": "3.3.1"}


def test_health_is_ready_when_every_part_is() -> None:
    report_health("a", "ready")
    assert health()["ready"]
    report_health("b", "failed", "why")
    assert not health()["ready"]
    assert health()["components"]["b"] == {"status": "failed", "detail": "why"}


def test_a_caller_is_its_app_id() -> None:
    assert caller("Boto3/1.4 md/Botocore#1.43 ua/2.1 os/linux lang/python#3.11 app/the-role cfg/retry") == "the-role"
    assert caller("app/the-role, Hadoop 3.3.4, aws-sdk-java/1.12.262") == "the-role"
    assert caller("aws-sdk-js/3.9 app/backstage-data-lake-status") == "backstage-data-lake-status"
    assert caller("Boto3/1.4 md/webapp/x") is None
    assert role_name("arn:aws:iam::000000000000:role/service/the-role") == role_name("the-role") == "the-role"


def test_a_task_calls_what_its_resource_says() -> None:
    states = "arn:aws:states:::"
    assert called(f"{states}lambda:invoke", {"FunctionName": "f"}) == (
        "lambda",
        "InvokeFunction",
        {"FunctionName": "f"},
    )
    assert called(f"{states}aws-sdk:glue:getTables", {"a": 1}) == ("glue", "GetTables", {"a": 1})
    assert called(f"{states}glue:startJobRun.sync", {}) == ("glue", "StartJobRun", {})
    cluster = called(f"{states}elasticmapreduce:terminateCluster.sync", {"ClusterId": "j"})
    assert cluster == ("elasticmapreduce", "TerminateJobFlows", {"JobFlowIds": ["j"]})
    assert called("arn:aws:states:us-east-1:000000000000:activity:a", {}) is None
