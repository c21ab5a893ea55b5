"""GetTables in pages, as Glue gives them: 100 tables at most. MiniStack gives all on one."""

from collections.abc import Callable
from typing import Any

from ministack.core.responses import json_response as ok

from local_aws.host.aws import Response, parse

_MOST = 100


def of_tables(everything: Callable[[dict[str, Any]], Response]) -> Callable[[dict[str, Any]], Response]:
    """MiniStack's handler, a page of whose answer is given."""

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
