"""Tests the run key. Jobs and DAGs, which are deployed separately, and the developer portal have the same rule."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from lake.run_key import run_key

ROOT = Path(__file__).resolve().parents[2]

# Each run id and, in the line below it, its key. The developer portal, which joins the parts of a run by their keys,
# tests its own rule with these lines.
LINES = """
20261122T124500-7f3a
20261122T124500-7f3a
backfill-1
backfill-1
backfill~1
backfill-1-bb96140cca
backfill_1
backfill-1-68b5d12a69
manual__2026-11-22T10:57:10.702698+00:00
manual--2026-11-22T10-57-10-702698-00-00-3e32147dd5
scheduled__2026-11-22T00:00:00+00:00
scheduled--2026-11-22T00-00-00-00-00-71bbca42f8
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-635361c48b
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-3e63da2d83
a-0123456789
a-0123456789-14599cfd54
5f1b2c30-c3d4-11ef-8a6b-0a1b2c3d4e5f
5f1b2c30-c3d4-11ef-8a6b-0a1b2c3d4e5f
läuft-🎬
l-uft---b690b7e93b
""".split()
KEYS = list(zip(LINES[::2], LINES[1::2], strict=True))


@pytest.mark.parametrize(("run_id", "key"), KEYS)
def test_a_key_is_the_run_id_or_ends_with_its_hash(run_id: str, key: str) -> None:
    assert run_key(run_id) == key


def test_two_runs_never_share_a_key() -> None:
    run_ids = [run_id for run_id, _ in KEYS]
    run_ids += [key for _, key in KEYS if key not in run_ids]

    keys = [run_key(run_id) for run_id in run_ids]

    assert len(set(keys)) == len(run_ids)
    assert all(re.fullmatch(r"[A-Za-z0-9-]{1,64}", key) for key in keys)


def test_both_are_the_same() -> None:
    ours, theirs = (ROOT / path / "run_key.py" for path in ("jobs/lake", "dags/mwaalib"))

    assert ast.dump(ast.parse(ours.read_text())) == ast.dump(ast.parse(theirs.read_text()))
