"""Each task × what can happen to it: the run must end in a state that is true, with nothing left running in AWS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
import yaml
from conftest import EXAMPLE, ROOT, Deploy, load_dag

pytest.importorskip(
    "airflow.serialization.definitions",
    reason="drills need the scheduler of Airflow 3.1 or newer; tests/runs of the template drills Airflow 2",
)

from airflow.api.common.mark_tasks import set_dag_run_state_to_failed, set_dag_run_state_to_success
from airflow.utils.session import create_session
from airflow.utils.state import TaskInstanceState
from drill import Aws, Drill, Interrupted


@pytest.fixture(scope="module")
def database() -> None:
    from airflow.utils.db import initdb

    initdb()


COMPUTES = {"emr": "films-test", "emr-serverless": "films-less"}


@pytest.fixture
def compute(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "emr")


@pytest.fixture
def drill(database: None, deploy: Deploy, monkeypatch: pytest.MonkeyPatch, compute: str) -> Iterator[Drill]:
    aws = Aws()
    monkeypatch.setattr(boto3, "client", aws.client)
    monkeypatch.setattr("time.sleep", lambda _: None)
    environment = {**EXAMPLE["environments"][0], "name": COMPUTES[compute].removeprefix("films-")}
    dag = load_dag(deploy(COMPUTES[compute], compute=compute, environments=[environment]))
    monkeypatch.setattr(type(dag.get_task("start_execution")).__mro__[1], "execute", lambda self, context: self.name)
    with create_session() as session:
        yield Drill(dag, session, aws)


# What happens to a task while it is at work, and what can be done to the run meanwhile.
def fails(drill: Drill, task: str) -> None:
    drill.aws.end_of(task, "FAILED")
    raise Interrupted(TaskInstanceState.FAILED)


def is_killed(drill: Drill, task: str) -> None:
    """Its worker is lost: what it has begun in AWS goes on, and Airflow retries the task if it may."""
    raise Interrupted(TaskInstanceState.UP_FOR_RETRY)


def is_cancelled_in_aws(drill: Drill, task: str) -> None:
    drill.aws.end_of(task, "ABORTED")
    raise Interrupted(TaskInstanceState.FAILED if task == "start_execution" else TaskInstanceState.UP_FOR_RETRY)


def is_marked_failed(drill: Drill, task: str) -> None:
    drill.mark_task(task, TaskInstanceState.FAILED)


def is_marked_successful(drill: Drill, task: str) -> None:
    drill.mark_task(task, TaskInstanceState.SUCCESS)


def is_cleared(drill: Drill, task: str) -> None:
    drill.clear(task)


def whole_run_is_cleared(drill: Drill, task: str) -> None:
    drill.clear("read_parameters")


def run_is_marked_failed(drill: Drill, task: str) -> None:
    drill.mark_run(set_dag_run_state_to_failed)


def run_is_marked_successful(drill: Drill, task: str) -> None:
    drill.mark_run(set_dag_run_state_to_success)


AT_WORK = {
    "fails": fails,
    "killed": is_killed,
    "cancelled in AWS": is_cancelled_in_aws,
    "marked failed": is_marked_failed,
    "marked successful": is_marked_successful,
    "cleared": is_cleared,
    "whole run cleared": whole_run_is_cleared,
    "run marked failed": run_is_marked_failed,
    "run marked successful": run_is_marked_successful,
}
AFTER_A_GOOD_RUN = {
    "cleared later": {"downstream": True, "then": None},
    "cleared later, then fails": {"downstream": True, "then": fails},
    "cleared alone, then fails": {"downstream": False, "then": fails},
}
TASKS = [
    *("read_parameters", "create_cluster", "ingest", "preprocess_movies", "preprocess_ratings", "preprocess_tags"),
    *("terminate_cluster", "start_execution", "confirm_end"),
]
ONLY_ON_EMR = ("create_cluster", "terminate_cluster")
NOTHING_IN_AWS = ("read_parameters", "terminate_cluster", "confirm_end")
CASES = [
    (compute, task, event)
    for compute in COMPUTES
    for event in [*AT_WORK, *AFTER_A_GOOD_RUN]
    for task in TASKS
    if not (event == "cancelled in AWS" and task in NOTHING_IN_AWS)
    and not (compute == "emr-serverless" and task in ONLY_ON_EMR)
]

outcomes: dict[tuple[str, str, str], str] = {}


def test_a_good_run_is_green(drill: Drill) -> None:
    drill.go_on()

    assert (drill.state, drill.aws.alive, drill.aws.published) == ("success", [], 1)
    assert set(drill.states) == set(TASKS), "each task is drilled"


@pytest.mark.parametrize(("compute", "task", "event"), CASES, indirect=["compute"])
def test_whatever_happens_to_a_task_the_run_ends_in_a_true_state_with_nothing_left(
    drill: Drill, compute: str, task: str, event: str
) -> None:
    if event in AT_WORK:
        drill.on(task, lambda drill: AT_WORK[event](drill, task))
    else:
        drill.go_on()
        how = AFTER_A_GOOD_RUN[event]
        if then := how["then"]:
            drill.on(task, lambda drill: then(drill, task))
        drill.clear(task, downstream=how["downstream"])
    drill.go_on()

    told = f"{drill.states} {drill.results}"
    assert drill.aws.alive == [], told
    good = set(drill.states.values()) == {"success"}
    if "alone" in event:
        # Airflow does not look at it: the Pipeline tab judges by the tasks (docs/outcomes.md).
        assert (drill.state, good) == ("success", False) or task == "confirm_end", told
    else:
        assert drill.state == ("success" if good else "failed"), told
    if good:
        # Green: this try has published what it has landed.
        assert drill.aws.published == drill.aws.landing, told
        assert list(drill.aws.executions.values())[-1]["status"] == "SUCCEEDED", told
    outcomes[compute, task, event] = "green" if good else "red" if drill.state == "failed" else "red on the page"


@pytest.mark.parametrize("mark", [run_is_marked_failed, run_is_marked_successful])
def test_a_run_that_is_marked_before_its_first_task_is_red(drill: Drill, mark: Any) -> None:
    mark(drill, "")
    drill.go_on()

    assert (drill.state, drill.aws.alive) == ("failed", [])


def table_of(compute: str) -> str:
    events = [*AT_WORK, *AFTER_A_GOOD_RUN]
    tasks = [task for task in TASKS if (compute, task, "fails") in outcomes]
    rows = [["task", *events], ["---"] * (len(events) + 1)]
    rows += [[f"`{task}`", *(outcomes.get((compute, task, event), "–") for event in events)] for task in tasks]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def test_the_table_of_outcomes_is_that_of_the_docs() -> None:
    if len(outcomes) < len(CASES):
        pytest.skip("not all drills ran")
    for (compute, task, event), outcome in outcomes.items():
        assert outcome == outcomes["emr", task, event], f"{task}, {event} on {compute}: docs have one table"
    compute = yaml.safe_load((ROOT / "project.yaml").read_text("utf-8"))["compute"]
    table = table_of(compute)
    print(table)

    assert table in (ROOT / "docs" / "outcomes.md").read_text("utf-8"), f"Put this table there:\n{table}"
