"""Tests general rules of the definition: limits, caught errors, no fixed names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "statemachine" / "transform.asl.json").read_text()
DEFINITION = json.loads(TEXT)
PAUSES = re.compile(r"\$min\(\[60, \$ceil\(\$\w+ \* 1\.5\)\]\)")


def machines(machine: dict) -> Iterator[dict]:
    yield machine
    for state in machine["States"].values():
        if inner := state.get("ItemProcessor"):
            yield from machines(inner)


def states() -> dict[str, dict]:
    return {name: state for machine in machines(DEFINITION) for name, state in machine["States"].items()}


TASKS = [name for name, state in states().items() if state["Type"] == "Task"]


@pytest.mark.parametrize("name", TASKS)
def test_every_task_has_a_time_out_and_retries(name: str) -> None:
    task = states()[name]

    assert 0 < task["TimeoutSeconds"] <= 300
    retried = {error for rule in task["Retry"] for error in rule["ErrorEquals"]}
    assert {"States.TaskFailed", "States.Timeout"} <= retried
    assert all(rule["MaxAttempts"] <= 20 for rule in task["Retry"])


def test_the_whole_is_bounded() -> None:
    assert 0 < DEFINITION["TimeoutSeconds"] <= 4 * 3600


def test_every_error_ends_in_the_one_failure_that_names_the_cause() -> None:
    top = DEFINITION["States"]
    for name, state in top.items():
        if state["Type"] in ("Task", "Map"):
            [rule] = state["Catch"]
            assert (rule["ErrorEquals"], rule["Next"]) == (["States.ALL"], "TransformFailed"), name
            assert "$states.errorOutput.Cause" in rule["Assign"]["failed"], name
    assert "$failed" in top["TransformFailed"]["Cause"]


def test_every_state_is_reached_and_leads_somewhere_that_exists() -> None:
    for machine in machines(DEFINITION):
        reached, todo = set(), [machine["StartAt"]]
        while todo:
            name = todo.pop()
            if name not in reached:
                reached.add(name)
                todo += followers(machine["States"][name])
        assert reached == set(machine["States"])


def followers(state: dict) -> list[str]:
    rules = [*state.get("Choices", []), *state.get("Catch", []), state]
    return [rule[key] for rule in rules for key in ("Next", "Default") if key in rule]


def test_pauses_grow_to_a_minute() -> None:
    pauses = {name: state["Seconds"] for name, state in states().items() if state["Type"] == "Wait"}

    assert pauses.pop("WaitForFreeRun") == 30
    assert set(pauses.values()) == {"{% $pause %}", "{% $crawlPause %}"}
    assert len(PAUSES.findall(TEXT)) == len(pauses)


def test_it_names_nothing_of_an_account_and_lists_its_substitutions() -> None:
    used = set(re.findall(r"\$\{(\w+)\}", TEXT))
    listed = set(re.findall(r"`\$\{(\w+)\}`", (ROOT / "statemachine" / "README.md").read_text()))

    assert used == listed
    assert not re.search(r"\d{12}|arn:aws:(lambda|glue)", TEXT)
