"""Starts a state machine, waits for its end, and can stop it."""

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
    """One execution, awaited without holding a worker (the provider's sensor could not be deferred).

    Not retried: the state machine retries what can be, and an execution's name is used once. What
    failed is redriven in Step Functions, or run anew.
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
    """Stops the execution of that name if it is at work, and gives its name. What it has started goes on.

    https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
    """
    # Here, not above: a DAG file is parsed every half minute, and boto3 takes a second to import.
    import boto3

    states = boto3.client("stepfunctions", region_name=region)
    execution = {"executionArn": f"{state_machine_arn.replace(':stateMachine:', ':execution:')}:{name}"}
    try:
        status = states.describe_execution(**execution)["status"]
    except states.exceptions.ExecutionDoesNotExist:
        return []
    if status != "RUNNING":
        return []
    states.stop_execution(**execution, error="CutShort", cause="The Airflow run that started it did not go on")
    return [f"execution {name}"]
