"""Tests reading the stack's names from Parameter Store."""

from __future__ import annotations

import sys
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from conftest import ROOT

sys.path.insert(0, str(ROOT / "dags"))

from mwaalib.parameters import read_parameters

PATH = "/data-lake/films/test/"


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Any:
    ssm = boto3.client("ssm", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    monkeypatch.setattr(boto3, "client", lambda service, region_name: {("ssm", "eu-west-1"): ssm}[service, region_name])
    with Stubber(ssm) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def page(stub: Stubber, values: dict[str, str], token: str | None = None, following: str | None = None) -> None:
    answer: dict = {"Parameters": [{"Name": PATH + name, "Value": value} for name, value in values.items()]}
    request = {"Path": PATH, **({"NextToken": token} if token else {})}
    stub.add_response("get_parameters_by_path", {**answer, **({"NextToken": following} if following else {})}, request)


def test_all_pages_are_read(stub: Stubber) -> None:
    page(stub, {"data-bucket": "d"}, following="2")
    page(stub, {"code-bucket": "c"}, token="2")

    assert read_parameters(PATH, "eu-west-1", ["data-bucket"]) == {"data-bucket": "d", "code-bucket": "c"}


def test_what_is_missing_is_named(stub: Stubber) -> None:
    page(stub, {"data-bucket": "d", "release-prefix": ""})

    with pytest.raises(LookupError, match="lacks release-prefix, state-machine-arn below /data-lake/films/test/"):
        read_parameters(PATH, "eu-west-1", ["data-bucket", "release-prefix", "state-machine-arn"])
