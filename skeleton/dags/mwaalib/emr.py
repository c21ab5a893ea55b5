"""A transient EMR cluster as setup and teardown, Spark steps on it, and the end of clusters that no task ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from airflow.providers.amazon.aws.operators.emr import (
    EmrAddStepsOperator,
    EmrCreateJobFlowOperator,
    EmrTerminateJobFlowOperator,
)

# AmazonEMRServicePolicy_v2 requires this tag on every resource that the service role acts on.
# https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-policies.html
_MANAGED_POLICY_TAG = {"for-use-with-amazon-emr-managed-policies": "true"}


@dataclass(frozen=True)
class SecurityGroups:
    """Of a cluster in a private subnet: of its instances, and of EMR's access to them."""

    instances: str
    service: str


@dataclass(frozen=True)
class ClusterRequest:
    """A cluster to create. Every string may be a Jinja template."""

    name: str
    release_label: str
    instance_type: str
    core_instances: int
    # None: one of the default VPC.
    subnet_id: str | None
    # Those of a network made for it; None: EMR makes its own in the subnet's VPC.
    security_groups: SecurityGroups | None
    service_role: str
    instance_profile: str
    log_uri: str
    tags: Mapping[str, str]
    # Whether to enable the Iceberg version of the EMR release.
    iceberg: bool = False
    # Maximum number of steps that run in parallel.
    concurrency: int = 4
    # Seconds without a step after which EMR terminates the cluster, in case the teardown does not.
    idle_timeout: int = 900

    def to_job_flow(self) -> dict[str, Any]:
        """Returns the arguments of RunJobFlow. https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html"""
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
                **(self._groups(self.security_groups) if self.security_groups else {}),
                "InstanceGroups": [
                    self._instances("primary", "MASTER", 1),
                    self._instances("core", "CORE", self.core_instances),
                ],
            },
            "Tags": [{"Key": key, "Value": value} for key, value in {**self.tags, **_MANAGED_POLICY_TAG}.items()],
        }

    def _groups(self, groups: SecurityGroups) -> dict[str, str]:
        return {
            "EmrManagedMasterSecurityGroup": groups.instances,
            "EmrManagedSlaveSecurityGroup": groups.instances,
            "ServiceAccessSecurityGroup": groups.service,
        }

    def _instances(self, name: str, role: str, count: int) -> dict[str, Any]:
        return {"Name": name, "InstanceRole": role, "InstanceType": self.instance_type, "InstanceCount": count}


def create_cluster(task_id: str, request: ClusterRequest, region: str) -> EmrCreateJobFlowOperator:
    """Creates the cluster without waiting for it: steps queue until it is ready.

    Not retried, because RunJobFlow has no client token and a second cluster would cost twice.
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
    """Runs one Spark step and waits for it without occupying a worker; the task fails if the step fails.

    With a step concurrency above 1, CONTINUE is the only action on failure that EMR accepts. Airflow decides the
    consequences of a failed step.
    """
    return EmrAddStepsOperator(
        task_id=task_id,
        job_flow_id=cluster.output,  # type: ignore[arg-type]  # an XComArg, which Airflow resolves at run time
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
    """Terminates the cluster after any result of the steps. If the termination fails, the run fails too."""
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


def terminate_clusters(name: str, region: str) -> list[str]:
    """Terminates the clusters with this name, without waiting. Returns their descriptions.

    These are clusters that no task ends: that of an earlier try, and one whose task was killed after EMR had created
    it. https://docs.aws.amazon.com/emr/latest/APIReference/API_ListClusters.html
    """
    # Imported here: Airflow parses a DAG file every half minute, and importing boto3 takes a second.
    import boto3

    emr = boto3.client("emr", region_name=region)
    pages = emr.get_paginator("list_clusters").paginate(ClusterStates=_ALIVE)
    own = [each["Id"] for page in pages for each in page["Clusters"] if each["Name"] == name]
    if own:
        emr.terminate_job_flows(JobFlowIds=own)
    return [f"cluster {each}" for each in own]


_ALIVE = ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"]
