"""Lists all resources of a project's environment in an account of the local AWS: `listResources.py <project>-<environment>`.

Prints JSON, kind → names. A key that waits for its deletion is told as `PendingDeletion`. Without an argument it lists all
resources of the account for each line of its input, and answers with a line each, until the input ends.
"""

import json
import os
import sys
from functools import cache

import botocore.session
import jmespath
from botocore.config import Config

session = botocore.session.get_session()


@cache
def client(service: str):
    # mwaa and Step Functions would put another host name in front of a local endpoint
    return session.create_client(service, config=Config(inject_host_prefix=False, s3={"addressing_style": "path"}))


def every(service: str, operation: str, path: str, **given: object) -> list:
    """Returns the items of an operation, from all pages; `path` is JMESPath."""
    api = client(service)
    if not api.can_paginate(operation):
        pages = [getattr(api, operation)(**given)]
        return [each for page in pages for each in jmespath.search(path, page) or []]
    return [each for each in api.get_paginator(operation).paginate(**given).search(path) if each is not None]


def keys() -> list[str]:
    kms = client("kms")
    described = [kms.describe_key(KeyId=key)["KeyMetadata"] for key in every("kms", "list_keys", "Keys[].KeyId")]
    return [f"{key.get('Description', '')}: {key['KeyState']}" for key in described]


def vpcs() -> list[str]:
    found = client("ec2").describe_vpcs()["Vpcs"]
    return [tag["Value"] for vpc in found for tag in vpc.get("Tags", []) if tag["Key"] == "Name"]


LISTS = {
    "stacks": lambda: every(
        "cloudformation",
        "describe_stacks",
        "Stacks[].StackName",
    ),
    "buckets": lambda: every("s3", "list_buckets", "Buckets[].Name"),
    "keys": keys,
    "key aliases": lambda: every("kms", "list_aliases", "Aliases[].AliasName"),
    "roles": lambda: every("iam", "list_roles", "Roles[].RoleName"),
    "policies": lambda: every("iam", "list_policies", "Policies[].PolicyName", Scope="Local"),
    "instance profiles": lambda: every("iam", "list_instance_profiles", "InstanceProfiles[].InstanceProfileName"),
    "databases": lambda: every("glue", "get_databases", "DatabaseList[].Name"),
    "crawlers": lambda: every("glue", "get_crawlers", "Crawlers[].Name"),
    "jobs": lambda: every("glue", "get_jobs", "Jobs[].Name"),
    "security configurations": lambda: every("glue", "get_security_configurations", "SecurityConfigurations[].Name"),
    "rulesets": lambda: every("glue", "list_data_quality_rulesets", "Rulesets[].Name"),
    "functions": lambda: every("lambda", "list_functions", "Functions[].FunctionName"),
    "state machines": lambda: every("stepfunctions", "list_state_machines", "stateMachines[].name"),
    "parameters": lambda: every("ssm", "describe_parameters", "Parameters[].Name"),
    "log groups": lambda: every("logs", "describe_log_groups", "logGroups[].logGroupName"),
    "topics": lambda: every("sns", "list_topics", "Topics[].TopicArn"),
    "rules": lambda: every("events", "list_rules", "Rules[].Name"),
    "queues": lambda: every("sqs", "list_queues", "QueueUrls[]"),
    "alarms": lambda: every("cloudwatch", "describe_alarms", "MetricAlarms[].AlarmName"),
    "dashboards": lambda: every("cloudwatch", "list_dashboards", "DashboardEntries[].DashboardName"),
    "MWAA environments": lambda: every("mwaa", "list_environments", "Environments[]"),
    "VPCs": vpcs,
}
"""Kind → the names of all such resources in the account."""


def names_of(prefix: str) -> list[str]:
    """`P-E` as names of resources have it: with a slash in parameters, `P_E` in databases, and in words."""
    project, _, environment = prefix.rpartition("-")
    return [prefix, f"{project}/{environment}", f"{project}_{environment}", f"{project}, environment {environment}"]


def listed(of: list[str] | None = None) -> str:
    """Returns what there is, as JSON; `of` are parts of names, optional, default all."""
    found = {
        kind: sorted(name for name in names() if of is None or any(each in name for each in of))
        for kind, names in LISTS.items()
    }
    return json.dumps({kind: names for kind, names in found.items() if names})


if __name__ == "__main__":
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    if len(sys.argv) > 1:
        print(listed(names_of(sys.argv[1])))
    else:
        for _ in sys.stdin:
            print(listed(), flush=True)
