"""Tests that a wrong project.yaml is an error of the DAG, with the key and the rule in it."""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from itertools import product
from typing import Any

import pytest
from conftest import EXAMPLE, ROOT, Deploy, load_dag
from croniter import croniter

sys.path.insert(0, str(ROOT / "dags"))

from mwaalib.project import ProjectFileError, parse_project


def test_this_project_is_right() -> None:
    parse_project((ROOT / "project.yaml").read_text("utf-8"))


def with_emr(**emr: Any) -> dict[str, Any]:
    return {"environments": [{**EXAMPLE["environments"][0], "emr": emr}]}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"schedule": "0 25 * * *"}, "schedule: must be a cron expression of five fields"),
        ({"schedule": "every day"}, "schedule: must be a cron expression of five fields"),
        ({"schedule": 5}, "schedule: must be text: put it in quotes"),
        ({"shedule": None}, "unknown key shedule, did you mean schedule?"),
        (with_emr(subnetID="subnet-1"), "environments.0.emr: unknown key subnetID, did you mean subnetId?"),
        (with_emr(coreInstances="2"), "environments.0.emr.coreInstances: must be a whole number"),
        ({"environments": []}, "environments: must have 1 or more entries"),
        ({"environments": [{"name": False}]}, "environments.0.name: must be text"),
        ({"compute": "dataproc"}, "compute: must be emr or emr-serverless"),
        ({"description": "a\x00b"}, "description: must be one line"),
        ({"entity": "component:default/other"}, "entity: must be component:default/films"),
    ],
)
def test_the_dag_says_what_is_wrong(deploy: Deploy, changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(Exception, match=r"^project\.yaml is invalid: ") as error:
        load_dag(deploy(**changes))
    assert problem in str(error.value)


@pytest.mark.parametrize("name", ["no", "on", "off", "yes", "true", "null"])
def test_an_environment_may_have_a_name_that_yaml_once_took_for_something_else(name: str) -> None:
    text = json.dumps({**EXAMPLE, "environments": [{**EXAMPLE["environments"][0], "name": name}]})

    assert parse_project(text)["environments"][0]["name"] == name
    if name not in ("true", "null"):
        assert parse_project(text.replace(f'"{name}"', name))["environments"][0]["name"] == name


@pytest.mark.parametrize("schedule", ["0 5 * * *", "@daily", "*/15 2-4,9 1,15 jan-MAR mon"])
def test_a_schedule_is_a_cron_expression_or_a_preset(deploy: Deploy, schedule: str) -> None:
    assert load_dag(deploy(schedule=schedule)).dag_id == "films-test"


FIELDS = {
    "minute": ["*", "0", "59", "05", "*/15", "5-59/20", "0,30", "50-10"],
    "hour": ["*", "0", "23", "08", "*/6", "8-18", "22-4/2"],
    "day": ["*", "1", "29", "09", "1-7", "1,15,29", "*/10"],
    "month": ["*", "2", "12", "jan", "FEB", "jan-mar", "*/3", "11,12"],
    "weekday": ["*", "0", "7", "mon", "MON-fri", "1-5", "sat,sun"],
}


def test_airflow_can_schedule_whatever_the_rule_takes() -> None:
    taken = [
        " ".join(fields)
        for fields in product(*FIELDS.values())
        # Every field with every neighbour would be 22,000: each with the others as they are.
        if sum(field != "*" for field in fields) <= 2
    ]
    schedule = json.loads((ROOT / "dags/mwaalib/project.schema.json").read_text())["properties"]["schedule"]
    rule = schedule["anyOf"][0]["pattern"]

    assert [each for each in taken if not re.fullmatch(rule, each)] == []
    for each in taken:
        assert croniter(each, datetime(2026, 12, 1)).get_next(datetime) > datetime(2026, 12, 1)


@pytest.mark.parametrize("never", ["60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 8"])
def test_neither_takes_what_no_clock_shows(never: str) -> None:
    assert not croniter.is_valid(never)
    with pytest.raises(ProjectFileError, match="schedule: must be a cron expression"):
        parse_project(json.dumps({**EXAMPLE, "schedule": never}))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2", "duplicate key a"),
        ("a: &b 1", "anchors, aliases and tags are not allowed"),
        ("a: !!python/name:os.system", "anchors, aliases and tags are not allowed"),
        ("# a\u2028name: x", "it has the character U\\+2028"),
        ("a: [", "project.yaml cannot be parsed: "),
    ],
)
def test_what_readers_of_yaml_may_take_differently_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ProjectFileError, match=problem):
        parse_project(text)
