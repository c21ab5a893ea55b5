"""Runs of the DAG by Airflow's own scheduling decisions, in this process and without AWS: a fraction of a second each.

The states of tasks and runs are Airflow's, as are marking and clearing. Tasks do here what they do in AWS, as far as it
concerns the outcome: clusters, executions and job runs exist until something ends them, and tables are published only
by a job that finds all of them staged.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from airflow.models.dag import DagModel
from airflow.models.dagbundle import DagBundleModel
from airflow.models.dagrun import DagRun
from airflow.models.serialized_dag import SerializedDagModel
from airflow.models.taskinstance import TaskInstance
from airflow.serialization.definitions.dag import SerializedDAG
from airflow.serialization.serialized_objects import DagSerialization, LazyDeserializedDAG
from airflow.utils.state import DagRunState, TaskInstanceState
from airflow.utils.types import DagRunTriggeredByType, DagRunType
from sqlalchemy import select

MACHINE = "arn:aws:states:us-east-1:111122223333:stateMachine:films-test-transform"
PARAMETERS = {
    **dict.fromkeys(["data-bucket", "code-bucket", "release-prefix"], "x"),
    **dict.fromkeys(["emr-service-role", "emr-instance-profile"], "x"),
    **dict.fromkeys(["emr-serverless-application-id", "emr-serverless-job-role-arn"], "x"),
    "state-machine-arn": MACHINE,
}


class ExecutionDoesNotExist(Exception):
    """Step Functions' own."""


class Aws:
    """What a run makes in AWS, behind the calls that the DAG makes."""

    def __init__(self) -> None:
        self.clusters: dict[str, dict[str, str]] = {}
        self.spark_jobs: dict[str, dict[str, str]] = {}
        self.executions: dict[str, dict[str, str]] = {}
        self.job_runs: dict[str, dict[str, Any]] = {}
        # The landing of the raw files, that of each staged table, and that of the published ones.
        self.landing, self.staged, self.published = 0, {}, 0

    def client(self, service: str, **_: Any) -> Any:
        return getattr(self, service.replace("-", "_"))

    @property
    def alive(self) -> list[str]:
        """What still runs and costs."""
        kinds = (self.clusters, self.spark_jobs, self.executions, self.job_runs)
        return [each for kind in kinds for each, known in kind.items() if known["status"] == "RUNNING"]

    def end_of(self, task: str, status: str) -> None:
        """Ends what this task has begun."""
        kinds = {"create_cluster": [self.clusters], "start_execution": [self.executions, self.job_runs]}
        for kind in kinds.get(task, []):
            for known in kind.values():
                known["status"] = status
        for known in self.spark_jobs.values():
            if known["name"].endswith(f"-{task}"):
                known["status"] = status

    @property
    def ssm(self) -> Any:
        found = [{"Name": f"/{name}", "Value": value} for name, value in PARAMETERS.items()]
        return paginator([{"Parameters": found}])

    @property
    def emr(self) -> Any:
        alive = [{"Id": each, **known} for each, known in self.clusters.items() if known["status"] == "RUNNING"]

        def terminate(JobFlowIds: list[str]) -> None:
            for each in JobFlowIds:
                self.clusters[each]["status"] = "TERMINATED"

        return SimpleNamespace(**vars(paginator([{"Clusters": alive}])), terminate_job_flows=terminate)

    @property
    def emr_serverless(self) -> Any:
        running = [{"id": each, **known} for each, known in self.spark_jobs.items() if known["status"] == "RUNNING"]

        def cancel(applicationId: str, jobRunId: str) -> None:
            self.spark_jobs[jobRunId]["status"] = "CANCELLED"

        return SimpleNamespace(**vars(paginator([{"jobRuns": running}])), cancel_job_run=cancel)

    @property
    def stepfunctions(self) -> Any:
        def describe(executionArn: str) -> dict[str, str]:
            if executionArn not in self.executions:
                raise ExecutionDoesNotExist
            return {"executionArn": executionArn, **self.executions[executionArn]}

        def stop(executionArn: str, **_: str) -> None:
            self.executions[executionArn]["status"] = "ABORTED"

        errors = SimpleNamespace(ExecutionDoesNotExist=ExecutionDoesNotExist)
        return SimpleNamespace(describe_execution=describe, stop_execution=stop, exceptions=errors)

    @property
    def glue(self) -> Any:
        def stop(JobName: str, JobRunIds: list[str]) -> dict:
            for each in JobRunIds:
                self.job_runs[each]["status"] = "STOPPED"
            return {}

        runs = [
            {"Id": each, "JobRunState": known["status"], "Arguments": {"--run_id": known["run"]}}
            for each, known in self.job_runs.items()
        ]
        return SimpleNamespace(get_job_runs=lambda **_: {"JobRuns": runs}, batch_stop_job_run=stop)


def paginator(pages: list[dict]) -> Any:
    return SimpleNamespace(get_paginator=lambda _: SimpleNamespace(paginate=lambda **_: pages))


class Interrupted(Exception):
    """A task that does not end as it should, in this state."""

    def __init__(self, state: TaskInstanceState) -> None:
        self.state = state


# Called with the drill when a task is at work: its work in AWS has begun. May interrupt it.
Event = Callable[["Drill"], None]


class Drill:
    """One run of the DAG."""

    numbers = itertools.count(1)

    def __init__(self, dag: Any, session: Any, aws: Aws) -> None:
        self.dag, self.session, self.aws = dag, session, aws
        self.serialized = register(dag, session)
        self.is_serverless = not dag.has_task("create_cluster")
        self.run_id = f"drill-{next(self.numbers)}"
        self.results: dict[str, Any] = {}
        self.events: dict[str, Event] = {}
        self.serialized.create_dagrun(
            run_id=self.run_id,
            run_after=datetime.now(UTC),
            run_type=DagRunType.MANUAL,
            triggered_by=DagRunTriggeredByType.TEST,
            state=DagRunState.QUEUED,
            session=session,
        )
        self._save()

    def _save(self) -> None:
        """Commits, and forgets what was read: Airflow's scheduler and web server have sessions of their own."""
        self.session.commit()
        self.session.expire_all()

    @property
    def run(self) -> Any:
        """Read anew: Airflow's functions for marking end the session."""
        query = select(DagRun).where(DagRun.run_id == self.run_id)
        return self.session.scalars(query).one()

    @property
    def states(self) -> dict[str, str]:
        query = select(TaskInstance.task_id, TaskInstance.state).where(TaskInstance.run_id == self.run_id)
        return {task: str(state) if state else "none" for task, state in self.session.execute(query).all()}

    @property
    def state(self) -> str:
        """Airflow's state of the run."""
        return str(self.run.state)

    def on(self, task: str, event: Event) -> None:
        """Lets an event happen the next time that this task is at work."""
        self.events[task] = event

    def go_on(self) -> None:
        """Schedules and runs tasks until the run has ended."""
        for _ in range(60):
            if self.state in ("success", "failed"):
                return
            run = self.run
            if self.state == "queued":
                run.set_state(DagRunState.RUNNING)
            run.dag = self.serialized
            schedulable, _ = run.update_state(session=self.session, execute_callbacks=False)
            run.schedule_tis(schedulable, session=self.session)
            self._save()
            for task in sorted(self.states):
                # An event may have changed it meanwhile.
                if self.states[task] == TaskInstanceState.SCHEDULED:
                    self._work(task)
        raise AssertionError(f"the run does not end: {self.states}")

    def _read(self, task: str) -> Any:
        query = select(TaskInstance).where(TaskInstance.run_id == self.run_id, TaskInstance.task_id == task)
        return self.session.scalars(query).one()

    def _set(self, task: str, state: TaskInstanceState | None) -> None:
        self._read(task).state = state
        self._save()

    def _work(self, task: str) -> None:
        self._set(task, TaskInstanceState.RUNNING)
        self.results.pop(task, None)
        try:
            result = self._begin(task)
            if event := self.events.pop(task, None):
                event(self)
            state = self.states[task]
            if state == TaskInstanceState.RESTARTING:
                # The worker ends a task that was cleared while it was at work; it is tried again.
                self._set(task, None)
            elif state == TaskInstanceState.RUNNING:
                self.results[task] = self._end(task, result)
                self._set(task, TaskInstanceState.SUCCESS)
        except Interrupted as interrupted:
            instance = self._read(task)
            may_retry = instance.try_number <= instance.max_tries
            again = interrupted.state == TaskInstanceState.UP_FOR_RETRY and may_retry
            self._set(task, None if again else TaskInstanceState.FAILED)
        except Exception as error:
            self.results[f"{task} failed"] = str(error)
            self._set(task, TaskInstanceState.FAILED)

    def _begin(self, task: str) -> Any:
        """Does what is done in AWS before the task waits."""
        callable_ = getattr(self.dag.get_task(task), "python_callable", None)
        if task == "read_parameters":
            return callable_(run_id=self.run_id)  # type: ignore[misc]
        if task == "create_cluster":
            name = f"j-{len(self.aws.clusters) + 1}"
            self.aws.clusters[name] = {"Name": f"{self.dag.dag_id}-{self.run_id}", "status": "RUNNING"}
            return name
        if task == "start_execution":
            return self._start_execution()
        if self.is_serverless and is_spark(task):
            job = f"job-{len(self.aws.spark_jobs) + 1}"
            self.aws.spark_jobs[job] = {"name": f"{self.dag.dag_id}-{self.run_id}-{task}", "status": "RUNNING"}
            return job
        return None

    def _start_execution(self) -> str:
        operator = self.dag.get_task("start_execution")
        operator.name, operator.state_machine_arn = self.run_id, MACHINE
        given = {"runId": self.run_id, "try": str(self._read("start_execution").try_number)}
        setattr(operator, "state_machine_input" if hasattr(operator, "state_machine_input") else "input", given)
        name = operator.execute({"run_id": self.run_id})
        arn = f"{MACHINE.replace('stateMachine', 'execution')}:{name}"
        self.aws.executions[arn] = {"name": name, "status": "RUNNING", "input": json.dumps(given)}
        self.aws.job_runs[f"jr-{name}"] = {"run": self.run_id, "status": "RUNNING"}
        return arn

    def _end(self, task: str, result: Any) -> Any:
        """Does what is done in AWS while the task waits."""
        aws = self.aws
        if is_spark(task):
            self._step(task)
            if self.is_serverless:
                aws.spark_jobs[result]["status"] = "SUCCESS"
        if task == "start_execution":
            complete = aws.landing and set(aws.staged.values()) == {aws.landing} and len(aws.staged) == 3
            ended = aws.executions[result]["status"] = "SUCCEEDED" if complete else "FAILED"
            aws.job_runs[f"jr-{aws.executions[result]['name']}"]["status"] = ended
            if not complete:
                raise Interrupted(TaskInstanceState.FAILED)
            aws.published = aws.landing
        if task == "terminate_cluster" and (cluster := self.results.get("create_cluster")):
            aws.clusters[cluster]["status"] = "TERMINATED"
        if task == "confirm_end":
            self.dag.get_task(task).python_callable(ti=self._instance(), run_id=self.run_id)
        return result

    def _step(self, task: str) -> None:
        aws, cluster = self.aws, self.aws.clusters.get(self.results.get("create_cluster") or "", {})
        if not self.is_serverless and cluster.get("status") != "RUNNING":
            raise Interrupted(TaskInstanceState.UP_FOR_RETRY)
        if task == "ingest":
            aws.landing, aws.staged = aws.landing + 1, {}
        elif not aws.landing:
            self.aws.end_of(task, "FAILED")
            raise Interrupted(TaskInstanceState.UP_FOR_RETRY)
        else:
            aws.staged[task] = aws.landing

    def _instance(self) -> Any:
        """The task instance of Airflow 3 that confirm_end gets."""
        return SimpleNamespace(
            dag_id=self.dag.dag_id,
            run_id=self.run_id,
            xcom_pull=lambda task_ids: self.results.get(task_ids),
            get_task_states=lambda dag_id, run_ids: {self.run_id: self.states},
        )

    def mark_task(self, task: str, state: TaskInstanceState) -> None:
        self.serialized.set_task_instance_state(task_id=task, run_id=self.run_id, state=state, session=self.session)
        self._save()

    def mark_run(self, mark: Callable[..., Any]) -> None:
        """Marks the run as Airflow's page does; `mark` is one of its functions."""
        mark(dag=self.serialized, run_id=self.run_id, commit=True, session=self.session)
        self._save()

    def clear(self, *tasks: str, downstream: bool = True) -> None:
        """Clears as Airflow's page does."""
        if downstream:
            tasks = tuple(
                self.serialized.partial_subset(
                    task_ids=tasks, include_downstream=True, include_upstream=False
                ).task_dict
            )
        self.serialized.clear(task_ids=tasks, run_id=self.run_id, session=self.session)
        self._save()


def is_spark(task: str) -> bool:
    return task == "ingest" or task.startswith("preprocess_")


def register(dag: Any, session: Any) -> SerializedDAG:
    """Makes the DAG known to Airflow's database, as its DAG processor does."""
    dag.relative_fileloc = "films-test/data_lake.py"
    serialized = DagSerialization.deserialize_dag(DagSerialization.serialize_dag(dag))
    if not session.get(DagBundleModel, "drills"):
        session.add(DagBundleModel(name="drills"))
        session.flush()
    if not session.get(DagModel, dag.dag_id):
        SerializedDAG.bulk_write_to_db("drills", None, [dag], session=session)
        SerializedDagModel.write_dag(LazyDeserializedDAG.from_dag(dag), bundle_name="drills", session=session)
        session.flush()
    return serialized
