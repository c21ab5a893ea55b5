"""The cost of a piece of work, with all processes that it starts and waits for."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Measured:
    """Seconds of wall time and of CPU; bytes that went through `read` and `write`, whatever they were for."""

    seconds: float = 0
    cpu_seconds: float = 0
    bytes_read: int = 0
    bytes_written: int = 0


@contextmanager
def measured() -> Iterator[Measured]:
    """Fills in what it gives when the block ends. Linux: /proc has the bytes."""
    result, began, cpu, before = Measured(), time.perf_counter(), _cpu_seconds(), _bytes()
    yield result
    after = _bytes()
    result.seconds = time.perf_counter() - began
    result.cpu_seconds = _cpu_seconds() - cpu
    result.bytes_read, result.bytes_written = after["rchar"] - before["rchar"], after["wchar"] - before["wchar"]


def _cpu_seconds() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _bytes() -> dict[str, int]:
    """Of this process and of those it has waited for: https://man7.org/linux/man-pages/man5/proc_pid_io.5.html"""
    rows = (line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return {name: int(number) for name, number in rows}
