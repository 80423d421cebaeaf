"""The body of a reply that goes on: frames in order, put by any thread and taken by one reader.

A blocking reader waits in `take`. One on an event loop needs no thread: `wake_by` lets it know when there is something
to take, which it then takes without waiting. Either passes on a `KEEP_ALIVE` after each `KEEP_ALIVE_SECONDS` of
silence, so that nothing runs for streams that are idle:

    while (data := events.take(KEEP_ALIVE_SECONDS)) is not None:
        send(data or KEEP_ALIVE)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Condition

KEEP_ALIVE_SECONDS = 15.0
KEEP_ALIVE = b":\n\n"
_MOST_BYTES = 64 * 1024 * 1024
"""How far a reader may fall behind before it is cut off."""


class EventStream:
    """Frames on their way to one reader. Threads may share it."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque()
        self.waiting_bytes = 0
        """How much the reader has not taken yet."""
        self._condition = Condition()
        self._wake: Callable[[], object] | None = None
        self._on_close: Callable[[], None] | None = None
        self._is_over = False

    def put(self, frame: bytes) -> bool:
        """Send a frame, without waiting. False where nobody reads any more, or much too slowly."""
        with self._condition:
            if not self._is_over:
                self._is_over = self.waiting_bytes > _MOST_BYTES
                self._frames.append(frame)
                self.waiting_bytes += len(frame)
                self._notify()
            return not self._is_over

    def end(self) -> None:
        """Let the reader come to the end when it has taken what is there."""
        with self._condition:
            self._is_over = True
            self._notify()

    def take(self, seconds: float | None = 0.0) -> bytes | None:
        """All frames that are there, or else the first that come.

        Args:
            seconds: How long to wait at most; None for as long as it takes.

        Returns:
            The frames; b"" where none came in time; None at the end.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._frames or self._is_over, seconds)
            if not self._frames:
                return None if self._is_over else b""
            taken = self._frames.popleft() if len(self._frames) == 1 else b"".join(self._frames)
            self._frames.clear()
            self.waiting_bytes = 0
            return taken

    def wake_by(self, wake: Callable[[], object]) -> None:
        """Call `wake` each time that there is something to take, from whatever thread that is; now if there is.

        It must return at once, as `loop.call_soon_threadsafe` does.
        """
        with self._condition:
            self._wake = wake
            if self._frames or self._is_over:
                self._notify()

    def when_closed(self, tell: Callable[[], None]) -> None:
        """Call `tell` once, when the reader goes away; the sending side frees what it holds for it."""
        self._on_close = tell

    def close(self) -> None:
        """Say that nobody reads any more. A reader that waits in another thread comes to the end."""
        with self._condition:
            self._is_over = True
            self._frames.clear()
            self._notify()
            tell, self._on_close = self._on_close, None
        if tell is not None:
            tell()

    def _notify(self) -> None:
        self._condition.notify_all()
        if self._wake is None:
            return
        try:
            self._wake()
        except RuntimeError:  # the reader's event loop is closed, and the reader with it
            self._wake = None
            self._is_over = True
