# Derived from instant_admin/_async/live_first.py by scripts/generate_sync.py (make sync). Do not edit.
"""One result of a live query, and no more."""

from __future__ import annotations

import time
from typing import Any

from instant_admin._core.live.call import LiveCall
from instant_admin._core.live.first_result import FirstResult
from instant_admin._core.settings import as_timeout
from instant_admin._engines.base import ReplyStream
from instant_admin._sync.gateway import Gateway
from instant_admin.types import QueryUpdate, Timeout


def read_first_result(gateway: Gateway, call: LiveCall, timeout: float | Timeout | None = None) -> QueryUpdate[Any]:
    """Open the live query, take its first result, and leave.

    Raises:
        InstantError: Whatever went wrong.
    """
    total = (as_timeout(timeout) or gateway.timeout).total
    due = None if total is None else time.monotonic() + total

    def read(reply: ReplyStream) -> QueryUpdate:
        first = FirstResult(call.reader, reply.headers, due)
        for chunk in reply.chunks():
            update = first.feed(chunk, time.monotonic())
            if update is not None:
                return update
        raise first.missing()

    return gateway.read_stream(call.stream, read, timeout)
