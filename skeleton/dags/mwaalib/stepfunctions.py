"""Starts an execution of a state machine for each try of a run, waits for it, and can stop it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from typing import Any

from airflow.providers.amazon.aws.operators.step_function import StepFunctionStartExecutionOperator

from .outcome import Stop


class StartExecution(StepFunctionStartExecutionOperator):
    """Starts the run's next execution, `<name>_1` and so on, or waits for the one that this very try has started.

    An execution's name can be used only once: a run that a person clears needs another. Its input has the task's try:
    StartExecution returns a running execution of the same name and input instead of starting a second one, which a
    try needs whose worker was killed. An execution of an earlier try is stopped first, with `stop`.
    https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
    """

    def __init__(self, *, stop: Stop, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._stop = stop

    def execute(self, context: Any) -> Any:
        name = str(self.name)
        known = describe_executions(self.state_machine_arn, name, str(self.region_name))
        # `input` in the provider of Airflow 2.
        given = getattr(self, "state_machine_input", None) or getattr(self, "input", None)
        if known and known[-1]["status"] == "RUNNING" and json.loads(known[-1]["input"]) == given:
            self.log.info("Waiting for the execution %s, which this try has started", known[-1]["name"])
            self.name = known[-1]["name"]
        else:
            for stopped in self._stop(context["run_id"], {"state-machine-arn": self.state_machine_arn}):
                self.log.info("Stopped %s, which an earlier try of this run had left running", stopped)
            self.name = to_name(name, len(known) + 1)
        return super().execute(context)


def start_execution(
    task_id: str,
    *,
    state_machine_arn: str,
    name: str,
    execution_input: Mapping[str, Any],
    stop: Stop,
    region: str,
    polling: Mapping[str, int],
) -> StartExecution:
    """Starts one execution and waits for it without occupying a worker (the provider's sensor cannot be deferred).

    `stop` stops what earlier tries of the run left running. Not retried: the state machine itself retries. After a
    failure, clear the task with all tasks after it, or start a new run.
    """
    return StartExecution(
        task_id=task_id,
        state_machine_arn=state_machine_arn,
        name=name,
        state_machine_input=dict(execution_input),
        stop=stop,
        deferrable=True,
        aws_conn_id=None,
        region_name=region,
        retries=0,
        waiter_delay=polling["waiter_delay"],
        waiter_max_attempts=polling["waiter_max_attempts"],
    )


def to_name(name: str, number: int) -> str:
    """Names the execution of one try: at most 80 characters for a run key of 64, which has no underscore."""
    return f"{name}_{number}"


def describe_executions(state_machine_arn: str, name: str, region: str) -> list[Any]:
    """Describes all executions of a run, oldest first.

    https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
    """
    # Imported here: Airflow parses a DAG file every half minute, and importing boto3 takes a second.
    import boto3

    states = boto3.client("stepfunctions", region_name=region)
    prefix, found = state_machine_arn.replace(":stateMachine:", ":execution:"), []
    for number in count(1):
        try:
            found.append(states.describe_execution(executionArn=f"{prefix}:{to_name(name, number)}"))
        except states.exceptions.ExecutionDoesNotExist:
            return found
    raise AssertionError("unreachable")


def stop_executions(state_machine_arn: str, name: str, region: str) -> list[str]:
    """Stops the running executions of a run. Returns their descriptions. The jobs that they started continue.

    https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
    """
    import boto3

    running = [each for each in describe_executions(state_machine_arn, name, region) if each["status"] == "RUNNING"]
    for each in running:
        boto3.client("stepfunctions", region_name=region).stop_execution(
            executionArn=each["executionArn"],
            error="CutShort",
            cause="The Airflow run that started it was interrupted",
        )
    return [f"execution {each['name']}" for each in running]


def doubt_execution(state_machine_arn: str, name: str, region: str) -> str:
    """Returns why the run's newest execution is no proof of success; empty if it has succeeded."""
    known = describe_executions(state_machine_arn, name, region)
    if not known:
        return f"The state machine has no execution {to_name(name, 1)}: its task was marked, and did not run."
    if known[-1]["status"] == "SUCCEEDED":
        return ""
    return f"The execution {known[-1]['name']} is {known[-1]['status']}."
