"""Saves MiniStack's state every few seconds (MiniStack does so only at a clean end), and settles interrupted work."""

import hashlib
import json
import threading
import time
from pathlib import Path
from typing import Any

from ministack import app
from ministack.core import persistence
from ministack.core.responses import now_iso
from ministack.services import cloudformation

from local_aws.files import write_whole
from local_aws.install.output import say
from local_aws.services.emr import cluster
from local_aws.services.glue import crawls, runs
from local_aws.settings import SETTINGS

RESTARTED = "Local AWS was restarted while this was running."
_ENDED = {
    "CREATE_IN_PROGRESS": "CREATE_FAILED",
    "UPDATE_IN_PROGRESS": "UPDATE_FAILED",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS": "UPDATE_COMPLETE",
    "DELETE_IN_PROGRESS": "DELETE_FAILED",
    "ROLLBACK_IN_PROGRESS": "ROLLBACK_FAILED",
    "UPDATE_ROLLBACK_IN_PROGRESS": "UPDATE_ROLLBACK_FAILED",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS": "UPDATE_ROLLBACK_COMPLETE",
}
"""Stack status before a kill → status after the restart."""
_digests: dict[str, bytes] = {}
_lock = threading.Lock()


def adapt() -> None:
    """Wraps app._load_persisted_state. (MiniStack itself settles Step Functions executions.)"""
    load = app._load_persisted_state

    def load_and_settle() -> None:
        load()
        runs.settle_after_restart(RESTARTED)
        crawls.settle_after_restart(RESTARTED)
        cluster.settle_after_restart(RESTARTED)
        _settle_stacks()

    app._load_persisted_state = load_and_settle


def save_often(ended: threading.Event) -> None:
    """Saves changes until `ended`. Run it in its own thread. It uses at most a tenth of the time, because the server
    does not respond while it saves, and saving a large state takes long."""
    pause = SETTINGS.save_seconds
    while not ended.wait(pause):
        began = time.monotonic()
        save()
        pause = max(SETTINGS.save_seconds, 9 * (time.monotonic() - began))


def save() -> None:
    """Writes the state of every service that has changed since it was last written."""
    with _lock:
        for service, get_state in app._build_persistence_save_dict().items():
            try:
                _save(service, get_state())
            except RuntimeError:  # changed while it was copied: the next round saves it
                continue
            except OSError as error:
                say("state", f"{service} was not saved: {error}")


def forget() -> None:
    """Forgets what was written, so that everything is written again after a reset."""
    with _lock:
        _digests.clear()


def _save(service: str, state: Any) -> None:
    if state is None:
        return
    wrapped = {"__ministack_format__": persistence._state_format_version(service), "payload": state}
    content = json.dumps(wrapped, default=persistence._json_default).encode()
    digest = hashlib.sha256(content).digest()
    if _digests.get(service) == digest:
        return
    write_whole(Path(persistence.STATE_DIR) / f"{service}.json", content)
    _digests[service] = digest


def _settle_stacks() -> None:
    for stack in cloudformation._stacks.all_values():
        if ended := _ENDED.get(stack["StackStatus"]):
            stack["StackStatus"] = ended
            stack["StackStatusReason"] = RESTARTED
            stack["LastUpdatedTime"] = stack.get("LastUpdatedTime") or now_iso()
            _record_event(stack, ended)


def _record_event(stack: dict[str, Any], status: str) -> None:
    events = cloudformation._stack_events.get(stack["StackId"])
    if events is not None:
        events.append({
            "StackId": stack["StackId"],
            "StackName": stack["StackName"],
            "EventId": f"restarted-{int(time.time())}",
            "LogicalResourceId": stack["StackName"],
            "PhysicalResourceId": stack["StackId"],
            "ResourceType": "AWS::CloudFormation::Stack",
            "ResourceStatus": status,
            "ResourceStatusReason": RESTARTED,
            "Timestamp": now_iso(),
        })  # fmt: skip
