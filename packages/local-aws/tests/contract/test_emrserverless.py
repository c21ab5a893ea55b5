"""EMR Serverless: a job run is a real Spark run whose state moves."""

from typing import Any

import pytest

from tests.contract.instance import Instance, until

ROLE = "arn:aws:iam::000000000000:role/emr-serverless"
SCRIPT = """
import sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
if "--fail" in sys.argv:
    raise ValueError("tags.csv: unexpected column layout")
spark.range(5).write.mode("overwrite").parquet(sys.argv[1])
"""


@pytest.fixture(scope="module")
def serverless(aws: Instance, bucket: str) -> Any:
    until(lambda: aws.component("moto")["status"], lambda s: s == "ready", 60)
    aws.client("s3").put_object(Bucket=bucket, Key="serverless/x.py", Body=SCRIPT.encode())
    return aws.client("emr-serverless")


def run(serverless: Any, bucket: str, application: str, *arguments: str) -> tuple[dict[str, Any], list[str]]:
    driver = {
        "entryPoint": f"s3://{bucket}/serverless/x.py",
        "entryPointArguments": list(arguments),
        "sparkSubmitParameters": "--conf spark.executor.memory=2g --conf spark.sql.shuffle.partitions=2",
    }
    run_id = serverless.start_job_run(
        applicationId=application, executionRoleArn=ROLE, name="n", jobDriver={"sparkSubmit": driver}
    )["jobRunId"]

    def read() -> dict[str, Any]:
        return serverless.get_job_run(applicationId=application, jobRunId=run_id)["jobRun"]

    states = until(lambda: read()["state"], lambda s: s in ("SUCCESS", "FAILED", "CANCELLED"))
    return read(), states


def test_a_job_run_runs_on_spark(aws: Instance, bucket: str, serverless: Any) -> None:
    application = serverless.create_application(name="a", type="SPARK", releaseLabel="emr-7.14.0", clientToken="t")
    application_id = application["applicationId"]
    assert serverless.list_job_runs(applicationId=application_id)["jobRuns"] == []
    done, states = run(serverless, bucket, application_id, f"s3://{bucket}/serverless-out/")
    assert states[-1] == "SUCCESS", done
    assert "RUNNING" in states
    assert (done["name"], done["releaseLabel"]) == ("n", "emr-7.14.0")
    keys = [o["Key"] for o in aws.client("s3").list_objects_v2(Bucket=bucket, Prefix="serverless-out/")["Contents"]]
    assert "serverless-out/_SUCCESS" in keys
    failed, _states = run(serverless, bucket, application_id, "--fail")
    assert failed["state"] == "FAILED"
    assert "ValueError: tags.csv: unexpected column layout" in failed["stateDetails"]
    found = serverless.list_job_runs(applicationId=application_id, states=["FAILED"])["jobRuns"]
    assert [r["id"] for r in found] == [failed["jobRunId"]]
