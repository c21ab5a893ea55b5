"""StartCrawler, and the state, history and metrics of crawls. `tables` creates the tables."""

import secrets
import time
from typing import Any

from ministack.core.responses import error_response_json as error
from ministack.core.responses import get_account_id, get_region
from ministack.core.responses import json_response as ok
from ministack.services import glue

from local_aws.calls.callers import role_name
from local_aws.host import aws
from local_aws.host.aws import Response
from local_aws.host.background import background
from local_aws.services.glue import faults, tables
from local_aws.settings import SETTINGS

_GROUP = "/aws-glue/crawlers"
_history: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
_STATES = {"SUCCEEDED": "COMPLETED", "CANCELLED": "STOPPED", "FAILED": "FAILED"}
"""Status of LastCrawl → state in ListCrawls."""


def start_crawler(data: dict[str, Any]) -> Response:
    crawler = glue._crawlers.get(data.get("Name"))
    if not crawler:
        return _not_found(data.get("Name"))
    if crawler["State"] != "READY":
        return error("CrawlerRunningException", f"Crawler with name {crawler['Name']} has already started", 400)
    crawler.update(State="RUNNING", CrawlElapsedTime=0)
    background(_crawl, crawler)
    return ok({})


def stop_crawler(data: dict[str, Any]) -> Response:
    crawler = glue._crawlers.get(data.get("Name"))
    if not crawler:
        return _not_found(data.get("Name"))
    if crawler["State"] != "RUNNING":
        return error("CrawlerNotRunningException", f"Crawler with name {crawler['Name']} isn't running", 400)
    crawler["State"] = "STOPPING"
    return ok({})


def get_crawler_metrics(data: dict[str, Any]) -> Response:
    names = data.get("CrawlerNameList") or list(glue._crawlers.keys())
    return ok({"CrawlerMetricsList": [_metrics(name) for name in names]})


def list_crawls(data: dict[str, Any]) -> Response:
    name = data.get("CrawlerName", "")
    if name not in glue._crawlers:
        return _not_found(name)
    rows = [{k: v for k, v in row.items() if not k.startswith("_")} for row in _history.get(_key(name), [])]
    return ok({"Crawls": rows[: int(data.get("MaxResults") or 20)]})


def reset() -> None:
    _history.clear()


def settle_after_restart(reason: str) -> None:
    for crawler in glue._crawlers.all_values():
        if crawler["State"] != "READY":
            crawler["State"] = "READY"
            crawler["LastCrawl"] = {"Status": "FAILED", "ErrorMessage": reason, "StartTime": time.time()}


def _crawl(crawler: dict[str, Any]) -> None:
    name, crawl_id, began = crawler["Name"], secrets.token_hex(8), time.time()
    place = {"LogGroup": _GROUP, "LogStream": name, "MessagePrefix": crawl_id}
    row: dict[str, Any] = {"CrawlId": crawl_id, "State": "RUNNING", "StartTime": began, **place}
    _history.setdefault(_key(name), []).insert(0, row)
    _emit(name, "Started", message="Crawler Started")
    role = role_name(crawler.get("Role") or "")
    _wait(crawler, faults.seconds_of(name, usual=SETTINGS.provision_seconds))
    log: list[str] = []
    counts, problem = tables.Counts(), ""
    try:
        if crawler["State"] == "RUNNING":
            counts = tables.crawl(crawler, log)
    except Exception as cause:
        problem = f"{type(cause).__name__}: {cause}"
        log.append(f"ERROR : {problem}")
    status = "CANCELLED" if crawler["State"] == "STOPPING" else "FAILED" if problem else "SUCCEEDED"
    end = time.time()
    try:
        aws.put_log(_GROUP, name, _messages(crawl_id, [*log, f"Crawl {status}"]), role)
    except Exception as cause:  # the crawl must end even if its log is lost
        aws.say("glue", f"the log of crawler {name} was not stored: {cause}")
    row.update(State=_STATES[status], EndTime=end, ErrorMessage=problem, _counts=counts)
    last = {"Status": status, "StartTime": began, **place, **({"ErrorMessage": problem} if problem else {})}
    crawler.update(State="STOPPING", CrawlElapsedTime=int((end - began) * 1000), LastCrawl=last)
    crawler["State"] = "READY"
    _emit(
        name,
        "Failed" if problem else "Succeeded",
        tablesCreated=str(counts.created),
        tablesUpdated=str(counts.updated),
        partitionsCreated=str(counts.partitions),
        message=problem or "Crawler Succeeded",
    )


def _messages(crawl_id: str, lines: list[str]) -> str:
    return "\n".join(f"[{crawl_id}] {line}" for line in lines)


def _wait(crawler: dict[str, Any], seconds: float) -> None:
    """Waits for this time, or until the crawler is stopped."""
    end = time.monotonic() + seconds
    while crawler["State"] == "RUNNING" and time.monotonic() < end:
        time.sleep(min(0.1, seconds))


def _metrics(name: str) -> dict[str, Any]:
    done = [row for row in _history.get(_key(name), []) if "EndTime" in row]
    seconds = sorted(row["EndTime"] - row["StartTime"] for row in done) or [0.0]
    counts = done[0]["_counts"] if done else tables.Counts()
    return {
        "CrawlerName": name,
        "TimeLeftSeconds": 0.0,
        "StillEstimating": False,
        "TablesCreated": counts.created,
        "TablesUpdated": counts.updated,
        "TablesDeleted": 0,
        "LastRuntimeSeconds": done[0]["EndTime"] - done[0]["StartTime"] if done else 0.0,
        "MedianRuntimeSeconds": seconds[len(seconds) // 2],
    }


def _emit(name: str, state: str, **more: str) -> None:
    aws.emit("aws.glue", "Glue Crawler State Change", {"crawlerName": name, "state": state, **more})


def _key(name: str) -> tuple[str, str, str]:
    return get_account_id(), get_region(), name


def _not_found(name: str | None) -> Response:
    return error("EntityNotFoundException", f"Crawler with name {name} not found", 400)
