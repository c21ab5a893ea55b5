"""A second change set of a stack in review belongs to this stack, where MiniStack would put another in its place."""

from typing import Any

from ministack.services import cloudformation
from ministack.services.cloudformation import handlers

Answer = tuple[int, dict[str, str], bytes]


def adapt() -> None:
    """Wraps CreateChangeSet."""
    create = handlers._ACTION_HANDLERS["CreateChangeSet"]

    def create_change_set(params: dict[str, Any]) -> Answer:
        stacks, events = cloudformation._stacks, cloudformation._stack_events
        name = cloudformation._p(params, "StackName")
        reviewed = stacks.get(name)
        if not reviewed or reviewed["StackStatus"] != "REVIEW_IN_PROGRESS":
            return create(params)
        kept = events[reviewed["StackId"]]
        status, headers, body = create(params)
        placed = stacks.get(name)
        if placed is reviewed:
            return status, headers, body
        stacks[name] = reviewed
        events[reviewed["StackId"]] = kept
        if placed is None:
            return status, headers, body
        events.pop(placed["StackId"], None)
        for change_set in cloudformation._change_sets.values():
            if change_set["StackId"] == placed["StackId"]:
                change_set["StackId"] = reviewed["StackId"]
        return status, headers, _replaced(body, placed["StackId"], reviewed["StackId"])

    handlers._ACTION_HANDLERS["CreateChangeSet"] = create_change_set


def _replaced(body: bytes, old: str, new: str) -> bytes:
    return body.replace(old.encode(), new.encode())
