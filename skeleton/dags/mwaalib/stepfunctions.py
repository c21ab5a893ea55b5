"""Starts an execution of a state machine, waits for it, and can stop it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.providers.amazon.aws.operators.step_function import StepFunctionStartExecutionOperator


def start_execution(
    task_id: str,
    *,
    state_machine_arn: str,
    name: str,
    execution_input: Mapping[str, Any],
    region: str,
    polling: Mapping[str, int],
) -> StepFunctionStartExecutionOperator:
    """Starts one execution and waits for it without occupying a worker (the provider's sensor cannot be deferred).

    Not retried: the state machine itself retries, and an execution's name can be used only once. After a failure,
    redrive the execution in Step Functions or start a new run.
    """
    return StepFunctionStartExecutionOperator(
        task_id=task_id,
        state_machine_arn=state_machine_arn,
        name=name,
        state_machine_input=dict(execution_input),
        deferrable=True,
        aws_conn_id=None,
        region_name=region,
        retries=0,
        waiter_delay=polling["waiter_delay"],
        waiter_max_attempts=polling["waiter_max_attempts"],
    )


def stop_execution(state_machine_arn: str, name: str, region: str) -> list[str]:
    """Stops the execution with this name if it is running. Returns its description. The job that it started continues.

    https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
    """
    # Imported here: Airflow parses a DAG file every half minute, and importing boto3 takes a second.
    import boto3

    states = boto3.client("stepfunctions", region_name=region)
    execution = {"executionArn": f"{state_machine_arn.replace(':stateMachine:', ':execution:')}:{name}"}
    try:
        status = states.describe_execution(**execution)["status"]
    except states.exceptions.ExecutionDoesNotExist:
        return []
    if status != "RUNNING":
        return []
    states.stop_execution(**execution, error="CutShort", cause="The Airflow run that started it was interrupted")
    return [f"execution {name}"]
