"""Publishes status changes of stacks and resources on the default event bus."""

import sys
from typing import Any

from ministack.services.cloudformation import changesets, handlers, stacks

from local_aws.host import aws

_IMPORTERS = (changesets, handlers, stacks)


def adapt() -> None:
    """Wraps _add_event in every module that imported it."""
    original = stacks._add_event

    def add_event(
        stack_id: str,
        stack_name: str,
        logical_id: str,
        resource_type: str,
        status: str,
        reason: str = "",
        physical_id: str = "",
        *more: Any,
        **named: Any,
    ) -> None:
        original(stack_id, stack_name, logical_id, resource_type, status, reason, physical_id, *more, **named)
        whole = resource_type == "AWS::CloudFormation::Stack" and logical_id == stack_name
        detail: dict[str, object] = {
            "stack-id": stack_id,
            "status-details": {"status": status, "status-reason": reason},
        }
        if not whole:
            detail |= {
                "logical-resource-id": logical_id,
                "physical-resource-id": physical_id,
                "resource-type": resource_type,
            }
        kind = "Stack" if whole else "Resource"
        aws.emit("aws.cloudformation", f"CloudFormation {kind} Status Change", detail, [stack_id])

    loaded = [m for name, m in sys.modules.items() if name.startswith("ministack.services.cloudformation")]
    for module in {*loaded, *_IMPORTERS}:
        if getattr(module, "_add_event", None) is original:
            module._add_event = add_event  # pyright: ignore[reportAttributeAccessIssue]
