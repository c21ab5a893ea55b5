"""Clients for calls of the emulator to itself: S3, logs, events."""

import json
import threading
import time
from collections.abc import Sequence
from typing import Any

import boto3
from botocore.config import Config
from ministack.core.responses import get_account_id, get_region
from ministack.services import eventbridge
from pyarrow import fs

from local_aws.calls.callers import LOCAL_AWS
from local_aws.host.environment import aws
from local_aws.install.output import say
from local_aws.settings import SETTINGS

_making = threading.Lock()
"""Clients of boto3's one session are made one after the other: only their use is safe from several threads."""
Response = tuple[int, dict[str, str], bytes]
"""The response of a MiniStack handler: status, headers, body."""


def client(service: str, app_id: str = LOCAL_AWS) -> Any:
    """Returns a boto3 client for the calling thread's account and region. `app_id`: the role that it acts for."""
    endpoint = SETTINGS.moto_endpoint if service in ("emr-serverless", "lakeformation") else SETTINGS.endpoint
    config = Config(
        s3={"addressing_style": "path"},
        retries={"max_attempts": 2},
        inject_host_prefix=False,
        proxies={},
        user_agent_appid=app_id,
    )
    with _making:
        return boto3.client(
            service,  # pyright: ignore[reportArgumentType]
            endpoint_url=endpoint,
            region_name=get_region(),
            aws_access_key_id=get_account_id(),
            aws_secret_access_key="test",
            config=config,
        )


def arrow_file_system() -> fs.S3FileSystem:
    """Returns Arrow's file system for S3 in the calling thread's account and region."""
    return fs.S3FileSystem(
        access_key=get_account_id(),
        secret_key="test",
        region=get_region(),
        scheme="http",
        endpoint_override=f"127.0.0.1:{SETTINGS.port}",
    )


def environment(app_id: str = LOCAL_AWS) -> dict[str, str]:
    """Returns the AWS variables of a process that acts in the calling thread's account as the role `app_id`."""
    return aws(get_account_id(), get_region(), app_id)


def parse(response: Response) -> tuple[int, Any]:
    status, _headers, body = response
    return status, json.loads(body or b"{}")


def emit(source: str, detail_type: str, detail: dict[str, object], resources: Sequence[str] = ()) -> None:
    """Publishes an aws.* event on the default bus, as the real service does. Never raises an error."""
    entry = {
        "Source": source,
        "DetailType": detail_type,
        "Detail": json.dumps(detail, default=str),
        "Resources": list(resources),
    }
    try:
        eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)
    except Exception as error:  # AWS delivers events on a best-effort basis too
        say("events", f"{source} {detail_type} was not published: {error}")


def put_log(group: str, stream: str, text: str, app_id: str = LOCAL_AWS) -> None:
    """Writes the last 2,000 lines of `text` to CloudWatch Logs, as the role `app_id`."""
    logs = client("logs", app_id)
    ensure_log_group(group, app_id)
    try:
        logs.create_log_stream(logGroupName=group, logStreamName=stream)
    except logs.exceptions.ResourceAlreadyExistsException:
        pass
    now = int(time.time() * 1000)
    lines = [line for line in text.splitlines() if line.strip()][-2000:]
    for i in range(0, len(lines), 500):
        events = [{"timestamp": now, "message": line} for line in lines[i : i + 500]]
        logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)


def ensure_log_group(group: str, app_id: str = LOCAL_AWS) -> None:
    logs = client("logs", app_id)
    try:
        logs.create_log_group(logGroupName=group)
    except logs.exceptions.ResourceAlreadyExistsException:
        pass
