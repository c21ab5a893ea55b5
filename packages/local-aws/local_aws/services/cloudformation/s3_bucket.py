"""AWS::S3::Bucket with its tags and its encryption, which MiniStack's provisioner leaves out."""

from typing import Any
from xml.sax.saxutils import escape

from ministack.services import s3
from ministack.services.cloudformation.provisioners import _tag_map

Made = tuple[str, dict[str, Any]]


def completed(handlers: dict[str, Any]) -> dict[str, Any]:
    """MiniStack's handlers, each followed by setting what it leaves out."""
    create, update = handlers["create"], handlers["update"]

    def create_completed(logical_id: str, props: dict[str, Any], stack_name: str) -> Made:
        return _complete(create(logical_id, props, stack_name), props)

    def update_completed(physical_id: str, old: dict[str, Any], new: dict[str, Any], *more: Any, **named: Any) -> Made:
        return _complete(update(physical_id, old, new, *more, **named), new)

    return {**handlers, "create": create_completed, "update": update_completed}


def encryption(props: dict[str, Any]) -> str | None:
    """`BucketEncryption` as the S3 API writes it; None where the template says nothing (pure)."""
    rules = (props.get("BucketEncryption") or {}).get("ServerSideEncryptionConfiguration") or []
    if not rules:
        return None
    default = rules[0].get("ServerSideEncryptionByDefault") or {}
    key = default.get("KMSMasterKeyID")
    return (
        f'<ServerSideEncryptionConfiguration xmlns="{s3.S3_NS}"><Rule><ApplyServerSideEncryptionByDefault>'
        f"<SSEAlgorithm>{escape(default.get('SSEAlgorithm', 'AES256'))}</SSEAlgorithm>"
        + (f"<KMSMasterKeyID>{escape(key)}</KMSMasterKeyID>" if key else "")
        + "</ApplyServerSideEncryptionByDefault>"
        f"<BucketKeyEnabled>{str(rules[0].get('BucketKeyEnabled', False)).lower()}</BucketKeyEnabled>"
        "</Rule></ServerSideEncryptionConfiguration>"
    )


def _complete(made: Made, props: dict[str, Any]) -> Made:
    if tags := _tag_map(props.get("Tags")):
        s3._bucket_tags[made[0]] = tags
    if configuration := encryption(props):
        s3._bucket_encryption[made[0]] = configuration
    return made
