"""The end of a run: stops what is still running in AWS, and fails the run unless all of it succeeded in this try."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

try:
    from airflow.sdk import task
except ImportError:  # Airflow 2
    from airflow.decorators import task  # type: ignore[attr-defined]

try:
    from airflow.sdk.exceptions import AirflowFailException
except ImportError:  # before Airflow 3.2
    from airflow.exceptions import AirflowFailException  # type: ignore[assignment]

# (run id, the parameters that the run has read, empty if none) → descriptions of what was running and is now stopped.
Stop = Callable[[str, Mapping[str, str]], list[str]]
# (run id, parameters) → why AWS does not confirm what the tasks' states say; empty: it does.
Doubt = Callable[[str, Mapping[str, str]], str]


class CutShort(AirflowFailException):  # type: ignore[misc]
    """Not every task of the run succeeded in this try; trying again changes nothing."""


class NotStopped(Exception):
    """A resource of the run may still be running and cost money."""


def confirm_end(
    task_id: str,
    *,
    after: Sequence[Any],
    parameters: str,
    stops: Sequence[Stop],
    doubts: Doubt,
    polling: Mapping[str, int],
) -> Any:
    """Stops everything that the run left running; fails unless every other task of the run is in the state success.

    Airflow judges a run by its last tasks alone. When a person marks a run as failed or as successful, Airflow skips
    the tasks that have not started, ends the running ones in its own processes but not in AWS, and runs the teardowns;
    it counts skipped tasks as good. Only a teardown is neither skipped nor left out of that judgement. This one asks
    for the tasks' states as they are now, because results (XComs) may be those of an earlier try.

    `after`: all other tasks, directly or not. `parameters`: the id of the task that returns them. For an interrupted
    run, this task stops everything again two polls later, because a task or a Lambda may have started more work at the
    moment of the interruption.
    """

    @task(task_id=task_id, retries=2, retry_delay=timedelta(seconds=10))
    def confirm(ti: Any = None, run_id: Any = None, dag_run: Any = None) -> None:
        # Those of an earlier try name the same stack: they serve to stop, never to judge.
        given = ti.xcom_pull(task_ids=parameters) or {}
        states = read_states(ti, dag_run)
        others = [f"{each} ({state})" for each, state in states.items() if each != task_id and state != "success"]
        doubt = f"Not every task of this try succeeded: {', '.join(sorted(others))}." if others else ""
        doubt = doubt or ("" if given else f"{parameters} has returned nothing: a person has marked it.")
        try:
            # Before anything is stopped: an execution that is still running was not waited for.
            doubt = doubt or doubts(run_id, given)
        finally:
            stop_all(stops, run_id, given)
        if doubt:
            time.sleep(2 * polling["waiter_delay"])
            stop_all(stops, run_id, given)
            raise CutShort(
                f"{doubt} So this run fails. Look for the first failed task; if there is none, Airflow's audit log"
                " shows who marked the run or a task."
            )

    confirmed: Any = confirm()
    teardown = confirmed.as_teardown(on_failure_fail_dagrun=True)
    list(after) >> teardown
    return teardown


def read_states(ti: Any, dag_run: Any) -> dict[str, str]:
    """Returns the present state of every task of the run; `none` for a task without a state."""
    if hasattr(ti, "get_task_states"):
        found = ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id])[ti.run_id]
    else:  # Airflow 2
        found = {each.task_id: each.state for each in dag_run.get_task_instances()}
    return {each: str(getattr(state, "value", state) or "none") for each, state in found.items()}


def stop_all(stops: Sequence[Stop], run_id: str, parameters: Mapping[str, str]) -> None:
    """Calls every stop, even after one of them fails. Raises NotStopped at the end."""
    failures: list[Exception] = []
    for stop in stops:
        try:
            for stopped in stop(run_id, parameters):
                print(f"Stopped {stopped}, which this run had left running")
        except Exception as error:
            failures.append(error)
    if failures:
        reasons = "; ".join(f"{type(each).__name__}: {each}" for each in failures)
        raise NotStopped(
            f"Stop by hand what this run left running, because stopping it failed: {reasons}"
        ) from failures[0]
