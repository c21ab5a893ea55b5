"""A run that was cut short leaves nothing at work, and is red, also where a teardown goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

try:
    from airflow.sdk import task
except ImportError:  # Airflow 2
    from airflow.decorators import task  # type: ignore[attr-defined]

# (run id, the parameters that the run has read) → what was at work still and is stopped, as a person would name it.
Stop = Callable[[str, Mapping[str, str]], list[str]]


class CutShort(Exception):
    """The last task of the run did not come to a good end."""


class NotStopped(Exception):
    """Something of the run may be at work still, and cost."""


def confirm_end(
    task_id: str,
    *,
    of: Any,
    after: Sequence[Any],
    parameters: str,
    stops: Sequence[Stop],
    polling: Mapping[str, int],
) -> Any:
    """Stops what the run has left at work; fails unless the task `of`, the last of the work, succeeded.

    When somebody marks a run as failed, Airflow skips what has not begun, kills what it waits for in its own
    processes but not in AWS, lets the teardowns end, and then judges the run by its last tasks: skipped and
    succeeded, which it calls a success. A teardown is what it neither skips nor leaves out of that judgement.

    `after`: the tasks whose work `stops` would find, so none of them may wait for it still. `parameters`: the id of
    the task that gives them. A run that was cut short is looked at once more, two polls later: a task or a Lambda
    that was about to start something when the run was ended may have done so.
    """

    @task(task_id=task_id, retries=0)
    def confirm(ti: Any = None, run_id: Any = None) -> None:
        # Without parameters nothing was started.
        given = ti.xcom_pull(task_ids=parameters)
        if given:
            _stop(stops, run_id, given)
        if ti.xcom_pull(task_ids=of.task_id) is None:
            if given:
                time.sleep(2 * polling["waiter_delay"])
                _stop(stops, run_id, given)
            raise CutShort(
                f"{of.task_id} did not succeed, so this run is no success: look for the first task that failed,"
                " or for who marked the run as failed, in Airflow's audit log."
            )

    confirmed: Any = confirm()
    teardown = confirmed.as_teardown(on_failure_fail_dagrun=True)
    [*after, of] >> teardown
    return teardown


def _stop(stops: Sequence[Stop], run_id: str, parameters: Mapping[str, str]) -> None:
    """One that fails keeps no other from being tried."""
    failures: list[Exception] = []
    for stop in stops:
        try:
            for stopped in stop(run_id, parameters):
                print(f"Stopped {stopped}, which this run had left at work")
        except Exception as error:
            failures.append(error)
    if failures:
        reasons = "; ".join(f"{type(each).__name__}: {each}" for each in failures)
        raise NotStopped(f"Stop by hand what this run has left at work, since this failed: {reasons}") from failures[0]
