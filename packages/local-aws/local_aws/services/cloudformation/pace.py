"""Lets an operation of a stack take as long as on AWS, for benchmarks: it ends so long after its last resource."""

import asyncio
from types import SimpleNamespace

from ministack.services.cloudformation import stacks


def adapt(seconds: float) -> None:
    """Replaces the pause with which MiniStack yields before an operation's last status; 0 keeps it."""
    if not seconds:
        return

    async def sleep(delay: float) -> None:
        await asyncio.sleep(delay or seconds)

    stacks.asyncio = SimpleNamespace(**{**vars(asyncio), "sleep": sleep})  # pyright: ignore[reportAttributeAccessIssue]
