"""Ends the processes that a killed server left running, on every system with pipes.

The server writes "+<pid>" and "-<pid>" for each process group it starts and ends. When the pipe closes,
the server has ended in some way, and the reaper ends the groups still on the list. `python -m local_aws.host.reaper`
"""

import os
import signal
import sys
import time

from local_aws.host.tree import descendants


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    alive: set[int] = set()
    for line in sys.stdin:
        (alive.add if line[0] == "+" else alive.discard)(int(line[1:]))
    targets = {pid: descendants(pid) for pid in alive}
    end(targets, signal.SIGTERM)
    for _ in range(30):
        if not any(_lives(pid) for leader, below in targets.items() for pid in (leader, *below)):
            return
        time.sleep(0.1)
    end(targets, signal.SIGKILL)


def end(targets: dict[int, list[int]], sig: signal.Signals) -> None:
    """Signals each group and each known descendant outside it."""
    for leader, below in targets.items():
        for kill, pid in ((os.killpg, leader), *((os.kill, pid) for pid in below)):
            try:
                kill(pid, sig)
            except (ProcessLookupError, PermissionError):
                continue


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return True
    except (ProcessLookupError, PermissionError):
        return False


if __name__ == "__main__":
    main()
