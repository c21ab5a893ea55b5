"""The default KMS key of each bucket."""

from defusedxml.ElementTree import fromstring
from ministack.core.responses import get_account_id
from ministack.services import s3

_of_templates: dict[tuple[str, str], str | None] = {}


def remember(bucket: str, key: str | None) -> None:
    """Stores the key that a template sets for the bucket, which MiniStack's provisioner cannot store.

    MiniStack does not get it: S3 would then describe objects as encrypted, and Hadoop's S3A copies such objects only
    over HTTPS.
    """
    _of_templates[(get_account_id(), bucket)] = key


def key_of(bucket: str) -> str | None:
    """Returns the ARN or id of the key; None for a bucket with S3's own encryption."""
    configuration: str | None = s3._bucket_encryption.get(bucket)
    if not configuration:
        return _of_templates.get((get_account_id(), bucket))
    found = next(
        (element for element in fromstring(configuration).iter() if element.tag.endswith("KMSMasterKeyID")), None
    )
    return found.text if found is not None else None
