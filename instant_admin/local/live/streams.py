"""Streams that are being written, and those who read them.

What is appended goes to the readers at once and into a buffer, which becomes a stored part when it is large or the
stream is done. All offsets are of bytes. Evidence: recordings stream_*; server contract, realtime 4.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

from instant_admin.local.errors import Refusal, bad_request, validation_failed
from instant_admin.local.event_stream import KEEP_ALIVE_SECONDS
from instant_admin.local.live.running_stream import RunningStream
from instant_admin.local.live.stream_store import StoredStream, StreamGone
from instant_admin.local.live.worker import Worker

if TYPE_CHECKING:
    from instant_admin.local.instance import LocalInstant
    from instant_admin.local.live.session import Session

_log = logging.getLogger("instant_admin.local")
_FLUSH_BYTES = 1024 * 1024


class Reader(NamedTuple):
    """A subscription of a session."""

    session: Session
    event_id: object
    """What the client calls it."""
    stream_id: str
    client_id: str | None

    def send(self, **said: Any) -> None:
        """Send a message about the stream."""
        self.session.send(
            {
                "op": "stream-append",
                "client-event-id": self.event_id,
                "stream-id": self.stream_id,
                "client-id": self.client_id,
                **{key.replace("_", "-"): value for key, value in said.items()},
            }
        )

    def send_retry(self, error_type: str) -> None:
        """Ask for another subscription."""
        self.send(error=True, error_type=error_type, retry=True)


class Streams:
    """The streams of an instance that are being written, and all readers. Threads may share it."""

    def __init__(self, instance: LocalInstant, machine_id: str, worker: Worker) -> None:
        self.machine_id = machine_id
        self._instance = instance
        self._worker = worker
        self._running: dict[str, RunningStream] = {}
        self._completed: dict[str, Session] = {}
        """Who wrote the streams that are done, for as long as that session is there."""
        self._readers: dict[str, dict[tuple[str, object], Reader]] = {}
        """By stream; the subscriptions by session and the client's name for them."""
        self.lock = RLock()
        """Held while what is stored of a stream and what is not are looked at together."""

    def start(self, session: Session, stored: StoredStream) -> None:
        """Let a session write a stream, from where it is stored. Whoever wrote or read it before has to begin anew."""
        with self.lock:
            self._running[stored.id] = RunningStream(stored, session, len(stored.parts), stored.size)
            self._drop_readers(stored.id, "writer-disconnected")

    def append(
        self,
        session: Session,
        stream_id: str,
        offset: int,
        texts: Sequence[str],
        *,
        is_done: bool,
        abort_reason: str | None = None,
    ) -> None:
        """Write to a stream.

        Args:
            session: Must be its writer.
            stream_id: Of the stream.
            offset: Where the texts begin; must be the end of the stream.
            texts: What to write.
            is_done: Whether that was all.
            abort_reason: Why there is no more, where that is so.

        Raises:
            Refusal: The session does not write it, has completed it, or the offset is another one.
        """
        with self.lock:
            if self._completed.get(stream_id) is session:
                raise _append_refused("Stream is completed.", stream_id)
            running = self._running.get(stream_id)
            if running is None or running.writer is not session:
                raise _append_refused("Stream is missing.", stream_id)
            if offset != running.end:
                raise _append_refused("Invalid offset for stream.", stream_id, offset, running.end)
            running.add(texts)
            self._pass_on(stream_id, offset, "".join(texts))
            if is_done:
                self._finish(running, abort_reason)
            elif running.buffered >= _FLUSH_BYTES and self._flush(running):
                self._tell_writer(running, is_done=False)

    def subscribe(self, reader: Reader, stored: StoredStream, offset: int) -> None:
        """Read a stream that is not done.

        Args:
            reader: Who.
            stored: The stream.
            offset: From where on; whole parts and chunks are sent.

        Raises:
            Refusal: The session has a subscription of this name.
        """
        with self.lock:
            key = reader.session.id, reader.event_id
            if any(key in readers for readers in self._readers.values()):
                raise bad_request("The `client-event-id` belongs to another subscription.")
            running = self._running.get(stored.id)
            begin, parts = stored.parts_from(offset)
            content = ""
            if running is not None:
                begin, content = running.text_from(offset, begin)
            self._readers.setdefault(stored.id, {})[key] = reader
            reader.send(offset=begin, files=parts, content=content)

    def unsubscribe(self, session: Session, event_id: object) -> bool:
        """Stop reading; False where there is no such subscription."""
        with self.lock:
            found = [
                reader
                for readers in self._readers.values()
                if (reader := readers.get((session.id, event_id))) is not None
            ]
            for reader in found:
                self._remove(reader)
            return bool(found)

    def forget(self, session: Session) -> None:
        """Let go of a session: it reads no more, and what it writes is kept for a while for its return."""
        with self.lock:
            self._completed = {id: writer for id, writer in self._completed.items() if writer is not session}
            for readers in list(self._readers.values()):
                for reader in [reader for reader in readers.values() if reader.session is session]:
                    self._remove(reader)
            for running in [running for running in self._running.values() if running.writer is session]:
                # The real server notices only when it sends the next keep-alive; by then a writer may be back, and
                # begins at what was stored before (recording stream_writer_reconnects).
                self._worker.do(partial(self._abandon, running), after_seconds=KEEP_ALIVE_SECONDS)

    def close(self) -> None:
        """Store what is not stored yet."""
        with self.lock:
            for running in list(self._running.values()):
                if running.chunks:
                    self._flush(running)
            self._running.clear()
            self._completed.clear()

    def _abandon(self, running: RunningStream) -> None:
        """Store what a writer has left behind who did not return."""
        with self.lock:
            if self._running.get(running.stored.id) is not running:
                return
            if running.chunks:
                self._flush(running)
            del self._running[running.stored.id]
            self._drop_readers(running.stored.id, "writer-disconnected")

    def _finish(self, running: RunningStream, abort_reason: str | None) -> None:
        end: dict[str, Any] = {"done": True, "size": running.end}
        said: dict[str, Any] = {"done": True}
        if abort_reason is not None:
            end["abortReason"] = said["abort-reason"] = abort_reason
        if not self._flush(running, end):
            return
        del self._running[running.stored.id]
        self._completed[running.stored.id] = running.writer
        for reader in self._readers_of(running.stored.id):
            reader.send(**said)
            self._remove(reader)
        self._tell_writer(running, is_done=True)

    def _flush(self, running: RunningStream, end: dict[str, Any] | None = None) -> bool:
        """Make the buffer a stored part; False where that fails, of which the writer is told."""
        try:
            running.store(self._instance, end)
        except Exception as error:  # noqa: BLE001  whatever it is, the writer has to begin anew
            if not isinstance(error, StreamGone):
                _log.exception("storing a part of a stream failed")
            del self._running[running.stored.id]
            self._drop_readers(running.stored.id, "unknown")
            running.writer.send({"op": "append-failed", "stream-id": running.stored.id})
            return False
        return True

    @staticmethod
    def _tell_writer(running: RunningStream, *, is_done: bool) -> None:
        running.writer.send(
            {"op": "stream-flushed", "stream-id": running.stored.id, "offset": running.flushed, "done": is_done}
        )

    def _pass_on(self, stream_id: str, offset: int, content: str) -> None:
        """Let the readers have what was written."""
        for reader in self._readers_of(stream_id):
            if reader.session.is_behind:
                self._remove(reader)
                reader.send_retry("rate-limit")
            else:
                reader.send(offset=offset, content=content)

    def _readers_of(self, stream_id: str) -> list[Reader]:
        return list(self._readers.get(stream_id, {}).values())

    def _drop_readers(self, stream_id: str, error_type: str) -> None:
        for reader in self._readers_of(stream_id):
            self._remove(reader)
            reader.send_retry(error_type)

    def _remove(self, reader: Reader) -> None:
        readers = self._readers.get(reader.stream_id, {})
        readers.pop((reader.session.id, reader.event_id), None)
        if not readers:
            self._readers.pop(reader.stream_id, None)


def _append_refused(message: str, stream_id: str, given: int | None = None, end: int | None = None) -> Refusal:
    """What an append is refused with; the names of the offsets are the server's."""
    offsets = {} if given is None else {"expected-offset": given, "offset": end}
    return validation_failed("append-stream", {"stream-id": stream_id, **offsets}, [{"message": message}])
