"""A stream that is being written: what is stored of it, and what is only in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from instant_admin.local.live.stream_store import StoredStream, store_part

if TYPE_CHECKING:
    from instant_admin.local.instance import LocalInstant
    from instant_admin.local.live.session import Session


class Chunk(NamedTuple):
    """A text that was appended."""

    text: str
    size: int
    """In bytes."""


@dataclass
class RunningStream:
    """A stream that is being written."""

    stored: StoredStream
    writer: Session
    parts: int
    """How many are stored."""
    flushed: int
    """How many bytes are stored."""
    chunks: list[Chunk] = field(default_factory=list[Chunk])
    """What is not."""
    buffered: int = 0
    """How many bytes are not."""

    @property
    def end(self) -> int:
        """Where the next byte goes."""
        return self.flushed + self.buffered

    def add(self, texts: Sequence[str]) -> None:
        """Take more."""
        added = [Chunk(text, len(text.encode())) for text in texts]
        self.chunks += added
        self.buffered += sum(chunk.size for chunk in added)

    def store(self, instance: LocalInstant, end: Mapping[str, Any] | None) -> None:
        """Make what is not stored a stored part: see `store_part`."""
        body = "".join(chunk.text for chunk in self.chunks).encode()
        store_part(instance, self.writer.caller.app, self.stored.id, self.parts, body, end)
        self.parts += 1
        self.flushed += self.buffered
        self.chunks, self.buffered = [], 0

    def text_from(self, offset: int, begin: int) -> tuple[int, str]:
        """What is not stored, from an offset on, and where the reader's first byte is.

        As with the real server, chunks behind the one that the offset is in are left out where they are not longer than
        what remained to be skipped (server contract, realtime 4.4).

        Args:
            offset: Where the reader wants to begin.
            begin: Where the stored parts that it gets begin.
        """
        to_skip = offset - self.flushed
        kept: list[str] = []
        for chunk in self.chunks:
            if chunk.size <= to_skip:
                to_skip -= chunk.size
                begin += chunk.size
            else:
                kept.append(chunk.text)
        return begin, "".join(kept)
