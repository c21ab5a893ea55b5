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
from ministack.services import (
    alb,
    apigateway,
    apigateway_v1,
    bedrock_agentcore,
    cloudwatch_logs,
    dynamodb,
    ec2,
    glue,
    iot,
    s3,
    sns,
    stepfunctions,
)
from ministack.services.cloudformation import engine

from local_aws.bounds.cost import is_quick

SECONDS = 1.0
BOUNDED = {
    **dict.fromkeys((alb, apigateway, apigateway_v1, bedrock_agentcore, cloudwatch_logs, dynamodb, ec2), "re"),
    **dict.fromkeys((engine, glue, iam_evaluator, iot, s3, stepfunctions), "re"),
    sns: "_re",
}
"""Module that makes patterns of foreign text → its name of `re`."""
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

    def compile(self, pattern: Any, flags: int = 0) -> "BoundedPattern":
        return BoundedPattern(re.compile(pattern, flags))

    def match(self, pattern: Any, string: Any, flags: int = 0) -> re.Match[Any] | None:
        return self.compile(pattern, flags).match(string)

    def fullmatch(self, pattern: Any, string: Any, flags: int = 0) -> re.Match[Any] | None:
        return self.compile(pattern, flags).fullmatch(string)

    def search(self, pattern: Any, string: Any, flags: int = 0) -> re.Match[Any] | None:
        return self.compile(pattern, flags).search(string)


class BoundedPattern:
    """A compiled pattern. Raises ValueError instead of taking too long."""

    def __init__(self, compiled: re.Pattern[Any]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)

    def match(self, string: Any, *span: int) -> re.Match[Any] | None:
        return self._bounded("match", string, *span)

    def fullmatch(self, string: Any, *span: int) -> re.Match[Any] | None:
        return self._bounded("fullmatch", string, *span)

    def search(self, string: Any, *span: int) -> re.Match[Any] | None:
        return self._bounded("search", string, *span)

    def _bounded(self, method: str, string: Any, *span: int) -> re.Match[Any] | None:
        pattern, flags = self._compiled.pattern, self._compiled.flags
        is_text = isinstance(pattern, str) and isinstance(string, str)
        if is_text and not is_quick(pattern, flags, len(string)) and not _ends([pattern, flags, method, string, *span]):
            raise ValueError(
                f"the pattern {pattern[:200]} takes more than {SECONDS:g} s on a value of {len(string)} characters:"
                " simplify it, for example without a repetition inside a repetition"
            )
        return getattr(self._compiled, method)(string, *span)


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
    pattern, flags, method, *arguments = json.loads(line)
    signal.setitimer(signal.ITIMER_VIRTUAL, {SECONDS})
    getattr(re.compile(pattern, flags), method)(*arguments)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print("done", flush=True)
"""
