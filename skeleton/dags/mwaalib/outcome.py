"""A run that was cut short is red, also where a teardown goes on."""

from __future__ import annotations

from typing import Any

try:
    from airflow.sdk import task
except ImportError:  # Airflow 2
    from airflow.decorators import task  # type: ignore[attr-defined]


class CutShort(Exception):
    """The last task of the run did not come to a good end."""


def confirm_end(task_id: str, *, of: Any) -> Any:
    """Fails unless the task `of`, the last of the work, succeeded and so gave a value.

    When somebody marks a run as failed, Airflow skips what has not begun, lets the teardowns end, and then
    judges the run by its last tasks: skipped and succeeded, which it calls a success. A teardown is
    what it neither skips nor leaves out of that judgement.
    """

    @task(task_id=task_id, retries=0)
    def confirm(ti: Any = None) -> None:
        if ti.xcom_pull(task_ids=of.task_id) is None:
            raise CutShort(
                f"{of.task_id} did not succeed, so this run is no success: look for the first task that failed,"
                " or for who marked the run as failed, in Airflow's audit log."
            )

    confirmed: Any = confirm()
    teardown = confirmed.as_teardown(on_failure_fail_dagrun=True)
    of >> teardown
    return teardown
