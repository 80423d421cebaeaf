"""Writing a stream, awaitable."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from instant_admin._async.live_worker import Condition
from instant_admin._async.stream_session import AsyncStreamSession
from instant_admin._async.stream_sessions import AsyncStreamSessions
from instant_admin._core.context import Context
from instant_admin._core.live.limits import check_wait
from instant_admin._core.streams import limits
from instant_admin._core.streams.writer import WriterMachine
from instant_admin.errors import (
    ConfigurationError,
    InstantError,
    InvalidArgumentError,
    StreamError,
    StreamNotDurableError,
    UpdateTimeoutError,
)


class AsyncStreamWriter:
    """A stream that is being written. `db.streams.write` makes it.

    It runs inside `async with`. Texts are taken at once and sent together while an earlier push is under way. What is
    not durable yet is kept, up to 8 MiB, then `write` waits; after a lost connection it is sent again. Leaving the
    block closes the stream and waits until all of it is durable. Leaving it by an exception closes the stream as
    aborted, with the name of the exception as the reason; by a cancellation too, and then nothing is waited for.
    """

    def __init__(
        self, sessions: AsyncStreamSessions, context: Context, machine: WriterMachine, limit_seconds: float | None
    ) -> None:
        self._sessions = sessions
        self._context = context
        self._machine = machine
        self._limit_seconds = limit_seconds
        self._joined: tuple[AsyncStreamSession, Condition] | None = None

    @property
    def client_id(self) -> str:
        """The stream's name."""
        return self._machine.client_id

    @property
    def stream_id(self) -> str | None:
        """The stream's entity id; None until the server has answered, see `get_stream_id`."""
        return self._machine.stream_id

    @property
    def reconnect_token(self) -> str:
        """What lets somebody go on with the stream: a secret. See `db.streams.write`."""
        return self._machine.reconnect_token

    @property
    def offset(self) -> int:
        """Where the next text goes, in bytes; once the server has answered, see `get_stream_id`."""
        return self._machine.base + self._machine.written

    @property
    def durable_offset(self) -> int:
        """Up to where the stream is stored, in bytes. The server stores 1 MiB at a time, and the rest at the end."""
        return self._machine.base + self._machine.durable

    async def write(self, text: str) -> None:
        """Add a text. It is on its way when this returns, not stored yet.

        Args:
            text: Any text; "" adds nothing.

        Raises:
            InvalidArgumentError: It is no text, or holds a lone surrogate.
            StreamNotDurableError: 8 MiB wait to be stored, and nothing was within the limit; the text was not taken.
            StreamError: The writer is closed, or somebody else writes the stream.
            ConfigurationError: The writer is not inside `async with`, or was begun in another process.
            APIError: The server refuses the stream.
        """
        if not isinstance(text, str):
            raise InvalidArgumentError(f"write: a stream takes text, got {type(text).__name__}.")
        session, condition = self._require_joined()
        machine = self._machine
        async with session.lock:
            if machine.is_full:
                await condition.wait_until(lambda: machine.is_over or not machine.is_full, self._limit_seconds)
            self._require_open()
            if machine.is_full:
                raise self._not_durable(session, f"nothing more was stored within {self._limit_seconds} s")
            machine.write(text)
            if machine.wants_push:
                session.wake()

    async def get_stream_id(self, timeout: float | None = None) -> str:
        """Wait until the server has begun the stream.

        Args:
            timeout: How long to wait, in seconds; None for as long as it takes.

        Returns:
            The stream's entity id.

        Raises:
            UpdateTimeoutError: There was no answer in time. The writer goes on.
            ConfigurationError: The writer is not inside `async with`, or was begun in another process.
            APIError: The server refuses the stream.
        """
        check_wait(timeout, "get_stream_id")
        session, condition = self._require_joined()
        machine = self._machine
        async with session.lock:
            await condition.wait_until(lambda: machine.is_over or machine.stream_id is not None, timeout)
            if machine.stream_id is not None:
                return machine.stream_id
            self._raise_error()
            raise UpdateTimeoutError(f"The stream has not begun within {timeout} s.") from session.last_fault

    async def abort(self, reason: str) -> None:
        """Close the stream as incomplete, and wait until what was written is durable.

        Args:
            reason: What readers are told.

        Raises:
            StreamNotDurableError: It was not within the limit.
            ConfigurationError: The writer is not inside `async with`, or was begun in another process.
        """
        if not isinstance(reason, str) or not reason.strip():
            raise InvalidArgumentError(f"abort: reason must be text that is not blank, got {reason!r:.80}.")
        await self._end(reason)

    async def aclose(self) -> None:
        """Close the stream as complete, and wait until all of it is durable. Leaving `async with` does it.

        Raises:
            StreamNotDurableError: It was not within the limit; says how much may be lost.
            ConfigurationError: The writer is not inside `async with`, or was begun in another process.
            APIError: The server refuses the stream.
        """
        await self._end(None)

    async def __aenter__(self) -> Self:
        if self._joined is not None:
            raise ConfigurationError("A writer is entered once: make another one with db.streams.write.")
        self._joined = await self._sessions.add(self._context, self._machine)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._joined is not None and not self._joined[0].place.is_here:
            return  # a child of a fork leaves the stream to its parent
        if error is None:
            await self.aclose()
        elif isinstance(error, Exception) and not isinstance(error, StreamNotDurableError):
            try:
                await self._end(type(error).__name__)
            except InstantError as failure:
                if failure is not error:
                    error.add_note(f"The stream {self.client_id!r} could not be closed as aborted: {failure}")
        else:
            await self._leave(type(error).__name__)

    async def _end(self, abort_reason: str | None) -> None:
        """Close the stream, and wait for it."""
        session, condition = self._require_joined()
        machine = self._machine
        async with session.lock:
            machine.close(abort_reason)
            session.wake()
            try:
                await condition.wait_until(lambda: machine.is_over, self._limit_seconds)
            except BaseException:  # cancelled, or Ctrl-C: the stream comes to its end without its caller
                self._let_go(session)
                raise
            self._raise_error()
            if not machine.is_over:
                error = self._not_durable(session, f"the server did not say so within {self._limit_seconds} s")
                machine.fail(error)
                session.wake()
                raise error

    async def _leave(self, abort_reason: str) -> None:
        """Close the stream, without waiting for it."""
        session, _ = self._require_joined()
        async with session.lock:
            self._machine.close(abort_reason)
            self._let_go(session)

    def _let_go(self, session: AsyncStreamSession) -> None:
        limit = limits.LEAVE_SECONDS if self._limit_seconds is None else self._limit_seconds
        self._machine.left_until = time.monotonic() + limit
        session.wake()

    def _not_durable(self, session: AsyncStreamSession, why: str) -> StreamNotDurableError:
        written, durable = self._machine.written, self._machine.durable
        error = StreamNotDurableError(
            f"The stream {self.client_id!r} is not known to be stored: {durable} of {written} bytes are, and {why}. "
            "What lies behind may be lost.",
            written_bytes=written,
            durable_bytes=durable,
        )
        error.__cause__ = self._machine.last_fault or session.last_fault
        return error

    def _require_joined(self) -> tuple[AsyncStreamSession, Condition]:
        if self._joined is None:
            raise ConfigurationError("A writer runs inside `async with`, which begins and closes the stream.")
        self._joined[0].place.require("This writer")
        return self._joined

    def _require_open(self) -> None:
        self._raise_error()
        if self._machine.is_closing:
            raise StreamError(f"The writer of the stream {self.client_id!r} is closed.")

    def _raise_error(self) -> None:
        if self._machine.error is not None:
            raise self._machine.error.with_traceback(None)  # raised before, perhaps

    def __repr__(self) -> str:
        return f"{type(self).__name__}(client_id={self.client_id!r}, stream_id={self.stream_id!r})"
