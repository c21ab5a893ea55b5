"""The error of a version that was staged and is not there any more."""


class StagedGone(Exception):
    """Another process has published or discarded the version, or its time in staging/ is over."""
