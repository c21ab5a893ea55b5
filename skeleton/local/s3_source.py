"""Downloads the raw files of a dataset from S3, so that local runs need no S3 in Spark."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlparse

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from lake.dataset import Dataset
from lake.landing import taken


class SourceNotRead(Exception):
    """The files could not be listed or downloaded."""


def download(dataset: Dataset, source: str, folder: Path) -> int:
    """Downloads what the dataset takes of s3://bucket/prefix/ to the folder, with the usual settings of the AWS CLI.

    Returns the number of files. Raises SourceNotRead.
    """
    url = urlparse(source)
    prefix = url.path.lstrip("/").rstrip("/") + "/" if url.path.strip("/") else ""
    try:
        s3 = boto3.client("s3")
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=url.netloc, Prefix=prefix)
        keys = [each["Key"] for page in pages for each in page.get("Contents", [])]
        names = taken(dataset, [key.removeprefix(prefix) for key in keys])
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            s3.download_file(url.netloc, prefix + name, str(folder / name))
    except (BotoCoreError, ClientError) as error:
        raise SourceNotRead(
            f"{source} could not be read: {error}. A local run uses the settings of the AWS CLI, such as AWS_PROFILE."
        ) from error
    return len(names)
