"""Requests that EMR refuses. Pure."""

from typing import Any

OPEN_STEPS = ("PENDING", "RUNNING", "CANCEL_PENDING")
GONE = ("TERMINATED", "TERMINATED_WITH_ERRORS")
ENDING = ("TERMINATING", *GONE)


def steps_refused(concurrency: int, steps: list[dict[str, Any]]) -> str | None:
    """Returns why these steps cannot be added. Real EMR accepts only CONTINUE if steps may run in parallel."""
    for step in steps:
        action = step.get("ActionOnFailure", "CONTINUE")
        if concurrency > 1 and action != "CONTINUE":
            return (
                f"ActionOnFailure {action} is not valid for step {step.get('Name', '')}: a cluster with "
                "StepConcurrencyLevel greater than 1 accepts only CONTINUE."
            )
        arguments = step.get("HadoopJarStep", {}).get("Args", [])
        if any(not isinstance(a, str) or len(a) > 10_280 for a in arguments):
            return "Arguments of a step must be strings of at most 10280 characters."
    return None


def cluster_refused(request: dict[str, Any]) -> str | None:
    """Returns why RunJobFlow is refused."""
    timeout = (request.get("AutoTerminationPolicy") or {}).get("IdleTimeout", 3600)
    if not 60 <= timeout <= 604_800:
        return "IdleTimeout must be between 60 and 604800 seconds"
    if not 1 <= request.get("StepConcurrencyLevel", 1) <= 256:
        return "StepConcurrencyLevel must be between 1 and 256"
    return steps_refused(request.get("StepConcurrencyLevel", 1), request.get("Steps", []))
