# Derived from instant_admin/_async/streams.py by scripts/generate_sync.py (make sync). Do not edit.
"""Streams, blocking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from instant_admin._core.context import Context
from instant_admin._core.streams import limits
from instant_admin._sync.stream_sessions import StreamSessions

if TYPE_CHECKING:
    from instant_admin._sync.stream_reader import StreamReader
    from instant_admin._sync.stream_writer import StreamWriter


class Streams:
    """`db.streams`. All streams of a client share one connection, made when needed and closed when idle.

    Calls are made as the user of `as_user`, under the rules of `$streams`. Clients of different users have a connection
    each.
    """

    def __init__(self, sessions: StreamSessions, context: Context) -> None:
        self._sessions = sessions
        self._context = context

    def write(
        self,
        client_id: str,
        *,
        reconnect_token: str | UUID | None = None,
        rule_params: Mapping[str, Any] | None = None,
        timeout: float | None = limits.LEAVE_SECONDS,
    ) -> StreamWriter:
        """Write a stream.

        The writer is a context manager: entering it begins the stream, without waiting for the server, and leaving it
        closes the stream and waits until all of it is durable.

        Args:
            client_id: The stream's name, unique in the app. It is taken for ever, unless the stream is deleted.
            reconnect_token: Of a writer that did not come to its end, to go on with its stream from
                `writer.offset`. None begins a stream.
            rule_params: `ruleParams` for permission rules.
            timeout: How many seconds leaving the block waits for durability, and `write` for room; None for as long as
                it takes.

        Raises:
            InvalidArgumentError: An argument cannot be sent.
            ConfigurationError: There is no admin token and the call needs one.

        Source: POST /admin/sse and /admin/sse/push, `openSession` and `pushMessages` in openapi/admin.yaml.
        """
        # Only programs with streams load what streams need.
        from instant_admin._core.live.limits import check_wait
        from instant_admin._core.streams import stream_calls as calls
        from instant_admin._sync.stream_writer import StreamWriter

        check_wait(timeout, "write")
        machine = calls.write(self._context, client_id, reconnect_token, rule_params)
        return StreamWriter(self._sessions, self._context, machine, timeout)

    def read(
        self,
        client_id: str | None = None,
        *,
        stream_id: str | UUID | None = None,
        byte_offset: int = 0,
        rule_params: Mapping[str, Any] | None = None,
        timeout: float | None = None,
    ) -> StreamReader:
        """Read a stream, while it is written or later.

        The reader is a context manager, and iterates over pieces of text. Where the writer is gone and the stream is
        not done, the server gives what is stored and then says nothing, for ever: `timeout` ends that.

        Args:
            client_id: The stream's name.
            stream_id: Its entity id; finds the stream where both are given.
            byte_offset: Where to begin, in bytes of UTF-8. Take it from a reader's `offset`: inside a chunk of a stream
                that is being written the server may leave text out.
            rule_params: `ruleParams` for permission rules.
            timeout: How many seconds to wait for something new before UpdateTimeoutError; None for as long as it takes.

        Raises:
            InvalidArgumentError: An argument cannot be sent.
            ConfigurationError: There is no admin token and the call needs one.

        Source: POST /admin/sse and /admin/sse/push, `openSession` and `pushMessages` in openapi/admin.yaml.
        """
        from instant_admin._core.live.limits import check_wait
        from instant_admin._core.streams import stream_calls as calls
        from instant_admin._sync.stream_reader import StreamReader

        check_wait(timeout, "read")
        machine = calls.read(self._context, client_id, stream_id, byte_offset, rule_params)
        return StreamReader(self._sessions, self._context, machine, timeout)
