"""The forms in which nearly all dates are written. Python reads these as PostgreSQL does, or not at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_USUAL_FORM = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.(?:\d{3}|\d{6}))?)?(?:Z|[+-](?:0\d|1[0-5]):[0-5]\d)?)?", re.ASCII
).fullmatch
_SENT_LENGTH, _SENT_MARKS = len("2026-01-02T03:04:05.678Z"), "--T::."
"""The form that this SDK and JavaScript send."""

read_iso = datetime.fromisoformat


def usual_date(text: str) -> datetime | None:
    """The instant in a text of a usual form, in UTC; None if it has another form or is no date."""
    is_as_sent = len(text) == _SENT_LENGTH and text[4:20:3] == _SENT_MARKS and text[-1] == "Z"
    if not is_as_sent and not _USUAL_FORM(text):
        return None
    try:
        moment = read_iso(text)
        if moment.tzinfo is UTC:  # as with "Z": what follows takes longer than all before
            return moment
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
