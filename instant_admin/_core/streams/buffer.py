"""What a writer has written and may have to send again. Positions are bytes of UTF-8, from the writer's first one."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from instant_admin.errors import InvalidArgumentError, StreamError


class _Chunk(NamedTuple):
    text: str
    size: int
    """In bytes."""


class WriteBuffer:
    """Chunks in order: first those that have been sent, then the others."""

    def __init__(self, chunk_bytes: int) -> None:
        """Begin empty.

        Args:
            chunk_bytes: Longer texts become several chunks.
        """
        self._chunk_bytes = chunk_bytes
        self._sent: deque[_Chunk] = deque()
        self._unsent: deque[_Chunk] = deque()
        self.begin = 0
        """Where the first chunk begins; everything before is durable."""
        self.next = 0
        """Where the first chunk begins that has not been sent."""
        self.end = 0
        """Where the last chunk ends."""

    @property
    def size(self) -> int:
        """How many bytes may have to be sent again."""
        return self.end - self.begin

    def put(self, text: str) -> None:
        """Add a text.

        Raises:
            InvalidArgumentError: It holds a lone surrogate.
        """
        try:
            data = text.encode()
        except UnicodeEncodeError:
            raise InvalidArgumentError("The text holds a lone surrogate, which is not valid text.") from None
        if len(data) <= self._chunk_bytes:
            self._unsent.append(_Chunk(text, len(data)))
        else:
            self._unsent.extend(_split(data, self._chunk_bytes))
        self.end += len(data)

    def take(self, most_bytes: int) -> list[str]:
        """The next chunks to send, at least one if there is any; from now on they count as sent."""
        taken: list[str] = []
        size = 0
        while self._unsent and (not taken or size + self._unsent[0].size <= most_bytes):
            chunk = self._unsent.popleft()
            self._sent.append(chunk)
            taken.append(chunk.text)
            size += chunk.size
        self.next += size
        return taken

    def rewind(self) -> None:
        """Nothing counts as sent any more."""
        self._unsent.extendleft(reversed(self._sent))
        self._sent.clear()
        self.next = self.begin

    def drop_below(self, position: int) -> None:
        """Forget what is durable.

        Raises:
            StreamError: The position is inside a character, or beyond the end.
        """
        if position > self.end:
            raise StreamError("The stream holds more than was written here: somebody else writes it too.")
        while self.begin < position:
            chunks = self._sent or self._unsent
            chunk = chunks.popleft()
            rest = self.begin + chunk.size - position
            if rest > 0:
                chunks.appendleft(_tail(chunk, rest))
            self.begin += chunk.size - max(rest, 0)
        self.next = max(self.next, self.begin)


def _split(data: bytes, chunk_bytes: int) -> list[_Chunk]:
    """Pieces of about that size, cut between characters."""
    pieces: list[_Chunk] = []
    begin = 0
    while begin < len(data):
        end = min(begin + chunk_bytes, len(data))
        while end < len(data) and _is_inside(data[end]):
            end += 1
        pieces.append(_Chunk(data[begin:end].decode(), end - begin))
        begin = end
    return pieces


def _tail(chunk: _Chunk, size: int) -> _Chunk:
    data = chunk.text.encode()[-size:]
    if _is_inside(data[0]):
        raise StreamError("The server has stored a part of a character.")
    return _Chunk(data.decode(), size)


def _is_inside(byte: int) -> bool:
    """Whether a byte of UTF-8 goes on with a character that began before."""
    return byte & 0b1100_0000 == 0b1000_0000
