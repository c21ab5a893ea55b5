"""Step Functions: the .sync integrations wait for real jobs, and a failed one fails the task."""

import json
from typing import Any

import pytest

from tests.contract.instance import Instance, until


@pytest.fixture(scope="module")
def run(aws: Instance, bucket: str) -> Any:
    s3, glue, states = aws.client("s3"), aws.client("glue"), aws.client("stepfunctions")
    for name, body in (("fine", b"print('fine')\n"), ("bad", b"raise KeyError('no such column')\n")):
        s3.put_object(Bucket=bucket, Key=f"sync/{name}.py", Body=body)
        command = {"Name": "pythonshell", "ScriptLocation": f"s3://{bucket}/sync/{name}.py"}
        glue.create_job(Name=f"sync-{name}", Role="glue", Command=command)

    def execute(name: str, state: dict[str, Any]) -> dict[str, Any]:
        definition = {
            "StartAt": "A",
            "States": {"A": state, "Caught": {"Type": "Pass", "Result": "caught", "End": True}},
        }
        role = "arn:aws:iam::000000000000:role/states"
        made = states.create_state_machine(name=name, definition=json.dumps(definition), roleArn=role)
        started = states.start_execution(stateMachineArn=made["stateMachineArn"])["executionArn"]
        until(lambda: states.describe_execution(executionArn=started)["status"], lambda s: s != "RUNNING", 40)
        return states.describe_execution(executionArn=started)

    return execute


def job(name: str, **more: Any) -> dict[str, Any]:
    resource = "arn:aws:states:::glue:startJobRun.sync"
    return {"Type": "Task", "Resource": resource, "Parameters": {"JobName": name}, "End": True, **more}


def test_a_glue_job_is_waited_for(run: Any) -> None:
    execution = run("sync-fine", job("sync-fine"))
    assert execution["status"] == "SUCCEEDED"
    assert json.loads(execution["output"])["JobRunState"] == "SUCCEEDED"


def test_a_failed_glue_job_fails_the_task(run: Any) -> None:
    execution = run("sync-bad", job("sync-bad"))
    assert (execution["status"], execution["error"]) == ("FAILED", "States.TaskFailed")
    assert "KeyError: 'no such column'" in json.loads(execution["cause"])["ErrorMessage"]


def test_an_error_has_the_service_name(run: Any) -> None:
    catch = [{"ErrorEquals": ["Glue.EntityNotFoundException"], "Next": "Caught"}]
    assert run("sync-none", job("no-such-job", Catch=catch))["output"] == '"caught"'
