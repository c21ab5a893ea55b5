"""What a process and its descendants listen on."""

import re
from pathlib import Path

from local_aws.host.tree import descendants


def listening(pid: int) -> list[tuple[str, int]]:
    """(address in the kernel's hexadecimal form, port) of every listening TCP socket.

    Children have sessions of their own, but the server stays their parent.
    """
    inodes: set[str] = set()
    for process in {pid, *descendants(pid)}:
        for fd in Path(f"/proc/{process}/fd").glob("*"):
            try:
                if found := re.match(r"socket:\[(\d+)\]", str(fd.readlink())):
                    inodes.add(found.group(1))
            except OSError:
                continue
    rows = [row.split() for t in ("tcp", "tcp6") for row in Path(f"/proc/net/{t}").read_text().splitlines()[1:]]
    sockets = [row[1].split(":") for row in rows if row[3] == "0A" and row[9] in inodes]
    return [(address, int(port, 16)) for address, port in sockets]
