"""The one way out: sends a call, repeats it where that is safe, and turns the reply into a value or an error."""

from __future__ import annotations

import random
import time
import warnings
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from instant_admin._async.runtime import EngineSlot, sleep
from instant_admin._core.api_errors import read_api_error
from instant_admin._core.decode import finish
from instant_admin._core.observe import describe_attempt, is_observed, report
from instant_admin._core.retry import seconds_to_retry
from instant_admin._core.settings import Settings, as_timeout
from instant_admin._core.wire import Call, Limits, StreamCall
from instant_admin._engines.base import AsyncEngine, AsyncReplyStream, AsyncStreamEngine
from instant_admin._engines.choice import EngineChoice
from instant_admin.errors import APIError, ConfigurationError, InstantError, NoReplyError, RequestTimeoutError
from instant_admin.types import Timeout

T = TypeVar("T")

_LONGEST_REFUSAL = 1024 * 1024


class AsyncDependent(Protocol):
    """Something of its own life that a client has opened, such as a live query."""

    async def aclose(self) -> None:
        """End it, in less than a second."""
        ...


class AsyncGateway:
    """Shared by a client and everything made from it with `as_user`, so that there is one connection pool."""

    def __init__(self, settings: Settings, choice: EngineChoice) -> None:
        self._settings = settings
        self._choice = choice
        self._slot = EngineSlot(choice.open_async)
        self._streams = EngineSlot(choice.open_async_streams)
        self._dependents: set[AsyncDependent] = set()
        self._is_closed = False
        self.engine_name = choice.name
        self.timeout = settings.timeout
        """The client's own limits."""
        self.base_url = settings.base_url if settings.local_path is None else None
        """Address of the server; None for one in this process."""

    async def run(self, call: Call[T], timeout: float | Timeout | None = None) -> T:
        """Send the call and return its result.

        Args:
            call: What to send.
            timeout: For this call; None for the client's.

        Raises:
            InstantError: Whatever went wrong.
        """
        engine = await self._open_engine()

        async def attempt(limits: Limits) -> T:
            return finish(call, await engine.send(call.request, limits))

        return await self._repeat(call, attempt, engine.name, as_timeout(timeout) or self._settings.timeout)

    async def open_stream(self, call: StreamCall, timeout: float | Timeout | None = None) -> AsyncReplyStream:
        """Send the call and return when the head of the reply says that it is accepted. The caller closes the reply.

        Args:
            call: What to send.
            timeout: For this call; None for the client's. `total` ends with the head of the reply; `read` is the
                longest silence, in the body too.

        Raises:
            InstantError: Whatever went wrong, a refusal included.
        """
        engine = await self._open_streams()

        async def attempt(limits: Limits) -> AsyncReplyStream:
            return await _open_accepted(engine, call, limits)

        return await self._repeat(call, attempt, engine.name, as_timeout(timeout) or self._settings.timeout)

    async def read_stream(
        self,
        call: StreamCall,
        read: Callable[[AsyncReplyStream], Awaitable[T]],
        timeout: float | Timeout | None = None,
    ) -> T:
        """Send the call and return what is read of the reply, which is closed then. Repeated as a whole.

        Args:
            call: What to send.
            read: Reads what is wanted of the reply.
            timeout: As for `open_stream`.

        Raises:
            InstantError: Whatever went wrong, in `read` too.
        """
        engine = await self._open_streams()

        async def attempt(limits: Limits) -> T:
            reply = await _open_accepted(engine, call, limits)
            try:
                return await read(reply)
            finally:
                await reply.aclose()

        return await self._repeat(call, attempt, engine.name, as_timeout(timeout) or self._settings.timeout)

    async def wait_to_go_on(self, error: NoReplyError, attempt: int) -> None:
        """Wait before a reply that broke off is asked for again.

        Args:
            error: How it broke off.
            attempt: Number of the attempt, from 1 after each progress.

        Raises:
            NoReplyError: The same, where it was the last attempt.
        """
        wait = seconds_to_retry(
            self._settings.retry,
            error,
            is_read=True,
            attempt=attempt,
            remaining_seconds=None,
            random=random.random(),  # noqa: S311  as above
        )
        if wait is None:
            raise error
        await sleep(wait)

    def keep(self, dependent: AsyncDependent) -> None:
        """Close this together with the client, unless it is forgotten before."""
        self._dependents.add(dependent)

    def forget(self, dependent: AsyncDependent) -> None:
        """What was kept is closed already."""
        self._dependents.discard(dependent)

    async def _repeat(
        self,
        call: Call[Any] | StreamCall,
        attempt: Callable[[Limits], Awaitable[T]],
        engine_name: str,
        limits: Timeout,
    ) -> T:
        started = time.monotonic()
        number = 1
        while True:
            attempt_started = time.monotonic()
            remaining = None if limits.total is None else limits.total - (attempt_started - started)
            result, error = await _try_once(attempt, limits, remaining)
            wait = None
            if error is not None:
                spent = time.monotonic() - started
                wait = seconds_to_retry(
                    self._settings.retry if not isinstance(call, StreamCall) or call.can_repeat() else None,
                    error,
                    is_read=call.is_read,
                    attempt=number,
                    remaining_seconds=None if limits.total is None else limits.total - spent,
                    random=random.random(),  # noqa: S311  spreads retries; no secret depends on it
                )
            if is_observed(self._settings.on_response):
                duration = time.monotonic() - attempt_started
                described = describe_attempt(call.operation, engine_name, number, duration, error, wait)
                report(described, self._settings.on_response)
            if wait is None:
                if error is not None:
                    raise error
                return result  # type: ignore[return-value]  # without an error there is a result, None included
            await sleep(wait)
            number += 1

    async def aclose(self) -> None:
        """Close what was opened; later calls are refused."""
        try:
            await self._close_dependents()  # before calls are refused: some have a last word to say
            self._is_closed = True
            await self._close_dependents()  # of another thread, which came meanwhile
            await self._streams.aclose()
            await self._slot.aclose()
        finally:
            self._choice.release()

    async def _close_dependents(self) -> None:
        for dependent in list(self._dependents):
            await dependent.aclose()

    async def _open_engine(self) -> AsyncEngine:
        self._require_open()
        return await self._slot.get()

    async def _open_streams(self) -> AsyncStreamEngine:
        self._require_open()
        return await self._streams.get()

    def _require_open(self) -> None:
        if self._is_closed:
            raise ConfigurationError("This client is closed.")

    def __del__(self) -> None:
        slots = (getattr(self, "_slot", None), getattr(self, "_streams", None))  # absent when the constructor failed
        if any(slot is not None and slot.is_open for slot in slots) and not self._is_closed:
            # stacklevel says nothing here: the collector calls
            warnings.warn("A client was not closed: use `async with` or aclose().", ResourceWarning, 1, source=self)


async def _try_once(
    attempt: Callable[[Limits], Awaitable[T]], limits: Timeout, remaining: float | None
) -> tuple[T | None, InstantError | None]:
    if remaining is not None and remaining <= 0:
        return None, RequestTimeoutError("The call's total timeout is used up.", request_sent=False)
    try:
        return await attempt(Limits.of(limits, remaining)), None
    except InstantError as error:
        return None, error


async def _open_accepted(engine: AsyncStreamEngine, call: StreamCall, limits: Limits) -> AsyncReplyStream:
    """The reply, once its head says that the call is accepted."""
    reply = await engine.open_stream(call.request, limits)
    if reply.status not in call.accepted:
        raise await _refused(call, reply)
    return reply


async def _refused(call: StreamCall, reply: AsyncReplyStream) -> APIError:
    """The error that a refused stream's reply stands for, whatever its body."""
    body = b""
    try:
        async for chunk in reply.chunks():
            body += chunk
            if len(body) > _LONGEST_REFUSAL:
                break
    except NoReplyError:
        pass  # the status alone says enough
    finally:
        await reply.aclose()
    return read_api_error(reply.status, body, secrets=call.secrets, impersonated=call.impersonated)
