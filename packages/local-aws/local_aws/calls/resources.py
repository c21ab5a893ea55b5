"""Lists the ARNs that IAM checks for a request, if MiniStack's own list is too coarse or missing.

Formats: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

from collections.abc import Callable
from typing import Any

from ministack.core import iam_actions

from local_aws.calls.request import Request

_NONE = ["*"]


def resources(request: Request, action: str) -> list[str]:
    """Lists resources that must all be allowed; `["*"]` if the action has no resource or it is unknown."""
    if own := _OWN.get(request.service):
        return own(request, action.partition(":")[2]) or _NONE
    return [_ministack(request)]


def _ministack(request: Request) -> str:
    return iam_actions.extract_resource_arn(
        request.service,
        request.method,
        request.path,
        dict(request.headers),
        request.body,
        dict(request.form),
        request.region,
        request.account,
    )


def _glue(request: Request, operation: str) -> list[str]:
    """A call on a table also requires its database and the catalog.

    https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html#resource-arns-hierarchy
    """
    given = request.parameters

    def arns(kind: str, *fields: str) -> list[str]:
        names = [name for key in fields for name in _list(given.get(key))]
        return [request.arn("glue", f"{kind}/{name}") for name in names]

    if "Tag" in operation:
        return _list(given.get("ResourceArn"))
    if "SecurityConfiguration" in operation:
        return []
    if "Crawl" in operation:
        return arns("crawler", "Name", "CrawlerName", "CrawlerNames")
    if "Job" in operation:
        return arns("job", "Name", "JobName", "JobNames")
    database, table = _database(operation, given), _table(operation, given)
    found = [request.arn("glue", "catalog")]
    if database:
        found.append(request.arn("glue", f"database/{database}"))
    if table:
        found.append(request.arn("glue", f"table/{database}/{table}"))
    if operation == "DeleteDatabase":
        found += [request.arn("glue", f"{kind}/{database}/*") for kind in ("table", "userDefinedFunction")]
    return found


def _database(operation: str, given: dict[str, Any]) -> str:
    if operation == "GetDatabases":
        return "*"
    name = given.get("DatabaseName") or (given.get("DatabaseInput") or {}).get("Name")
    return name or (given.get("Name", "") if "Database" in operation else "")


def _table(operation: str, given: dict[str, Any]) -> str:
    if operation in ("GetTables", "SearchTables"):
        return "*"
    if "Database" in operation:
        return ""
    return given.get("TableName") or (given.get("TableInput") or {}).get("Name") or given.get("Name", "")


def _elasticmapreduce(request: Request, operation: str) -> list[str]:
    given = request.parameters
    ids = [i for key in ("ClusterId", "JobFlowId", "JobFlowIds", "ResourceId") for i in _list(given.get(key))]
    return [request.arn("elasticmapreduce", f"cluster/{i}") for i in ids]


def _emr_serverless(request: Request, operation: str) -> list[str]:
    parts = request.path.strip("/").split("/")
    if parts[0] == "tags":
        return ["/".join(parts[1:])]
    if operation == "StartJobRun" or operation.startswith("ListJobRun"):
        parts = parts[:2]
    return [request.arn("emr-serverless", "/" + "/".join(parts[:4]))] if len(parts) > 1 else []


def _ssm(request: Request, operation: str) -> list[str]:
    """A call with a path requires the path itself, not the parameters below it."""
    given = request.parameters
    names = [name for key in ("Name", "Names", "Path", "ResourceId") for name in _list(given.get(key))]
    return [request.arn("ssm", f"parameter/{name.strip('/')}") for name in names]


def _logs(request: Request, operation: str) -> list[str]:
    """All calls except tagging require streams; for all streams of a group, the ARN ends with an empty stream name.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
    """
    given = request.parameters
    if "Tag" in operation:
        return _list(given.get("resourceArn"))
    group = given.get("logGroupName") or given.get("logGroupIdentifier", "")
    if group.startswith("arn:"):
        return [group]
    return [request.arn("logs", f"log-group:{group}:log-stream:{given.get('logStreamName', '')}")]


def _airflow(request: Request, operation: str) -> list[str]:
    """The resource of a REST API call: the least of Airflow's roles that may make it.

    https://docs.aws.amazon.com/mwaa/latest/userguide/access-policies.html
    """
    name = request.path.strip("/").split("/")[-1]
    if operation == "ListEnvironments":
        return []
    if operation != "InvokeRestApi":
        return [request.arn("airflow", f"environment/{name}")]
    given = request.parameters
    is_read = given.get("Method") == "GET" or str(given.get("Path")).endswith("/list")
    role = "Viewer" if is_read else "User"
    return [request.arn("airflow", f"role/{name}/{role}")]


def _cloudformation(request: Request, operation: str) -> list[str]:
    stack = str(request.parameters.get("StackName") or "")
    change_set = str(request.parameters.get("ChangeSetName") or "")
    if stack.startswith("arn:"):
        return [stack]
    if not stack and change_set.startswith("arn:"):
        return [change_set]
    return [request.arn("cloudformation", f"stack/{stack}/*")] if stack else []


def _iam(request: Request, operation: str) -> list[str]:
    given = request.parameters
    if policy := given.get("PolicyArn") if "RoleName" not in given else None:
        return [policy]
    kinds = {"RoleName": "role", "InstanceProfileName": "instance-profile", "PolicyName": "policy", "UserName": "user"}
    found = next(((kind, given[key]) for key, kind in kinds.items() if given.get(key)), None)
    return [f"arn:aws:iam::{request.account}:{found[0]}/{found[1]}"] if found else []


def _lambda(request: Request, operation: str) -> list[str]:
    name = str(request.parameters.get("FunctionName", "")) if request.path == "/" else ""
    if name.startswith("arn:"):
        return [name]
    return [request.arn("lambda", f"function:{name}")] if name else [_ministack(request)]


def _s3(request: Request, operation: str) -> list[str]:
    """The bucket or object of a path. The key keeps its slashes, because "staging/" is not "staging"."""
    bucket, _, key = request.path.removeprefix("/").partition("/")
    if request.method == "POST" and "delete" in request.query:
        return [_ministack(request)]
    return [f"arn:aws:s3:::{bucket}/{key}" if key else f"arn:aws:s3:::{bucket}"] if bucket else []


def _list(value: Any) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value]) if each]


_OWN: dict[str, Callable[[Request, str], list[str]]] = {
    "airflow": _airflow,
    "cloudformation": _cloudformation,
    "elasticmapreduce": _elasticmapreduce,
    "emr-serverless": _emr_serverless,
    "glue": _glue,
    "iam": _iam,
    "lambda": _lambda,
    "logs": _logs,
    "s3": _s3,
    "ssm": _ssm,
}
