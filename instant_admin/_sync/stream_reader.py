# Derived from instant_admin/_async/stream_reader.py by scripts/generate_sync.py (make sync). Do not edit.
"""Reading a stream, blocking."""

from __future__ import annotations

import random
import time
from functools import partial
from types import TracebackType
from typing import Self

from instant_admin._core.context import Context
from instant_admin._core.live.limits import check_wait, live_timeout
from instant_admin._core.streams import stream_calls as calls
from instant_admin._core.streams.intake import Fetch
from instant_admin._core.streams.reader import ReaderMachine
from instant_admin._sync.live_worker import Condition, Worker
from instant_admin._sync.stream_session import StreamSession
from instant_admin._sync.stream_sessions import StreamSessions
from instant_admin.errors import (
    ConfigurationError,
    InstantError,
    StreamError,
    UpdateTimeoutError,
)


class StreamReader:
    """A stream that is being read, whether it is finished or still being written. `db.streams.read` makes it.

    It runs inside `with`, and iterates over pieces of text as they come: what is there is given at once, so
    pieces are not those that were written. A lost connection is made again, and reading goes on where it broke off. The
    end of the loop is the end of the stream; whatever else ends it is raised, after the text before it.

    Up to 4 MiB are fetched ahead of the caller. A caller that falls 8 MiB behind a stream leaves it for a while, and
    misses nothing.
    """

    def __init__(
        self, sessions: StreamSessions, context: Context, machine: ReaderMachine, limit_seconds: float | None
    ) -> None:
        self._sessions = sessions
        self._context = context
        self._machine = machine
        self._limit_seconds = limit_seconds
        self._joined: tuple[StreamSession, Condition] | None = None
        self._fetcher: Worker | None = None
        self._is_closed = False

    @property
    def client_id(self) -> str | None:
        """The stream's name, as it was asked for."""
        return self._machine.client_id

    @property
    def stream_id(self) -> str | None:
        """The stream's entity id; None until it is known."""
        return self._machine.stream_id

    @property
    def offset(self) -> int:
        """Offset behind the last text that was given, in bytes: what another reader goes on from as `byte_offset`."""
        return self._machine.offset

    @property
    def is_done(self) -> bool:
        """Whether the stream is done and all of it was given."""
        return self._machine.is_at_end

    @property
    def abort_reason(self) -> str | None:
        """At the end: why the writer broke the stream off; None where it is complete."""
        return self._machine.abort_reason if self._machine.is_at_end else None

    def next(self, timeout: float | None = None) -> str | None:
        """Wait for more of the stream, or take what is there.

        Args:
            timeout: How long to wait, in seconds; None for the reader's own limit. 0 takes what is there.

        Returns:
            The text, never empty; None at the end of the stream, as often as it is asked for.

        Raises:
            InvalidArgumentError: `timeout` is no number of seconds.
            UpdateTimeoutError: There was nothing in time. The reader goes on.
            ConfigurationError: The reader is closed, not inside `with`, or was begun in another process.
            StreamError: The stream has a gap, or the server gave it up.
            NoReplyError: A stored part could not be fetched.
            APIError: The server refuses to let it be read.
        """
        check_wait(timeout, "next")
        session, condition = self._require_joined()
        limit = self._limit_seconds if timeout is None else timeout
        due = None if limit is None else time.monotonic() + limit
        with session.lock:
            while True:
                self._keep_fetching(session, condition)
                seconds = None if due is None else max(due - time.monotonic(), 0)
                has_come = condition.wait_until(self._has_something, seconds)
                text = self._take(session, condition)
                if text or self._machine.is_at_end:
                    return text or None
                if self._machine.error is not None:
                    raise self._machine.error.with_traceback(None)  # raised before, perhaps
                if not has_come:
                    fault = session.last_fault or self._machine.last_fault
                    raise UpdateTimeoutError(f"Nothing new of the stream within {limit} s.") from fault

    def read(self) -> str:
        """The rest of the stream. Raises as `next` does; then what came before is lost."""
        pieces: list[str] = []
        while (piece := self.next()) is not None:
            pieces.append(piece)
        return "".join(pieces)

    def __iter__(self) -> Self:
        self._require_joined()
        return self

    def __next__(self) -> str:
        text = self.next()
        if text is None:
            raise StopIteration
        return text

    def close(self) -> None:
        """Stop reading. Leaving `with` does it."""
        if self._joined is None or self._is_closed:
            return
        session, condition = self._joined
        if not session.place.is_here:
            return  # it is not this place's to end, and a thread that is not here may hold the lock
        with session.lock:
            self._is_closed = True
            self._machine.leave()
            session.wake()
            condition.notify_all()
            fetcher = self._fetcher
        if fetcher is not None:
            fetcher.stop()

    def __enter__(self) -> Self:
        if self._joined is not None:
            raise ConfigurationError("A reader is entered once: make another one with db.streams.read.")
        self._joined = self._sessions.add(self._context, self._machine)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _has_something(self) -> bool:
        machine = self._machine
        is_unfetched = machine.next_fetch is not None and self._fetcher is None
        return machine.has_text or machine.is_at_end or machine.error is not None or is_unfetched

    def _take(self, session: StreamSession, condition: Condition) -> str:
        if not (self._machine.has_text or self._machine.is_at_end):
            return ""
        text = self._machine.take_text()
        condition.notify_all()  # there is room again
        if self._machine.wants_push:
            session.wake()
        return text

    def _keep_fetching(self, session: StreamSession, condition: Condition) -> None:
        if self._machine.next_fetch is not None and self._fetcher is None:
            self._fetcher = fetcher = Worker("instant-admin streams, fetching")
            fetcher.start(partial(self._fetch, session, condition, fetcher))

    def _fetch(self, session: StreamSession, condition: Condition, fetcher: Worker) -> None:
        try:
            while (fetch := self._next_fetch(session, condition)) is not None:
                self._fetch_part(session, condition, fetcher, fetch)
        finally:
            with session.lock:
                self._fetcher = None
                condition.notify_all()

    def _next_fetch(self, session: StreamSession, condition: Condition) -> Fetch | None:
        machine = self._machine
        with session.lock:
            condition.wait_until(lambda: machine.has_room or machine.next_fetch is None, None)
            return machine.next_fetch

    def _fetch_part(self, session: StreamSession, condition: Condition, fetcher: Worker, fetch: Fetch) -> None:
        machine = self._machine
        # Until it is known better: whatever ends this, who waits for the part must learn of it.
        error: InstantError | None = StreamError("A stored part of the stream cannot be read.")
        try:
            timeout = live_timeout(session.gateway.timeout)
            with fetcher.connect(session.gateway, calls.fetch_part(fetch.part), timeout) as (_, pieces):
                for piece in pieces:
                    with session.lock:
                        if not machine.fetched(fetch, piece):
                            break
                        condition.notify_all()
                        condition.wait_until(lambda: machine.has_room or machine.next_fetch is not fetch, None)
            error = None
        except InstantError as found:
            error = found
        finally:
            with session.lock:
                machine.fetch_ended(fetch, error, time.monotonic(), random.random())  # noqa: S311  spreads attempts
                condition.notify_all()
                session.wake()

    def _require_joined(self) -> tuple[StreamSession, Condition]:
        if self._joined is None:
            raise ConfigurationError("A reader runs inside `with`, which begins and ends the reading.")
        if self._is_closed and not self._machine.is_at_end:
            raise ConfigurationError("This reader is closed.")
        self._joined[0].place.require("This reader")
        return self._joined

    def __repr__(self) -> str:
        return f"{type(self).__name__}(client_id={self.client_id!r}, stream_id={self.stream_id!r})"
