"""The numbers of events: positions in a log, as PostgreSQL writes them, after the number of the log.

The last two parts are the upper and the lower half of a position; the first one is 0 here, and may be left out.
"""

from __future__ import annotations

import re

_ISN = re.compile(r"(?:([0-9A-Fa-f]+)/)?([0-9A-Fa-f]+)/([0-9A-Fa-f]+)")
_FIRST = 0x328 << 32
"""Where the log of an instance begins, so that small numbers somebody has made up are nobody's."""


def isn_text(number: int) -> str:
    """The isn of the change with a number from 1 on."""
    position = _FIRST + number
    return f"0/{position >> 32:X}/{position & 0xFFFFFFFF:X}"


def read_isn(text: str) -> int | None:
    """The number of a change; one below 1 is nobody's. None for a text that is no isn."""
    found = _ISN.fullmatch(text)
    if found is None:
        return None
    log, upper, lower = (int(part or "0", 16) for part in found.groups())
    is_ours = log == 0 and lower < 1 << 32
    number = (upper << 32) + lower - _FIRST
    return number if is_ours and 0 < number < 1 << 62 else 0
