"""Faults on purpose, asked for by tags, so that tests meet what hardly ever happens and cannot be brought about."""

from ministack.services import glue

ENDS = "local-aws:ends"
"""On a job: the state that its runs end in, such as ERROR, without having run."""
CRAWLS_FOR = "local-aws:crawls-for"
"""On a crawler: seconds that each crawl takes at least."""


def end_of(job: str) -> str | None:
    """The state that runs of the job are to end in; None: they run."""
    return _tags("job", job).get(ENDS)


def seconds_of(crawler: str, usual: float) -> float:
    """How long the crawler waits before it crawls."""
    return float(_tags("crawler", crawler).get(CRAWLS_FOR, usual))


def _tags(kind: str, name: str) -> dict[str, str]:
    return glue._tags.get(glue._arn(kind, name), {})
