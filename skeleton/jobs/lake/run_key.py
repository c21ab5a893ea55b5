"""A run's name for services that allow only letters, digits and dashes."""

from __future__ import annotations

import hashlib
import re

_LENGTH = 64
_HASH_LENGTH = 10


def run_key(run_id: str) -> str:
    """Returns the run id, or if a service would refuse it, a name of at most 64 characters that ends with its hash.

    Two run ids never have the same key. So an id that looks as if it ended with a hash gets one too.
    """
    if re.fullmatch(r"[A-Za-z0-9-]{0,64}", run_id) and not re.search(r"-[0-9a-f]{10}\Z", run_id):
        return run_id
    digest = hashlib.sha256(run_id.encode()).hexdigest()[:_HASH_LENGTH]
    kept = re.sub(r"[^A-Za-z0-9-]", "-", run_id)[: _LENGTH - 1 - _HASH_LENGTH]
    return f"{kept}-{digest}"
