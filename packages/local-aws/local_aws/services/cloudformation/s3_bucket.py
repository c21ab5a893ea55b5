"""AWS::S3::Bucket with its tags and its key, which MiniStack's provisioner omits."""

from typing import Any
from xml.sax.saxutils import escape

from ministack.services import s3
from ministack.services.cloudformation.provisioners import _tag_map

from local_aws.calls import bucket_keys

Made = tuple[str, dict[str, Any]]


def completed(handlers: dict[str, Any]) -> dict[str, Any]:
    """Wraps MiniStack's handlers, and sets the properties that they omit."""
    create, update = handlers["create"], handlers["update"]

    def create_completed(logical_id: str, props: dict[str, Any], stack_name: str) -> Made:
        return _complete(create(logical_id, props, stack_name), props)

    def update_completed(physical_id: str, old: dict[str, Any], new: dict[str, Any], *more: Any, **named: Any) -> Made:
        return _complete(update(physical_id, old, new, *more, **named), new)

    return {**handlers, "create": create_completed, "update": update_completed}


def _complete(made: Made, props: dict[str, Any]) -> Made:
    if tags := _tag_map(props.get("Tags")):
        s3._bucket_tags[made[0]] = tags
    rules = (props.get("BucketEncryption") or {}).get("ServerSideEncryptionConfiguration") or [{}]
    bucket_keys.remember(made[0], (rules[0].get("ServerSideEncryptionByDefault") or {}).get("KMSMasterKeyID"))
    return made


def adapt_encryption() -> None:
    """Lets GetBucketEncryption name the key that a template sets."""
    read = s3._get_bucket_encryption

    def get_bucket_encryption(name: str) -> Any:
        key = bucket_keys.key_of(name)
        if key is None or s3._bucket_encryption.get(name):
            return read(name)
        body = (
            f'<ServerSideEncryptionConfiguration xmlns="{s3.S3_NS}"><Rule><ApplyServerSideEncryptionByDefault>'
            f"<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>{escape(key)}</KMSMasterKeyID>"
            "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>"
            "</ServerSideEncryptionConfiguration>"
        )
        return 200, {"Content-Type": "application/xml"}, body

    s3._get_bucket_encryption = get_bucket_encryption
