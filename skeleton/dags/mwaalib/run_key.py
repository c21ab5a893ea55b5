"""A run's name for services that allow only letters, digits and dashes."""

from __future__ import annotations

import re


def run_key(run_id: str) -> str:
    """Replaces every character outside [A-Za-z0-9-] in the run id with a dash; returns at most 64 characters."""
    return re.sub(r"[^A-Za-z0-9-]", "-", run_id)[:64]
