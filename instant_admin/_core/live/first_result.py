"""Reading one result of a live query and no more."""

from __future__ import annotations

from collections.abc import Mapping

from instant_admin._core.live.messages import MessageReader, Refused, Result
from instant_admin._core.sse import EventParser, require_event_stream
from instant_admin.errors import NoReplyError, RequestTimeoutError
from instant_admin.types import QueryUpdate


class FirstResult:
    """Takes the pieces of a stream until the query's result is there."""

    def __init__(self, reader: MessageReader, headers: Mapping[str, str], due: float | None) -> None:
        """Begin to read.

        Args:
            reader: Of the call's messages.
            headers: Of the reply.
            due: Up to what time to wait; None for as long as it takes.

        Raises:
            UnexpectedReplyError: The reply is no stream.
        """
        require_event_stream(headers)
        self._reader = reader
        self._parser = EventParser()
        self._due = due

    def feed(self, chunk: bytes, now: float) -> QueryUpdate | None:
        """The result, once it is whole.

        Args:
            chunk: The next piece.
            now: What time it is.

        Raises:
            APIError: The server refuses the query.
            RequestTimeoutError: It is too late.
            UnexpectedReplyError: The stream holds what is no message.
        """
        for data in self._parser.feed(chunk):
            for message in self._reader.read(data):
                if isinstance(message, Refused):
                    raise message.error
                if isinstance(message, Result):
                    return message.update
        if self._due is not None and now > self._due:
            raise RequestTimeoutError("No result in time.")
        return None

    @staticmethod
    def missing() -> NoReplyError:
        """The error for a stream that ended before."""
        return NoReplyError("The connection ended before the result was there.")
