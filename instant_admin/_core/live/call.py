"""A live query, ready to be asked."""

from __future__ import annotations

from dataclasses import dataclass

from instant_admin._core.live.messages import MessageReader
from instant_admin._core.wire import StreamCall


@dataclass(frozen=True, slots=True)
class LiveCall:
    """What to send, and how to read what comes."""

    stream: StreamCall
    reader: MessageReader
