"""Ends a step of the event loop that takes too long, so that one request cannot stop the server.

MiniStack evaluates templates, policies and filters on the event loop. The kernel counts the processor time, so that a
busy machine does not matter; a regular expression and Python code alike look at signals while they run.
"""

import asyncio
import signal
import time
from types import FrameType

SECONDS = 5.0
"""Processor time of one step. The longest of an ordinary request takes a tenth of a second."""
_BEAT = 0.5


class TookTooLong(ValueError):
    """Raised in the step that takes too long. MiniStack answers a ValueError as the caller's fault."""


def limit_steps(loop: asyncio.AbstractEventLoop, seconds: float = SECONDS) -> None:
    """Limits the steps of `loop`. Call it once, on the main thread, while the loop runs."""
    last = time.thread_time()

    def beat() -> None:
        nonlocal last
        last = time.thread_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _BEAT)
        loop.call_later(_BEAT, beat)

    def look(_signal: int, _frame: FrameType | None) -> None:
        nonlocal last
        # The timer counts all threads. Only a task that itself took the time is ended, never the loop.
        if time.thread_time() - last >= seconds and _current_task(loop):
            last = time.thread_time()
            raise TookTooLong(f"the request takes more than {seconds:g} s of processor time: simplify what it sends")

    signal.signal(signal.SIGVTALRM, look)
    beat()


def _current_task(loop: asyncio.AbstractEventLoop) -> asyncio.Task[object] | None:
    return asyncio.current_task(loop)
