"""Builds curated tables (EMR) and marts (Step Functions and Glue) from the raw files of every dataset in project.yaml.

The run id identifies a run in every service: it is in the cluster's name and tag, the execution's name and the Glue
job's arguments. Parsing this file makes no AWS call.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

# MWAA adds the DAGs folder to the path, but not this project's folder. If this process has parsed another project,
# that project's mwaalib is already imported and must not be used here.
sys.path.insert(0, str(Path(__file__).resolve().parent))
for loaded in [name for name in sys.modules if name.split(".")[0] == "mwaalib"]:
    del sys.modules[loaded]

from mwaalib.alerts import mail_failure  # noqa: E402
from mwaalib.emr import (  # noqa: E402
    ClusterRequest,
    SecurityGroups,
    create_cluster,
    spark_step,
    terminate_cluster,
    terminate_clusters,
)
from mwaalib.emr_serverless import Application, cancel_job_runs, job_run_name, spark_job  # noqa: E402
from mwaalib.glue import stop_job_runs  # noqa: E402
from mwaalib.outcome import confirm_end, stop_all  # noqa: E402
from mwaalib.parameters import READ_PARAMETERS, parameter, read_parameters  # noqa: E402
from mwaalib.polling import polling  # noqa: E402
from mwaalib.project import Dataset, read_project  # noqa: E402
from mwaalib.run_key import run_key  # noqa: E402
from mwaalib.stepfunctions import doubt_execution, start_execution, stop_executions  # noqa: E402

try:
    from airflow.sdk import DAG, Param, task
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.decorators import task
    from airflow.models.param import Param

PROJECT = read_project(__file__)
SERVERLESS = PROJECT.compute == "emr-serverless"
ICEBERG = PROJECT.table_format == "iceberg"

LAKE = f"s3://{parameter('data-bucket')}"
JOBS = f"s3://{parameter('code-bucket')}/{parameter('release-prefix')}jobs"
RUN_NAME = f"{PROJECT.dag_id}-{{{{ run_id | run_key }}}}"
RUN_TAGS = {**PROJECT.tags, "data-lake:run-id": "{{ run_id }}"}
# Made by the mwaa stack: the subnet, and the security groups of instances and of EMR's access to them.
NETWORK = (
    ("network-subnet", "network-cluster-group", "network-service-group") if PROJECT.cluster.uses_made_network else ()
)
REQUIRED = [
    *("data-bucket", "code-bucket", "release-prefix", "state-machine-arn"),
    *(("database",) if ICEBERG else ()),
    *(
        ("emr-serverless-application-id", "emr-serverless-job-role-arn")
        if SERVERLESS
        else ("emr-service-role", "emr-instance-profile", *NETWORK)
    ),
]


# A run can override the source of each dataset. The first dataset's parameter keeps its short name in any case.
SOURCES = {dataset: f"source_{dataset.name}" if index else "source" for index, dataset in enumerate(PROJECT.datasets)}


def source_param(dataset: Dataset) -> Param:
    return Param(
        dataset.source,
        type="string",
        pattern=r"^(sample:[1-9][0-9]{0,8}|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/\S*)$",
        description=f"sample:<number of rows>, or the s3://bucket/prefix/ that contains the files of {dataset.name}",
    )


def ingest_arguments() -> list[str]:
    sources = [f"{dataset.name}={{{{ params.{name} }}}}" for dataset, name in SOURCES.items()]
    return [
        *(argument for source in sources for argument in ("--source", source)),
        *("--target", f"{LAKE}/raw/", "--staging", f"{LAKE}/staging/", "--run-id", "{{ run_id }}"),
        *(("--warehouse", f"{LAKE}/") if ICEBERG else ()),
    ]


def preprocess_arguments(dataset: Dataset, table: str) -> list[str]:
    return [
        *("--dataset", dataset.name, "--table", table),
        *("--source", f"{LAKE}/raw/", "--target", f"{LAKE}/curated/"),
        *("--quarantine", f"{LAKE}/quarantine/", "--staging", f"{LAKE}/staging/"),
        *("--table-format", PROJECT.table_format, "--warehouse", f"{LAKE}/"),
        *(("--database", parameter("database")) if ICEBERG else ()),
        *("--run-id", "{{ run_id }}"),
    ]


# What a run may leave running. Step Functions does not stop the job that its Lambda started.
def stop_transform(run_id: str, parameters: Mapping[str, str]) -> list[str]:
    key, machine = run_key(run_id), parameters.get("state-machine-arn")
    return [
        *(stop_executions(machine, key, PROJECT.region) if machine else ()),
        *stop_job_runs(f"{PROJECT.dag_id}-transform", key, PROJECT.region),
    ]


def stop_spark(run_id: str, parameters: Mapping[str, str]) -> list[str]:
    name = f"{PROJECT.dag_id}-{run_key(run_id)}"
    if not SERVERLESS:
        return terminate_clusters(name, PROJECT.region)
    names = {job_run_name(name, each.task_id) for each in (ingest, *preprocess)}
    application = parameters.get("emr-serverless-application-id")
    return cancel_job_runs(application, names, PROJECT.region) if application else []


STOPS = [stop_transform, stop_spark]


def doubt_transform(run_id: str, parameters: Mapping[str, str]) -> str:
    return doubt_execution(parameters["state-machine-arn"], run_key(run_id), PROJECT.region)


with DAG(
    dag_id=PROJECT.dag_id,
    description=PROJECT.description,
    doc_md=__doc__,
    schedule=PROJECT.schedule,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    # Two concurrent runs would write the same tables.
    max_active_runs=1,
    is_paused_upon_creation=False,
    # A last resort, longer than the limits of all tasks: Airflow skips even the teardowns of a run that exceeds it.
    dagrun_timeout=timedelta(hours=24),
    on_failure_callback=mail_failure(PROJECT.parameter_path, PROJECT.region),
    tags=["data-lake", PROJECT.name, PROJECT.environment],
    params={name: source_param(dataset) for dataset, name in SOURCES.items()},
    user_defined_filters={"run_key": run_key},
    # The Spark tasks can be repeated: each replaces its former output.
    default_args={"retries": 1, "retry_delay": timedelta(seconds=30)},
) as dag:

    @task(task_id=READ_PARAMETERS)
    def read_stack(run_id: Any = None) -> dict[str, str]:
        found = read_parameters(PROJECT.parameter_path, PROJECT.region, REQUIRED)
        # A person may have cleared the run while it was at work.
        stop_all(STOPS, run_id, found)
        return found

    parameters = read_stack()

    spark = {"py_files": f"{JOBS}/lake.zip", "region": PROJECT.region, "polling": polling(hours=3).arguments}
    if SERVERLESS:
        application = Application(
            application_id=parameter("emr-serverless-application-id"),
            job_role_arn=parameter("emr-serverless-job-role-arn"),
            log_uri=f"{LAKE}/logs/emr-serverless/",
            name=RUN_NAME,
            tags=RUN_TAGS,
            iceberg=ICEBERG,
        )

        def spark_task(task_id: str, script: str, arguments: list[str]):
            return spark_job(task_id, application=application, script=f"{JOBS}/{script}", arguments=arguments, **spark)
    else:
        cluster = create_cluster(
            "create_cluster",
            ClusterRequest(
                name=RUN_NAME,
                release_label=PROJECT.cluster.release_label,
                instance_type=PROJECT.cluster.instance_type,
                core_instances=PROJECT.cluster.core_instances,
                subnet_id=parameter(NETWORK[0]) if NETWORK else PROJECT.cluster.subnet_id,
                security_groups=SecurityGroups(*map(parameter, NETWORK[1:])) if NETWORK else None,
                service_role=parameter("emr-service-role"),
                instance_profile=parameter("emr-instance-profile"),
                log_uri=f"{LAKE}/logs/emr/",
                tags=RUN_TAGS,
                iceberg=ICEBERG,
            ),
            PROJECT.region,
        )

        def spark_task(task_id: str, script: str, arguments: list[str]):
            return spark_step(task_id, cluster=cluster, script=f"{JOBS}/{script}", arguments=arguments, **spark)

    ingest = spark_task("ingest", "ingest.py", ingest_arguments())
    # preprocess_movies, preprocess_ratings, preprocess_tags, and the tasks of any other dataset.
    preprocess = [
        spark_task(f"preprocess_{table}", "preprocess.py", preprocess_arguments(dataset, table))
        for dataset in PROJECT.datasets
        for table in dataset.tables
    ]
    transform = start_execution(
        "start_execution",
        state_machine_arn=parameter("state-machine-arn"),
        name="{{ run_id | run_key }}",
        execution_input={
            "runId": "{{ run_id }}",
            "runKey": "{{ run_id | run_key }}",
            "try": "{{ ti.try_number }}",
            "datasets": [dataset.name for dataset in PROJECT.datasets],
            "tables": [
                *(table for dataset in PROJECT.datasets for table in dataset.tables),
                *(mart for dataset in PROJECT.datasets for mart in dataset.marts),
            ],
        },
        stop=stop_transform,
        region=PROJECT.region,
        polling=polling(hours=3).arguments,
    )

    parameters >> ingest >> preprocess >> transform
    ends = [transform]
    if not SERVERLESS:
        parameters >> cluster >> ingest
        ends.append(
            terminate_cluster(
                "terminate_cluster", cluster=cluster, region=PROJECT.region, polling=polling(hours=0.5).arguments
            )
        )
        preprocess >> ends[-1]
    confirm_end(
        "confirm_end",
        after=ends,
        parameters=READ_PARAMETERS,
        stops=STOPS,
        doubts=doubt_transform,
        polling=polling(hours=0.5).arguments,
    )
