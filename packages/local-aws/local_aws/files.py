"""Files that are there whole or not at all, whoever else writes or reads them. Standard library only."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".part"
"""The end of the name of a file that is still being written."""


def write_whole(file: Path, content: str | bytes) -> None:
    """Writes `file` at once: a reader sees the old content or the new one, never a part of it."""
    with written_whole(file) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """Yields a file of its own to write to, which then becomes `file`; after an error, nothing is left of it.

    Each writer has its own, because two threads with one name would rename it away from each other.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=UNFINISHED)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
