"""The state of a live query: what happened goes in, what to do about it comes out. No clock, no I/O, no randomness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from instant_admin._core.live.healing import Healing, judge, wait_seconds
from instant_admin._core.live.messages import DISABLED, MessageReader, Refused, Result
from instant_admin._core.sse import EventParser, require_event_stream
from instant_admin.errors import InstantError, RequestTimeoutError, UnexpectedReplyError
from instant_admin.types import LiveStatus, QueryUpdate

MOST_FAULTS = 5
"""So many faults of the server's in a row, without a result between them, are waited for."""
LONGEST_ANSWER_SECONDS = 30.0
"""A connection without a result by then is given up. The server gives itself 5 s (server contract, realtime 2.1)."""


@dataclass(frozen=True, slots=True)
class Deliver:
    """Hand this result to the caller."""

    update: QueryUpdate


@dataclass(frozen=True, slots=True)
class Announce:
    """Tell the caller of this status."""

    status: LiveStatus


@dataclass(frozen=True, slots=True)
class Reconnect:
    """Leave the connection, wait, and open another."""

    seconds: float
    error: InstantError | None
    """Why; None where the stream just ended."""


@dataclass(frozen=True, slots=True)
class End:
    """Leave the connection for good."""

    error: InstantError | None
    """What to raise; None where the caller closed the query."""


Action: TypeAlias = Deliver | Announce | Reconnect | End


class LiveMachine:
    """One live query, from its first connection to its end.

    The shell connects, and tells of each connection `accepted`, then `received` for each piece, or `lost`. After
    `Reconnect` it has left the connection and connects again; after `End` it is done.
    """

    def __init__(self, reader: MessageReader) -> None:
        """Begin before the first connection."""
        self.status: LiveStatus = "connecting"
        self.latest: QueryUpdate | None = None
        """The newest result that was delivered."""
        self._fingerprint: bytes | None = None
        self._reader = reader
        self._parser = EventParser()
        self._server_seconds: float | None = None
        self._attempt = 0
        self._faults = 0
        self._answer_due: float | None = None

    def accepted(self, headers: Mapping[str, str], now: float, random: float) -> list[Action]:
        """A connection is there, and the server answered 200.

        Args:
            headers: Of the reply.
            now: Seconds of a clock that never goes back.
            random: From 0 to 1.
        """
        self._parser = EventParser()
        self._answer_due = now + LONGEST_ANSWER_SECONDS
        try:
            require_event_stream(headers)
        except UnexpectedReplyError as error:
            return self.lost(error, random)
        return []

    def received(self, chunk: bytes, now: float, random: float) -> list[Action]:
        """The next piece of the stream.

        Args:
            chunk: Its bytes, cut anywhere.
            now: As for `accepted`.
            random: From 0 to 1.
        """
        actions: list[Action] = []
        for data in self._parser.feed(chunk):
            try:
                messages = self._reader.read(data)
            except UnexpectedReplyError as error:
                return actions + self.lost(error, random)
            for message in messages:
                if isinstance(message, Result):
                    actions += self._take(message.update)
                elif isinstance(message, Refused):
                    return actions + self.lost(message.error, random)
                elif message.status == DISABLED:
                    # No word on what becomes of the query; a new connection is told (server contract, auth 0).
                    return actions + self.lost(None, random)
        if self._answer_due is not None and now > self._answer_due:  # nothing but signs of life
            return actions + self.lost(RequestTimeoutError("The live query was not answered in time."), random)
        return actions

    def lost(self, error: InstantError | None, random: float) -> list[Action]:
        """There is no connection any more, or none came about.

        Args:
            error: Why; None where the stream just ended.
            random: From 0 to 1.
        """
        if error is not None and not self._may_heal(error):
            return self._end(error)
        self._attempt += 1
        if self._parser.retry_seconds is not None:
            self._server_seconds = self._parser.retry_seconds
        seconds = wait_seconds(error, attempt=self._attempt, server_seconds=self._server_seconds, random=random)
        announced = self._enter("connecting" if self.latest is None else "reconnecting")
        return [*announced, Reconnect(seconds, error)]

    def closed(self) -> list[Action]:
        """The caller is done with the query."""
        return [] if self.status == "closed" else self._end(None)

    def _take(self, update: QueryUpdate) -> list[Action]:
        self._attempt = self._faults = 0
        self._answer_due = None
        actions = self._enter("live")
        fingerprint = _fingerprint(update)
        if fingerprint == self._fingerprint:
            return actions
        self.latest, self._fingerprint = update, fingerprint
        return [*actions, Deliver(update)]

    def _may_heal(self, error: InstantError) -> bool:
        healing = judge(error)
        if healing is Healing.POSSIBLE:
            self._faults += 1
            # A query that never had a result may be what the server fails at.
            return self.latest is not None and self._faults <= MOST_FAULTS
        return healing is Healing.EXPECTED

    def _end(self, error: InstantError | None) -> list[Action]:
        return [*self._enter("closed"), End(error)]

    def _enter(self, status: LiveStatus) -> list[Action]:
        if status == self.status:
            return []
        self.status = status
        return [Announce(status)]


def _fingerprint(update: QueryUpdate) -> bytes:
    """What a result says, in few bytes: the same for any order of keys, and whatever a caller does to the result."""
    from hashlib import blake2b  # loads a library of its own

    # As JSON: to Python 1 equals true.
    content = msgspec.json.encode((update.data, update.page_info, update.aggregate), order="deterministic")
    return blake2b(content, digest_size=16).digest()
