"""The server process, which runs in MiniStack's environment: `python -m local_aws.server`.

It cleans the process environment before it imports MiniStack, whose modules read it.
"""

import fcntl
import os
import socket
import sys
from typing import IO

from local_aws.host import installations
from local_aws.host.environment import ministack, scrubbed
from local_aws.host.processes import start_reaper
from local_aws.install.output import say
from local_aws.settings import ACCOUNT, REGION, SETTINGS


def main() -> None:
    developer = dict(os.environ)
    SETTINGS.home.mkdir(parents=True, exist_ok=True)
    lock = _only_one()
    _require_free_port(SETTINGS.port)
    _require_free_port(SETTINGS.moto_port)
    start_reaper()
    installations.use_environ(developer)
    os.environ.clear()
    os.environ.update({**scrubbed(developer), **ministack()})

    from local_aws.serve import serve

    say("", f"starting on {SETTINGS.endpoint}, account {ACCOUNT}, region {REGION}, state in {SETTINGS.home}")
    serve(parent=int(developer.get("LOCAL_AWS_PARENT") or 0))
    lock.close()
    say("", "stopped")
    # Threads that wait for a process or an installation must not keep this process alive.
    sys.stdout.flush()
    os._exit(0)


def _only_one() -> IO[str]:
    file = open(SETTINGS.home / ".lock", "w")  # noqa: SIM115 (held while the server runs)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("", f"{SETTINGS.home} is in use by another instance: stop that one, or set LOCAL_AWS_HOME")
        sys.exit(1)
    return file


def _require_free_port(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            say(
                "",
                f"port {port} is in use: stop the process that uses it, or set LOCAL_AWS_PORT and LOCAL_AWS_MOTO_PORT",
            )
            sys.exit(1)


if __name__ == "__main__":
    main()
