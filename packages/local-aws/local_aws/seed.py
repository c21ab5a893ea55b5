"""Creates the resources of a new account: a bucket, a role, an MWAA environment. Safe to repeat."""

import json
from typing import Any

from ministack.services import mwaa

from local_aws.host import aws, health
from local_aws.settings import ACCOUNT, REGION, SETTINGS, airflow_environments

BUCKET = f"local-airflow-{ACCOUNT}-{REGION}"
ROLE = "local-airflow-execution"
_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": ["airflow.amazonaws.com", "airflow-env.amazonaws.com"]},
            "Action": "sts:AssumeRole",
        }
    ],
}
_BLOCKED = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def announce_environments() -> None:
    """Adds the environments to the health at once; otherwise it would be ready too early."""
    for name in airflow_environments(SETTINGS.airflow_versions):
        health.report(f"airflow:{name}", "installing")


def seed() -> None:
    """Seeds the account through the API, which must respond. Returns before the environments are AVAILABLE."""
    _seed_bucket()
    role_arn = _seed_role()
    for name, version in airflow_environments(SETTINGS.airflow_versions).items():
        _seed_environment(name, version, role_arn)


def _seed_bucket() -> None:
    s3 = aws.client("s3")
    if BUCKET not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket=BUCKET)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=dict.fromkeys(_BLOCKED, True))


def _seed_role() -> str:
    iam = aws.client("iam")
    try:
        return iam.get_role(RoleName=ROLE)["Role"]["Arn"]
    except iam.exceptions.NoSuchEntityException:
        description = "Execution role of the local MWAA environments"
        made = iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps(_TRUST), Description=description)
        return made["Role"]["Arn"]


def _seed_environment(name: str, version: str, role_arn: str) -> None:
    if env := mwaa._environments.get(name):
        env["AirflowVersion"] = version  # its Airflow has not started yet: it waits for the seed
        return
    levels: dict[str, Any] = {
        kind: {"Enabled": kind == "TaskLogs", "LogLevel": "INFO"}
        for kind in ("DagProcessingLogs", "SchedulerLogs", "TaskLogs", "WebserverLogs", "WorkerLogs")
    }
    aws.client("mwaa").create_environment(
        Name=name,
        AirflowVersion=version,
        EnvironmentClass="mw1.small",
        SourceBucketArn=f"arn:aws:s3:::{BUCKET}",
        DagS3Path=dag_path(name),
        ExecutionRoleArn=role_arn,
        WebserverAccessMode="PUBLIC_ONLY",
        NetworkConfiguration={"SubnetIds": ["subnet-0a1", "subnet-0a2"], "SecurityGroupIds": ["sg-0a1"]},
        LoggingConfiguration=levels,
        AirflowConfigurationOptions={"core.dags_are_paused_at_creation": "False"},
    )


def dag_path(name: str) -> str:
    """Returns the folder of an environment; all seeded environments share one bucket."""
    return "dags/" if name == "local-airflow" else f"dags-{name.removeprefix('local-airflow-')}/"
