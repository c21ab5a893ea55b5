"""Hostile text is answered, and the server answers others afterwards."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from tests.contract.instance import Instance, until

ONCE = Config(retries={"total_max_attempts": 1}, read_timeout=60)
RESOURCES = {"Topic": {"Type": "AWS::SNS::Topic"}}
PATTERN = {
    "Parameters": {"P": {"Type": "String", "Default": "a" * 60 + "!", "AllowedPattern": "^(a+)+$"}},
    "Resources": RESOURCES,
}
PATTERN_OF_A_LIST = {
    "Parameters": {"P": {"Type": "CommaDelimitedList", "Default": "a," + "a" * 60 + "!", "AllowedPattern": "(a|a)*"}},
    "Resources": RESOURCES,
}
CONDITIONS = {
    "Conditions": {
        "C0": {"Fn::Equals": ["a", "a"]},
        **{f"C{n}": {"Fn::And": [{"Condition": f"C{n - 1}"}, {"Condition": f"C{n - 1}"}]} for n in range(1, 60)},
    },
    "Resources": RESOURCES,
}
SUB = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::Sub": "${" * 400_000}}}}}
ALIASES = "\n".join([
    "Metadata:",
    "  m0: &m0 [x, x, x, x, x, x, x, x, x, x]",
    *(f"  m{n}: &m{n} [{', '.join([f'*m{n - 1}'] * 10)}]" for n in range(1, 12)),
    "Resources:",
    "  Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: {'Fn::Join': ['', *m11]}}}",
])  # fmt: skip


def for_each(depth: int) -> dict[str, Any]:
    """Loops inside loops: 100 to the power of `depth` resources."""
    body: dict[str, Any] = {"T" + "".join(f"${{I{n}}}" for n in range(depth)): RESOURCES["Topic"]}
    for n in reversed(range(depth)):
        body = {f"Fn::ForEach::L{n}": [f"I{n}", [str(i) for i in range(100)], body]}
    return {"Transform": "AWS::LanguageExtensions", "Resources": body}


TEMPLATES: dict[str, str] = {
    "pattern": json.dumps(PATTERN),
    "pattern of a list": json.dumps(PATTERN_OF_A_LIST),
    "conditions": json.dumps(CONDITIONS),
    "sub": json.dumps(SUB),
    "aliases": ALIASES,
    "loops": json.dumps(for_each(5)),
    "depth": '{"Resources":' + "[" * 20_000 + "]" * 20_000 + "}",
}


def others_are_answered(aws: Instance) -> None:
    assert aws.client("sts", ONCE).get_caller_identity()["Account"] == "000000000000"


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("act", ["validate_template", "create_stack", "create_change_set"])
def test_a_hostile_template(aws: Instance, bucket: str, name: str, act: str) -> None:
    key = f"hostile/{name.replace(' ', '-')}"
    aws.client("s3").put_object(Bucket=bucket, Key=key, Body=TEMPLATES[name].encode())
    cfn = aws.client("cloudformation", ONCE)
    more = {
        "validate_template": {},
        "create_stack": {"StackName": f"hostile-{name.replace(' ', '-')}"},
        "create_change_set": {
            "StackName": f"changed-{name.replace(' ', '-')}",
            "ChangeSetName": "c",
            "ChangeSetType": "CREATE",
        },
    }[act]
    try:
        getattr(cfn, act)(TemplateURL=f"http://127.0.0.1:{aws.port}/{bucket}/{key}", **more)
    except ClientError as error:
        if name.startswith("pattern") and act != "validate_template":
            assert error.response["Error"]["Code"] == "ValidationError"
            assert "takes more than 1 s" in error.response["Error"]["Message"]
    others_are_answered(aws)


def choice(aws: Instance) -> None:
    """Choices are evaluated on a thread, which would hold the lock of all others."""
    rule = {"Variable": "$.v", "StringMatches": "*a" * 25 + "b", "Next": "End"}
    states = {"C": {"Type": "Choice", "Choices": [rule], "Default": "End"}, "End": {"Type": "Succeed"}}
    sfn = aws.client("stepfunctions", ONCE)
    definition = json.dumps({"StartAt": "C", "States": states})
    role = "arn:aws:iam::000000000000:role/any"
    machine = sfn.create_state_machine(name="hostile", definition=definition, roleArn=role)["stateMachineArn"]
    run = sfn.start_execution(stateMachineArn=machine, input=json.dumps({"v": "a" * 5000}))["executionArn"]
    seen = until(lambda: sfn.describe_execution(executionArn=run)["status"], lambda status: status != "RUNNING", 60)
    assert seen[-1] == "FAILED", seen


def filter_of_logs(aws: Instance) -> None:
    logs = aws.client("logs", ONCE)
    logs.create_log_group(logGroupName="hostile")
    logs.create_log_stream(logGroupName="hostile", logStreamName="s")
    now = 1_800_000_000_000
    events = [{"timestamp": now, "message": "a" * 60 + "!"}]
    logs.put_log_events(logGroupName="hostile", logStreamName="s", logEvents=events)
    for query in ("filter @message like /^(a+)+$/", "fields @message | filter @message like /(a|a)*$/"):
        logs.start_query(logGroupName="hostile", startTime=0, endTime=now // 1000 + 10, queryString=query)


def functions_of_the_catalog(aws: Instance) -> None:
    glue = aws.client("glue", ONCE)
    glue.create_database(DatabaseInput={"Name": "hostile"})
    function = {"FunctionName": "a" * 60 + "!", "ClassName": "c", "OwnerName": "o", "OwnerType": "USER"}
    glue.create_user_defined_function(DatabaseName="hostile", FunctionInput=function)
    glue.get_user_defined_functions(DatabaseName="hostile", Pattern="^(a+)+$")


def filter_of_messages(aws: Instance) -> None:
    sns, sqs = aws.client("sns", ONCE), aws.client("sqs", ONCE)
    topic = sns.create_topic(Name="hostile")["TopicArn"]
    sqs.create_queue(QueueName="hostile")
    policy = json.dumps({"k": [{"wildcard": "*a" * 5 + "b"}]})
    queue = "arn:aws:sqs:us-east-1:000000000000:hostile"
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue, Attributes={"FilterPolicy": policy})
    sns.publish(TopicArn=topic, Message="m", MessageAttributes={"k": {"DataType": "String", "StringValue": "a" * 9000}})


@pytest.mark.parametrize("act", [choice, filter_of_logs, functions_of_the_catalog, filter_of_messages])
def test_a_hostile_request(aws: Instance, act: Callable[[Instance], None]) -> None:
    try:
        act(aws)
    except (ClientError, ResponseParserError):  # some services of MiniStack answer errors of their own in another form
        pass
    others_are_answered(aws)
