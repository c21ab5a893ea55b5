"""AWS::S3::Bucket with its tags, which MiniStack's provisioner leaves out."""

from typing import Any

from ministack.services import s3
from ministack.services.cloudformation.provisioners import _tag_map

Made = tuple[str, dict[str, Any]]


def with_tags(handlers: dict[str, Any]) -> dict[str, Any]:
    """MiniStack's handlers, each followed by setting the tags."""
    create, update = handlers["create"], handlers["update"]

    def create_tagged(logical_id: str, props: dict[str, Any], stack_name: str) -> Made:
        return _tag(create(logical_id, props, stack_name), props)

    def update_tagged(physical_id: str, old: dict[str, Any], new: dict[str, Any], *more: Any, **named: Any) -> Made:
        return _tag(update(physical_id, old, new, *more, **named), new)

    return {**handlers, "create": create_tagged, "update": update_tagged}


def _tag(made: Made, props: dict[str, Any]) -> Made:
    if tags := _tag_map(props.get("Tags")):
        s3._bucket_tags[made[0]] = tags
    return made
