"""The one way to speak to the person at the terminal."""

import contextlib


def say(part: str, text: str) -> None:
    """Prints "local-aws: <part>: <text>" on stdout, at once. Nobody may listen any more: that stops nothing."""
    with contextlib.suppress(OSError):
        print(f"local-aws: {part}: {text}" if part else f"local-aws: {text}", flush=True)
