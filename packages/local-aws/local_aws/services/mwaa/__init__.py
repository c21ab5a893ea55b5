"""MWAA with a real Airflow on this machine instead of a container.

Replaced in ministack.services.mwaa: _start_airflow_container_in_scope, _invoke_rest_api;
wrapped: _create_environment, _update_environment, _delete_environment, reset.
"""

import json
from typing import Any

from ministack.services import mwaa

from local_aws.host.aws import Response
from local_aws.services.mwaa import environment, rest_api

_KEPT = (
    "RequirementsS3Path",
    "RequirementsS3ObjectVersion",
    "PluginsS3Path",
    "PluginsS3ObjectVersion",
    "StartupScriptS3Path",
    "KmsKey",
    "WeeklyMaintenanceWindowStart",
)
"""Properties that MiniStack drops; GetEnvironment shows them, but they have no effect here."""
_RESTARTING = ("AirflowConfigurationOptions", "LoggingConfiguration", "SourceBucketArn", "DagS3Path", "AirflowVersion")


def adapt() -> None:
    create, update, delete, reset = (
        mwaa._create_environment,
        mwaa._update_environment,
        mwaa._delete_environment,
        mwaa.reset,
    )

    def create_environment(method: str, path: str, headers: Any, body: bytes, query: Any) -> Response:
        response = create(method, path, headers, body, query)
        _keep(path, body, response)
        return response

    def update_environment(method: str, path: str, headers: Any, body: bytes, query: Any) -> Response:
        env = _find(path)
        before = {key: env.get(key) for key in _RESTARTING} if env else {}
        response = update(method, path, headers, body, query)
        _keep(path, body, response)
        if env and response[0] < 300:
            env["AirflowVersion"] = json.loads(body or b"{}").get("AirflowVersion", env["AirflowVersion"])
            if before != {key: env.get(key) for key in _RESTARTING}:
                environment.restart(env)
        return response

    def delete_environment(method: str, path: str, headers: Any, body: bytes, query: Any) -> Response:
        env = _find(path)
        response = delete(method, path, headers, body, query)
        if env:
            environment.remove(env)
        return response

    def reset_environments() -> None:
        for env in list(mwaa._environments.all_values()):
            environment.remove(env, wait=True)
        reset()

    mwaa._start_airflow_container_in_scope = environment.start
    mwaa._invoke_rest_api = rest_api.invoke_rest_api
    mwaa._create_environment, mwaa._update_environment = create_environment, update_environment
    mwaa._delete_environment, mwaa.reset = delete_environment, reset_environments


def _find(path: str) -> dict[str, Any] | None:
    return mwaa._environments.get(path.strip("/").split("/")[-1])


def _keep(path: str, body: bytes, response: Response) -> None:
    env = _find(path)
    if env and response[0] < 300:
        given = json.loads(body or b"{}")
        env.update({key: given[key] for key in _KEPT if key in given})
