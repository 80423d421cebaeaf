"""The thread that delivers: it begins when there is something to deliver, and ends with the instance."""

from __future__ import annotations

import asyncio
import logging
from threading import Condition, Thread, current_thread

import httpx

from instant_admin.local.webhooks.outgoing import Job, Outgoing
from instant_admin.local.webhooks.sending import open_client

_log = logging.getLogger("instant_admin.local")

_AT_ONCE = 32
"""Deliveries at the same time."""
_LONGEST_WAIT_SECONDS = 1.0
"""Until it looks again where something waits for its time: an instance's clock may be anybody's."""


class Worker:
    """Delivers what is due, in a thread and an event loop of its own. Threads may share it."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing
        self._condition = Condition()
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._look = asyncio.Event()
        """Set when there may be something to do. Belongs to the loop."""
        self._asked = 0
        """How often somebody has asked it to look."""
        self._answered = 0
        """How much of that was asked before it last found nothing to do."""
        self._is_closed = False

    def wake(self) -> None:
        """Let it look for what is due. Returns at once."""
        with self._condition:
            if self._is_closed:
                return
            self._asked += 1
            if self._thread is None:
                self._thread = Thread(target=self._work, name="instant-admin webhooks", daemon=True)
                self._thread.start()
            elif self._loop is not None:
                self._loop.call_soon_threadsafe(self._look.set)

    def settle(self) -> None:
        """Wait until all that is due by now has been tried."""
        self.wake()
        with self._condition:
            asked = self._asked
            self._condition.wait_for(lambda: self._answered >= asked or self._is_closed)

    def close(self) -> None:
        """Give up what is under way, and wait for the thread."""
        with self._condition:
            self._is_closed = True
            self._condition.notify_all()
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._look.set)
            thread = self._thread
        if thread is not None and thread is not current_thread():
            thread.join()

    def _work(self) -> None:
        loop = asyncio.new_event_loop()
        try:
            loop.run_until_complete(self._run(loop))
        except Exception:  # noqa: BLE001  nobody else would tell of it
            _log.exception("webhooks are no longer delivered")
        finally:
            with self._condition:
                self._is_closed, self._loop = True, None
                self._condition.notify_all()
            loop.close()  # does not wait for look-ups of names, unlike asyncio.run

    async def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        with self._condition:
            self._loop = loop
        self._outgoing.begin()
        running: set[asyncio.Task[None]] = set()
        async with open_client() as client:
            while not self._is_closed:
                self._look.clear()
                with self._condition:
                    asked = self._asked
                jobs = self._outgoing.take(_AT_ONCE - len(running))
                for job in jobs:
                    task = loop.create_task(self._do(job, client))
                    running.add(task)
                    task.add_done_callback(running.discard)
                    task.add_done_callback(lambda _: self._look.set())
                if not jobs and not running:
                    self._answer(asked)
                is_full = len(running) >= _AT_ONCE
                await self._pause(None if is_full else self._outgoing.seconds_to_next())
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _do(self, job: Job, client: httpx.AsyncClient) -> None:
        try:
            await job(client)
        except Exception:  # noqa: BLE001  the other deliveries are not to blame
            _log.exception("a delivery failed")

    async def _pause(self, seconds: float | None) -> None:
        try:
            limit = None if seconds is None else min(max(seconds, 0.0), _LONGEST_WAIT_SECONDS)
            await asyncio.wait_for(self._look.wait(), limit)
        except TimeoutError:
            pass

    def _answer(self, asked: int) -> None:
        with self._condition:
            self._answered = asked
            self._condition.notify_all()
