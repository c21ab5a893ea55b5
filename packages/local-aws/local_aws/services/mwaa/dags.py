"""Copies DAGs from the bucket to the DAG folder, one way, as MWAA does about every 30 seconds."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local_aws.calls.callers import role_name
from local_aws.files import UNFINISHED, written_whole
from local_aws.host import aws


@dataclass
class Synced:
    """What the last round found."""

    tags: dict[str, str] = field(default_factory=dict[str, str])
    """Path → ETag."""
    changed: set[str] = field(default_factory=set[str])
    """Paths of the files that it wrote or deleted."""


def sync(env: dict[str, Any], folder: Path, last: Synced) -> None:
    """Updates `folder` to the bucket's content, and `last` to this round.

    Deletes files that the bucket no longer has, and ignores keys that lead out of the folder.
    """
    bucket = env["SourceBucketArn"].rsplit(":", 1)[-1]
    prefix = (env.get("DagS3Path") or "dags/").rstrip("/") + "/"
    s3 = aws.client("s3", role_name(env.get("ExecutionRoleArn", "")))
    keys, tags = _list(s3, bucket, prefix, folder)
    new = sorted((path for path in tags if last.tags.get(path) != tags[path]), key=_dags_last)
    for path in new:
        _download(s3, bucket, keys[path], folder / path)
    gone = _files(folder) - set(tags)
    for path in gone:
        (folder / path).unlink(missing_ok=True)
    changed = {*new, *gone}
    # Once more in the next round: a parse that was under way may have read the files of before.
    _touch_dags(folder, changed | last.changed)
    last.tags, last.changed = tags, changed


def _list(s3: Any, bucket: str, prefix: str, folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Returns the keys and the ETags of the files, by path in `folder`."""
    keys: dict[str, str] = {}
    tags: dict[str, str] = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for o in page.get("Contents", []):
            if path := local_path(folder, o["Key"][len(prefix) :]):
                relative = str(path.relative_to(folder.resolve()))
                keys[relative], tags[relative] = o["Key"], o["ETag"]
    return keys, tags


def local_path(folder: Path, relative: str) -> Path | None:
    """Returns the path of a key; None for a folder marker or a key that leads out of the folder."""
    path = (folder / relative).resolve()
    inside = path.is_relative_to(folder.resolve()) and path != folder.resolve()
    return path if relative and not relative.endswith("/") and inside else None


def _dags_last(path: str) -> tuple[int, bool, str]:
    """Sorts the files that DAGs read before the DAGs: Airflow parses a new DAG at once."""
    return (-path.count("/"), path.endswith(".py"), path)


def _touch_dags(folder: Path, changed: set[str]) -> None:
    """Has Airflow parse a DAG at once if any file beside or below it has changed, not only its own.

    Airflow parses unchanged files rarely, and does not know what else a DAG reads.
    """
    for top in {Path(path).parts[0] if "/" in path else "" for path in changed}:
        for dag in (folder / top).rglob("*.py") if top else folder.glob("*.py"):
            dag.touch()


def _download(s3: Any, bucket: str, key: str, path: Path) -> None:
    with written_whole(path) as part:
        s3.download_file(bucket, key, str(part))


def _files(folder: Path) -> set[str]:
    found = (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {str(p.relative_to(folder)) for p in found if p.suffix != UNFINISHED}
