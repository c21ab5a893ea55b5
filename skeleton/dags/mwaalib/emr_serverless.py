"""Spark job runs on an EMR Serverless application."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from airflow.providers.amazon.aws.operators.emr import EmrServerlessStartJobOperator


@dataclass(frozen=True)
class Application:
    """Where and as whom job runs are made. Every text may be a Jinja template."""

    application_id: str
    job_role_arn: str
    log_uri: str
    # Job runs are named `<name>-<task id>`.
    name: str
    tags: Mapping[str, str]
    # Whether Spark gets the Iceberg that the release has.
    iceberg: bool = False


# https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/using-iceberg.html
_ICEBERG_JAR = "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar"


def spark_job(
    task_id: str,
    *,
    application: Application,
    script: str,
    py_files: str,
    arguments: Sequence[str],
    region: str,
    polling: Mapping[str, int],
) -> EmrServerlessStartJobOperator:
    """One job run, awaited without holding a worker; the application starts by itself when it is stopped.

    EMR ends the job run when the task has waited long enough: the operator would leave it at work.
    """
    return EmrServerlessStartJobOperator(
        task_id=task_id,
        application_id=application.application_id,
        execution_role_arn=application.job_role_arn,
        name=job_run_name(application.name, task_id),
        job_driver={
            "sparkSubmit": {
                "entryPoint": script,
                "entryPointArguments": list(arguments),
                "sparkSubmitParameters": f"--py-files {py_files}"
                + (f" --conf spark.jars={_ICEBERG_JAR}" if application.iceberg else ""),
            }
        },
        configuration_overrides={
            "monitoringConfiguration": {"s3MonitoringConfiguration": {"logUri": application.log_uri}}
        },
        config={"tags": dict(application.tags), "executionTimeoutMinutes": _minutes(polling)},
        wait_for_completion=True,
        deferrable=True,
        aws_conn_id=None,
        region_name=region,
        waiter_delay=polling["waiter_delay"],
        waiter_max_attempts=polling["waiter_max_attempts"],
    )


def job_run_name(name: str, task_id: str) -> str:
    """The name of a task's job run; `name` is the application's for this run."""
    return f"{name}-{task_id}"


def cancel_job_runs(application_id: str, names: Collection[str], region: str) -> list[str]:
    """Cancels the job runs of these names that have not ended, does not wait for it, and tells which they are.

    https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_CancelJobRun.html
    """
    # Here, not above: a DAG file is parsed every half minute, and boto3 takes a second to import.
    import boto3

    serverless = boto3.client("emr-serverless", region_name=region)
    pages = serverless.get_paginator("list_job_runs").paginate(applicationId=application_id, states=_NOT_ENDED)
    own = {each["id"]: each["name"] for page in pages for each in page["jobRuns"] if each.get("name") in names}
    for job_run_id in own:
        serverless.cancel_job_run(applicationId=application_id, jobRunId=job_run_id)
    return [f"job run {job_run_id} ({name})" for job_run_id, name in own.items()]


_NOT_ENDED = ["SUBMITTED", "PENDING", "SCHEDULED", "RUNNING", "QUEUED"]


def _minutes(polling: Mapping[str, int]) -> int:
    return -(-polling["waiter_delay"] * polling["waiter_max_attempts"] // 60)
