"""How a table lies in storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The column that a table is divided by, where it is.
YEAR = "year"

# Bytes of a row group before compression. Readers skip whole row groups by their minima and maxima:
# small ones let a query for one film of a sorted table read little; each costs some hundred bytes of footer.
ROW_GROUP_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Layout:
    """Files sorted by columns; by choice, apart by the year of a timestamp, which the rows have as `year`."""

    sort_by: Sequence[str]
    year_of: str = ""
