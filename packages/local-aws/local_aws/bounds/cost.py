"""What a regular expression can cost at most, from its form."""

import functools
import re
from collections.abc import Iterator
from re import _parser  # pyright: ignore[reportAttributeAccessIssue] (Python has no public one)
from typing import Any

_STEPS = 1_000_000
"""Done in a few hundredths of a second."""
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def is_quick(pattern: str, flags: int, length: int) -> bool:
    """Whether a use of the pattern on a string of this length needs few steps, whatever the string is (pure).

    Each choice that has no other inside tries at most every length of the string, and a search every start.
    """
    choices = _choices(pattern, flags)
    return choices is not None and (length + 1) ** (choices + 1) <= _STEPS


@functools.lru_cache(maxsize=1024)
def _choices(pattern: str, flags: int) -> int | None:
    """Counts the repetitions and alternatives; None if one is inside a repetition."""
    try:
        found = list(_walk(_parser.parse(pattern, flags & ~re.DEBUG), False))
    except (re.error, RecursionError, ValueError):
        return None
    return None if any(found) else len(found)


def _walk(parts: Any, repeated: bool) -> Iterator[bool]:
    """Yields for each repetition of variable length and each alternative whether it is inside a repetition."""
    for operation, value in parts:
        name = str(operation)
        if name in _REPEATS:
            least, most, body = value
            if least != most or repeated:
                yield repeated
            yield from _walk(body, True)
        elif name == "BRANCH":
            yield repeated
            for branch in value[1]:
                yield from _walk(branch, repeated)
        elif name in ("GROUPREF_EXISTS", "GROUPREF"):
            yield True
        else:
            for nested in value if isinstance(value, tuple) else (value,):
                if isinstance(nested, _parser.SubPattern):
                    yield from _walk(nested, repeated)
