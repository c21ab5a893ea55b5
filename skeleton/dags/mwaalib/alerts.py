"""Mails that a run has failed. AWS itself mails failed executions, jobs and clusters, but knows nothing of Airflow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .parameters import read_parameters

# SNS refuses a longer subject, line ends and anything but ASCII.
_SUBJECT = 99


def mail_failure(parameter_path: str, region: str) -> Callable[[Mapping[str, Any]], None]:
    """Returns an `on_failure_callback` of a DAG, which publishes one message for each run that ends as failed.

    The topic is the parameter `alert-topic-arn` below the path; without an alert address nobody receives the message.
    https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    """

    def publish(context: Mapping[str, Any]) -> None:
        # Imported here: Airflow parses a DAG file every half minute, and importing boto3 takes a second.
        import boto3

        topic = read_parameters(parameter_path, region, ["alert-topic-arn"])["alert-topic-arn"]
        subject, message = describe_failure(context)
        boto3.client("sns", region_name=region).publish(TopicArn=topic, Subject=subject, Message=message)

    return publish


def describe_failure(context: Mapping[str, Any]) -> tuple[str, str]:
    """Returns subject and message.

    The context is that of Airflow's callbacks, which may lack all but `dag` and `run_id`.
    """
    dag_id, run_id = context["dag"].dag_id, context["run_id"]
    subject = f"{dag_id}: run {run_id} failed".encode("ascii", "replace").decode()
    last = getattr(context.get("ti"), "task_id", None)
    lines = [
        f"The run {run_id} of the DAG {dag_id} failed ({context.get('reason') or 'Airflow gives no reason'}).",
        *([f"Its last task: {last}"] if last else []),
        "",
        "Look for its first failed task in Airflow, or in the Pipeline tab of Backstage. AWS itself mails what failed"
        " in Step Functions, Glue and EMR; these mails name the execution, job run or cluster of this run.",
    ]
    return " ".join(subject.split())[:_SUBJECT], "\n".join(lines)
