"""Regular expressions that somebody else wrote, in bounded time.

Python's `re` may take for ever, and holds the lock of all threads meanwhile. So each use is first tried in a process
of its own, which the kernel ends after a second of processor time.
Replaced in modules of MiniStack: the name of the module `re`.
"""

import json
import re
import subprocess
import sys
import threading
from typing import Any

from ministack.core import iam_evaluator
from ministack.services import cloudwatch_logs, sns, stepfunctions
from ministack.services.cloudformation import engine

SECONDS = 1.0
BOUNDED = {
    engine: "re",
    cloudwatch_logs: "re",
    iam_evaluator: "re",
    sns: "_re",
    stepfunctions: "re",
}
"""Module → its name of `re`. They evaluate patterns on threads; engine also answers what is wrong with a pattern."""
_worker: subprocess.Popen[str] | None = None
_lock = threading.Lock()


def adapt() -> None:
    """Bounds the patterns that MiniStack's modules get from templates, policies, filters and state machines."""
    for module, name in BOUNDED.items():
        setattr(module, name, Bounded())


class Bounded:
    """Stands for the module `re`: match, fullmatch and search are bounded, the rest is `re`'s own."""

    def __getattr__(self, name: str) -> Any:
        return getattr(re, name)

    def compile(self, pattern: str, flags: int = 0) -> "BoundedPattern":
        return BoundedPattern(re.compile(pattern, flags))

    def match(self, pattern: str, string: str, flags: int = 0) -> re.Match[str] | None:
        return self.compile(pattern, flags).match(string)

    def fullmatch(self, pattern: str, string: str, flags: int = 0) -> re.Match[str] | None:
        return self.compile(pattern, flags).fullmatch(string)

    def search(self, pattern: str, string: str, flags: int = 0) -> re.Match[str] | None:
        return self.compile(pattern, flags).search(string)


class BoundedPattern:
    """A compiled pattern. Raises ValueError instead of taking too long."""

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)

    def match(self, string: str) -> re.Match[str] | None:
        return self._bounded("match", string)

    def fullmatch(self, string: str) -> re.Match[str] | None:
        return self._bounded("fullmatch", string)

    def search(self, string: str) -> re.Match[str] | None:
        return self._bounded("search", string)

    def _bounded(self, method: str, string: str) -> re.Match[str] | None:
        pattern, flags = self._compiled.pattern, self._compiled.flags
        if not _ends([pattern, flags, method, string]):
            raise ValueError(
                f"the pattern {pattern[:200]} takes more than {SECONDS:g} s on a value of {len(string)} characters:"
                " simplify it, for example without a repetition inside a repetition"
            )
        return getattr(self._compiled, method)(string)


def _ends(use: list[Any]) -> bool:
    """Tries a use of a pattern in the other process. Returns False if that process was ended."""
    global _worker
    with _lock:
        if _worker is None or _worker.poll() is not None:
            _worker = _start()
        assert _worker.stdin and _worker.stdout
        try:
            _worker.stdin.write(json.dumps(use) + "\n")
            _worker.stdin.flush()
            done = _worker.stdout.readline() != ""
        except BrokenPipeError:
            done = False
        if not done:
            _worker.wait()
            _worker = None
        return done


def _start() -> subprocess.Popen[str]:
    """Starts the other process, which ends with this one: its input ends then."""
    command = [sys.executable, "-I", "-S", "-c", _WORKER]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    )


_WORKER = f"""
import json, re, signal, sys
for line in sys.stdin:
    pattern, flags, method, string = json.loads(line)
    signal.setitimer(signal.ITIMER_VIRTUAL, {SECONDS})
    getattr(re.compile(pattern, flags), method)(string)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print("done", flush=True)
"""
