"""Glue: real Spark jobs, green and red, and a crawler whose tables follow from the files."""

import io
import urllib.error
import zipfile
from typing import Any

import pytest

from tests.contract.instance import Instance, until

ENDED = ("SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT", "ERROR")
JOB = """
import os, sys
from awsglue.utils import getResolvedOptions
from shapes import ROWS
from pyspark.sql import SparkSession
import boto3

options = getResolvedOptions(sys.argv, ["JOB_NAME", "output", "run_id"])
assert options["run_id"] == "2026-run", options
assert not {"AWS_PROFILE", "HTTP_PROXY"} & set(os.environ) and os.environ["AWS_SECRET_ACCESS_KEY"] == "test"
spark = SparkSession.builder.appName(options["JOB_NAME"]).getOrCreate()
frame = spark.createDataFrame(ROWS, "movie_id int, title string, year int, score double")
frame.write.mode("overwrite").partitionBy("year").parquet(options["output"] + "ratings/")
frame.drop("year").write.mode("overwrite").parquet(options["output"] + "movies/")
print("rows", frame.count(), boto3.client("sts").get_caller_identity()["Account"])
"""
ICEBERG = """
import sys
from awsglue.utils import getResolvedOptions
from pyspark.sql import SparkSession

catalog = "spark.sql.catalog.glue_catalog"
settings = {
    catalog: "org.apache.iceberg.spark.SparkCatalog",
    f"{catalog}.type": "glue",
    f"{catalog}.warehouse": getResolvedOptions(sys.argv, ["warehouse"])["warehouse"],
    f"{catalog}.io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
}
spark = SparkSession.builder.config(map=settings).getOrCreate()
for titles in (["Heat", "Ran"], ["Ran", "Up"]):
    films = spark.createDataFrame(list(enumerate(titles)), "place int, title string")
    films.writeTo("glue_catalog.films.best").using("iceberg").createOrReplace()
spark.sql("CREATE TABLE glue_catalog.films.none (title string) USING iceberg")
"""
RED = "print('before')\nraise KeyError('no such column: rating')\n"


@pytest.fixture(scope="module")
def jobs(aws: Instance, bucket: str) -> Any:
    s3, glue = aws.client("s3"), aws.client("glue")
    library = io.BytesIO()
    with zipfile.ZipFile(library, "w") as z:
        z.writestr("shapes.py", "ROWS = [(1, 'Heat', 1995, 4.0), (2, 'Ran', 1985, 4.5)]\n")
    s3.put_object(Bucket=bucket, Key="lib.zip", Body=library.getvalue())
    for name, body in (("green", JOB), ("iceberg", ICEBERG), ("red", RED), ("slow", "import time; time.sleep(60)\n")):
        s3.put_object(Bucket=bucket, Key=f"jobs/{name}.py", Body=body.encode())
        glue.create_job(
            Name=name,
            Role="arn:aws:iam::000000000000:role/glue",
            GlueVersion="5.1",
            WorkerType="G.1X",
            NumberOfWorkers=2,
            Command={"Name": "glueetl", "ScriptLocation": f"s3://{bucket}/jobs/{name}.py", "PythonVersion": "3"},
            DefaultArguments={"--extra-py-files": f"s3://{bucket}/lib.zip", "--output": f"s3://{bucket}/tables/"},
        )
    return glue


def state(glue: Any, name: str, run_id: str) -> str:
    return glue.get_job_run(JobName=name, RunId=run_id)["JobRun"]["JobRunState"]


def test_tables_come_in_pages(aws: Instance) -> None:
    glue = aws.client("glue")
    glue.create_database(DatabaseInput={"Name": "many"})
    for number in range(130):
        glue.create_table(DatabaseName="many", TableInput={"Name": f"t{number}"})
    first = glue.get_tables(DatabaseName="many")
    pages = glue.get_paginator("get_tables").paginate(DatabaseName="many", PaginationConfig={"PageSize": 60})
    assert len(first["TableList"]) == 100 and first["NextToken"]
    assert [len(page["TableList"]) for page in pages] == [60, 60, 10]


def test_a_job_runs_on_spark_and_a_crawler_makes_its_tables(aws: Instance, bucket: str, jobs: Any) -> None:
    run_id = jobs.start_job_run(JobName="green", Arguments={"--run_id": "2026-run"})["JobRunId"]
    seen = until(lambda: state(jobs, "green", run_id), lambda s: s in ENDED)
    run = jobs.get_job_runs(JobName="green")["JobRuns"][0]
    assert seen[-1] == "SUCCEEDED", run.get("ErrorMessage")
    assert "RUNNING" in seen
    assert run["Arguments"] == {"--run_id": "2026-run"}
    lines = aws.client("logs").filter_log_events(logGroupName="/aws-glue/jobs/output")["events"]
    assert any("rows 2 000000000000" in line["message"] for line in lines)

    jobs.create_database(DatabaseInput={"Name": "movies"})
    target = {"S3Targets": [{"Path": f"s3://{bucket}/tables/"}]}
    jobs.create_crawler(Name="crawl", Role="glue", DatabaseName="movies", Targets=target)
    jobs.start_crawler(Name="crawl")
    until(lambda: jobs.get_crawler(Name="crawl")["Crawler"]["State"], lambda s: s == "READY")
    assert jobs.get_crawler(Name="crawl")["Crawler"]["LastCrawl"]["Status"] == "SUCCEEDED"
    tables = {t["Name"]: t for t in jobs.get_tables(DatabaseName="movies")["TableList"]}
    columns = [(c["Name"], c["Type"]) for c in tables["ratings"]["StorageDescriptor"]["Columns"]]
    assert set(tables) == {"ratings", "movies"}
    assert columns == [("movie_id", "int"), ("title", "string"), ("score", "double")]
    partitions = jobs.get_partitions(DatabaseName="movies", TableName="ratings")["Partitions"]
    assert sorted(p["Values"] for p in partitions) == [["1985"], ["1995"]]
    assert jobs.list_crawls(CrawlerName="crawl")["Crawls"][0]["State"] == "COMPLETED"

    best = aws.call("GET", "tables/movies/ratings?order=year&limit=1")["rows"]
    assert best == [{"movie_id": 2, "title": "Ran", "score": 4.5, "year": 1985}]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        aws.call("GET", "tables/movies/no_such_table")


def test_an_iceberg_table_has_the_rows_of_its_newest_version(aws: Instance, bucket: str, jobs: Any) -> None:
    jobs.create_database(DatabaseInput={"Name": "films"})
    arguments = {"--warehouse": f"s3://{bucket}/films/"}
    run_id = jobs.start_job_run(JobName="iceberg", Arguments=arguments)["JobRunId"]
    seen = until(lambda: state(jobs, "iceberg", run_id), lambda s: s in ENDED)
    assert seen[-1] == "SUCCEEDED", jobs.get_job_run(JobName="iceberg", RunId=run_id)["JobRun"].get("ErrorMessage")

    table = jobs.get_table(DatabaseName="films", Name="best")["Table"]
    assert table["Parameters"]["table_type"] == "ICEBERG"
    best = aws.call("GET", "tables/films/best?order=place")["rows"]
    assert best == [{"place": 0, "title": "Ran"}, {"place": 1, "title": "Up"}]
    assert aws.call("GET", "tables/films/best?order=title&limit=1")["rows"] == best[:1]
    assert aws.call("GET", "tables/films/none?order=title")["rows"] == []
    with pytest.raises(urllib.error.HTTPError, match="404"):
        aws.call("GET", "tables/films/best?order=no_such_column")

    # Iceberg itself speaks to Glue and S3, as the job's role.
    for action in ("glue:CreateTable", "glue:UpdateTable", "s3:PutObject"):
        calls = [c for c in aws.call("GET", "calls")["calls"] if c["action"] == action and "films" in c["resource"]]
        assert {c["caller"] for c in calls} == {"glue"}, action


def test_a_failing_job_says_why(jobs: Any) -> None:
    run_id = jobs.start_job_run(JobName="red")["JobRunId"]
    until(lambda: state(jobs, "red", run_id), lambda s: s in ENDED)
    run = jobs.get_job_run(JobName="red", RunId=run_id)["JobRun"]
    assert run["JobRunState"] == "FAILED"
    assert "KeyError: 'no such column: rating'" in run["ErrorMessage"]
    assert "Line Number: 2" in run["ErrorMessage"]


def test_a_running_job_can_be_stopped_and_runs_once_at_a_time(jobs: Any) -> None:
    run_id = jobs.start_job_run(JobName="slow")["JobRunId"]
    with pytest.raises(jobs.exceptions.ConcurrentRunsExceededException):
        jobs.start_job_run(JobName="slow")
    until(lambda: state(jobs, "slow", run_id), lambda s: s == "RUNNING")
    answer = jobs.batch_stop_job_run(JobName="slow", JobRunIds=[run_id, "jr_unknown"])
    assert [a["JobRunId"] for a in answer["SuccessfulSubmissions"]] == [run_id]
    assert answer["Errors"][0]["ErrorDetail"]["ErrorCode"] == "EntityNotFoundException"
    assert until(lambda: state(jobs, "slow", run_id), lambda s: s in ENDED)[-1] == "STOPPED"


def test_a_tag_makes_a_fault_until_it_is_taken_off(jobs: Any) -> None:
    job = "arn:aws:glue:us-east-1:000000000000:job/red"
    jobs.tag_resource(ResourceArn=job, TagsToAdd={"local-aws:ends": "EXPIRED"})
    run_id = jobs.start_job_run(JobName="red")["JobRunId"]
    until(lambda: state(jobs, "red", run_id), lambda s: s in (*ENDED, "EXPIRED"))
    jobs.untag_resource(ResourceArn=job, TagsToRemove=["local-aws:ends"])
    run = jobs.get_job_run(JobName="red", RunId=run_id)["JobRun"]
    assert (run["JobRunState"], "local-aws:ends" in run["ErrorMessage"]) == ("EXPIRED", True)

    jobs.create_database(DatabaseInput={"Name": "slow"})
    target = {"S3Targets": [{"Path": "s3://contract/nothing/"}]}
    jobs.create_crawler(Name="slow", Role="glue", DatabaseName="slow", Targets=target)
    crawler = "arn:aws:glue:us-east-1:000000000000:crawler/slow"
    jobs.tag_resource(ResourceArn=crawler, TagsToAdd={"local-aws:crawls-for": "60"})
    jobs.start_crawler(Name="slow")
    with pytest.raises(jobs.exceptions.CrawlerRunningException):
        jobs.start_crawler(Name="slow")
    jobs.stop_crawler(Name="slow")
    until(lambda: jobs.get_crawler(Name="slow")["Crawler"]["State"], lambda s: s == "READY", 20)
    assert jobs.get_crawler(Name="slow")["Crawler"]["LastCrawl"]["Status"] == "CANCELLED"
