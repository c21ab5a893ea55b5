"""Tests the DAG on real Airflow: its structure must not hide a failure."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import yaml
from conftest import EXAMPLE, ROOT, Deploy, load_dag

SPARK_TASKS = ["ingest", "preprocess_movies", "preprocess_ratings", "preprocess_tags"]


@pytest.fixture
def dag(deploy: Deploy) -> Any:
    return load_dag(deploy())


def test_this_project_has_a_dag_of_its_first_environment_and_its_tables() -> None:
    project = yaml.safe_load((ROOT / "project.yaml").read_text())
    name, environment = project["name"], project["environments"][0]["name"]

    dag = load_dag(ROOT / "dags" / "data_lake.py")

    assert dag.dag_id == f"{name}-{environment}"
    assert set(dag.tags) == {"data-lake", name, environment}
    assert dag.has_task("create_cluster") is (project["compute"] == "emr")
    tables = {table for dataset in project["datasets"] for table in dataset["tables"]}
    preprocess = {each for each in dag.task_ids if each.startswith("preprocess_")}
    assert preprocess == {f"preprocess_{table}" for table in tables}
    assert dag.params["source"] == project["datasets"][0]["source"]


def test_it_is_ready_to_run(dag: Any) -> None:
    assert dag.dag_id == "films-test"
    assert dag.is_paused_upon_creation is False
    assert (dag.catchup, dag.max_active_runs) == (False, 1)
    assert dag.params["source"] == "sample:1000"
    assert set(dag.tags) == {"data-lake", "films", "test"}


def test_tasks_and_their_order(dag: Any) -> None:
    assert {task.task_id: sorted(task.downstream_task_ids) for task in dag.tasks} == {
        "read_parameters": ["create_cluster", "ingest"],
        # A setup precedes all tasks that need it.
        "create_cluster": [*SPARK_TASKS, "terminate_cluster"],
        "ingest": ["preprocess_movies", "preprocess_ratings", "preprocess_tags"],
        **{each: ["start_execution", "terminate_cluster"] for each in SPARK_TASKS[1:]},
        # The last of all: it stops nothing that a task still waits for, and judges all of them.
        "start_execution": ["confirm_end"],
        "terminate_cluster": ["confirm_end"],
        "confirm_end": [],
    }


def test_a_failed_preprocess_keeps_the_state_machine_from_starting_and_the_run_from_being_green(dag: Any) -> None:
    transform = dag.get_task("start_execution")

    assert str(getattr(transform.trigger_rule, "value", transform.trigger_rule)) == "all_success"
    assert transform.upstream_task_ids == {"preprocess_movies", "preprocess_ratings", "preprocess_tags"}
    leaves = [task for task in dag.tasks if not task.downstream_task_ids]
    assert {task.task_id for task in leaves} == {"confirm_end"}, "it decides the run's state"
    assert all(task.on_failure_fail_dagrun for task in leaves)


def test_the_teardown_runs_whatever_failed_and_hides_nothing(dag: Any) -> None:
    create, terminate = dag.get_task("create_cluster"), dag.get_task("terminate_cluster")

    assert create.is_setup
    assert terminate.is_teardown
    assert terminate.on_failure_fail_dagrun
    rule = getattr(terminate.trigger_rule, "value", terminate.trigger_rule)
    assert str(rule) == "all_done_setup_success"


def test_what_is_retried_can_be_repeated_safely(dag: Any) -> None:
    assert {task.task_id: task.retries for task in dag.tasks} == {
        "read_parameters": 1,
        "create_cluster": 0,
        **dict.fromkeys(SPARK_TASKS, 1),
        "start_execution": 0,
        "confirm_end": 2,
        "terminate_cluster": 3,
    }


def test_every_task_gives_up_before_the_run_does_which_would_skip_the_teardowns(dag: Any) -> None:
    def longest(task: Any) -> timedelta:
        """Returns the seconds that a task and all tasks after it may take, with retries."""
        once = timedelta(seconds=getattr(task, "waiter_delay", 60) * getattr(task, "waiter_max_attempts", 10))
        tries = (once + task.retry_delay) * (task.retries + 1)
        return tries + max((longest(each) for each in task.downstream_list), default=timedelta())

    assert max(longest(task) for task in dag.tasks) < dag.dagrun_timeout


def test_waiting_holds_no_worker(dag: Any) -> None:
    waiting = [*SPARK_TASKS, "start_execution", "terminate_cluster"]

    assert all(dag.get_task(task_id).deferrable for task_id in waiting)
    assert all(dag.get_task(task_id).waiter_delay >= 5 for task_id in waiting)


def test_the_cluster_is_tagged_ends_by_itself_and_runs_steps_side_by_side(dag: Any) -> None:
    request = dag.get_task("create_cluster").job_flow_overrides

    assert request["Name"] == "films-test-{{ run_id | run_key }}"
    assert request["StepConcurrencyLevel"] >= 3
    assert 60 <= request["AutoTerminationPolicy"]["IdleTimeout"] <= 3600
    assert {tag["Key"]: tag["Value"] for tag in request["Tags"]} == {
        "data-lake:project": "films",
        "data-lake:environment": "test",
        "data-lake:owner": "group:default/cinema",
        "data-lake:entity": "component:default/films",
        "data-lake:run-id": "{{ run_id }}",
        "for-use-with-amazon-emr-managed-policies": "true",
    }


SCRIPTS = {"ingest": "ingest.py", **dict.fromkeys(SPARK_TASKS[1:], "preprocess.py")}


@pytest.mark.parametrize(("task_id", "script"), SCRIPTS.items())
def test_every_step_runs_a_script_there_is_and_leaves_the_decision_to_airflow(
    dag: Any, task_id: str, script: str
) -> None:
    [step] = dag.get_task(task_id).steps
    arguments = step["HadoopJarStep"]["Args"]

    # EMR takes no other action with a step concurrency above 1.
    assert (step["Name"], step["ActionOnFailure"]) == (task_id, "CONTINUE")
    assert (ROOT / "jobs" / script).exists()
    assert [argument for argument in arguments if argument.endswith(f"jobs/{script}")]
    assert arguments[arguments.index("--run-id") + 1] == "{{ run_id }}"


def test_templates_use_nothing_that_a_run_without_a_logical_date_lacks(dag: Any) -> None:
    from jinja2 import Environment, StrictUndefined

    class Run:
        """A task instance that returns the parameters like read_parameters."""

        try_number = 1

        def xcom_pull(self, task_ids: str) -> dict[str, str]:
            assert task_ids == "read_parameters"
            return dict.fromkeys(
                [
                    *("data-bucket", "code-bucket", "release-prefix", "state-machine-arn"),
                    *("emr-service-role", "emr-instance-profile"),
                ],
                "x/",
            )

    jinja = Environment(undefined=StrictUndefined)  # noqa: S701  # no HTML is made
    jinja.filters.update(dag.user_defined_filters)
    # All that Airflow 3 defines when logical_date is null, and we use.
    context = {"run_id": "manual__2026-01-01T00:00:00+00:00", "params": {"source": "sample:1"}, "ti": Run()}

    for task in dag.tasks:
        for name in task.template_fields:
            value = getattr(task, name, None)
            if isinstance(value, str | dict | list):
                jinja.from_string(json.dumps(value, default=str)).render(context)


def test_one_run_id_goes_through_all_of_it(dag: Any) -> None:
    execution = dag.get_task("start_execution")
    given = getattr(execution, "state_machine_input", None) or execution.input

    assert execution.name == "{{ run_id | run_key }}"
    assert given == {
        "runId": "{{ run_id }}",
        "runKey": "{{ run_id | run_key }}",
        "try": "{{ ti.try_number }}",
        "datasets": ["movielens"],
        "tables": ["movies", "ratings", "tags", "most_popular_movies", "top_rated_movies"],
    }
    key = dag.user_defined_filters["run_key"]
    assert key("20260101T000000-7f3a") == "20260101T000000-7f3a"
    assert key("manual__2026-01-01T00:00:00.5+00:00").startswith("manual--2026-01-01T00-00-00-5-00-00-")
    assert len(key("x" * 200)) == 64


@pytest.mark.parametrize("source", ["sample:1", "sample:25000000", "s3://films/ml-latest/", "s3://films/"])
def test_a_source_that_ingest_understands_is_taken(dag: Any, source: str) -> None:
    assert dag.params.get_param("source").resolve(source) == source


@pytest.mark.parametrize("source", ["", "sample:", "sample:0", "sample:-1", "s3://films", "/etc", "s3://a b/", "x; rm"])
def test_any_other_source_is_refused_when_the_run_is_started(dag: Any, source: str) -> None:
    with pytest.raises(Exception, match=r"does not match|Invalid input"):
        dag.params.get_param("source").resolve(source)


def test_parsing_makes_no_call(deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a DAG file must not open a connection when it is parsed")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")

    load_dag(deploy())


def test_with_emr_serverless_the_same_tasks_are_job_runs(deploy: Deploy) -> None:
    dag = load_dag(deploy(compute="emr-serverless"))

    assert sorted(task.task_id for task in dag.tasks) == sorted(
        ["read_parameters", *SPARK_TASKS, "start_execution", "confirm_end"]
    )
    ratings = dag.get_task("preprocess_ratings")
    assert ratings.deferrable
    assert ratings.upstream_task_ids == {"ingest"}
    submit = ratings.job_driver["sparkSubmit"]
    assert submit["entryPoint"].endswith("jobs/preprocess.py")
    assert submit["sparkSubmitParameters"].endswith("jobs/lake.zip")
    assert ratings.config["tags"]["data-lake:run-id"] == "{{ run_id }}"
    # The operator does not stop a job run after a timeout.
    assert ratings.config["executionTimeoutMinutes"] * 60 == ratings.waiter_delay * ratings.waiter_max_attempts


def test_a_second_dataset_is_one_more_entry(deploy: Deploy) -> None:
    second = {"name": "books", "source": "sample:30", "tables": ["books"], "marts": ["books_by_author"]}

    dag = load_dag(deploy(datasets=[*EXAMPLE["datasets"], second]))

    books, execution = dag.get_task("preprocess_books"), dag.get_task("start_execution")
    assert books.upstream_task_ids == {"ingest", "create_cluster"}
    assert books.downstream_task_ids == {"start_execution", "terminate_cluster"}
    assert options(books)["--dataset"] == ["books"] and options(books)["--table"] == ["books"]
    assert options(dag.get_task("preprocess_ratings"))["--dataset"] == ["movielens"]
    sources = ["movielens={{ params.source }}", "books={{ params.source_books }}"]
    assert options(dag.get_task("ingest"))["--source"] == sources
    assert (dag.params["source"], dag.params["source_books"]) == ("sample:1000", "sample:30")
    given = getattr(execution, "state_machine_input", None) or execution.input
    assert given["datasets"] == ["movielens", "books"]
    assert given["tables"] == [
        *("movies", "ratings", "tags", "books"),
        *("most_popular_movies", "top_rated_movies", "books_by_author"),
    ]


def test_with_iceberg_spark_gets_it_and_knows_the_catalog(deploy: Deploy) -> None:
    dag = load_dag(deploy(tableFormat="iceberg"))

    [configuration] = dag.get_task("create_cluster").job_flow_overrides["Configurations"]
    assert configuration == {"Classification": "iceberg-defaults", "Properties": {"iceberg.enabled": "true"}}
    given = options(dag.get_task("preprocess_ratings"))
    assert given["--table-format"] == ["iceberg"]
    assert given["--database"] == ["{{ ti.xcom_pull(task_ids='read_parameters')['database'] }}"]
    assert given["--warehouse"] == ["s3://{{ ti.xcom_pull(task_ids='read_parameters')['data-bucket'] }}/"]

    other = {"compute": "emr-serverless", "environments": [{**EXAMPLE["environments"][0], "name": "other"}]}
    serverless = load_dag(deploy("films-other", tableFormat="iceberg", **other))
    submit = serverless.get_task("preprocess_ratings").job_driver["sparkSubmit"]
    assert "iceberg-spark3-runtime.jar" in submit["sparkSubmitParameters"]


def options(task: Any) -> dict[str, list[str]]:
    """Returns the arguments of a step's script, by name."""
    [step] = task.steps
    arguments, found = step["HadoopJarStep"]["Args"], {}
    for name, value in pairwise(arguments):
        if name.startswith("--"):
            found.setdefault(name, []).append(value)
    return found


def test_the_environment_is_that_of_the_folder(deploy: Deploy) -> None:
    (first,) = EXAMPLE["environments"]
    both = [first, {**first, "name": "prod", "region": "eu-west-1"}]

    test, prod = (load_dag(deploy(f"films-{name}", environments=both)) for name in ("test", "prod"))

    assert (test.dag_id, prod.dag_id) == ("films-test", "films-prod")
    assert prod.get_task("create_cluster").region_name == "eu-west-1"


def test_a_folder_for_no_environment_says_so(deploy: Deploy) -> None:
    with pytest.raises(Exception, match=r"films-demo does not match any environment in project\.yaml"):
        load_dag(deploy("films-demo"))


def test_two_projects_in_one_environment_keep_their_own_mwaalib(deploy: Deploy) -> None:
    first, second = deploy(), deploy("books-test", name="books", entity="component:default/books")
    with (second.parent / "mwaalib" / "run_key.py").open("a") as file:
        file.write("\n\ndef run_key(run_id: str) -> str:\n    return 'of books'\n")

    dags = [load_dag(first), load_dag(second)]

    assert [dag.dag_id for dag in dags] == ["films-test", "books-test"]
    assert [dag.user_defined_filters["run_key"]("a") for dag in dags] == ["a", "of books"]


@pytest.mark.parametrize(("seconds", "expected"), [(None, 15), ("7", 7), ("1", 5)])
def test_the_pause_between_polls(
    deploy: Deploy, monkeypatch: pytest.MonkeyPatch, seconds: str | None, expected: int
) -> None:
    monkeypatch.delenv("DATA_LAKE_POLL_SECONDS", raising=False)
    if seconds:
        monkeypatch.setenv("DATA_LAKE_POLL_SECONDS", seconds)

    ingest = load_dag(deploy()).get_task("ingest")

    assert ingest.waiter_delay == expected
    assert ingest.waiter_delay * ingest.waiter_max_attempts == pytest.approx(3 * 3600, rel=0.01)


def test_a_schedule_is_taken_from_the_project(deploy: Deploy) -> None:
    dag = load_dag(deploy(schedule="0 6 * * *"))

    # schedule_interval: Airflow 2.
    assert (getattr(dag, "schedule_interval", None) or dag.schedule) == "0 6 * * *"


def test_airflow_itself_finds_the_dag_and_no_import_error(deploy: Deploy) -> None:
    folder = deploy().parent.parent
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:  # Airflow 2
        from airflow.models import DagBag

    bag = DagBag(str(folder))

    assert bag.import_errors == {}
    assert list(bag.dags) == ["films-test"]


MWAA_STACK = {"name": "mwaa", "template": "infra/templates/mwaa.template.json"}
NETWORK = {"securityGroup": "sg-1", "subnets": ["subnet-1", "subnet-2"]}


@pytest.mark.parametrize(
    ("environment", "stacks", "subnet", "is_made"),
    [
        ({}, [], None, False),
        ({"emr": {"subnetId": "subnet-0a"}}, [], "subnet-0a", False),
        ({}, [MWAA_STACK], "network-subnet", True),
        ({}, [{**MWAA_STACK, "environments": ["test"]}], "network-subnet", True),
        ({}, [{**MWAA_STACK, "environments": ["prod"]}], None, False),
        ({"mwaa": {**EXAMPLE["environments"][0]["mwaa"], "network": NETWORK}}, [MWAA_STACK], None, False),
        ({"emr": {"subnetId": "subnet-0a"}}, [MWAA_STACK], "subnet-0a", False),
    ],
)
def test_the_cluster_is_in_the_given_network_or_in_the_one_that_the_mwaa_stack_makes(
    deploy: Deploy, environment: dict[str, Any], stacks: list[Any], subnet: str | None, is_made: bool
) -> None:
    environments = [
        {**EXAMPLE["environments"][0], **environment},
        {**EXAMPLE["environments"][0], "name": "prod"},
    ]
    dag = load_dag(deploy(environments=environments, stacks=[*stacks, *EXAMPLE["stacks"]]))
    instances = dag.get_task("create_cluster").job_flow_overrides["Instances"]

    given = instances.get("Ec2SubnetId")
    assert given == subnet if not is_made else f"['{subnet}']" in given
    groups = {key: value for key, value in instances.items() if key.endswith("SecurityGroup")}
    if not is_made:
        assert groups == {}
        return
    # In a private subnet EMR wants all three, or none.
    assert {key: value.split("['")[1].split("']")[0] for key, value in groups.items()} == {
        "EmrManagedMasterSecurityGroup": "network-cluster-group",
        "EmrManagedSlaveSecurityGroup": "network-cluster-group",
        "ServiceAccessSecurityGroup": "network-service-group",
    }
