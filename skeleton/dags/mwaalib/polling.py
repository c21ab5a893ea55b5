"""How often and how long a deferred task asks AWS."""

from __future__ import annotations

import os
from dataclasses import dataclass

# Below this, a task that was good has been seen to fail: the answer came after Airflow's own limit.
_SHORTEST = 5


@dataclass(frozen=True)
class Polling:
    """Seconds between two questions, and how many are asked before the task is given up."""

    seconds: int
    attempts: int

    @property
    def arguments(self) -> dict[str, int]:
        """As the amazon provider's operators take them."""
        return {"waiter_delay": self.seconds, "waiter_max_attempts": self.attempts}


def polling(hours: float) -> Polling:
    """Every 15 seconds, or DATA_LAKE_POLL_SECONDS (5 at least; for local runs), for so many hours."""
    seconds = max(_SHORTEST, int(os.environ.get("DATA_LAKE_POLL_SECONDS", "15")))
    return Polling(seconds, attempts=int(hours * 3600 / seconds))
