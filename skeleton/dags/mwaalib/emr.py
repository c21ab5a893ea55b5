"""A transient EMR cluster as setup and teardown, and Spark steps that run side by side on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from airflow.providers.amazon.aws.operators.emr import (
    EmrAddStepsOperator,
    EmrCreateJobFlowOperator,
    EmrTerminateJobFlowOperator,
)

# The tag without which AmazonEMRServicePolicy_v2 allows the service role nothing.
# https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-policies.html
_MANAGED_POLICY_TAG = {"for-use-with-amazon-emr-managed-policies": "true"}


@dataclass(frozen=True)
class ClusterRequest:
    """A cluster to be made. Every text may be a Jinja template."""

    name: str
    release_label: str
    instance_type: str
    core_instances: int
    subnet_id: str | None
    service_role: str
    instance_profile: str
    log_uri: str
    tags: Mapping[str, str]
    # Whether Spark gets the Iceberg that the release has.
    iceberg: bool = False
    # How many steps run at a time; more wait.
    concurrency: int = 4
    # Seconds without a step after which EMR itself ends the cluster, should the teardown not.
    idle_timeout: int = 900

    def to_job_flow(self) -> dict[str, Any]:
        """As RunJobFlow takes it. https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html"""
        return {
            "Name": self.name,
            "ReleaseLabel": self.release_label,
            "Applications": [{"Name": "Spark"}],
            # https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-iceberg-use-cluster.html
            "Configurations": (
                [{"Classification": "iceberg-defaults", "Properties": {"iceberg.enabled": "true"}}]
                if self.iceberg
                else []
            ),
            "LogUri": self.log_uri,
            "ServiceRole": self.service_role,
            "JobFlowRole": self.instance_profile,
            "StepConcurrencyLevel": self.concurrency,
            "AutoTerminationPolicy": {"IdleTimeout": self.idle_timeout},
            "Instances": {
                "KeepJobFlowAliveWhenNoSteps": True,
                "TerminationProtected": False,
                **({"Ec2SubnetId": self.subnet_id} if self.subnet_id else {}),
                "InstanceGroups": [
                    self._instances("primary", "MASTER", 1),
                    self._instances("core", "CORE", self.core_instances),
                ],
            },
            "Tags": [{"Key": key, "Value": value} for key, value in {**self.tags, **_MANAGED_POLICY_TAG}.items()],
        }

    def _instances(self, name: str, role: str, count: int) -> dict[str, Any]:
        return {"Name": name, "InstanceRole": role, "InstanceType": self.instance_type, "InstanceCount": count}


def create_cluster(task_id: str, request: ClusterRequest, region: str) -> EmrCreateJobFlowOperator:
    """Asks for the cluster and does not wait: steps queue until it is up.

    Not retried: RunJobFlow has no client token, and a second cluster would cost twice.
    """
    return EmrCreateJobFlowOperator(
        task_id=task_id,
        job_flow_overrides=request.to_job_flow(),
        aws_conn_id=None,
        emr_conn_id=None,
        region_name=region,
        retries=0,
    )


def spark_step(
    task_id: str,
    *,
    cluster: EmrCreateJobFlowOperator,
    script: str,
    py_files: str,
    arguments: Sequence[str],
    region: str,
    polling: Mapping[str, int],
) -> EmrAddStepsOperator:
    """One Spark step, awaited without holding a worker; the task fails if the step does.

    With a step concurrency above 1 EMR takes no other action on failure than CONTINUE: Airflow
    decides what a failed step means.
    """
    return EmrAddStepsOperator(
        task_id=task_id,
        job_flow_id=cluster.output,  # type: ignore[arg-type]  # an XComArg, resolved at run time
        steps=[
            {
                "Name": task_id,
                "ActionOnFailure": "CONTINUE",
                "HadoopJarStep": {
                    "Jar": "command-runner.jar",
                    "Args": ["spark-submit", "--deploy-mode", "cluster", "--py-files", py_files, script, *arguments],
                },
            }
        ],
        wait_for_completion=True,
        deferrable=True,
        aws_conn_id=None,
        region_name=region,
        waiter_delay=polling["waiter_delay"],
        waiter_max_attempts=polling["waiter_max_attempts"],
    )


def terminate_cluster(
    task_id: str, *, cluster: EmrCreateJobFlowOperator, region: str, polling: Mapping[str, int]
) -> EmrTerminateJobFlowOperator:
    """Ends the cluster whatever became of the steps. If that fails, the run fails: nothing is hidden."""
    terminate = EmrTerminateJobFlowOperator(
        task_id=task_id,
        job_flow_id=cluster.output,  # type: ignore[arg-type]
        deferrable=True,
        aws_conn_id=None,
        region_name=region,
        retries=3,
        waiter_delay=polling["waiter_delay"],
        waiter_max_attempts=polling["waiter_max_attempts"],
    )
    return terminate.as_teardown(setups=cluster, on_failure_fail_dagrun=True)
