"""What is done later or by the way. The thread that does it lives only while there is something to do."""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable
from itertools import count
from threading import Condition, Thread, current_thread
from time import monotonic

_log = logging.getLogger("instant_admin.local")

Job = Callable[[], None]


class Worker:
    """Does jobs one after the other, in a thread of its own. Threads may share it."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Job]] = []
        """By the time when they are due, then in the order in which they came."""
        self._numbers = count()
        self._condition = Condition()
        self._thread: Thread | None = None
        self._is_working = False
        self._is_closed = False

    def do(self, job: Job, *, after_seconds: float = 0.0) -> None:
        """Do something soon, or after some time; after `close` never."""
        with self._condition:
            if self._is_closed:
                return
            heapq.heappush(self._waiting, (monotonic() + after_seconds, next(self._numbers), job))
            if self._thread is None:
                self._thread = Thread(target=self._work, name="instant-admin local", daemon=True)
                self._thread.start()
            else:
                self._condition.notify_all()

    def settle(self) -> None:
        """Wait until all that is to be done soon is done."""
        with self._condition:
            self._condition.wait_for(lambda: not (self._is_working or self._is_due()))

    def close(self) -> None:
        """Give up what waits, and wait for what is being done."""
        with self._condition:
            self._is_closed = True
            self._waiting.clear()
            self._condition.notify_all()
            thread = self._thread
        if thread is not None and thread is not current_thread():
            thread.join()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                job()
            except Exception:  # noqa: BLE001  the other jobs are not to blame
                _log.exception("something of a live session failed")

    def _next(self) -> Job | None:
        """The next job when its time has come; None where there is none any more."""
        with self._condition:
            self._is_working = False
            self._condition.notify_all()
            while self._waiting:
                if self._is_due():
                    self._is_working = True
                    return heapq.heappop(self._waiting)[2]
                self._condition.wait(self._waiting[0][0] - monotonic())
            self._thread = None
            return None

    def _is_due(self) -> bool:
        return bool(self._waiting) and self._waiting[0][0] <= monotonic()
