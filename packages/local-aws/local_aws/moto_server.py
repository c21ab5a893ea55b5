# pyright: reportMissingImports=false

"""The moto process, run with moto's own environment: `python -m local_aws.moto_server`.

It keeps EMR Serverless and Lake Formation in LOCAL_AWS_HOME/state/moto.pickle.
"""

import pickle
import threading
import time
from typing import Any

from moto.emrserverless.models import emrserverless_backends
from moto.lakeformation.models import lakeformation_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

from local_aws.settings import ACCOUNT, REGION, SETTINGS

_FILE = SETTINGS.home / "state" / "moto.pickle"
_KEPT = {"emrserverless": ("applications", "job_runs"), "lakeformation": ("resources", "settings", "grants", "tagger")}
_last = b""


def main() -> None:
    load()
    threading.Thread(target=_save_often, daemon=True).start()
    app = DomainDispatcherApplication(create_backend_app)
    run_simple("127.0.0.1", SETTINGS.moto_port, app, threaded=True)


def load() -> None:
    if not _FILE.exists():
        return
    try:
        for name, state in pickle.loads(_FILE.read_bytes()).items():
            vars(_backends()[name]).update(state)
    except Exception as error:  # written by another moto: better empty than not at all
        print(f"{_FILE} could not be read, starting empty: {error}", flush=True)


def save() -> None:
    global _last
    state: dict[str, dict[str, Any]] = {
        name: {key: vars(backend)[key] for key in _KEPT[name] if key in vars(backend)}
        for name, backend in _backends().items()
    }
    content = pickle.dumps(state)
    if content != _last:
        _FILE.parent.mkdir(parents=True, exist_ok=True)
        part = _FILE.with_suffix(".part")
        part.write_bytes(content)
        part.replace(_FILE)
        _last = content


def _save_often() -> None:
    while True:
        time.sleep(SETTINGS.save_seconds)
        try:
            save()
        except Exception as error:  # a request changed it meanwhile; the next round gets it
            print(f"state was not saved this time: {error}", flush=True)


def _backends() -> dict[str, Any]:
    return {
        "emrserverless": emrserverless_backends[ACCOUNT][REGION],
        "lakeformation": lakeformation_backends[ACCOUNT][REGION],
    }


if __name__ == "__main__":
    main()
