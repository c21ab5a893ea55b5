"""EMR: steps side by side on real Spark, a failed step's details, and the rules of real EMR."""

import datetime
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.contract.instance import Instance, until

ENDED = ("COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED")
SCRIPT = """
import argparse, time
from shapes import ROWS
from pyspark.sql import SparkSession
p = argparse.ArgumentParser()
p.add_argument("--output")
p.add_argument("--fail", action="store_true")
a = p.parse_args()
spark = SparkSession.builder.getOrCreate()
if a.fail:
    raise ValueError("ratings.csv: unexpected column layout")
spark.createDataFrame(ROWS, "id int, title string, year int, score double").write.mode("overwrite").parquet(a.output)
"""


def cluster(**more: Any) -> dict[str, Any]:
    return {
        "Name": "demo-dev-run",
        "ReleaseLabel": "emr-7.14.0",
        "JobFlowRole": "EMR_EC2_DefaultRole",
        "ServiceRole": "EMR_DefaultRole",
        "Instances": {
            "KeepJobFlowAliveWhenNoSteps": True,
            "InstanceGroups": [{"InstanceRole": "MASTER", "InstanceType": "m5.xlarge", "InstanceCount": 1}],
        },
        **more,
    }


def step(bucket: str, name: str, *arguments: str, action: str = "CONTINUE") -> dict[str, Any]:
    submit = ["spark-submit", "--deploy-mode", "cluster", "--py-files", f"s3://{bucket}/emr/lib.zip"]
    arguments = (*submit, f"s3://{bucket}/emr/x.py", "--output", f"s3://{bucket}/emr-out/{name}/", *arguments)
    jar = {"Jar": "command-runner.jar", "Args": list(arguments)}
    return {"Name": name, "ActionOnFailure": action, "HadoopJarStep": jar}


@pytest.fixture(scope="module")
def emr(aws: Instance, bucket: str) -> Any:
    import io
    import zipfile

    library = io.BytesIO()
    with zipfile.ZipFile(library, "w") as z:
        z.writestr("shapes.py", "ROWS = [(1, 'Heat', 1995, 4.0), (2, 'Ran', 1985, 4.5)]\n")
    s3 = aws.client("s3")
    s3.put_object(Bucket=bucket, Key="emr/lib.zip", Body=library.getvalue())
    s3.put_object(Bucket=bucket, Key="emr/x.py", Body=SCRIPT.encode())
    return aws.client("emr")


def test_three_steps_run_side_by_side_and_a_failed_one_says_why(aws: Instance, bucket: str, emr: Any) -> None:
    before = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=1)
    request = cluster(
        StepConcurrencyLevel=3,
        LogUri=f"s3://{bucket}/emr-logs/",
        Tags=[{"Key": "data-lake:run-id", "Value": "r1"}],
        AutoTerminationPolicy={"IdleTimeout": 1800},
    )
    cluster_id = emr.run_job_flow(**request)["JobFlowId"]
    steps = [step(bucket, "movies"), step(bucket, "ratings", "--fail"), step(bucket, "tags")]
    emr.add_job_flow_steps(JobFlowId=cluster_id, Steps=steps)

    def states() -> dict[str, str]:
        return {s["Name"]: s["Status"]["State"] for s in emr.list_steps(ClusterId=cluster_id)["Steps"]}

    seen = until(states, lambda s: len(s) == 3 and all(x in ENDED for x in s.values()))
    assert any(list(s.values()).count("RUNNING") == 3 for s in seen), seen
    assert seen[-1] == {"movies": "COMPLETED", "ratings": "FAILED", "tags": "COMPLETED"}, _outputs(aws, cluster_id)
    failed = next(s for s in emr.list_steps(ClusterId=cluster_id)["Steps"] if s["Name"] == "ratings")
    details = emr.describe_step(ClusterId=cluster_id, StepId=failed["Id"])["Step"]["Status"]["FailureDetails"]
    assert details["Message"] == "ValueError: ratings.csv: unexpected column layout"
    assert details["LogFile"].startswith(f"s3://{bucket}/emr-logs/{cluster_id}/steps/")
    found = emr.describe_cluster(ClusterId=cluster_id)["Cluster"]
    assert (found["Name"], found["StepConcurrencyLevel"]) == ("demo-dev-run", 3)
    assert found["Tags"] == [{"Key": "data-lake:run-id", "Value": "r1"}]
    assert emr.get_auto_termination_policy(ClusterId=cluster_id)["AutoTerminationPolicy"]["IdleTimeout"] == 1800

    waiting = emr.list_clusters(CreatedAfter=before, ClusterStates=["WAITING", "RUNNING"])["Clusters"]
    assert [c["Id"] for c in waiting] == [cluster_id]
    assert emr.list_clusters(CreatedAfter=datetime.datetime.now(datetime.UTC))["Clusters"] == []
    emr.terminate_job_flows(JobFlowIds=[cluster_id])
    until(lambda: status(emr, cluster_id)["State"], lambda s: s == "TERMINATED")
    with pytest.raises(ClientError, match="terminating, or finished"):
        emr.add_job_flow_steps(JobFlowId=cluster_id, Steps=[step(bucket, "late")])


def _outputs(aws: Instance, cluster_id: str) -> str:
    """What Spark wrote, for a step that failed unexpectedly."""
    files = sorted((aws.home / "emr" / cluster_id).rglob("std*"))
    return "\n".join(f"{file}\n{file.read_text('utf-8', 'replace')[-3000:]}" for file in files)


def test_parallel_steps_take_only_continue(bucket: str, emr: Any) -> None:
    cluster_id = emr.run_job_flow(**cluster(StepConcurrencyLevel=2))["JobFlowId"]
    for action in ("CANCEL_AND_WAIT", "TERMINATE_CLUSTER"):
        with pytest.raises(ClientError, match="accepts only CONTINUE"):
            emr.add_job_flow_steps(JobFlowId=cluster_id, Steps=[step(bucket, "x", action=action)])
    emr.terminate_job_flows(JobFlowIds=[cluster_id])


def test_a_failed_step_ends_its_cluster_when_it_says_so(bucket: str, emr: Any) -> None:
    steps = [step(bucket, "first", "--fail", action="TERMINATE_CLUSTER"), step(bucket, "second")]
    cluster_id = emr.run_job_flow(**cluster(Steps=steps))["JobFlowId"]
    until(lambda: status(emr, cluster_id)["State"], lambda s: s.startswith("TERMINATED"))
    assert status(emr, cluster_id)["State"] == "TERMINATED_WITH_ERRORS"
    assert status(emr, cluster_id)["StateChangeReason"]["Code"] == "STEP_FAILURE"
    states = {s["Name"]: s["Status"]["State"] for s in emr.list_steps(ClusterId=cluster_id)["Steps"]}
    assert states == {"first": "FAILED", "second": "CANCELLED"}


def status(emr: Any, cluster_id: str) -> dict[str, Any]:
    time.sleep(0.05)
    return emr.describe_cluster(ClusterId=cluster_id)["Cluster"]["Status"]
