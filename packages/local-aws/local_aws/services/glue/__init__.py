"""Glue that really runs jobs and crawlers.

Replaced in ministack.services.glue: _start_job_run, _batch_stop_job_run, _get_job_runs, _start_crawler,
_stop_crawler, _get_crawler_metrics. Wrapped: _create_job and _update_job (they drop properties),
_handle_request_sync (adds ListCrawls and the calls for data quality rulesets), _get_tables (returns pages).
Extended: provisioners._GLUE_JOB_DEFAULTS, so that AWS::Glue::Job keeps those properties too.
"""

import json
from typing import Any

from ministack.services import glue
from ministack.services.cloudformation import provisioners

from local_aws.host.aws import Response
from local_aws.services.glue import crawls, pages, rulesets, runs

_KEPT = {
    "ExecutionProperty": {"MaxConcurrentRuns": 1},
    "ExecutionClass": "STANDARD",
    "NotificationProperty": {},
    "JobRunQueuingEnabled": False,
}


def adapt() -> None:
    create, update, handle = glue._create_job, glue._update_job, glue._handle_request_sync

    def create_job(data: dict[str, Any]) -> Response:
        response = create(data)
        if response[0] < 300:
            glue._jobs[data["Name"]].update({key: data.get(key, default) for key, default in _KEPT.items()})
        return response

    def update_job(data: dict[str, Any]) -> Response:
        response = update(data)
        if response[0] < 300:
            changed = data.get("JobUpdate", {})
            glue._jobs[data["JobName"]].update({key: changed[key] for key in _KEPT if key in changed})
        return response

    def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]) -> Response:
        action = headers.get("x-amz-target", "").rpartition(".")[2]
        if added := {"ListCrawls": crawls.list_crawls, **rulesets.ACTIONS}.get(action):
            return added(json.loads(body or b"{}"))
        return handle(method, path, headers, body, query)

    rulesets.adapt()
    provisioners._GLUE_JOB_DEFAULTS.update(_KEPT)
    glue._create_job, glue._update_job, glue._handle_request_sync = create_job, update_job, handle_request
    glue._start_job_run, glue._batch_stop_job_run = runs.start_job_run, runs.batch_stop_job_run
    glue._get_job_runs = runs.get_job_runs
    glue._start_crawler, glue._stop_crawler = crawls.start_crawler, crawls.stop_crawler
    glue._get_tables = pages.of_tables(glue._get_tables)
    glue._get_crawler_metrics = crawls.get_crawler_metrics
