# Derived from instant_admin/_async/stream_session.py by scripts/generate_sync.py (make sync). Do not edit.
"""A session that streams share, blocking: it runs by itself, for as long as there are streams."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable
from functools import partial

from instant_admin._core.context import Context
from instant_admin._core.live.limits import live_timeout
from instant_admin._core.streams import limits
from instant_admin._core.streams import stream_calls as calls
from instant_admin._core.streams.channel import Channel
from instant_admin._core.streams.session import Connect, Finish, Push, SessionMachine, Step, Wait
from instant_admin._sync.gateway import Gateway
from instant_admin._sync.live_worker import Condition, Lock, Worker
from instant_admin._sync.place import Place
from instant_admin.errors import ConfigurationError, InstantError, StreamError

_log = logging.getLogger("instant_admin")


class StreamSession:
    """Runs one session's state machine: one worker decides and pushes, another one listens to the connection.

    All state, that of the channels included, is looked at and changed under `lock` only.
    """

    def __init__(self, gateway: Gateway, context: Context, forget: Callable[[StreamSession], None]) -> None:
        """Begin without a connection.

        Args:
            gateway: What sends.
            context: Who acts.
            forget: Called at the end.
        """
        self.lock = Lock()
        self.gateway = gateway
        self.place = Place()
        self._app_id = context.app_id
        self._forget = forget
        self._call = calls.open_session(context)
        self._machine = SessionMachine(secrets=self._call.secrets, impersonated=self._call.impersonated)
        self._news = Condition(self.lock)
        self._has_news = False
        self._conditions: dict[Channel, Condition] = {}
        self._worker = Worker("instant-admin streams")
        self._listener: Worker | None = None

    @property
    def last_fault(self) -> InstantError | None:
        """Why there is no session now; None where there is one."""
        return self._machine.last_fault

    def add(self, channel: Channel) -> Condition | None:
        """Let a channel share the session.

        Returns:
            What tells of its changes; None where the session is over.
        """
        with self.lock:
            if self._machine.is_finished:
                return None
            condition = self._conditions[channel] = Condition(self.lock)
            self._machine.add(channel)
            if not self._worker.is_running:
                self.gateway.keep(self)
                self._worker.start(self._run)
            self.wake()
            return condition

    def wake(self) -> None:
        """Look whether there is something to do. Under `lock`."""
        if not self._has_news:
            self._has_news = True
            self._news.notify_all()

    def close(self) -> None:
        """End it. Streams that were left before get a moment to say so to the server."""
        if not self.place.is_here:
            self._worker.abandon()  # the connection is not this place's to touch
            return
        with self.lock:
            self._news.wait_until(self._is_at_rest, limits.CLOSE_SECONDS)
            self._machine.end(ConfigurationError("This client is closed."))
            self._tell()
            self.wake()
        listener = self._hang_up()
        self._worker.stop()
        if listener is not None:
            listener.stop()

    def _is_at_rest(self) -> bool:
        return not any(channel.left_until is not None for channel in self._machine.channels)

    def _run(self) -> None:
        try:
            while not isinstance(self._take_step(), Finish):
                pass
        finally:
            self._forget(self)
            self.gateway.forget(self)
            self._hang_up()
            with self.lock:
                self._machine.end(StreamError("The session ended before the stream did."))
                self._tell()

    def _take_step(self) -> Step:
        with self.lock:
            step = self._machine.next_step(time.monotonic(), _random())
            if isinstance(step, Connect) or not self._machine.has_connection:
                self._hang_up()
            self._tell()
            if isinstance(step, Wait):
                seconds = None if step.seconds == math.inf else max(step.seconds, 0)
                self._news.wait_until(lambda: self._has_news, seconds)
            self._has_news = False
        if isinstance(step, Connect):
            self._listener = listener = Worker("instant-admin streams, listening")
            listener.start(partial(self._listen, listener))
        elif isinstance(step, Push):
            self._push(step)
        return step

    def _push(self, push: Push) -> None:
        call = calls.push(self._app_id, push.session, push.messages, push.secrets)
        try:
            self.gateway.run(call, limits.push_timeout(self.gateway.timeout))
        except InstantError as error:
            with self.lock:
                self._machine.push_failed(push, error, time.monotonic(), _random())

    def _listen(self, listener: Worker) -> None:
        # Until it is known better: whatever ends this, those who wait for the session must learn of it.
        error: InstantError | None = StreamError("The session cannot be read.")
        try:
            with listener.connect(self.gateway, self._call, live_timeout(self.gateway.timeout)) as (headers, got):
                is_wanted = self._hear(listener, partial(self._machine.accepted, headers))
                while is_wanted and (piece := next(got, None)) is not None:
                    is_wanted = self._hear(listener, partial(self._machine.received, piece))
            error = None
        except InstantError as found:
            error = found
        finally:
            with self.lock:
                if self._listener is listener and self._machine.has_connection:
                    _log.info("openSession: the session is lost (%s)", error or "it ended")
                    self._machine.lost(error, time.monotonic(), _random())
                    self.wake()

    def _hear(self, listener: Worker, take: Callable[[float, float], bool]) -> bool:
        """Let the machine take what was heard; whether to listen on."""
        with self.lock:
            if self._listener is not listener or not self._machine.has_connection:
                return False
            if take(time.monotonic(), _random()):
                self.wake()
            self._tell()
            return self._machine.has_connection

    def _hang_up(self) -> Worker | None:
        """Leave the connection, without waiting for it."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.abandon()
        return listener

    def _tell(self) -> None:
        """Tell those who wait for channels of which something has changed."""
        for channel in self._machine.touched:
            condition = self._conditions.get(channel)
            if condition is not None:
                condition.notify_all()
            if channel.is_over:
                self._conditions.pop(channel, None)
                self._news.notify_all()  # for `close`, which waits for the last ones
        self._machine.touched.clear()


def _random() -> float:
    return random.random()  # noqa: S311  spreads attempts to connect; no secret depends on it
