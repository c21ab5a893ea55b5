"""The caller of a request: the app id that every AWS SDK puts into its User-Agent.

https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html
"""

import re

APP_ID = "AWS_SDK_UA_APP_ID"
LOCAL_AWS = "local-aws"
"""The emulator as its own client."""

_APP = re.compile(r"(?:^|[\s,])app/([^\s,]+)")


def caller(user_agent: str) -> str | None:
    """Returns the caller, or None if the request does not name one."""
    found = _APP.search(user_agent)
    return found.group(1) if found else None


def role_name(role: str) -> str:
    """Returns the app id of processes with this role (name or ARN)."""
    return role.rsplit("/", 1)[-1]


def user_agent(app_id: str) -> str:
    """Returns a User-Agent for a client without app ids, such as Hadoop's S3A (SDK for Java v1)."""
    return f"app/{app_id}"
