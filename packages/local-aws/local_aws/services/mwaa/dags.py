"""Copies DAGs from the bucket to the DAG folder, one way, as MWAA does about every 30 seconds."""

from pathlib import Path
from typing import Any

from local_aws.calls.callers import role_name
from local_aws.files import UNFINISHED, written_whole
from local_aws.host import aws


def sync(env: dict[str, Any], folder: Path, seen: dict[str, str]) -> None:
    """Updates `folder` to the bucket's content. `seen` (path → ETag) is the last state and is updated too.

    Deletes files that the bucket no longer has, and ignores keys that lead out of the folder.
    """
    bucket = env["SourceBucketArn"].rsplit(":", 1)[-1]
    prefix = (env.get("DagS3Path") or "dags/").rstrip("/") + "/"
    s3 = aws.client("s3", role_name(env.get("ExecutionRoleArn", "")))
    now: dict[str, str] = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for o in page.get("Contents", []):
            path = local_path(folder, o["Key"][len(prefix) :])
            if not path:
                continue
            relative = str(path.relative_to(folder.resolve()))
            now[relative] = o["ETag"]
            if seen.get(relative) != o["ETag"]:
                _download(s3, bucket, o["Key"], path)
    for relative in _files(folder) - set(now):
        (folder / relative).unlink(missing_ok=True)
    seen.clear()
    seen.update(now)


def local_path(folder: Path, relative: str) -> Path | None:
    """Returns the path of a key; None for a folder marker or a key that leads out of the folder."""
    path = (folder / relative).resolve()
    inside = path.is_relative_to(folder.resolve()) and path != folder.resolve()
    return path if relative and not relative.endswith("/") and inside else None


def _download(s3: Any, bucket: str, key: str, path: Path) -> None:
    with written_whole(path) as part:
        s3.download_file(bucket, key, str(part))


def _files(folder: Path) -> set[str]:
    found = (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {str(p.relative_to(folder)) for p in found if p.suffix != UNFINISHED}
