"""The default KMS key of each bucket."""

from defusedxml.ElementTree import fromstring
from ministack.services import s3

_KEY = "local_aws_key"
"""In MiniStack's record of a bucket, with which it is stored and deleted."""


def remember(bucket: str, key: str | None) -> None:
    """Stores the key that a template sets for the bucket, which MiniStack's provisioner cannot store.

    MiniStack does not get it: S3 would then describe objects as encrypted, and Hadoop's S3A copies such objects only
    over HTTPS. GetBucketEncryption names it all the same: see `services/cloudformation/s3_bucket.py`.
    """
    s3._buckets[bucket][_KEY] = key


def key_of(bucket: str) -> str | None:
    """Returns the ARN or id of the key; None for a bucket with S3's own encryption."""
    configuration: str | None = s3._bucket_encryption.get(bucket)
    if not configuration:
        return (s3._buckets.get(bucket) or {}).get(_KEY)
    found = next(
        (element for element in fromstring(configuration).iter() if element.tag.endswith("KMSMasterKeyID")), None
    )
    return found.text if found is not None else None
