"""Lambda functions that make calls as their role.

Wrapped in ministack.core.lambda_runtime: execution_credentials (the environment of a function's process);
in ministack.services.lambda_svc: the same, and _emit_lambda_logs (Lambda writes a function's log as its role).
"""

from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from local_aws.calls.callers import APP_ID, role_name
from local_aws.calls.recording import record_call


def adapt() -> None:
    credentials, emit_logs = lambda_runtime.execution_credentials, lambda_svc._emit_lambda_logs

    def execution_credentials(config: dict[str, Any]) -> dict[str, str]:
        return {**credentials(config), APP_ID: role_name(config.get("Role", ""))}

    def emit_lambda_logs(function: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        config = function.get("config") or function
        group = (config.get("LoggingConfig") or {}).get("LogGroup") or f"/aws/lambda/{config.get('FunctionName')}"
        for action in ("CreateLogStream", "PutLogEvents"):
            stream = {"logGroupName": group, "logStreamName": "stream"}
            record_call(role_name(config.get("Role", "")), "logs", action, stream)
        emit_logs(function, *args, **kwargs)

    lambda_runtime.execution_credentials = lambda_svc.execution_credentials = execution_credentials
    lambda_svc._emit_lambda_logs = emit_lambda_logs
