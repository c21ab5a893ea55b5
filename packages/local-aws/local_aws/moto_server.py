# pyright: reportMissingImports=false
"""The moto process, which runs in moto's own environment: `python -m local_aws.moto_server`.

It sends job runs of EMR Serverless to the server, which runs them on Spark and reports their states.
Replaced in moto.emrserverless: EMRServerlessBackend.start_job_run, cancel_job_run, list_job_runs;
in moto.lakeformation: Permission.__hash__.
The state of EMR Serverless and Lake Formation is in LOCAL_AWS_HOME/state/moto.pickle.
"""

import base64
import io
import json
import pickle
import queue
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from moto.core.utils import utcnow
from moto.emrserverless.models import EMRServerlessBackend, emrserverless_backends
from moto.lakeformation.models import Permission, lakeformation_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

from local_aws.files import write_whole
from local_aws.foreign import ForeignWsgi, Wsgi
from local_aws.settings import ACCOUNT, REGION, SETTINGS

_FILE = SETTINGS.home / "state" / "moto.pickle"
_KEPT = {
    "emrserverless": ("applications", "job_runs"),
    "lakeformation": ("resources", "settings", "grants", "tagger"),
}
_ENDED = ("SUCCESS", "FAILED", "CANCELLED")
_last = b""
_calls: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()


def main() -> None:
    keep_grants_findable()
    load()
    hand_over_job_runs()
    threading.Thread(target=_save_often, daemon=True).start()
    threading.Thread(target=_hand_over_calls, daemon=True).start()
    app = ForeignWsgi(with_reports(DomainDispatcherApplication(create_backend_app)))
    run_simple("127.0.0.1", SETTINGS.moto_port, app, threaded=True)


def keep_grants_findable() -> None:
    """Fixes moto's hash of a grant: it changes when the grant is extended, so a set loses it and revoking fails."""
    Permission.__hash__ = lambda self: hash(json.dumps([self.principal, self.resource], sort_keys=True))


def hand_over_job_runs() -> None:
    """Lets the server really run a job run; moto marks every run as successful immediately."""
    start, cancel, list_runs = (
        EMRServerlessBackend.start_job_run,
        EMRServerlessBackend.cancel_job_run,
        EMRServerlessBackend.list_job_runs,
    )

    def start_job_run(self: Any, *args: Any, **kwargs: Any) -> Any:
        run = start(self, *args, **kwargs)
        run.state, run.created_at = "SUBMITTED", utcnow()  # moto sets midnight as the time
        run.updated_at, run.created_by = run.created_at, run.execution_role_arn
        overrides = (run.configuration_overrides or {}).get("monitoringConfiguration", {})
        request = {
            "applicationId": run.application_id,
            "jobRunId": run.id,
            "executionRoleArn": run.execution_role_arn,
            "sparkSubmit": (run.job_driver or {}).get("sparkSubmit"),
            "logUri": overrides.get("s3MonitoringConfiguration", {}).get("logUri", ""),
            "timeoutMinutes": run.execution_timeout_minutes,
        }
        threading.Thread(target=_post, args=("emr-serverless/start", request), daemon=True).start()
        return run

    def cancel_job_run(self: Any, application_id: str, job_run_id: str) -> Any:
        run = self.get_job_run(application_id, job_run_id)
        if run.state in _ENDED:
            return application_id, job_run_id
        answer = cancel(self, application_id, job_run_id)
        run.state = "CANCELLING"
        threading.Thread(target=_post, args=("emr-serverless/cancel", {"jobRunId": job_run_id}), daemon=True).start()
        return answer

    def list_job_runs(self: Any, application_id: str, *args: Any, **kwargs: Any) -> Any:
        self.get_application(application_id)
        self.job_runs.setdefault(application_id, [])  # moto fails for an application without runs
        return list_runs(self, application_id, *args, **kwargs)

    EMRServerlessBackend.start_job_run = start_job_run
    EMRServerlessBackend.cancel_job_run = cancel_job_run
    EMRServerlessBackend.list_job_runs = list_job_runs


def with_reports(app: Wsgi) -> Wsgi:
    """Wraps moto's application: reports its calls to the server, and adds POST /_local-aws/job-run, with which the
    server reports a run's state."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/_local-aws/job-run":
            _report_call(environ)
            return app(environ, start_response)
        report = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        runs = _backends()["emrserverless"].job_runs.get(report["applicationId"], [])
        for run in runs:
            if run.id == report["jobRunId"]:
                run.state, run.state_details, run.updated_at = report["state"], report.get("details"), utcnow()
                run.total_execution_duration_seconds = int(report.get("seconds", 0))
        start_response("204 No Content", [])
        return []

    return application


def _report_call(environ: dict[str, Any]) -> None:
    """Reports signed requests, which are AWS calls, to the server, which keeps the record."""
    signed = re.search(r"Credential=[^/]+/[^/]+/[^/]+/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    if not signed:
        return
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    headers = {key[5:].replace("_", "-").lower(): value for key, value in environ.items() if key.startswith("HTTP_")}
    _calls.put(
        {
            "service": signed.group(1),
            "method": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"],
            "headers": headers,
            "query": parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True),
            "body": base64.b64encode(body).decode(),
            "tags": _tags(environ["PATH_INFO"]),
        }
    )


def _tags(path: str) -> dict[str, str]:
    """Returns the tags of the job run or application at the end of the path."""
    backend = _backends()["emrserverless"]
    ids = [part for part in path.split("/") if part]
    application = backend.applications.get(ids[1]) if ids[:1] == ["applications"] and len(ids) > 1 else None
    if application is None or len(ids) < 4:
        return dict(getattr(application, "tags", None) or {})
    run = next((run for run in backend.job_runs.get(ids[1], []) if run.id == ids[3]), None)
    return dict(getattr(run, "tags", None) or {})


def _hand_over_calls() -> None:
    while True:
        call = _calls.get()
        try:
            _post("calls", call)
        except OSError as error:  # the server is ending
            print(f"a call was not reported: {error}", flush=True)


def load() -> None:
    if not _FILE.exists():
        return
    try:
        for name, state in pickle.loads(_FILE.read_bytes()).items():
            vars(_backends()[name]).update(state)
    except Exception as error:  # written by another version of moto: start without state
        print(f"{_FILE} could not be read, starting without state: {error}", flush=True)
    for runs in _backends()["emrserverless"].job_runs.values():
        for run in runs:
            if run.state not in _ENDED:
                run.state, run.state_details = "FAILED", "Local AWS was restarted while this was running."


def save() -> None:
    global _last
    state: dict[str, dict[str, Any]] = {
        name: {key: vars(backend)[key] for key in _KEPT[name] if key in vars(backend)}
        for name, backend in _backends().items()
    }
    content = pickle.dumps(state)
    if content != _last:
        write_whole(_FILE, content)
        _last = content


def _save_often() -> None:
    while True:
        time.sleep(SETTINGS.save_seconds)
        try:
            save()
        except Exception as error:  # a request changed it during saving; the next round saves it
            print(f"state was not saved in this round: {error}", flush=True)


def _post(action: str, request: dict[str, Any]) -> None:
    url = f"{SETTINGS.endpoint}/_local-aws/{action}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.open(urllib.request.Request(url, data=json.dumps(request).encode(), method="POST"), timeout=30).close()


def _backends() -> dict[str, Any]:
    return {
        "emrserverless": emrserverless_backends[ACCOUNT][REGION],
        "lakeformation": lakeformation_backends[ACCOUNT][REGION],
    }


if __name__ == "__main__":
    main()
