"""What has arrived of a stream and what of it is still to be fetched, in order. Offsets are bytes of the stream."""

from __future__ import annotations

import codecs
from collections import deque
from dataclasses import dataclass

from instant_admin._core.streams.messages import Part
from instant_admin.errors import StreamError


@dataclass(slots=True, eq=False)
class Fetch:
    """A stored part that is to be fetched, or is being fetched."""

    part: Part
    begin: int
    """Offset of its first byte."""
    arrived: int = 0
    """How many of its bytes have arrived."""

    @property
    def end(self) -> int:
        """Offset behind its last byte."""
        return self.begin + self.part.size


@dataclass(frozen=True, slots=True)
class _Content:
    data: bytes
    begin: int


class Intake:
    """Puts parts and content together, without what is there twice, and makes text of it.

    The server sends whole parts and whole chunks, so what it sends overlaps with what has arrived (server contract,
    realtime 4.4).
    """

    def __init__(self, offset: int) -> None:
        """Begin at an offset."""
        self.end = offset
        """Offset up to which everything is here or is known where to fetch."""
        self.taken = offset
        """Offset behind the last byte that was taken as text."""
        self.seen = offset
        """Offset behind the last byte that is ready or was taken."""
        self.ready_bytes = 0
        """How much can be taken."""
        self.waiting_bytes = 0
        """How much content waits for the parts before it."""
        self._waiting: deque[Fetch | _Content] = deque()
        self._ready: deque[bytes] = deque()
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")

    @property
    def is_empty(self) -> bool:
        """Whether all that has arrived was taken."""
        return not self._waiting and not self._ready

    @property
    def next_fetch(self) -> Fetch | None:
        """The part whose turn it is, if it is a part's."""
        first = self._waiting[0] if self._waiting else None
        return first if isinstance(first, Fetch) else None

    def put(self, offset: int, parts: list[Part], content: str) -> None:
        """Take what a message brings.

        Raises:
            StreamError: There is a gap before it.
        """
        if offset > self.end:
            raise StreamError(f"The stream has a gap: its bytes from {self.end} to {offset} did not arrive.")
        for part in parts:
            fetch = Fetch(part, offset)
            offset = fetch.end
            if offset > self.end:
                self._waiting.append(fetch)
                self.end = offset
        data = content.encode()
        if offset + len(data) > self.end:
            self._waiting.append(_Content(data, offset))
            self.waiting_bytes += len(data)
            self.end = offset + len(data)
        self._settle()

    def fetched(self, fetch: Fetch, piece: bytes) -> None:
        """Take the next piece of a part.

        Raises:
            StreamError: It is longer than it should be.
        """
        begin = fetch.begin + fetch.arrived
        fetch.arrived += len(piece)
        if fetch.arrived > fetch.part.size:
            raise StreamError("A stored part of the stream is longer than the server said.")
        self._make_ready(piece, begin)

    def finish_fetch(self) -> None:
        """The part whose turn it is has arrived in full."""
        self._waiting.popleft()
        self._settle()

    def forget_rest(self) -> int:
        """Forget what is not ready, and say from where on it must be sent again: a place where a part begins.

        From inside a chunk the server may leave text out (server contract, realtime 4.4).
        """
        if self._waiting:
            self.end = self._waiting[0].begin
            self._waiting.clear()
            self.waiting_bytes = 0
        return self.end

    def take(self) -> str:
        """All text that is ready; "" for none.

        Raises:
            StreamError: It is no UTF-8.
        """
        data = b"".join(self._ready)
        self._ready.clear()
        self.ready_bytes = 0
        try:
            text = self._decoder.decode(data)
        except UnicodeDecodeError as cause:
            raise StreamError(
                "The stream is no valid text from here on; perhaps the offset given is inside a character."
            ) from cause
        self.taken = self.seen - len(self._decoder.getstate()[0])
        return text

    def require_whole(self) -> None:
        """At the end: refuse a stream that ends inside a character.

        Raises:
            StreamError: It does.
        """
        if self._decoder.getstate()[0]:
            raise StreamError("The stream ends inside a character.")

    def _settle(self) -> None:
        while self._waiting:
            first = self._waiting[0]
            if isinstance(first, Fetch):
                return
            self._waiting.popleft()
            self.waiting_bytes -= len(first.data)
            self._make_ready(first.data, first.begin)

    def _make_ready(self, data: bytes, begin: int) -> None:
        fresh = data[max(0, self.seen - begin) :]
        if fresh:
            self._ready.append(fresh)
            self.ready_bytes += len(fresh)
            self.seen += len(fresh)
