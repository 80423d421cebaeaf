"""The state of a writer: what was written, what of it is under way, and what the server has stored."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

from instant_admin._core.live.healing import Healing, judge
from instant_admin._core.streams import limits
from instant_admin._core.streams.buffer import WriteBuffer
from instant_admin._core.streams.channel import Channel
from instant_admin._core.streams.messages import AppendFailed, Flushed, Refused, Started, StreamMessage
from instant_admin.errors import APIError, InstantError, QueryTimeoutError, StreamError

_CLOSED = "Stream is closed."


class _State(Enum):
    UNSTARTED = auto()
    STARTING = auto()
    RUNNING = auto()


class WriterMachine(Channel):
    """One stream, from the first start to the word that its end is durable.

    There is no answer to an append. So everything is kept until the server says that it is stored, and whatever goes
    wrong is cured in one way: start again with the same token, and go on from the offset that the answer names (server
    contract, realtime 4.3).
    """

    def __init__(
        self, client_id: str, reconnect_token: str, rule_params: Mapping[str, Any] | None, *, is_continued: bool = False
    ) -> None:
        """Begin.

        Args:
            client_id: The stream's name.
            reconnect_token: Its secret.
            rule_params: For permission rules.
            is_continued: Whether the stream may hold what somebody else has written.
        """
        super().__init__(most_faults=limits.MOST_FAULTS)
        self.client_id = client_id
        self.reconnect_token = reconnect_token
        self.secrets = (reconnect_token,)
        self.stream_id: str | None = None
        """Known once the stream was started."""
        self.base = 0
        """Offset of the first byte written here; more than 0 where a stream is continued."""
        self.is_closing = False
        self.abort_reason: str | None = None
        self._rule_params = rule_params
        self._is_continued = is_continued
        self._buffer = WriteBuffer(limits.CHUNK_BYTES)
        self._state = _State.UNSTARTED
        self._is_end_sent = False
        self._may_have_ended = False
        """Whether the server may have taken the end, though it has not said so."""

    @property
    def written(self) -> int:
        """How many bytes were written here."""
        return self._buffer.end

    @property
    def durable(self) -> int:
        """How many of them are stored."""
        return self._buffer.begin

    @property
    def is_full(self) -> bool:
        """Whether the caller has to wait before it writes more."""
        return self._buffer.size >= limits.BUFFER_BYTES

    @property
    def has_more(self) -> bool:
        """Whether something waits to be sent."""
        return self._buffer.next < self._buffer.end

    @property
    def wants_push(self) -> bool:
        """See `Channel.wants_push`."""
        if self.is_over or self._state is _State.STARTING:
            return False
        return self._state is _State.UNSTARTED or self.has_more or (self.is_closing and not self._is_end_sent)

    def write(self, text: str) -> None:
        """Take a text.

        Raises:
            InvalidArgumentError: It holds a lone surrogate.
        """
        self._buffer.put(text)

    def close(self, abort_reason: str | None = None) -> None:
        """There will be no more.

        Args:
            abort_reason: Why the stream is incomplete; None where it is complete.
        """
        if not self.is_closing:
            self.is_closing, self.abort_reason = True, abort_reason

    def disconnected(self) -> None:
        """See `Channel.disconnected`."""
        self._begin_anew()
        self.due = None

    def take(self, now: float) -> list[dict[str, Any]]:
        """See `Channel.take`."""
        if not self.wants_push or (self.due is not None and now < self.due):
            return []
        self.due = None
        return [self._start() if self._state is _State.UNSTARTED else self._append()]

    def receive(self, message: StreamMessage, now: float, random: float) -> None:
        """See `Channel.receive`."""
        if self.is_over:
            return
        try:
            match message:
                case Started() if message.event_id == self.event_id:
                    self._take_start(message)
                case Flushed(stream_id) if stream_id == self.stream_id:
                    self._take_flush(message)
                case AppendFailed(stream_id) if stream_id == self.stream_id and self._state is _State.RUNNING:
                    self._recover(StreamError("it could not store a part"), now, random)
                case Refused(event_id, op, error) if event_id == self.event_id:
                    self._take_refusal(op, error, now, random)
                case _:
                    pass
        except StreamError as error:
            self.fail(error)

    def _start(self) -> dict[str, Any]:
        self._attempt += 1
        self._state = _State.STARTING
        message = {
            "op": "start-stream",
            "client-event-id": self.event_id,
            "client-id": self.client_id,
            "reconnect-token": self.reconnect_token,
        }
        return message if self._rule_params is None else {**message, "rule-params": self._rule_params}

    def _append(self) -> dict[str, Any]:
        offset = self.base + self._buffer.next
        chunks = self._buffer.take(limits.APPEND_BYTES)
        is_last = self.is_closing and not self.has_more
        message: dict[str, Any] = {
            "op": "append-stream",
            "client-event-id": self.event_id,
            "stream-id": self.stream_id,
            "chunks": chunks,
            "offset": offset,
            "done": is_last,
        }
        if is_last:
            self._is_end_sent = self._may_have_ended = True
            if self.abort_reason is not None:
                message["abort-reason"] = self.abort_reason
        return message

    def _take_start(self, started: Started) -> None:
        if self.stream_id is None:
            if started.offset and not self._is_continued:
                raise StreamError("The stream holds text that was not written here.")
            self.stream_id, self.base = started.stream_id, started.offset
        elif started.offset < self.base + self._buffer.begin:
            raise StreamError("The server has lost a part of the stream that it had said to be stored.")
        self._drop_below(started.offset)
        self._state = _State.RUNNING
        self._may_have_ended = False

    def _take_flush(self, flushed: Flushed) -> None:
        if flushed.is_done and not self.is_closing:
            raise StreamError("The stream was closed, and not from here: somebody else writes it too.")
        self._drop_below(flushed.offset)
        if flushed.is_done:
            self._finish()

    def _take_refusal(self, op: str, error: APIError, now: float, random: float) -> None:
        if op == "append-stream":
            # The server gives an append 5 s; the last one may take longer, and goes on (server contract, realtime 4.2).
            is_slow = isinstance(error, QueryTimeoutError)
            self._may_have_ended = self._may_have_ended and is_slow
            self._recover(error, now, random, least_seconds=limits.FLUSH_SECONDS if is_slow else 0.0)
        elif self._may_have_ended and _CLOSED in error.message:
            # Who has the token is told so only of a stream that was closed with it: by the end sent from here.
            self._drop_below(self.base + self._buffer.end)
            self._finish()
        elif judge(error) is Healing.NEVER:
            self.fail(error)
        elif self._may_retry(error, now, random):
            self._begin_anew()

    def _recover(self, error: InstantError, now: float, random: float, *, least_seconds: float = 0.0) -> None:
        """Start again, whatever the server has against an append."""
        fault = StreamError(f"The server takes no more of the stream: {error}")
        fault.__cause__ = error
        if self._may_retry(fault, now, random, least_seconds=least_seconds):
            self._begin_anew()

    def _drop_below(self, offset: int) -> None:
        if offset > self.base + self._buffer.begin:
            self._buffer.drop_below(offset - self.base)
            self._progress()

    def _begin_anew(self) -> None:
        self._state = _State.UNSTARTED
        self._is_end_sent = False
        self._attempt += 1  # answers to what was sent before are none any more
        self._buffer.rewind()

    def _finish(self) -> None:
        if self._buffer.size:
            raise StreamError("The stream was closed before all of it was stored.")
        self.is_over = True
