"""Prints what the services of an environment logged in the last hours, for whoever has credentials of its account.

    python local/logs.py demo --hours 2

What cannot be read is said, and the program then ends with 1.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dags"))

from mwaalib.project import parse_project

ROOT = Path(__file__).resolve().parents[1]
LINES = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("environment", help="name of an environment in project.yaml")
    parser.add_argument("--hours", type=float, default=2)
    given = parser.parse_args()
    project = parse_project((ROOT / "project.yaml").read_text("utf-8"))
    environments = {each["name"]: each for each in project["environments"]}
    if given.environment not in environments:
        parser.error(f"project.yaml has no environment {given.environment}; it has: {', '.join(environments)}")

    import boto3

    environment = environments[given.environment]
    place = Place(
        prefix=f"{project['name']}-{given.environment}",
        path=f"/data-lake/{project['name']}/{given.environment}/",
        airflow=environment["mwaa"]["environment"],
        since=datetime.now(UTC) - timedelta(hours=given.hours),
        client=lambda service: boto3.client(service, region_name=environment["region"]),
    )
    compute = emr if project["compute"] == "emr" else emr_serverless
    sys.exit(1 if show(place, [airflow, state_machine, glue, compute]) else 0)


@dataclass(frozen=True)
class Place:
    """An environment: where its logs are."""

    prefix: str
    path: str
    airflow: str
    since: datetime
    client: Callable[[str], Any] = field(repr=False)

    def parameter(self, name: str) -> str:
        return self.client("ssm").get_parameter(Name=f"{self.path}{name}")["Parameter"]["Value"]

    def events(self, group: str, **options: str) -> Iterator[str]:
        pages = self.client("logs").get_paginator("filter_log_events")
        start = int(self.since.timestamp() * 1000)
        for page in pages.paginate(logGroupName=group, startTime=start, **options):
            yield from (each["message"].rstrip() for each in page["events"])


Log = tuple[str, list[str]]


def show(place: Place, sources: list[Callable[[Place], Iterator[Log]]]) -> int:
    """Prints the last lines of each log. Returns how many sources could not be read."""
    unread = 0
    for source in sources:
        try:
            for name, lines in source(place):
                print(f"\n== {name} ({len(lines)} lines)", *lines[-LINES:], sep="\n", flush=True)
        except Exception as error:  # whatever AWS says: the other logs are worth reading
            unread += 1
            print(f"\n== {source.__name__} cannot be read: {error}", flush=True)
    return unread


def airflow(place: Place) -> Iterator[Log]:
    """The tasks of the DAG, and what the processor of DAG files says of it."""
    tasks = f"airflow-{place.airflow}-Task"
    yield tasks, list(place.events(tasks, logStreamNamePrefix=f"dag_id={place.prefix}/"))
    files = f"airflow-{place.airflow}-DAGProcessing"
    yield files, list(place.events(files, filterPattern=f'"{place.prefix}"'))


def state_machine(place: Place) -> Iterator[Log]:
    for group in (
        f"/aws/vendedlogs/states/{place.prefix}-transform",
        f"/aws/lambda/{place.prefix}-start-glue-job",
        f"/aws/lambda/{place.prefix}-check-glue-job",
    ):
        yield group, list(place.events(group))


def glue(place: Place) -> Iterator[Log]:
    """The runs of the Glue job since then; the names of its log groups depend on the security configuration."""
    pages = place.client("logs").get_paginator("describe_log_groups").paginate(logGroupNamePrefix="/aws-glue/jobs")
    groups = [group["logGroupName"] for page in pages for group in page["logGroups"]]
    for run in place.client("glue").get_job_runs(JobName=f"{place.prefix}-transform", MaxResults=20)["JobRuns"]:
        if run["StartedOn"] < place.since:
            continue
        yield f"Glue job run {run['Id']}", [f"{run['JobRunState']} {run.get('ErrorMessage', '')}".rstrip()]
        for group in groups:
            yield f"{group} {run['Id']}", list(place.events(group, logStreamNamePrefix=run["Id"]))


def emr(place: Place) -> Iterator[Log]:
    """The drivers of the steps: in cluster mode they run in the first container of each application."""
    clusters = place.client("emr").list_clusters(CreatedAfter=place.since)["Clusters"]
    for cluster in clusters:
        if cluster["Name"].startswith(f"{place.prefix}-"):
            yield f"cluster {cluster['Id']} {cluster['Name']}", [str(cluster["Status"].get("StateChangeReason", {}))]
            yield from drivers(place, f"logs/emr/{cluster['Id']}/containers/", "_000001/stderr.gz")


def emr_serverless(place: Place) -> Iterator[Log]:
    application = place.parameter("emr-serverless-application-id")
    runs = place.client("emr-serverless").list_job_runs(applicationId=application, createdAtAfter=place.since)
    for run in runs["jobRuns"]:
        yield f"job run {run['id']} {run.get('name', '')}", [f"{run['state']} {run.get('stateDetails', '')}".rstrip()]
        folder = f"logs/emr-serverless/applications/{application}/jobs/{run['id']}/SPARK_DRIVER/"
        yield from drivers(place, folder, "stderr.gz")


def drivers(place: Place, folder: str, end: str) -> Iterator[Log]:
    bucket, s3 = place.parameter("data-bucket"), place.client("s3")
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=folder):
        for found in page.get("Contents", []):
            if found["Key"].endswith(end):
                content = s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read()
                yield f"s3://{bucket}/{found['Key']}", gzip.decompress(content).decode("utf-8", "replace").splitlines()


if __name__ == "__main__":
    main()
