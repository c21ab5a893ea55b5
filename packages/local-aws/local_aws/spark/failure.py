"""Finds the cause of a failure in a script's output. Pure."""

import re
from dataclasses import dataclass

_TRACEBACK = "Traceback (most recent call last):"


@dataclass(frozen=True)
class Failure:
    message: str
    line: str | None = None
    """Line of the script, if a traceback names one."""


def failure(output: str) -> Failure:
    """Returns the error of the last Python traceback, otherwise the last line that names an exception."""
    start = output.rfind(_TRACEBACK)
    if start >= 0 and (found := _from_traceback(output[start:])):
        return found
    named = [line.strip() for line in output.splitlines() if "Exception" in line or "Error" in line]
    return Failure(named[-1] if named else "the script ended with a non-zero exit status")


def _from_traceback(text: str) -> Failure | None:
    line = None
    for row in text.splitlines()[1:]:
        if frame := re.match(r'\s+File ".*", line (\d+)', row):
            line = line or frame.group(1)
        elif row and not row[0].isspace():
            # py4j's own message does not help; the Java cause is in one of the next lines
            cause = re.search(r"\n: (\S+(?:Exception|Error): [^\n]+)", text)
            return Failure(cause.group(1) if cause and row.startswith("py4j.") else row.strip(), line)
    return None
