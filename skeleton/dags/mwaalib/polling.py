"""How often, and for how long, a deferred task polls AWS."""

from __future__ import annotations

import os
from dataclasses import dataclass

# With shorter pauses, a successful task was seen to fail: the response came after Airflow's own time limit.
_SHORTEST = 5


@dataclass(frozen=True)
class Polling:
    """Seconds between two polls, and the number of polls before the task gives up."""

    seconds: int
    attempts: int

    @property
    def arguments(self) -> dict[str, int]:
        """The keyword arguments of the Amazon provider's operators."""
        return {"waiter_delay": self.seconds, "waiter_max_attempts": self.attempts}


def polling(hours: float) -> Polling:
    """Polls for this many hours, every 15 seconds or DATA_LAKE_POLL_SECONDS (at least 5; for local runs)."""
    seconds = max(_SHORTEST, int(os.environ.get("DATA_LAKE_POLL_SECONDS", "15")))
    return Polling(seconds, attempts=int(hours * 3600 / seconds))
