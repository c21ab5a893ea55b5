"""The life cycle of an MWAA environment: CREATING, AVAILABLE, or a failure with its reason."""

import secrets
import shutil
import time
from pathlib import Path
from typing import Any

from ministack.services import mwaa

from local_aws.host import health, installations
from local_aws.host.background import background
from local_aws.host.serving import serving
from local_aws.install.output import say
from local_aws.services.mwaa.airflow import Airflow, free_port
from local_aws.services.mwaa.configuration import Place
from local_aws.settings import AIRFLOW_VERSIONS, SETTINGS

_START_SECONDS = 300
_running: dict[str, Airflow] = {}


def find(arn: str) -> Airflow | None:
    return _running.get(arn)


def start(account: str, region: str, name: str, env: dict[str, Any]) -> None:
    """Runs Airflow on the thread that MiniStack created for a new or restored environment, until Airflow ends."""
    part, began = _component(env), time.monotonic()
    try:
        serving.wait()
        health.report(part, "installing")
        place = _place(account, region, name, env)
        if env.get("_gone"):
            return
        health.report(part, "starting")
        airflow = _running[env["Arn"]] = Airflow(env, place)
        airflow.start()
        _wait_until_healthy(airflow)
        if not airflow.stopping.is_set():
            env["WebserverUrl"], env["Status"] = f"127.0.0.1:{place.port}", "AVAILABLE"
            env["LastUpdate"] = {"Status": "SUCCESS", "CreatedAt": time.time()}
            health.report(part, "ready", place.url)
            say(part, f"Airflow {place.version} ready in {time.monotonic() - began:.0f} s at {place.url}")
        _watch(airflow, part)
    except Exception as error:
        if not env.get("_gone"):
            _fail(env, part, str(error))


def stop_watching() -> None:
    """Stops everything at the end of the server, without restarts and without changing the records."""
    for airflow in list(_running.values()):
        airflow.stopping.set()


def restart(env: dict[str, Any]) -> None:
    """Restarts Airflow with new settings, for UpdateEnvironment."""
    account, region = env["Arn"].split(":")[4], env["Arn"].split(":")[3]
    env["Status"] = "UPDATING"

    def run() -> None:
        if airflow := _running.pop(env["Arn"], None):
            airflow.stop()
        start(account, region, env["Name"], env)

    background(run)


def remove(env: dict[str, Any], wait: bool = False) -> None:
    """Ends the environment's Airflow and deletes its files; with `wait`, returns afterwards."""
    env["_gone"] = True
    health.forget(_component(env))
    airflow = _running.pop(env["Arn"], None)

    def clean() -> None:
        if airflow:
            airflow.stop()
        if env.get("_home"):
            shutil.rmtree(env["_home"], ignore_errors=True)

    thread = background(clean)
    if wait:
        thread.join()


def _place(account: str, region: str, name: str, env: dict[str, Any]) -> Place:
    version = env["AirflowVersion"]
    if version not in AIRFLOW_VERSIONS:
        raise RuntimeError(f"there is no local Airflow {version}; available: {', '.join(AIRFLOW_VERSIONS)}")
    folder = installations.require(f"airflow-{version}")
    if env.get("_home_version") != version:  # no airflow.cfg or database of another version may be found
        home = SETTINGS.home / "mwaa" / f"{account}-{region}-{name}-{secrets.token_hex(3)}"
        env["_home"], env["_home_version"] = str(home), version
    home = Path(env["_home"])
    home.mkdir(parents=True, exist_ok=True)
    mwaa._release_port(env.get("_host_port"))  # an updated environment keeps its port
    port = free_port(mwaa._next_port)
    env["_host_port"] = port
    return Place(home=home, port=port, version=version, bin=folder / "bin")


def _wait_until_healthy(airflow: Airflow) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not airflow.is_healthy():
        if airflow.stopping.wait(0.3):
            return
        if ended := airflow.ended_part():
            raise RuntimeError(f"Airflow did not start: {ended}: {airflow.last_log()}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"Airflow was not healthy after {_START_SECONDS} s: {airflow.last_log()}")


def _watch(airflow: Airflow, part: str) -> None:
    while not airflow.stopping.wait(1):
        ended = airflow.ended_part()
        if not ended:
            continue
        say(part, f"{ended}, restarting it: {airflow.last_log()}")
        health.report(part, "starting", ended)
        if not airflow.restart_ended():
            airflow.env["Status"] = "UNAVAILABLE"
            health.report(part, "failed", f"{ended} too often: {airflow.last_log()}")
            airflow.stop()
            return
        _wait_until_healthy(airflow)
        health.report(part, "ready", airflow.place.url)


def _fail(env: dict[str, Any], part: str, message: str) -> None:
    if airflow := _running.pop(env["Arn"], None):
        if airflow.stopping.is_set():
            return
        airflow.stop()
    error = {"ErrorCode": "INCORRECT_CONFIGURATION", "ErrorMessage": message[:1000]}
    env["LastUpdate"] = {"Status": "FAILED", "CreatedAt": time.time(), "Error": error}
    env["Status"] = "UPDATE_FAILED" if env["Status"] == "UPDATING" else "CREATE_FAILED"
    health.report(part, "failed", message)
    say(part, f"failed: {message}")


def _component(env: dict[str, Any]) -> str:
    return f"airflow:{env['Name']}"
