"""Simulates faults requested by tags, so that tests can cover states that are rare and cannot be provoked."""

from ministack.services import glue

ENDS = "local-aws:ends"
"""Tag of a job: its runs end in this state, such as ERROR, without running."""
CRAWLS_FOR = "local-aws:crawls-for"
"""Tag of a crawler: minimum seconds of each crawl."""


def end_of(job: str) -> str | None:
    """Returns the state in which runs of the job must end; None: they run."""
    return _tags("job", job).get(ENDS)


def seconds_of(crawler: str, usual: float) -> float:
    """Returns the seconds that the crawler waits before it crawls."""
    return float(_tags("crawler", crawler).get(CRAWLS_FOR, usual))


def _tags(kind: str, name: str) -> dict[str, str]:
    return glue._tags.get(glue._arn(kind, name), {})
