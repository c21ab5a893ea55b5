"""Process tree: finds descendants, including children with their own session, which killpg misses."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def descendants(pid: int) -> list[int]:
    """Lists all descendants of `pid`, parents first."""
    children = _children()
    found, queue = [], [pid]
    while queue:
        below = children.get(queue.pop(0), [])
        found += below
        queue += below
    return found


def _children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = defaultdict(list)
    for pid, parent in _processes():
        children[parent].append(pid)
    return children


def _processes() -> list[tuple[int, int]]:
    if sys.platform != "linux":
        out = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True).stdout
        return [(int(a), int(b)) for a, b in (line.split() for line in out.splitlines())]
    rows = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # "pid (name) state ppid …", where the name may contain spaces and brackets
            rows.append((int(stat.parent.name), int(stat.read_text().rpartition(")")[2].split()[1])))
        except OSError:  # the process has ended
            continue
    return rows
