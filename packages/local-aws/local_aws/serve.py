"""Serves MiniStack with the adapters, and starts the other parts."""

import asyncio
import importlib.metadata
import logging
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable

from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config

from local_aws import endpoints, moto, persistence
from local_aws.bounds import patterns
from local_aws.bounds.event_loop import limit_steps
from local_aws.calls import authorizations
from local_aws.foreign import ForeignAsgi
from local_aws.host import health, installations, processes
from local_aws.host.serving import serving
from local_aws.install.output import say
from local_aws.seed import announce_environments, seed
from local_aws.services import cloudformation, emr, glue, lambdas, mwaa, stepfunctions
from local_aws.services.mwaa import environment
from local_aws.settings import MINISTACK_VERSION, SETTINGS


def serve(parent: int) -> None:
    """Serves until SIGINT, SIGTERM, or the end of process `parent` (0: none); then ends everything."""
    found = importlib.metadata.version("ministack")
    if found != MINISTACK_VERSION:
        sys.exit(f"local-aws: the adapters require MiniStack {MINISTACK_VERSION}, found {found}")
    for adapter in (authorizations, patterns, glue, emr, lambdas, mwaa, stepfunctions, cloudformation, persistence):
        adapter.adapt()
    logging.getLogger("hypercorn.access").disabled = True
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65536)), hard))
    health.report("ministack", "starting")
    health.report("moto", "installing")
    health.report("spark", "installing")
    announce_environments()
    asyncio.run(_serve(parent))


async def _serve(parent: int) -> None:
    loop, end, saved = asyncio.get_running_loop(), asyncio.Event(), threading.Event()
    for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(sig, end.set)
    limit_steps(loop)
    if parent:
        _thread(_follow_parent, parent, lambda: loop.call_soon_threadsafe(end.set))
    _thread(_bring_up)
    _thread(persistence.save_often, saved)

    async def ended() -> None:
        await end.wait()
        for sig in (signal.SIGINT, signal.SIGTERM):  # a second signal ends without waiting
            loop.add_signal_handler(sig, os._exit, 1)
        say("", "stopping…")
        environment.stop_watching()
        await asyncio.to_thread(processes.stop_all, 4)
        saved.set()

    application = ForeignAsgi(endpoints.application)
    config = Config()
    config.bind = [f"127.0.0.1:{SETTINGS.port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    await hypercorn_serve(application, config, shutdown_trigger=ended)  # pyright: ignore[reportArgumentType]


def _bring_up() -> None:
    """Waits for the API, seeds, then starts everything else in parallel."""
    while not _answers():
        if processes.stopping.wait(0.05):
            return
    _thread(moto.run)
    installations.begin("spark")
    try:
        seed()
        health.report("ministack", "ready", SETTINGS.endpoint)
        say("ministack", f"ready on {SETTINGS.endpoint}")
    except Exception as error:
        health.report("ministack", "failed", f"seeding: {error}")
        say("ministack", f"seeding failed: {error}; run python3 -m local_aws reset to start again")
    serving.set()
    _thread(_announce)


def _announce() -> None:
    while not health.health()["ready"]:
        if processes.stopping.wait(0.3):
            return
    say("", f"everything is ready; health at {SETTINGS.endpoint}/_local-aws/health")


def _answers() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", SETTINGS.port)) == 0


def _follow_parent(parent: int, end: Callable[[], object]) -> None:
    """Polls until the parent ends. prctl's signal exists only on Linux and follows the parent's thread instead."""
    while os.getppid() == parent:
        if processes.stopping.wait(0.5):
            return
    say("", "the parent process has ended")
    end()


def _thread(act: Callable[..., object], *args: object) -> None:
    threading.Thread(target=act, args=args, daemon=True).start()
