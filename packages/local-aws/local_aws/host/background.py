"""Threads that act for the caller's account."""

import contextvars
import threading
from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")


def background(act: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> threading.Thread:
    """Runs `act` on a daemon thread, with the account and region that MiniStack keeps in context variables."""
    context = contextvars.copy_context()
    thread = threading.Thread(target=lambda: context.run(act, *args, **kwargs), daemon=True)
    thread.start()
    return thread
