"""The stack's names, read from Parameter Store when a run begins, never when the file is parsed."""

from __future__ import annotations

from collections.abc import Sequence

READ_PARAMETERS = "read_parameters"


def parameter(name: str) -> str:
    """The Jinja expression for a parameter, in an operator's templated field."""
    return f"{{{{ ti.xcom_pull(task_ids='{READ_PARAMETERS}')['{name}'] }}}}"


def read_parameters(path: str, region: str, required: Sequence[str]) -> dict[str, str]:
    """All parameters below the path, by the last part of their names.

    Raises LookupError if a required one is missing or empty.
    https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
    """
    # Here, not above: a DAG file is parsed every half minute, and boto3 takes a second to import.
    import boto3

    pages = boto3.client("ssm", region_name=region).get_paginator("get_parameters_by_path").paginate(Path=path)
    found = {each["Name"].rsplit("/", 1)[-1]: each["Value"] for page in pages for each in page["Parameters"]}
    if missing := [name for name in required if not found.get(name)]:
        raise LookupError(
            f"Parameter Store lacks {', '.join(missing)} below {path} in {region}."
            " Deploy the project's foundations stack with a release, then run again."
        )
    return found
