"""Reads the stack's names from Parameter Store when a run starts, never when Airflow parses the file."""

from __future__ import annotations

from collections.abc import Sequence

READ_PARAMETERS = "read_parameters"


def parameter(name: str) -> str:
    """Returns the Jinja expression of a parameter, for an operator's templated field."""
    return f"{{{{ ti.xcom_pull(task_ids='{READ_PARAMETERS}')['{name}'] }}}}"


def read_parameters(path: str, region: str, required: Sequence[str]) -> dict[str, str]:
    """Reads all parameters below the path. Returns their values by the last part of their names.

    Raises LookupError if a required parameter is missing or empty.
    https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
    """
    # Imported here: Airflow parses a DAG file every half minute, and importing boto3 takes a second.
    import boto3

    pages = boto3.client("ssm", region_name=region).get_paginator("get_parameters_by_path").paginate(Path=path)
    found = {each["Name"].rsplit("/", 1)[-1]: each["Value"] for page in pages for each in page["Parameters"]}
    if missing := [name for name in required if not found.get(name)]:
        raise LookupError(
            f"Parameter Store lacks {', '.join(missing)} below {path} in {region}."
            " Deploy the project's foundations stack with a release, then run again."
        )
    return found
