"""The state of a session: its connection, and the writers and readers on it. No clock, no I/O, no randomness."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from instant_admin._core.live.healing import Healing, judge, wait_seconds
from instant_admin._core.sse import EventParser, require_event_stream
from instant_admin._core.streams import limits
from instant_admin._core.streams.channel import Channel
from instant_admin._core.streams.messages import Appended, Opened, Refused, Started, StreamMessage, read_messages
from instant_admin.errors import InstantError, RequestTimeoutError, StreamError, UnexpectedReplyError


@dataclass(frozen=True, slots=True)
class Connect:
    """Open a connection; the former one is left."""


@dataclass(frozen=True, slots=True)
class Push:
    """Send these messages."""

    session: Opened
    messages: list[dict[str, Any]] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    """What must not be shown in errors."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do, for so long or until something happens."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Finish:
    """Leave the connection for good."""


Step: TypeAlias = Connect | Push | Wait | Finish


class SessionMachine:
    """One session. Each connection is a new one to the server: what the old one was told is told again.

    The shell does what `next_step` says, again and again, and tells of each connection `accepted`, then `received` for
    each piece, or `lost`. Whoever waits for a channel has to look again when it is among the `touched`.
    """

    def __init__(self, *, secrets: tuple[str, ...] = (), impersonated: bool = False) -> None:
        """Begin without a connection.

        Args:
            secrets: Tokens of the call that opens it, to be masked in errors.
            impersonated: Whether it acts as a user.
        """
        self.touched: set[Channel] = set()
        """Of which something has changed; for the shell to clear."""
        self.has_connection = False
        """Whether there is one, or one is being made."""
        self.is_finished = False
        self.last_fault: InstantError | None = None
        """Why there was no session the last time; None where there is one."""
        self._secrets = secrets
        self._impersonated = impersonated
        self._channels: dict[str, Channel] = {}
        self._parser = EventParser()
        self._opened: Opened | None = None
        self._was_open = False
        self._opened_due: float | None = None
        self._connect_at: float | None = None
        self._idle_since: float | None = None
        self._server_seconds: float | None = None
        self._attempt = 0
        self._faults = 0

    @property
    def channels(self) -> Iterable[Channel]:
        """All that share it."""
        return self._channels.values()

    def add(self, channel: Channel) -> None:
        """Let a channel share it, until that is over."""
        self._channels[channel.id] = channel

    def next_step(self, now: float, random: float) -> Step:
        """What to do.

        Args:
            now: Seconds of a clock that never goes back.
            random: From 0 to 1.
        """
        self._give_up(now)
        self._drop_ended()
        if self.is_finished:
            return Finish()
        if not self._channels:
            return self._rest(now)
        self._idle_since = None
        if self.has_connection and self._opened_due is not None and now >= self._opened_due:
            self.lost(RequestTimeoutError("The server did not begin a session in time."), now, random)
            return self.next_step(now, random)
        if not self.has_connection and (self._connect_at is None or now >= self._connect_at):
            return self._connect(now)
        messages = [] if self._opened is None else self._collect(now)
        if self._opened is not None and messages:
            return Push(self._opened, messages, self._all_secrets)
        return Wait(min(self._dues(), default=math.inf) - now)

    def accepted(self, headers: Mapping[str, str], now: float, random: float) -> bool:
        """A connection is there, and the server answered 200; whether `next_step` may say something else now."""
        try:
            require_event_stream(headers)
        except UnexpectedReplyError as error:
            self.lost(error, now, random)
        return not self.has_connection

    def received(self, piece: bytes, now: float, random: float) -> bool:
        """Take the next piece of the connection, cut anywhere; whether `next_step` may say something else now."""
        is_news = False
        for data in self._parser.feed(piece):
            try:
                messages = read_messages(data, secrets=self._all_secrets, impersonated=self._impersonated)
            except UnexpectedReplyError as error:
                self.lost(error, now, random)
                return True
            for message in messages:
                if isinstance(message, Opened):
                    self._open(message)
                    is_news = True
                else:
                    is_news = self._deliver(message, now, random) or is_news
        return is_news

    def lost(self, error: InstantError | None, now: float, random: float) -> None:
        """There is no connection any more, or none came about, or nothing can be pushed over it.

        Args:
            error: Why; None where it just ended.
            now: Seconds of a clock that never goes back.
            random: From 0 to 1.
        """
        self.has_connection = False
        self._opened = self._opened_due = None
        self.last_fault = error
        for channel in self._channels.values():
            channel.disconnected()
        if error is not None and not self._may_heal(error):
            self.end(error)
            return
        self._attempt += 1
        self._server_seconds = self._parser.retry_seconds or self._server_seconds
        self._connect_at = now + wait_seconds(
            error, attempt=self._attempt, server_seconds=self._server_seconds, random=random
        )

    def push_failed(self, push: Push, error: InstantError, now: float, random: float) -> None:
        """A push was refused, or its fate is unknown: then the session is as good as lost."""
        if push.session is self._opened:
            self.lost(error, now, random)

    def end(self, error: InstantError) -> None:
        """Nothing goes on; every channel that is not over has failed."""
        self.is_finished = True
        for channel in self._channels.values():
            channel.fail(error)
        self._drop_ended()

    @property
    def _all_secrets(self) -> tuple[str, ...]:
        own = self._secrets if self._opened is None else (*self._secrets, self._opened.token)
        return own + tuple(secret for channel in self._channels.values() for secret in channel.secrets)

    def _rest(self, now: float) -> Step:
        """Without a channel: keep the connection for a while, for the next one."""
        self._idle_since = now if self._idle_since is None else self._idle_since
        remaining = self._idle_since + limits.IDLE_SECONDS - now
        if remaining > 0 and self.has_connection:
            return Wait(remaining)
        self.is_finished = True
        return Finish()

    def _dues(self) -> Iterator[float]:
        """When something is to be done, even if nothing happens."""
        if not self.has_connection and self._connect_at is not None:
            yield self._connect_at
        if self._opened_due is not None:
            yield self._opened_due
        for channel in self._channels.values():
            if channel.left_until is not None:
                yield channel.left_until
            if self._opened is not None and channel.due is not None and channel.wants_push:
                yield channel.due

    def _give_up(self, now: float) -> None:
        for channel in self._channels.values():
            if channel.left_until is not None and now >= channel.left_until:
                channel.fail(StreamError("The stream could not be brought to its end in time."))

    def _connect(self, now: float) -> Step:
        self._parser = EventParser()
        self.has_connection = True
        self._opened_due = now + limits.INIT_SECONDS
        return Connect()

    def _open(self, opened: Opened) -> None:
        self._opened = opened
        self._was_open = True
        self._opened_due = self.last_fault = None
        self._attempt = self._faults = 0

    def _collect(self, now: float) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = []
        size = 0
        for channel in list(self._channels.values()):
            taken = channel.take(now)
            if not taken:
                continue
            # Whoever was asked goes to the end of the line, where not all fits.
            self._channels[channel.id] = self._channels.pop(channel.id)
            messages += taken
            size += sum(len(chunk) for message in taken for chunk in message.get("chunks", ()))
            if size >= limits.PUSH_BYTES:
                break
        return messages

    def _deliver(self, message: StreamMessage, now: float, random: float) -> bool:
        if isinstance(message, (Started, Appended, Refused)):
            channel = self._channels.get(message.event_id.partition(":")[0])
            receivers = [] if channel is None else [channel]
        else:
            receivers = list(self._channels.values())
        for channel in receivers:
            channel.receive(message, now, random)
        self.touched.update(receivers)
        return any(channel.is_over or channel.wants_push for channel in receivers)

    def _may_heal(self, error: InstantError) -> bool:
        healing = judge(error)
        if healing is Healing.POSSIBLE:
            self._faults += 1
            # What never was a session may be what the server fails at, or no server of Instant's at all.
            return self._was_open and self._faults <= limits.MOST_FAULTS
        return healing is Healing.EXPECTED

    def _drop_ended(self) -> None:
        for channel in [channel for channel in self._channels.values() if channel.is_over]:
            del self._channels[channel.id]
            self.touched.add(channel)
