"""AWS::KMS::Key: an update writes what has changed; MiniStack also writes a description that the template lacks."""

from typing import Any

from ministack.services import kms


def careful(handlers: dict[str, Any]) -> dict[str, Any]:
    """Wraps MiniStack's handlers: a key that a stack has imported keeps the description that no template gives."""
    update = handlers["update"]

    def update_changed(physical_id: str, old: dict[str, Any], new: dict[str, Any], *more: Any, **named: Any) -> Any:
        key = kms._resolve_key(physical_id)
        if key and "Description" not in old and "Description" not in new:
            new = {**new, "Description": key.get("Description", "")}
        return update(physical_id, old, new, *more, **named)

    return {**handlers, "update": update_changed}
