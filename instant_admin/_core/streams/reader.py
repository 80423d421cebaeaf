"""The state of a reader: its subscription, and what has come of the stream."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

from instant_admin._core.live.healing import Healing, judge
from instant_admin._core.streams import limits
from instant_admin._core.streams.channel import Channel
from instant_admin._core.streams.intake import Fetch, Intake
from instant_admin._core.streams.messages import Appended, Refused, StreamMessage
from instant_admin.errors import InstantError, NoReplyError, StreamError


class _State(Enum):
    UNSUBSCRIBED = auto()
    SUBSCRIBED = auto()
    PAUSED = auto()
    """So much has arrived that nobody has taken that the rest is asked for later."""
    COMPLETE = auto()
    """All has arrived, or is known where to fetch."""


class ReaderMachine(Channel):
    """One reader, from its first subscription to the end of the stream.

    Whatever breaks off, be it the session, the subscription or the fetching of a part, is cured in one way: subscribe
    again from where it broke off. Only the server's word that the stream is done ends it well.
    """

    def __init__(
        self, client_id: str | None, stream_id: str | None, byte_offset: int, rule_params: Mapping[str, Any] | None
    ) -> None:
        super().__init__(most_faults=limits.MOST_FETCHES)
        self.client_id = client_id
        self.stream_id = stream_id
        self.abort_reason: str | None = None
        """Why the writer broke the stream off; None where it did not, or has not yet."""
        self._stream_id_given = stream_id
        self._rule_params = rule_params
        self._intake = Intake(byte_offset)
        self._state = _State.UNSUBSCRIBED
        self._is_leaving = False
        self._stale: str | None = None
        """Name of a subscription that goes on though nobody listens."""

    @property
    def offset(self) -> int:
        """Offset behind the last character that was taken."""
        return self._intake.taken

    @property
    def has_text(self) -> bool:
        """Whether `take_text` would find something."""
        return self._intake.ready_bytes > 0

    @property
    def is_at_end(self) -> bool:
        """Whether all was taken of a stream that is done."""
        return self._state is _State.COMPLETE and self._intake.is_empty

    @property
    def has_room(self) -> bool:
        """Whether more should be fetched."""
        return self._intake.ready_bytes < limits.AHEAD_BYTES

    @property
    def next_fetch(self) -> Fetch | None:
        """The part to fetch next; None where there is none yet, or none any more."""
        return None if self._is_dead else self._intake.next_fetch

    def take_text(self) -> str:
        """All text that is there; "" for none.

        Raises:
            StreamError: It is no text.
        """
        try:
            text = self._intake.take()
            if self.is_at_end:
                self._intake.require_whole()
        except StreamError as error:
            self.fail(error)
            raise
        if self._state is _State.PAUSED and self._held_bytes <= limits.AHEAD_BYTES:
            self._state = _State.UNSUBSCRIBED
        return text

    def leave(self) -> None:
        """The caller is done with it."""
        self._is_leaving = True
        if self._state is not _State.SUBSCRIBED:
            self.is_over = True

    @property
    def wants_push(self) -> bool:
        """See `Channel.wants_push`."""
        if self.is_over:
            return False
        return self._is_leaving or self._state is _State.UNSUBSCRIBED or self._is_flooded

    def disconnected(self) -> None:
        """See `Channel.disconnected`."""
        self._stale = None
        if self._is_leaving:
            self.is_over = True
        elif self._state is _State.SUBSCRIBED:
            self._state = _State.UNSUBSCRIBED
            self.due = None

    def take(self, now: float) -> list[dict[str, Any]]:
        """See `Channel.take`."""
        if not self.wants_push:
            return []
        if self._is_leaving:
            self.is_over = True
            return [self._unsubscribe(self.event_id)]
        if self._is_flooded:
            self._state = _State.PAUSED
            return [self._unsubscribe(self.event_id)]
        if self.due is not None and now < self.due:
            return []
        self.due = None
        stale, self._stale = self._stale, None
        ended = [] if stale is None else [self._unsubscribe(stale)]
        return [*ended, self._subscribe()]

    def receive(self, message: StreamMessage, now: float, random: float) -> None:
        """See `Channel.receive`."""
        if self.is_over or self._state is not _State.SUBSCRIBED:
            return
        match message:
            case Appended(event_id) if event_id == self.event_id:
                try:
                    self._take_append(message, now, random)
                except StreamError as error:
                    self.fail(error)
            case Refused(event_id, _, error) if event_id == self.event_id:
                if judge(error) is Healing.NEVER:
                    self.fail(error)
                elif self._may_retry(error, now, random):
                    self._state = _State.UNSUBSCRIBED
            case _:
                pass

    def fetched(self, fetch: Fetch, piece: bytes) -> bool:
        """Take the next piece of a part; False where nobody wants it any more."""
        if self.next_fetch is not fetch:
            return False
        seen = self._intake.seen
        try:
            self._intake.fetched(fetch, piece)
        except StreamError as error:
            self.fail(error)
            return False
        self._note_progress(seen)
        return True

    def fetch_ended(self, fetch: Fetch, error: InstantError | None, now: float, random: float) -> None:
        """A part has come to its end, good or bad.

        Args:
            fetch: The part.
            error: Why it broke off; None where the reply just ended.
            now: Seconds of a clock that never goes back.
            random: From 0 to 1.
        """
        if self.next_fetch is not fetch:
            return
        if error is None and fetch.arrived == fetch.part.size:
            self._intake.finish_fetch()
            return
        missing = f"A stored part of the stream ended after {fetch.arrived} of {fetch.part.size} bytes."
        # Another subscription brings another address, where this one is too old. So what does not heal may heal here.
        if self._may_retry(error or NoReplyError(missing), now, random):
            self._stale = self.event_id if self._state is _State.SUBSCRIBED else self._stale
            self._state = _State.UNSUBSCRIBED
            self.abort_reason = None
            self._intake.forget_rest()

    @property
    def _is_dead(self) -> bool:
        return self.error is not None or self._is_leaving

    @property
    def _held_bytes(self) -> int:
        return self._intake.waiting_bytes + self._intake.ready_bytes

    @property
    def _is_flooded(self) -> bool:
        return self._state is _State.SUBSCRIBED and self._held_bytes > 2 * limits.AHEAD_BYTES

    def _subscribe(self) -> dict[str, Any]:
        self._attempt += 1
        self._state = _State.SUBSCRIBED
        message: dict[str, Any] = {"op": "subscribe-stream", "client-event-id": self.event_id}
        # A stream is found by its id from the first answer on: its client id may become another stream's.
        stream_id, client_id = self._stream_id_given or self.stream_id, self.client_id
        if stream_id is not None:
            message["stream-id"] = stream_id
        if client_id is not None:
            message["client-id"] = client_id
        if self._intake.end:
            message["offset"] = self._intake.end
        return message if self._rule_params is None else {**message, "rule-params": self._rule_params}

    def _unsubscribe(self, event_id: str) -> dict[str, Any]:
        self._attempt += 1
        return {"op": "unsubscribe-stream", "client-event-id": self.event_id, "subscribe-event-id": event_id}

    def _take_append(self, message: Appended, now: float, random: float) -> None:
        self.stream_id = message.stream_id or self.stream_id
        if message.error_type is not None:
            error = StreamError(f"The server broke the stream off ({message.error_type}).")
            if not message.may_retry:
                raise error
            if self._may_retry(error, now, random, is_asked=True):
                self._state = _State.UNSUBSCRIBED
            return
        if message.offset is not None:
            seen = self._intake.seen
            self._intake.put(message.offset, message.parts, message.content)
            self._note_progress(seen)
        if message.is_done:
            self._state = _State.COMPLETE
            self.abort_reason = message.abort_reason

    def _note_progress(self, seen: int) -> None:
        """Failures are in a row only as long as nothing new comes between them."""
        if self._intake.seen > seen:
            self._progress()
