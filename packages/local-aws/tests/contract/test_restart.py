"""State survives kill -9, what was running is settled, nothing is left behind; reset starts afresh."""

import os
import time
from typing import Any

from local_aws.host.tree import descendants
from tests.contract.instance import Instance, until


def test_kill_and_restart(aws: Instance, bucket: str) -> None:
    s3, glue, emr, mwaa = (aws.client(name) for name in ("s3", "glue", "emr", "mwaa"))
    until(aws.health, lambda h: h["ready"])
    s3.put_object(Bucket=bucket, Key="sleep.py", Body=b"import time; time.sleep(120)")
    command = {"Name": "glueetl", "ScriptLocation": f"s3://{bucket}/sleep.py"}
    glue.create_job(Name="killed", Role="glue", Command=command)
    run_id = glue.start_job_run(JobName="killed")["JobRunId"]
    instances = {"KeepJobFlowAliveWhenNoSteps": True, "MasterInstanceType": "m5.xlarge", "InstanceCount": 1}
    cluster_id = emr.run_job_flow(Name="killed", ReleaseLabel="emr-7.14.0", Instances=instances)["JobFlowId"]

    def run() -> dict[str, Any]:
        return glue.get_job_run(JobName="killed", RunId=run_id)["JobRun"]

    until(lambda: run()["JobRunState"], lambda s: s == "RUNNING")
    time.sleep(3)  # saved every 2 s
    assert aws.process
    below = descendants(aws.process.pid)
    assert len(below) > 5
    aws.kill()
    until(lambda: [pid for pid in below if alive(pid)], lambda left: not left, 15)

    aws.start()
    assert run()["JobRunState"] == "FAILED"
    assert "restarted" in run()["ErrorMessage"]
    assert s3.get_object(Bucket=bucket, Key="sleep.py")["Body"].read().startswith(b"import time")
    cluster = emr.describe_cluster(ClusterId=cluster_id)["Cluster"]["Status"]
    assert cluster["State"] == "TERMINATED_WITH_ERRORS"
    until(lambda: mwaa.get_environment(Name="local-airflow")["Environment"]["Status"], lambda s: s == "AVAILABLE")
    runs = mwaa.invoke_rest_api(Name="local-airflow", Method="GET", Path="/dags/tiny/dagRuns")["RestApiResponse"]
    assert [r["dag_run_id"] for r in runs["dag_runs"]] == ["r1"], (
        "the metadata database is kept (test_mwaa made the run)"
    )


def test_reset(aws: Instance, bucket: str) -> None:
    glue, mwaa = aws.client("glue"), aws.client("mwaa")
    glue.start_job_run(JobName="killed")
    assert aws.process
    assert aws.call("POST", "reset") == {"reset": True}
    assert [b["Name"] for b in aws.client("s3").list_buckets()["Buckets"]] == ["local-airflow-000000000000-us-east-1"]
    assert glue.get_jobs()["Jobs"] == []
    until(lambda: mwaa.get_environment(Name="local-airflow")["Environment"]["Status"], lambda s: s == "AVAILABLE")
    dags = mwaa.invoke_rest_api(Name="local-airflow", Method="GET", Path="/dags")["RestApiResponse"]
    assert dags["dags"] == []
    until(aws.health, lambda h: h["ready"], 30)
    aws.client("s3").create_bucket(Bucket=bucket)  # for the tests that follow


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return True
    except ProcessLookupError:
        return False
