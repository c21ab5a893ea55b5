"""The pace of stacks: MiniStack yields once before an operation's last status, and that pause becomes AWS's."""

import asyncio
import inspect

import pytest
from ministack.services.cloudformation import stacks

from local_aws.services.cloudformation import pace


@pytest.fixture(autouse=True)
def restored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacks, "asyncio", asyncio)


def test_pauses_before_the_last_status(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def sleep(delay: float) -> None:
        pauses.append(delay)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    pace.adapt(40)
    asyncio.run(stacks.asyncio.sleep(0))
    asyncio.run(stacks.asyncio.sleep(2))
    assert pauses == [40, 2]


def test_changes_nothing_without_the_setting() -> None:
    pace.adapt(0)
    assert stacks.asyncio is asyncio


@pytest.mark.parametrize("operation", ["_deploy_stack_async", "_delete_stack_async"])
def test_ministack_yields_once_an_operation(operation: str) -> None:
    source = inspect.getsource(getattr(stacks, operation))
    assert source.count("asyncio.sleep(0)") == 1
