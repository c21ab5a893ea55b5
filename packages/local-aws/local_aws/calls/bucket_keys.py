"""Bucket → the KMS key that S3 encrypts its objects with by default."""

from defusedxml.ElementTree import fromstring
from ministack.core.responses import get_account_id
from ministack.services import s3

_of_templates: dict[tuple[str, str], str | None] = {}


def remember(bucket: str, key: str | None) -> None:
    """The key that a template gives the bucket, for which MiniStack's provisioner has no place.

    It is not set in MiniStack either: S3 would then answer as for encrypted objects, which Hadoop's S3A copies over
    HTTPS only.
    """
    _of_templates[(get_account_id(), bucket)] = key


def key_of(bucket: str) -> str | None:
    """ARN or id of the key; None for a bucket with S3's own encryption."""
    configuration: str | None = s3._bucket_encryption.get(bucket)
    if not configuration:
        return _of_templates.get((get_account_id(), bucket))
    found = next(
        (element for element in fromstring(configuration).iter() if element.tag.endswith("KMSMasterKeyID")), None
    )
    return found.text if found is not None else None
