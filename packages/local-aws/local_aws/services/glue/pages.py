"""GetTables with pages of at most 100 tables, as in Glue. MiniStack returns all on one page."""

from collections.abc import Callable
from typing import Any

from ministack.core.responses import json_response as ok

from local_aws.host.aws import Response, parse

_MOST = 100


def of_tables(everything: Callable[[dict[str, Any]], Response]) -> Callable[[dict[str, Any]], Response]:
    """Wraps MiniStack's handler, so that it returns one page of its response."""

    def get_tables(data: dict[str, Any]) -> Response:
        response = everything(data)
        status, answer = parse(response)
        if status >= 300:
            return response
        start, size = int(data.get("NextToken") or 0), min(int(data.get("MaxResults") or _MOST), _MOST)
        tables = answer["TableList"]
        more = {"NextToken": str(start + size)} if len(tables) > start + size else {}
        return ok({**answer, "TableList": tables[start : start + size], **more})

    return get_tables
