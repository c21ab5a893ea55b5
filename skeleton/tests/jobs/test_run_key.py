"""Tests that jobs and DAGs, which are deployed separately, have the same rule for the run key."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_both_are_the_same() -> None:
    ours, theirs = (ROOT / path / "run_key.py" for path in ("jobs/lake", "dags/mwaalib"))

    assert ast.dump(ast.parse(ours.read_text())) == ast.dump(ast.parse(theirs.read_text()))
