"""A stack with one of everything that a foundations stack is made of."""

from typing import Any

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": ["glue.amazonaws.com"]}}],
}


def ref(name: str) -> dict[str, str]:
    return {"Ref": name}


def arn(name: str) -> dict[str, list[str]]:
    return {"Fn::GetAtt": [name, "Arn"]}


def sub(text: str) -> dict[str, str]:
    return {"Fn::Sub": text}


def resource(kind: str, properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"Type": f"AWS::{kind}", "Properties": properties, **more}


def template() -> dict[str, Any]:
    released = {"Condition": "Released"}
    lake = {"Condition": "LakeFormation"}
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {
            "Code": {"Type": "String"},
            "ReleasePrefix": {"Type": "String", "Default": ""},
            "LakeFormation": {"Type": "String", "Default": "no"},
            "Serverless": {"Type": "String", "Default": "no"},
        },
        "Conditions": {
            "Released": {"Fn::Not": [{"Fn::Equals": [ref("ReleasePrefix"), ""]}]},
            "LakeFormation": {"Fn::Equals": [ref("LakeFormation"), "yes"]},
            "Serverless": {"Fn::Equals": [ref("Serverless"), "yes"]},
        },
        "Resources": {
            "Key": resource(
                "KMS::Key",
                {"EnableKeyRotation": True, "KeyPolicy": {"Version": "2012-10-17", "Statement": []}},
                DeletionPolicy="Retain",
                UpdateReplacePolicy="Retain",
            ),
            "Alias": resource("KMS::Alias", {"AliasName": "alias/demo-dev", "TargetKeyId": ref("Key")}),
            "Data": resource(
                "S3::Bucket",
                {
                    "BucketName": sub("demo-dev-data-${AWS::AccountId}-${AWS::Region}"),
                    "VersioningConfiguration": {"Status": "Enabled"},
                    "BucketEncryption": {
                        "ServerSideEncryptionConfiguration": [
                            {
                                "ServerSideEncryptionByDefault": {
                                    "SSEAlgorithm": "aws:kms",
                                    "KMSMasterKeyID": arn("Key"),
                                },
                                "BucketKeyEnabled": True,
                            }
                        ]
                    },
                    "LifecycleConfiguration": {
                        "Rules": [
                            {
                                "Id": "abort",
                                "Status": "Enabled",
                                "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                            }
                        ]
                    },
                },
                DeletionPolicy="Retain",
            ),
            "DataPolicy": resource(
                "S3::BucketPolicy",
                {
                    "Bucket": ref("Data"),
                    "PolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Effect": "Deny",
                                "Principal": "*",
                                "Action": "s3:*",
                                "Resource": [arn("Data"), sub("${Data.Arn}/*")],
                                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                            }
                        ],
                    },
                },
            ),
            "Role": resource("IAM::Role", {"RoleName": "demo-dev-glue", "AssumeRolePolicyDocument": TRUST}),
            "Profile": resource(
                "IAM::InstanceProfile", {"InstanceProfileName": "demo-dev-emr", "Roles": [ref("Role")]}
            ),
            "AirflowPolicy": resource(
                "IAM::ManagedPolicy",
                {
                    "ManagedPolicyName": "demo-dev-airflow",
                    "Roles": ["local-airflow-execution"],
                    "PolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [
                            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": sub("${Data.Arn}/raw/*")}
                        ],
                    },
                },
            ),
            "Security": resource(
                "Glue::SecurityConfiguration",
                {
                    "Name": "demo-dev",
                    "EncryptionConfiguration": {
                        "S3Encryptions": [{"S3EncryptionMode": "SSE-KMS", "KmsKeyArn": arn("Key")}],
                        "CloudWatchEncryption": {"CloudWatchEncryptionMode": "DISABLED"},
                    },
                },
            ),
            "Database": resource(
                "Glue::Database", {"CatalogId": ref("AWS::AccountId"), "DatabaseInput": {"Name": "demo_dev"}}
            ),
            "Crawler": resource(
                "Glue::Crawler",
                {
                    "Name": "demo-dev-curated",
                    "Role": arn("Role"),
                    "DatabaseName": ref("Database"),
                    "CrawlerSecurityConfiguration": ref("Security"),
                    "Targets": {"S3Targets": [{"Path": sub("s3://${Data}/curated/")}]},
                    "SchemaChangePolicy": {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "LOG"},
                },
            ),
            "Job": resource(
                "Glue::Job",
                {
                    "Name": "demo-dev-marts",
                    "Role": arn("Role"),
                    "GlueVersion": "5.1",
                    "WorkerType": "G.1X",
                    "NumberOfWorkers": 2,
                    "ExecutionProperty": {"MaxConcurrentRuns": 3},
                    "SecurityConfiguration": ref("Security"),
                    "Command": {
                        "Name": "glueetl",
                        "PythonVersion": "3",
                        "ScriptLocation": sub("s3://${Code}/${ReleasePrefix}jobs/x.py"),
                    },
                    "DefaultArguments": {"--extra-py-files": sub("s3://${Code}/${ReleasePrefix}jobs/lake.zip")},
                },
            ),
            "Parameter": resource(
                "SSM::Parameter", {"Name": "/data-lake/demo/dev/data-bucket", "Type": "String", "Value": ref("Data")}
            ),
            "Alerts": resource("SNS::Topic", {"TopicName": "demo-dev-alerts"}),
            "AlertsPolicy": resource(
                "SNS::TopicPolicy",
                {"Topics": [ref("Alerts")], "PolicyDocument": {"Version": "2012-10-17", "Statement": []}},
            ),
            "MachineLogs": resource(
                "Logs::LogGroup",
                {"LogGroupName": "/aws/vendedlogs/states/demo-dev", "RetentionInDays": 30},
                **released,
            ),
            "Function": resource(
                "Lambda::Function",
                {
                    "FunctionName": "demo-dev-start",
                    "Runtime": "python3.13",
                    "Handler": "handler.handler",
                    "Role": arn("Role"),
                    "Timeout": 30,
                    "Code": {"S3Bucket": ref("Code"), "S3Key": sub("${ReleasePrefix}lambdas/start.zip")},
                    "Environment": {"Variables": {"JOB": ref("Job")}},
                },
                **released,
            ),
            "Machine": resource(
                "StepFunctions::StateMachine",
                {
                    "StateMachineName": "demo-dev",
                    "RoleArn": arn("Role"),
                    "DefinitionString": (
                        '{"StartAt":"Start","States":{"Start":{"Type":"Task",'
                        '"Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"${Function}",'
                        '"Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}'
                    ),
                    "DefinitionSubstitutions": {"Function": arn("Function")},
                    "LoggingConfiguration": {
                        "Level": "ERROR",
                        "IncludeExecutionData": False,
                        "Destinations": [{"CloudWatchLogsLogGroup": {"LogGroupArn": arn("MachineLogs")}}],
                    },
                },
                **released,
            ),
            "Failed": resource(
                "Events::Rule",
                {
                    "Name": "demo-dev-failed",
                    "EventPattern": {"source": ["aws.states"], "detail": {"status": ["FAILED"]}},
                    "Targets": [{"Id": "alerts", "Arn": ref("Alerts")}],
                },
                **released,
            ),
            "Rules": resource(
                "Glue::DataQualityRuleset",
                {"Name": "demo-dev-movies", "Ruleset": 'Rules = [ RowCount > 0, IsUnique "movie_id" ]'},
            ),
            "Alarm": resource(
                "CloudWatch::Alarm",
                {
                    "AlarmName": "demo-dev-failed",
                    "Namespace": "AWS/States",
                    "MetricName": "ExecutionsFailed",
                    "Dimensions": [{"Name": "StateMachineArn", "Value": ref("Machine")}],
                    "Statistic": "Sum",
                    "Period": 300,
                    "EvaluationPeriods": 1,
                    "Threshold": 1,
                    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
                    "TreatMissingData": "notBreaching",
                    "AlarmActions": [ref("Alerts")],
                },
                **released,
            ),
            "Application": resource(
                "EMRServerless::Application",
                {
                    "Name": "demo-dev",
                    "Type": "Spark",
                    "ReleaseLabel": "emr-7.14.0",
                    "MaximumCapacity": {"Cpu": "16 vCPU", "Memory": "64 GB"},
                    "AutoStopConfiguration": {"Enabled": True, "IdleTimeoutMinutes": 5},
                },
                Condition="Serverless",
            ),
            "Location": resource(
                "LakeFormation::Resource",
                {"ResourceArn": arn("Data"), "RoleArn": arn("Role"), "UseServiceLinkedRole": False},
                **lake,
            ),
            "Grant": resource(
                "LakeFormation::PrincipalPermissions",
                {
                    "Principal": {"DataLakePrincipalIdentifier": arn("Role")},
                    "Resource": {"Database": {"CatalogId": ref("AWS::AccountId"), "Name": ref("Database")}},
                    "Permissions": ["CREATE_TABLE", "ALTER", "DESCRIBE"],
                    "PermissionsWithGrantOption": [],
                },
                **lake,
            ),
        },
        "Outputs": {
            "DataBucketName": {"Value": ref("Data")},
            "StateMachineArn": {"Condition": "Released", "Value": ref("Machine")},
            "Application": {"Condition": "Serverless", "Value": ref("Application")},
        },
    }
