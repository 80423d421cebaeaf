"""What a live query runs on: a thread here, a task there. Written by hand here and in `_async`, under equal names."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace

from instant_admin._core.wire import StreamCall
from instant_admin._sync.gateway import Gateway
from instant_admin.types import Timeout

_PATIENCE_SECONDS = 0.8
"""How long to wait for the end of a thread that cannot be interrupted, while it makes a connection."""

Lock = threading.Lock
"""One for all conditions that say something of the same state."""


class Condition(threading.Condition):
    """Lets threads wait for a change."""

    def wait_until(self, is_reached: Callable[[], bool], seconds: float | None) -> bool:
        """Wait, at most so long, and say whether it is reached. To be called inside `with`."""
        return self.wait_for(is_reached, None if seconds is None else min(seconds, threading.TIMEOUT_MAX))


class Worker:
    """Does one piece of work beside the caller, and can be stopped at any point of it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._process = os.getpid()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._interrupt: Callable[[], None] | None = None

    def start(self, work: Callable[[], None]) -> None:
        """Begin. The interpreter does not wait for it at its exit."""
        self._thread = threading.Thread(target=work, name=self._name, daemon=True)
        self._thread.start()

    @property
    def is_stopping(self) -> bool:
        """Whether the work was told to end."""
        return self._stopping.is_set()

    @property
    def is_running(self) -> bool:
        """Whether it has begun and not ended."""
        return self._thread is not None and self._thread.is_alive()

    @contextmanager
    def connect(
        self, gateway: Gateway, call: StreamCall, timeout: Timeout
    ) -> Generator[tuple[Mapping[str, str], Iterator[bytes]]]:
        """For the work: headers and pieces of a reply, which is left at the end of the block, or when stopped."""
        request = replace(call.request, on_connected=self._interrupt_by)
        reply = gateway.open_stream(replace(call, request=request), timeout)
        self._interrupt_by(reply.interrupt)
        try:
            with closing(reply.chunks()) as chunks:  # type: ignore[type-var]  # all engines' are generators
                yield reply.headers, chunks
        finally:
            self._interrupt_by(None)
            reply.close()

    def pause(self, seconds: float) -> None:
        """For the work: wait, unless stopped."""
        self._stopping.wait(seconds)

    def stop(self) -> bool:
        """End the work; whether it comes to its own end. A thread that makes a connection, say, takes longer."""
        if os.getpid() != self._process:
            return True
        self.abandon()
        thread = self._thread
        if thread is None or thread is threading.current_thread():
            return True
        thread.join(_PATIENCE_SECONDS)
        return not thread.is_alive()

    def abandon(self) -> None:
        """Let the work end soon, from any thread, without waiting for it.

        In a child of a fork nothing happens: it shares the connection with its parent, whose work it is, and a thread
        that it does not have may hold the lock.
        """
        if os.getpid() != self._process:
            return
        with self._lock:
            self._stopping.set()
            interrupt = self._interrupt
        if interrupt is not None:
            interrupt()

    def _interrupt_by(self, interrupt: Callable[[], None] | None) -> None:
        with self._lock:
            self._interrupt = interrupt
            is_late = self._stopping.is_set()
        if interrupt is not None and is_late:
            interrupt()
