"""Stops runs of a Glue job that the state machine started."""

from __future__ import annotations

_ACTIVE = ("STARTING", "RUNNING", "WAITING")


def stop_job_runs(job_name: str, run_key: str, region: str) -> list[str]:
    """Stops the job's runs with this `--run_id`, without waiting. Returns their descriptions.

    Raises RuntimeError if Glue cannot stop one.
    https://docs.aws.amazon.com/glue/latest/webapi/API_BatchStopJobRun.html
    """
    # Imported here: Airflow parses a DAG file every half minute, and importing boto3 takes a second.
    import boto3

    glue = boto3.client("glue", region_name=region)
    # Glue lists the newest runs first, so active runs are on the first page.
    newest = glue.get_job_runs(JobName=job_name, MaxResults=200)["JobRuns"]
    own = [
        run["Id"]
        for run in newest
        if run["JobRunState"] in _ACTIVE and run.get("Arguments", {}).get("--run_id") == run_key
    ]
    if not own:
        return []
    if refused := glue.batch_stop_job_run(JobName=job_name, JobRunIds=own).get("Errors"):
        reasons = ", ".join(f"{each['JobRunId']}: {each['ErrorDetail']['ErrorMessage']}" for each in refused)
        raise RuntimeError(f"Glue did not stop a run of {job_name} ({reasons})")
    return [f"run {each} of the Glue job {job_name}" for each in own]
