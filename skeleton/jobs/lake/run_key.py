"""The run's name where AWS allows only letters, digits and dashes."""

from __future__ import annotations

import re


def run_key(run_id: str) -> str:
    """The run id with every character outside [A-Za-z0-9-] as a dash, 64 characters at most."""
    return re.sub(r"[^A-Za-z0-9-]", "-", run_id)[:64]
