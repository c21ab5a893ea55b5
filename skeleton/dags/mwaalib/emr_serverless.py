"""Spark job runs on an EMR Serverless application."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from airflow.providers.amazon.aws.operators.emr import EmrServerlessStartJobOperator


@dataclass(frozen=True)
class Application:
    """The application and role of job runs. Every string may be a Jinja template."""

    application_id: str
    job_role_arn: str
    log_uri: str
    # Job runs are named `<name>-<task id>`.
    name: str
    tags: Mapping[str, str]
    # Whether to enable the Iceberg version of the EMR release.
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
    """Starts one job run and waits for it without occupying a worker. A stopped application starts automatically.

    EMR cancels the job run when the task's waiting time is over; the operator would leave it running.
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
    """Returns the name of a task's job run; `name` is `Application.name`."""
    return f"{name}-{task_id}"


def cancel_job_runs(application_id: str, names: Collection[str], region: str) -> list[str]:
    """Cancels the job runs with these names that have not ended, without waiting. Returns their descriptions.

    https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_CancelJobRun.html
    """
    # Imported here: Airflow parses a DAG file every half minute, and importing boto3 takes a second.
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
