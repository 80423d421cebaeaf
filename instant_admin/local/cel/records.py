"""What callers bind to the variables of a rule."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Record:
    """An entity as rules see it: a missing key reads as null, and `ref` follows links.

    Args:
        fields: Values by label, of any JSON type; None where there is no entity, whose keys all read as null.
        ref: Given a dotted path, the flat list of values at its end.
    """

    fields: Mapping[str, Any] | None
    ref: Callable[[str], Sequence[object]] | None = None


@dataclass(frozen=True)
class Request:
    """The request a rule is asked for. `now` gives seconds since 1970 and is read at each mention of `request.time`."""

    modified_fields: Sequence[str] = ()
    ip: str = ""
    origin: str = ""
    now: Callable[[], float] = time.time
