"""MWAA: the seeded environment, and a DAG that a real Airflow runs."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.contract.instance import PORT, Instance, until
from tests.contract.listening import listening

NAME, BUCKET = "local-airflow", "local-airflow-000000000000-us-east-1"
DAG = """
import os
from airflow.sdk import dag, task

@dag("tiny", schedule=None)
def tiny():
    @task
    def look():
        import boto3
        assert os.environ["AIRFLOW_ENV_NAME"] == "local-airflow"
        assert "AWS_PROFILE" not in os.environ
        print("buckets", [b["Name"] for b in boto3.client("s3").list_buckets()["Buckets"]])
    look()

tiny()
"""


def api(mwaa: Any, method: str, path: str, **more: Any) -> Any:
    """MWAA gives Airflow 10 s; reads are tried again, as a client should, for a busy machine takes longer."""
    for _ in range(5 if method == "GET" else 0):
        try:
            return mwaa.invoke_rest_api(Name=NAME, Method=method, Path=path, **more)["RestApiResponse"]
        except mwaa.exceptions.RestApiServerException:
            continue
    return mwaa.invoke_rest_api(Name=NAME, Method=method, Path=path, **more)["RestApiResponse"]


@pytest.fixture(scope="module")
def mwaa(aws: Instance) -> Any:
    client = aws.client("mwaa")
    until(lambda: client.get_environment(Name=NAME)["Environment"]["Status"], lambda s: s != "CREATING")
    return client


def test_the_seed(aws: Instance, mwaa: Any) -> None:
    env = mwaa.get_environment(Name=NAME)["Environment"]
    assert (env["Status"], env["AirflowVersion"]) == ("AVAILABLE", "3.3.1"), env
    assert env["SourceBucketArn"] == f"arn:aws:s3:::{BUCKET}"
    assert env["ExecutionRoleArn"] == "arn:aws:iam::000000000000:role/local-airflow-execution"
    assert aws.client("s3").get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    blocked = aws.client("s3").get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"]
    assert all(blocked.values())
    trust = aws.client("iam").get_role(RoleName="local-airflow-execution")["Role"]["AssumeRolePolicyDocument"]
    assert "airflow-env.amazonaws.com" in trust["Statement"][0]["Principal"]["Service"]
    until(aws.health, lambda h: h["ready"], 60)


def test_a_dag_is_found_triggered_and_logged(aws: Instance, mwaa: Any) -> None:
    aws.client("s3").put_object(Bucket=BUCKET, Key="dags/demo/tiny.py", Body=DAG.encode())

    def paused() -> Any:
        try:
            return api(mwaa, "GET", "/dags/tiny")["is_paused"]
        except mwaa.exceptions.RestApiClientException as error:
            assert error.response["RestApiStatusCode"] == 404
            return None

    assert until(paused, lambda p: p is not None, 60)[-1] is False
    body = {"dag_run_id": "r1", "logical_date": None, "conf": {}}
    assert api(mwaa, "POST", "/dags/tiny/dagRuns", Body=body)["state"] == "queued"
    seen = until(lambda: api(mwaa, "GET", "/dags/tiny/dagRuns/r1")["state"], lambda s: s in ("success", "failed"))
    assert seen[-1] == "success"
    logs = aws.client("logs")
    until(
        lambda: [e["message"] for e in logs.filter_log_events(logGroupName=f"airflow-{NAME}-Task")["events"]],
        lambda lines: any("buckets" in line and BUCKET in line for line in lines),
        20,
    )
    with pytest.raises(mwaa.exceptions.RestApiClientException) as twice:
        api(mwaa, "POST", "/dags/tiny/dagRuns", Body=body)
    assert twice.value.response["RestApiStatusCode"] == 409


def test_limits_of_the_rest_api(mwaa: Any) -> None:
    with pytest.raises(ClientError, match="less than or equal to 64"):
        api(mwaa, "GET", "/dags/" + "x" * 60)
    with pytest.raises(ClientError, match="not found"):
        mwaa.invoke_rest_api(Name="no-such", Method="GET", Path="/dags")


def test_an_unknown_version_fails_with_the_reason(mwaa: Any) -> None:
    mwaa.create_environment(
        Name="old",
        AirflowVersion="2.4.3",
        SourceBucketArn=f"arn:aws:s3:::{BUCKET}",
        DagS3Path="dags/",
        ExecutionRoleArn="arn:aws:iam::000000000000:role/local-airflow-execution",
        NetworkConfiguration={"SubnetIds": ["a", "b"], "SecurityGroupIds": ["c"]},
    )
    until(lambda: mwaa.get_environment(Name="old")["Environment"]["Status"], lambda s: s == "CREATE_FAILED", 10)
    error = mwaa.get_environment(Name="old")["Environment"]["LastUpdate"]["Error"]
    assert "no local Airflow 2.4.3" in error["ErrorMessage"]
    mwaa.delete_environment(Name="old")


def test_nothing_listens_beyond_this_machine(aws: Instance) -> None:
    assert aws.process
    found = listening(aws.process.pid)
    assert {PORT, PORT + 1, PORT + 4} <= {port for _, port in found}
    assert {address for address, _ in found} <= {"0100007F", "0000000000000000FFFF00000100007F"}, found
