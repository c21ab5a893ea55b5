"""CloudFormation: change sets over everything a foundations stack uses, in two steps as the product deploys it."""

import io
import json
import zipfile
from typing import Any

import pytest

from tests.contract.instance import Instance, until
from tests.contract.template import template

STACK = "demo-dev-foundations"
HANDLER = """
import os, boto3
def handler(event, context):
    names = [job["Name"] for job in boto3.client("glue").get_jobs()["Jobs"]]
    return {"job": os.environ["JOB"], "there": os.environ["JOB"] in names, "runId": event["runId"]}
"""
TAGS = [{"Key": "data-lake:project", "Value": "demo"}]


def deploy(cf: Any, kind: str, name: str, **parameters: str) -> dict[str, Any]:
    cf.create_change_set(
        StackName=STACK,
        ChangeSetName=name,
        ChangeSetType=kind,
        TemplateBody=json.dumps(template()),
        Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        Tags=TAGS,
    )

    def change_set() -> dict[str, Any]:
        return cf.describe_change_set(StackName=STACK, ChangeSetName=name)

    until(lambda: change_set()["Status"], lambda s: s in ("CREATE_COMPLETE", "FAILED"), 20)
    assert change_set()["Status"] == "CREATE_COMPLETE", change_set().get("StatusReason")
    cf.execute_change_set(StackName=STACK, ChangeSetName=name)
    until(lambda: stack(cf)["StackStatus"], lambda s: s.endswith(("COMPLETE", "FAILED")), 60)
    failed = [
        (e["LogicalResourceId"], e.get("ResourceStatusReason"))
        for e in cf.describe_stack_events(StackName=STACK)["StackEvents"]
        if "FAILED" in e["ResourceStatus"]
    ]
    assert not failed
    return stack(cf)


def stack(cf: Any) -> dict[str, Any]:
    return cf.describe_stacks(StackName=STACK)["Stacks"][0]


@pytest.fixture(scope="module")
def deployed(aws: Instance, bucket: str) -> Any:
    """First without a release, then with one, as the product does."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as z:
        z.writestr("handler.py", HANDLER)
    aws.client("s3").put_object(Bucket=bucket, Key="releases/abc/lambdas/start.zip", Body=archive.getvalue())
    cf = aws.client("cloudformation")
    first = deploy(cf, "CREATE", "first", Code=bucket)
    assert first["StackStatus"] == "CREATE_COMPLETE"
    assert [o["OutputKey"] for o in first["Outputs"]] == ["DataBucketName"]
    second = deploy(
        cf, "UPDATE", "second", Code=bucket, ReleasePrefix="releases/abc/", LakeFormation="yes", Serverless="yes"
    )
    assert second["StackStatus"] == "UPDATE_COMPLETE"
    return cf


def test_a_ruleset_can_be_read_and_is_found_by_its_tag(aws: Instance, deployed: Any) -> None:
    glue = aws.client("glue")
    assert glue.get_data_quality_ruleset(Name="demo-dev-movies")["Ruleset"].startswith("Rules = [")
    [listed] = glue.list_data_quality_rulesets(Tags={"data-lake:project": "demo"})["Rulesets"]
    assert (listed["Name"], listed["RuleCount"]) == ("demo-dev-movies", 2)
    with pytest.raises(glue.exceptions.InvalidInputException):
        glue.create_data_quality_ruleset(Name="other", Ruleset="select 1")


def test_tags_are_on_the_stack_and_its_resources(aws: Instance, deployed: Any) -> None:
    assert stack(deployed)["Tags"] == TAGS
    ours = ("data-lake:project", "demo")
    s3, ssm, glue = aws.client("s3"), aws.client("ssm"), aws.client("glue")
    on_bucket = s3.get_bucket_tagging(Bucket="demo-dev-data-000000000000-us-east-1")["TagSet"]
    assert ours in [(t["Key"], t["Value"]) for t in on_bucket]
    on_parameter = ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="/data-lake/demo/dev/data-bucket")
    assert ours in [(t["Key"], t["Value"]) for t in on_parameter["TagList"]]
    on_job = glue.get_tags(ResourceArn="arn:aws:glue:us-east-1:000000000000:job/demo-dev-marts")["Tags"]
    assert ours in on_job.items()


def test_every_resource_is_there(aws: Instance, deployed: Any) -> None:
    rows = deployed.describe_stack_resources(StackName=STACK)["StackResources"]
    assert {r["LogicalResourceId"] for r in rows} == set(template()["Resources"])
    assert all(r["ResourceStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE") for r in rows), rows
    iam = aws.client("iam")
    attached = iam.list_attached_role_policies(RoleName="local-airflow-execution")["AttachedPolicies"]
    assert "demo-dev-airflow" in [p["PolicyName"] for p in attached]
    profile = iam.get_instance_profile(InstanceProfileName="demo-dev-emr")["InstanceProfile"]
    assert [r["RoleName"] for r in profile["Roles"]] == ["demo-dev-glue"]
    glue = aws.client("glue")
    job = glue.get_job(JobName="demo-dev-marts")["Job"]
    assert job["ExecutionProperty"] == {"MaxConcurrentRuns": 3}
    assert job["SecurityConfiguration"] == "demo-dev"
    assert job["DefaultArguments"]["--extra-py-files"] == "s3://contract/releases/abc/jobs/lake.zip"
    encryption = glue.get_security_configuration(Name="demo-dev")["SecurityConfiguration"]["EncryptionConfiguration"]
    assert encryption["S3Encryption"][0]["S3EncryptionMode"] == "SSE-KMS"
    assert aws.client("kms").describe_key(KeyId="alias/demo-dev")["KeyMetadata"]["Enabled"]


def test_lambda_runs_from_a_state_machine(aws: Instance, deployed: Any) -> None:
    states = aws.client("stepfunctions")
    machine = {o["OutputKey"]: o["OutputValue"] for o in stack(deployed)["Outputs"]}["StateMachineArn"]
    started = states.start_execution(stateMachineArn=machine, name="r1", input='{"runId": "r1"}')["executionArn"]
    until(lambda: states.describe_execution(executionArn=started)["status"], lambda s: s != "RUNNING", 30)
    execution = states.describe_execution(executionArn=started)
    assert execution["status"] == "SUCCEEDED", execution
    assert json.loads(execution["output"]) == {"job": "demo-dev-marts", "there": True, "runId": "r1"}


def test_emr_serverless_and_lake_formation(aws: Instance, deployed: Any) -> None:
    outputs = {o["OutputKey"]: o["OutputValue"] for o in stack(deployed)["Outputs"]}
    application = aws.client("emr-serverless").get_application(applicationId=outputs["Application"])["application"]
    assert (application["name"], application["releaseLabel"]) == ("demo-dev", "emr-7.14.0")
    assert application["maximumCapacity"]["cpu"] == "16 vCPU"
    lake = aws.client("lakeformation")
    assert [r["ResourceArn"] for r in lake.list_resources()["ResourceInfoList"]] == [
        "arn:aws:s3:::demo-dev-data-000000000000-us-east-1"
    ]
    grants = lake.list_permissions()["PrincipalResourcePermissions"]
    assert [g["Principal"]["DataLakePrincipalIdentifier"] for g in grants] == [
        "arn:aws:iam::000000000000:role/demo-dev-glue"
    ]
    assert set(grants[0]["Permissions"]) == {"CREATE_TABLE", "ALTER", "DESCRIBE"}


def test_deleting_keeps_what_says_so(aws: Instance, deployed: Any) -> None:
    stack_id = stack(deployed)["StackId"]
    deployed.delete_stack(StackName=STACK)
    until(
        lambda: deployed.describe_stacks(StackName=stack_id)["Stacks"][0]["StackStatus"],
        lambda s: s in ("DELETE_COMPLETE", "DELETE_FAILED"),
        30,
    )
    events = deployed.describe_stack_events(StackName=stack_id)["StackEvents"]
    assert events[0]["ResourceStatus"] == "DELETE_COMPLETE", events[:5]
    names = [b["Name"] for b in aws.client("s3").list_buckets()["Buckets"]]
    assert "demo-dev-data-000000000000-us-east-1" in names
    assert aws.client("lakeformation").list_permissions()["PrincipalResourcePermissions"] == []
    attached = aws.client("iam").list_attached_role_policies(RoleName="local-airflow-execution")["AttachedPolicies"]
    assert attached == []
