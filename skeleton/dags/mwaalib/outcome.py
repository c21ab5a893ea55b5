"""Stops what an interrupted run left running in AWS, and marks the run as failed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

try:
    from airflow.sdk import task
except ImportError:  # Airflow 2
    from airflow.decorators import task  # type: ignore[attr-defined]

# (run id, the parameters that the run has read) → descriptions of what was still running and is now stopped.
Stop = Callable[[str, Mapping[str, str]], list[str]]


class CutShort(Exception):
    """The last task of the run did not succeed."""


class NotStopped(Exception):
    """A resource of the run may still be running and cost money."""


def confirm_end(
    task_id: str,
    *,
    of: Any,
    after: Sequence[Any],
    parameters: str,
    stops: Sequence[Stop],
    polling: Mapping[str, int],
) -> Any:
    """Stops everything that the run left running; fails unless the task `of`, the last working task, succeeded.

    When a person marks a run as failed, Airflow skips the tasks that have not started, ends the running ones in its
    own processes but not in AWS, and runs the teardowns. It then judges the run by its last tasks, which are skipped
    or succeeded, and calls it a success. Only a teardown is neither skipped nor left out of that judgement.

    `after`: the tasks whose work `stops` would stop; all of them end before this one runs. `parameters`: the id of
    the task that returns them. For an interrupted run, this task stops everything again two polls later, because a
    task or a Lambda may have started more work at the moment of the interruption.
    """

    @task(task_id=task_id, retries=0)
    def confirm(ti: Any = None, run_id: Any = None) -> None:
        # Without parameters the run has started nothing.
        given = ti.xcom_pull(task_ids=parameters)
        if given:
            _stop(stops, run_id, given)
        if ti.xcom_pull(task_ids=of.task_id) is None:
            if given:
                time.sleep(2 * polling["waiter_delay"])
                _stop(stops, run_id, given)
            raise CutShort(
                f"{of.task_id} did not succeed, so this run fails. Look for the first failed task; if there is none,"
                " Airflow's audit log shows who marked the run as failed."
            )

    confirmed: Any = confirm()
    teardown = confirmed.as_teardown(on_failure_fail_dagrun=True)
    [*after, of] >> teardown
    return teardown


def _stop(stops: Sequence[Stop], run_id: str, parameters: Mapping[str, str]) -> None:
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
