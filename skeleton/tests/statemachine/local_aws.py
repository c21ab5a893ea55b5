"""Starts MiniStack on a free port of 127.0.0.1, or uses the one in AWS_ENDPOINT_URL."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ACCOUNT, REGION = "000000000000", "us-east-1"

# MiniStack has no setting for the duration of a crawl (5 seconds), and returns all tables on one page, while Glue
# returns at most 100.
_START = """
import json
from ministack.services import glue
from ministack.app import main

def paged(data):
    status, headers, body = everything(data)
    answer, start, size = json.loads(body), int(data.get("NextToken") or 0), data.get("MaxResults", 100)
    tables = answer.get("TableList", [])
    more = {"NextToken": str(start + size)} if len(tables) > start + size else {}
    return status, headers, json.dumps({**answer, "TableList": tables[start : start + size], **more}).encode()

everything, glue._get_tables = glue._get_tables, paged
glue.CRAWLER_RUN_SECONDS = 0.5
main()
"""


@contextmanager
def local_aws(state: Path) -> Iterator[str]:
    """Returns the endpoint. Ends its process at the end of the block."""
    if given := os.environ.get("AWS_ENDPOINT_URL"):
        yield given
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoint = f"http://127.0.0.1:{port}"
    log = state / "ministack.log"
    process = subprocess.Popen(
        [sys.executable, "-c", _START],
        # None of the developer's own AWS settings are passed on.
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(state),
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": ACCOUNT,
            "AWS_SECRET_ACCESS_KEY": "local",
            # Waits and the pauses of retries pass twenty times faster.
            "SFN_WAIT_SCALE": "0.05",
            # Otherwise it would listen for MQTT on every interface.
            "IOT_MTLS_ENABLED": "0",
        },
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
        cwd=state,
    )
    try:
        _wait(endpoint, process, log)
        yield endpoint
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(endpoint: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"MiniStack did not start:\n{log.read_text()[-2000:]}")
