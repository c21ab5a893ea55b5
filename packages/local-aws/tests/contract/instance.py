"""Starts and ends an instance as a person would: `python3 -m local_aws start`."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import boto3
from botocore.config import Config

PACKAGE = Path(__file__).parents[2]
PORT = 24660
T = TypeVar("T")


class Instance:
    """`port` is MiniStack's; moto has the next, Airflow the fourth after it."""

    def __init__(self, home: Path, port: int = PORT) -> None:
        self.port = port
        self.home = home / "aws"
        self.log = home / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, before: Sequence[str] = (), **more: str) -> None:
        """Returns when the API answers; Airflow is still coming up. `before`: what the command is given to."""
        environ = {
            **os.environ,
            "PYTHONPATH": str(PACKAGE),
            "LOCAL_AWS_HOME": str(self.home),
            "LOCAL_AWS_PORT": str(self.port),
            "LOCAL_AWS_MOTO_PORT": str(self.port + 1),
            "LOCAL_AWS_AIRFLOW_PORT": str(self.port + 4),
            "LOCAL_AWS_AIRFLOW": "3.3.1",
            "LOCAL_AWS_PROVISION_SECONDS": "0.2",
            # of the developer: none of this may reach a job, a Lambda or Airflow
            "AWS_PROFILE": "production",
            "AWS_SECRET_ACCESS_KEY": "real-secret",
            "HTTP_PROXY": "http://127.0.0.1:9",
            **more,
        }
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*before, sys.executable, "-m", "local_aws", "start"], env=environ, stdout=log, stderr=log
            )
        until(lambda: self.component("ministack")["status"], lambda status: status == "ready", 60)

    def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        assert self.process
        self.process.terminate()
        self.process.wait(30)

    def health(self) -> dict[str, Any]:
        return self.call("GET", "health")

    def component(self, name: str) -> dict[str, str]:
        try:
            return self.health()["components"].get(name, {"status": "absent"})
        except OSError:
            assert self.process and self.process.poll() is None, self.log.read_text()
            return {"status": "no answer"}

    def call(self, method: str, name: str) -> Any:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/_local-aws/{name}", method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            return json.load(answer)

    def client(self, service: str, config: Config | None = None) -> Any:
        port = self.port + 1 if service in ("emr-serverless", "lakeformation") else self.port
        return boto3.client(
            service,  # pyright: ignore[reportArgumentType]
            endpoint_url=f"http://127.0.0.1:{port}",
            region_name="us-east-1",
            aws_access_key_id="000000000000",
            aws_secret_access_key="test",
            config=Config(s3={"addressing_style": "path"}, inject_host_prefix=False, proxies={}).merge(
                config or Config()
            ),
        )


def until(read: Callable[[], T], good: Callable[[T], bool], seconds: float = 120, every: float = 0.2) -> list[T]:
    """Reads until `good`; the different values seen, in order."""
    seen: list[T] = []
    deadline = time.monotonic() + seconds
    while True:
        value = read()
        if not seen or seen[-1] != value:
            seen.append(value)
        if good(value):
            return seen
        assert time.monotonic() < deadline, f"not reached within {seconds} s; seen: {seen}"
        time.sleep(every)
