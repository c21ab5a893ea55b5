"""Every call is recorded as its caller's, as IAM would have to allow it."""

import json
from typing import Any

import pytest
from botocore.config import Config

from tests.contract.instance import Instance

ACCOUNT = "000000000000"
ARN = f"arn:aws:{{}}:us-east-1:{ACCOUNT}:{{}}"


@pytest.fixture
def calls(aws: Instance) -> Any:
    """What `caller` has called: action and resource → conditions."""

    def read(caller: str) -> dict[tuple[str, str], dict[str, Any]]:
        found = aws.call("GET", "calls")
        assert found["leftOut"] == 0
        return {(c["action"], c["resource"]): c["conditions"] for c in found["calls"] if c["caller"] == caller}

    return read


def test_an_app_id_names_the_caller(aws: Instance, calls: Any) -> None:
    client = aws.client("ssm", Config(user_agent_appid="someone"))
    client.get_parameters_by_path(Path="/data-lake/p/e/")
    client.get_parameters_by_path(Path="/data-lake/p/e/")
    assert calls("someone") == {("ssm:GetParametersByPath", ARN.format("ssm", "parameter/data-lake/p/e")): {}}
    [call] = [c for c in aws.call("GET", "calls")["calls"] if c["caller"] == "someone"]
    assert (call["count"], call["account"], call["region"], call["service"]) == (2, ACCOUNT, "us-east-1", "ssm")


def test_an_api_call_is_the_actions_that_iam_knows(aws: Instance, calls: Any) -> None:
    s3 = aws.client("s3", Config(user_agent_appid="reader"))
    s3.create_bucket(Bucket="recorded")
    s3.put_object(Bucket="recorded", Key="a/b", Body=b"x")
    s3.head_object(Bucket="recorded", Key="a/b")
    s3.copy_object(Bucket="recorded", Key="c", CopySource="recorded/a/b")
    s3.list_objects_v2(Bucket="recorded", Prefix="a/")
    s3.delete_objects(Bucket="recorded", Delete={"Objects": [{"Key": "a/b"}, {"Key": "c"}]})
    assert calls("reader") == {
        ("s3:CreateBucket", "arn:aws:s3:::recorded"): {},
        ("s3:PutObject", "arn:aws:s3:::recorded/a/b"): {},
        ("s3:GetObject", "arn:aws:s3:::recorded/a/b"): {},
        ("s3:PutObject", "arn:aws:s3:::recorded/c"): {},
        ("s3:ListBucket", "arn:aws:s3:::recorded"): {"s3:prefix": "a/"},
        ("s3:DeleteObject", "arn:aws:s3:::recorded/a/b"): {},
        ("s3:DeleteObject", "arn:aws:s3:::recorded/c"): {},
    }


def test_a_bucket_s_key_is_used_on_the_caller_s_behalf(aws: Instance, calls: Any) -> None:
    key = aws.client("kms").create_key(Tags=[{"TagKey": "data-lake:project", "TagValue": "p"}])["KeyMetadata"]["Arn"]
    s3 = aws.client("s3", Config(user_agent_appid="writer"))
    aws.client("s3").create_bucket(Bucket="encrypted")
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
    aws.client("s3").put_bucket_encryption(Bucket="encrypted", ServerSideEncryptionConfiguration={"Rules": [rule]})
    s3.put_object(Bucket="encrypted", Key="a", Body=b"x")
    s3.get_object(Bucket="encrypted", Key="a")
    via = {"kms:ViaService": "s3.us-east-1.amazonaws.com", "aws:ResourceTag/data-lake:project": "p"}
    found = calls("writer")
    assert found[("kms:GenerateDataKey", key)] == via
    assert found[("kms:Decrypt", key)] == via


def test_a_cluster_passes_two_roles_and_is_tagged(aws: Instance, calls: Any) -> None:
    iam = aws.client("iam")
    iam.create_role(RoleName="workers", AssumeRolePolicyDocument="{}")
    iam.create_instance_profile(InstanceProfileName="profile")
    iam.add_role_to_instance_profile(InstanceProfileName="profile", RoleName="workers")
    emr = aws.client("emr", Config(user_agent_appid="starter"))
    cluster = emr.run_job_flow(
        Name="c",
        ReleaseLabel="emr-7.14.0",
        ServiceRole="service",
        JobFlowRole="profile",
        Instances={"InstanceCount": 1, "MasterInstanceType": "m5.xlarge"},
        Tags=[{"Key": "data-lake:project", "Value": "p"}],
    )["JobFlowId"]
    emr.terminate_job_flows(JobFlowIds=[cluster])
    found = calls("starter")
    role = f"arn:aws:iam::{ACCOUNT}:role/"
    assert found[("iam:PassRole", f"{role}service")] == {"iam:PassedToService": "elasticmapreduce.amazonaws.com"}
    assert found[("iam:PassRole", f"{role}workers")] == {"iam:PassedToService": "ec2.amazonaws.com"}
    asked = found[("elasticmapreduce:AddTags", ARN.format("elasticmapreduce", "cluster/*"))]
    assert asked["elasticmapreduce:RequestTag/data-lake:project"] == "p"
    asked = found[("elasticmapreduce:TerminateJobFlows", ARN.format("elasticmapreduce", f"cluster/{cluster}"))]
    assert asked["elasticmapreduce:ResourceTag/data-lake:project"] == "p"


def test_a_table_is_asked_for_with_its_database_and_catalog(aws: Instance, calls: Any) -> None:
    aws.client("glue").create_database(DatabaseInput={"Name": "recorded"})
    aws.client("glue", Config(user_agent_appid="catalog-reader")).get_tables(DatabaseName="recorded")
    kinds = ("catalog", "database/recorded", "table/recorded/*")
    assert set(calls("catalog-reader")) == {("glue:GetTables", ARN.format("glue", kind)) for kind in kinds}


def test_what_moto_serves_is_in_the_same_record(aws: Instance, calls: Any) -> None:
    from tests.contract.instance import until

    until(lambda: aws.component("moto")["status"], lambda status: status == "ready", 60)
    client = aws.client("emr-serverless", Config(user_agent_appid="serverless"))
    made = client.create_application(name="a", releaseLabel="emr-7.14.0", type="SPARK", tags={"data-lake:project": "p"})
    client.get_application(applicationId=made["applicationId"])
    arn = f"arn:aws:emr-serverless:us-east-1:{ACCOUNT}:/applications/{made['applicationId']}"
    until(lambda: calls("serverless"), lambda found: ("emr-serverless:GetApplication", arn) in found, 10)
    found = calls("serverless")
    assert found[("emr-serverless:GetApplication", arn)] == {"aws:ResourceTag/data-lake:project": "p"}
    assert found[("emr-serverless:CreateApplication", "*")]["aws:RequestTag/data-lake:project"] == "p"


def test_a_template_s_key_is_recorded_and_answered_to_nobody(aws: Instance, calls: Any) -> None:
    """S3A takes an object for encrypted by its caller where the answer says so, and will not copy it over HTTP."""
    encryption = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": {"Fn::GetAtt": ["Key", "Arn"]}}
    rules = {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": encryption}]}
    template = {
        "Resources": {
            "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Version": "2012-10-17", "Statement": []}}},
            "Bucket": {
                "Type": "AWS::S3::Bucket",
                "Properties": {"BucketName": "of-a-template", "BucketEncryption": rules},
            },
        }
    }
    cloudformation = aws.client("cloudformation")
    cloudformation.create_stack(StackName="encrypted", TemplateBody=json.dumps(template))
    cloudformation.get_waiter("stack_create_complete").wait(StackName="encrypted", WaiterConfig={"Delay": 1})
    s3 = aws.client("s3", Config(user_agent_appid="writer-of-a-template"))
    s3.put_object(Bucket="of-a-template", Key="a", Body=b"x")
    assert "SSEKMSKeyId" not in s3.head_object(Bucket="of-a-template", Key="a")
    assert "kms:GenerateDataKey" in {action for action, _ in calls("writer-of-a-template")}
