"""The part of a live query that runs by itself: it keeps a connection, and hands out what comes over it.

It knows nothing of the object that the caller holds, so that one that is forgotten can be noticed.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from instant_admin._async.gateway import AsyncGateway
from instant_admin._async.live_worker import Condition, Worker
from instant_admin._async.place import Place
from instant_admin._core.live.call import LiveCall
from instant_admin._core.live.limits import live_timeout
from instant_admin._core.live.listeners import Listeners
from instant_admin._core.live.machine import Action, Announce, Deliver, End, LiveMachine, Reconnect
from instant_admin.errors import InstantError
from instant_admin.types import LiveStatus, QueryUpdate

_log = logging.getLogger("instant_admin")


class AsyncLiveFeed:
    """Runs one live query's state machine."""

    def __init__(self, gateway: AsyncGateway, call: LiveCall, listeners: Listeners) -> None:
        self._gateway = gateway
        # Connecting again is the machine's business, which knows more than the rules for ordinary calls.
        self._call = replace(call.stream, can_repeat=lambda: False)
        self._timeout = live_timeout(gateway.timeout)
        self._listeners = listeners
        self._machine = LiveMachine(call.reader)
        self._worker = Worker("instant-admin live query")
        self._changed = Condition()
        self._waiting: QueryUpdate[Any] | None = None
        self._place: Place | None = None
        self.is_over = False
        """Whether no further result will come."""
        self.error: InstantError | None = None
        """What it ended by."""

    @property
    def latest(self) -> QueryUpdate[Any] | None:
        """The newest result."""
        return self._machine.latest

    @property
    def status(self) -> LiveStatus:
        """Where it stands."""
        return "closed" if self.is_over else self._machine.status

    @property
    def is_running(self) -> bool:
        """Whether its task, or thread, is there."""
        return self._worker.is_running

    def start(self) -> None:
        """Begin to connect; does not wait for it."""
        self._place = Place()
        self._gateway.keep(self)
        self._worker.start(self._run)

    async def take(self, seconds: float | None) -> QueryUpdate[Any] | None:
        """The newest result that nobody has taken, waiting for it; None at the end.

        Args:
            seconds: How long to wait at most.

        Raises:
            InstantError: What the query ended by.
            ConfigurationError: It was begun elsewhere.
            TimeoutError: None came in time.
        """
        if self._place is not None and not self.is_over:
            self._place.require("This live query")
        async with self._changed:
            if not await self._changed.wait_until(self._has_something, seconds):
                raise TimeoutError
            update, self._waiting = self._waiting, None
        if update is None and self.error is not None:
            raise self.error.with_traceback(None)  # raised before, perhaps
        return update

    async def aclose(self) -> None:
        """End it. Nothing is left of it, but for a thread that is just making a connection and ends with that."""
        self._gateway.forget(self)
        if not await self._worker.stop():
            await self._perform(self._machine.closed())
            await self._end(None)

    def abandon(self) -> None:
        """Let it end soon, without waiting."""
        self._worker.abandon()

    def _has_something(self) -> bool:
        return self._waiting is not None or self.is_over

    async def _run(self) -> None:
        error: InstantError | None = None
        try:
            error = await self._follow()
        except Exception as cause:  # noqa: BLE001  nobody else would learn of it
            error = InstantError(f"The live query failed ({type(cause).__name__}).")
            error.__cause__ = cause
        finally:
            self._gateway.forget(self)
            await self._perform(self._machine.closed())
            await self._end(error)

    async def _follow(self) -> InstantError | None:
        """Keep a connection until there is no point in it; what the query ended by."""
        while not self._worker.is_stopping:
            parting = await self._follow_connection()
            if isinstance(parting, End):
                return parting.error
            if parting is not None:
                await self._worker.pause(parting.seconds)
        return None

    async def _follow_connection(self) -> Reconnect | End | None:
        """Read one connection, leave it, and say what to do then."""
        error = None
        try:
            async with self._worker.connect(self._gateway, self._call, self._timeout) as (headers, chunks):
                parting = await self._perform(self._machine.accepted(headers, time.monotonic(), _random()))
                if parting is not None:
                    return parting
                async for chunk in chunks:
                    parting = await self._perform(self._machine.received(chunk, time.monotonic(), _random()))
                    if parting is not None:
                        return parting
        except InstantError as found:
            error = found
        if self._worker.is_stopping:
            return None
        return await self._perform(self._machine.lost(error, _random()))

    async def _perform(self, actions: Iterable[Action]) -> Reconnect | End | None:
        for action in actions:
            match action:
                case Deliver(update):
                    async with self._changed:
                        self._waiting = update  # in place of one that nobody took in time
                        self._changed.notify_all()
                    self._listeners.tell_update(update)
                case Announce(status):
                    self._listeners.tell_status(status)
                case Reconnect(seconds, error):
                    # A lost connection is everyday business, but one that never was may have a wrong address.
                    level = logging.INFO if self._machine.latest is not None else logging.WARNING
                    _log.log(level, "subscribeQuery: connecting again in %.1f s after %s", seconds, error or "its end")
                    return action
                case End():
                    return action
        return None

    async def _end(self, error: InstantError | None) -> None:
        async with self._changed:
            if error is None:
                self._waiting = None
            self.is_over, self.error = True, error or self.error
            self._changed.notify_all()
        if error is not None:
            _log.warning("subscribeQuery: ended by %s", error)
            self._listeners.tell_error(error)


def _random() -> float:
    return random.random()  # noqa: S311  spreads attempts to connect; no secret depends on it
