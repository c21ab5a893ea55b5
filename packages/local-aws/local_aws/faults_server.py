# pyright: reportMissingImports=false
"""The proxy that makes requests fail, in its own environment: `python -m local_aws.faults_server …`.

The options are microburst's. Replaced in microburst.cli: make_app.
"""

import sys
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from microburst import cli

from local_aws.foreign import answer, refusal


def main() -> int:
    make_app = cli.make_app

    def guarded(*args: Any, **kwargs: Any) -> Any:
        app = make_app(*args, **kwargs)
        app.middlewares.append(_refuse_foreign)
        return app

    cli.make_app = guarded
    return cli.main()


@web.middleware
async def _refuse_foreign(request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
    reason = refusal(request.method, request.headers.items())
    return await handler(request) if reason is None else web.Response(status=403, body=answer(reason))


if __name__ == "__main__":
    sys.exit(main())
