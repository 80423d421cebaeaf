"""What crosses the edge of a local Instant: one HTTP request in, one reply out, neither bound to a socket.

A reply is whole, or its head is and `events` or `pieces` go on. Whoever gets such a one reads it to the end, or closes
it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlsplit

import msgspec

from instant_admin.local.event_stream import EventStream

JSON_TYPE = "application/json; charset=utf-8"
TEXT_TYPE = "text/plain"

IN_PROCESS_ORIGIN = "http://local-instant.invalid"
"""Where addresses lead that a local Instant gives out to callers in its own process: no socket has this name."""


class ConnectionLost(Exception):
    """The sender of a body went away before its end; raised by `Request.pieces`."""


def is_upload(method: str, path: str) -> bool:
    """Whether the body of a request is a file's, which may be larger than memory."""
    return method == "PUT" and "/storage/" in path


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request."""

    method: str
    path: str
    """As sent: percent-encoded, without the query string."""
    query: tuple[tuple[str, str], ...] = ()
    """Decoded parameters in the order given; a name may occur more than once."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Lower-case names; a value is Latin-1 text, one character for each byte. Holds tokens, so no repr."""
    body: bytes = field(default=b"", repr=False)
    incoming: Iterable[bytes] | None = field(default=None, repr=False)
    """The body of an upload that is still on its way, to be read once; then `body` is empty."""

    def pieces(self) -> Iterable[bytes]:
        """The body piece by piece.

        Raises:
            ConnectionLost: It does not come to its end.
        """
        return [self.body] if self.incoming is None else self.incoming


def in_origin_form(request: Request) -> Request:
    """A request whose path is a whole address, such as one that this server gave out, with the path alone."""
    parts = urlsplit(request.path)
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    return replace(request, path=parts.path or "/", query=(*query, *request.query))


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP reply."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)
    events: EventStream | None = field(default=None, repr=False)
    """What comes instead of a body, bit by bit."""
    pieces: Generator[bytes] | None = field(default=None, repr=False)
    """A body larger than memory; the headers tell its length."""

    @classmethod
    def json(cls, value: object, status: int = 200) -> Reply:
        """A reply that carries a JSON value: anything msgspec can encode."""
        return cls(status, {"content-type": JSON_TYPE}, msgspec.json.encode(value))

    @classmethod
    def text(cls, text: str, status: int = 200) -> Reply:
        """A reply that carries plain text."""
        return cls(status, {"content-type": TEXT_TYPE}, text.encode())
