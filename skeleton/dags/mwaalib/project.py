"""Reads project.yaml, and finds the environment that this copy of the DAG was deployed to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mwaalib.document import read_document
from mwaalib.schema import list_problems

SCHEMA = Path(__file__).with_name("project.schema.json")


@dataclass(frozen=True)
class Cluster:
    """Size of a transient EMR cluster; an environment can override it under `emr` in project.yaml."""

    release_label: str = "emr-7.14.0"
    instance_type: str = "m5.xlarge"
    core_instances: int = 2
    # None: EMR uses the network that the mwaa stack makes, or the default VPC.
    subnet_id: str | None = None
    # Whether the mwaa stack makes a network, and no subnet is given.
    uses_made_network: bool = False


@dataclass(frozen=True)
class Dataset:
    """One entry of `datasets`: its folder in jobs/lake/datasets, the source of its files, its tables."""

    name: str
    source: str
    tables: tuple[str, ...]
    marts: tuple[str, ...]


@dataclass(frozen=True)
class Project:
    """A project and one environment; the names are those of project.yaml."""

    name: str
    description: str
    owner: str
    entity: str
    compute: str
    table_format: str
    schedule: str | None
    datasets: tuple[Dataset, ...]
    environment: str
    region: str
    cluster: Cluster

    @property
    def dag_id(self) -> str:
        return f"{self.name}-{self.environment}"

    @property
    def parameter_path(self) -> str:
        return f"/data-lake/{self.name}/{self.environment}/"

    @property
    def tags(self) -> dict[str, str]:
        return {
            "data-lake:project": self.name,
            "data-lake:environment": self.environment,
            "data-lake:owner": self.owner,
            "data-lake:entity": self.entity,
        }


class ProjectFileError(Exception):
    """project.yaml is missing or invalid; Airflow shows this as an import error of the DAG."""


def read_project(dag_file: str) -> Project:
    """Reads the project that the DAG file belongs to.

    In the MWAA bucket, project.yaml is beside the DAG file and the folder's name is `<project>-<environment>`. In the
    repository, project.yaml is one folder up, and the first environment applies.
    """
    folder = Path(dag_file).resolve().parent
    deployed, repository = folder / "project.yaml", folder.parent / "project.yaml"
    path = deployed if deployed.exists() else repository
    if not path.exists():
        raise ProjectFileError(f"There is no project.yaml beside {dag_file}: upload it together with the DAGs.")
    return to_project(parse_project(path.read_text("utf-8")), folder.name if path == deployed else None)


def parse_project(text: str) -> dict[str, Any]:
    """Returns the values of a project.yaml that keeps its schema, without those that it leaves out."""
    try:
        values = read_document(text)
    except ValueError as error:
        raise ProjectFileError(f"project.yaml cannot be parsed: {error}") from error
    if problems := list_problems(values, json.loads(SCHEMA.read_text("utf-8"))):
        raise ProjectFileError(f"project.yaml is invalid: {'; '.join(problems)}")
    return values


def to_project(values: dict[str, Any], folder: str | None) -> Project:
    """Returns the project for a folder `<project>-<environment>`, or for the first environment (`folder` is None)."""
    environments = {each["name"]: each for each in values["environments"]}
    name = folder.removeprefix(f"{values['name']}-") if folder else next(iter(environments))
    if name not in environments:
        raise ProjectFileError(
            f"The folder {folder} does not match any environment in project.yaml of {values['name']}:"
            f" it lists {', '.join(environments)}."
        )
    environment = environments[name]
    emr = environment.get("emr", {})
    return Project(
        name=values["name"],
        description=values.get("description", ""),
        owner=values["owner"],
        entity=values["entity"].lower(),
        compute=values["compute"],
        table_format=values.get("tableFormat", "parquet"),
        schedule=values.get("schedule"),
        datasets=tuple(_dataset(each) for each in values["datasets"]),
        environment=name,
        region=environment["region"],
        cluster=Cluster(
            release_label=emr.get("releaseLabel", Cluster.release_label),
            instance_type=emr.get("instanceType", Cluster.instance_type),
            core_instances=emr.get("coreInstances", Cluster.core_instances),
            subnet_id=emr.get("subnetId"),
            uses_made_network="subnetId" not in emr and _makes_network(values, environment),
        ),
    )


def _makes_network(values: dict[str, Any], environment: dict[str, Any]) -> bool:
    """Whether the environment has the mwaa stack, and gives it no network."""
    stacks = (each for each in values.get("stacks", ()) if each["name"] == "mwaa")
    listed = any(environment["name"] in each.get("environments", [environment["name"]]) for each in stacks)
    return listed and "network" not in environment["mwaa"]


def _dataset(values: dict[str, Any]) -> Dataset:
    return Dataset(
        name=values["name"],
        source=values["source"],
        tables=tuple(values["tables"]),
        marts=tuple(values.get("marts", ())),
    )
