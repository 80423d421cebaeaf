"""Server-sent events: from the bytes of a reply, cut anywhere, to whole events.

The server writes `data:` without a space, no event names and no ids (server contract, realtime 1). Read is what the
format allows: other line ends, a space, several `data` lines, comments, a byte order mark.
"""

from __future__ import annotations

from collections.abc import Mapping

from instant_admin.errors import UnexpectedReplyError

_CONTENT_TYPE = "text/event-stream"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LONGEST_RETRY_DIGITS = 9


class EventParser:
    """Takes the pieces of one reply as they arrive. Works on bytes, so that a cut inside a character does no harm."""

    def __init__(self) -> None:
        self.retry_seconds: float | None = None
        """How long the server wants a client to wait before it connects again, once it has said so."""
        self._unfinished: list[bytes] = []
        self._data: list[bytes] = []
        self._is_after_return = False
        self._is_first_line = True

    def feed(self, chunk: bytes) -> list[bytes]:
        """The data of each event that this piece completes. An event that the end of the reply cuts off is none."""
        if self._is_after_return and chunk.startswith(b"\n"):
            chunk = chunk[1:]  # the second half of a line end
            self._is_after_return = False
        if not chunk:
            return []
        self._is_after_return = chunk.endswith(b"\r")
        events: list[bytes] = []
        for part in chunk.splitlines(keepends=True):  # of bytes, so at CR, LF and CR LF only
            self._unfinished.append(part)
            if part.endswith((b"\n", b"\r")):
                self._take_line(b"".join(self._unfinished).rstrip(b"\r\n"), events)
                self._unfinished = []
        return events

    def _take_line(self, line: bytes, events: list[bytes]) -> None:
        if self._is_first_line:
            line = line.removeprefix(_BYTE_ORDER_MARK)
            self._is_first_line = False
        if not line:
            if self._data:
                events.append(b"\n".join(self._data))
            self._data = []
            return
        name, _, value = line.partition(b":")  # a comment has an empty name
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
        elif name == b"retry" and value.isdigit() and len(value) <= _LONGEST_RETRY_DIGITS:
            self.retry_seconds = int(value) / 1000


def require_event_stream(headers: Mapping[str, str]) -> None:
    """Refuse a reply that something between, a proxy's login page say, has given instead of the server.

    Raises:
        UnexpectedReplyError: It is no stream of events.
    """
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _CONTENT_TYPE:
        raise UnexpectedReplyError("The server answered 200 with no stream of events.", status=200)
