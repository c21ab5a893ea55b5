"""Runs of a Glue job that others started: only to stop them."""

from __future__ import annotations

_AT_WORK = ("STARTING", "RUNNING", "WAITING")


def stop_job_runs(job_name: str, run_key: str, region: str) -> list[str]:
    """Stops the job's runs whose `--run_id` this is, does not wait for their end, and gives their names.

    Raises RuntimeError if Glue will not stop one.
    https://docs.aws.amazon.com/glue/latest/webapi/API_BatchStopJobRun.html
    """
    # Here, not above: a DAG file is parsed every half minute, and boto3 takes a second to import.
    import boto3

    glue = boto3.client("glue", region_name=region)
    # The newest first: those at work are among them.
    newest = glue.get_job_runs(JobName=job_name, MaxResults=200)["JobRuns"]
    own = [
        run["Id"]
        for run in newest
        if run["JobRunState"] in _AT_WORK and run.get("Arguments", {}).get("--run_id") == run_key
    ]
    if not own:
        return []
    if refused := glue.batch_stop_job_run(JobName=job_name, JobRunIds=own).get("Errors"):
        reasons = ", ".join(f"{each['JobRunId']}: {each['ErrorDetail']['ErrorMessage']}" for each in refused)
        raise RuntimeError(f"Glue did not stop a run of {job_name} ({reasons})")
    return [f"run {each} of the Glue job {job_name}" for each in own]
