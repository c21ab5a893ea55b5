"""The caller of a request: the app id that every AWS SDK puts into its User-Agent.

https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html
"""

import re

APP_ID = "AWS_SDK_UA_APP_ID"
LOCAL_AWS = "local-aws"
"""The emulator as its own client."""

_APP = re.compile(r"(?:^|[\s,])app/([^\s,]+)")


def caller(user_agent: str) -> str | None:
    """None where the request does not say."""
    found = _APP.search(user_agent)
    return found.group(1) if found else None


def role_name(role: str) -> str:
    """Name or ARN of a role → the app id of what runs as that role."""
    return role.rsplit("/", 1)[-1]


def user_agent(app_id: str) -> str:
    """For a client that takes no app id, as Hadoop's S3A (SDK for Java v1)."""
    return f"app/{app_id}"
