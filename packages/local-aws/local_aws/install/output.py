"""Output for the terminal."""

import contextlib


def say(part: str, text: str) -> None:
    """Prints "local-aws: <part>: <text>" on stdout and flushes it. Ignores a closed stdout."""
    with contextlib.suppress(OSError):
        print(f"local-aws: {part}: {text}" if part else f"local-aws: {text}", flush=True)
