"""Spark job runs on an EMR Serverless application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """One job run, awaited without holding a worker; the application starts by itself when it is stopped."""
    return EmrServerlessStartJobOperator(
        task_id=task_id,
        application_id=application.application_id,
        execution_role_arn=application.job_role_arn,
        name=f"{application.name}-{task_id}",
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
        config={"tags": dict(application.tags)},
        wait_for_completion=True,
        deferrable=True,
        aws_conn_id=None,
        region_name=region,
        waiter_delay=polling["waiter_delay"],
        waiter_max_attempts=polling["waiter_max_attempts"],
    )
