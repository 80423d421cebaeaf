"""Live queries: results that follow the data."""

from __future__ import annotations

import warnings
import weakref
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self

from instant_admin._async.gateway import AsyncGateway
from instant_admin._async.live_feed import AsyncLiveFeed
from instant_admin._core.live.call import LiveCall
from instant_admin._core.live.limits import check_wait
from instant_admin._core.live.listeners import Listeners
from instant_admin.errors import ConfigurationError, InstantError, UpdateTimeoutError
from instant_admin.types import LiveStatus, QueryUpdate, RowsT


class AsyncLiveQuery(Generic[RowsT]):
    """A query whose result is sent again whenever it changes. `subscribe_query` makes it.

    It runs inside `async with`, and iterates over its results, the first one included. Each result is whole. Where
    several come before the caller takes one, the newest takes the place of the others: nothing piles up, and what is
    taken is never out of date. A second loop goes on where the first one stopped; after the end a loop ends at once.

    A lost connection is made again, for as long as it takes; then only a changed result is given. What does not heal
    (credentials, permissions, a refused query) is raised to whoever takes the next result, and to everybody after.
    """

    def __init__(self, feed: AsyncLiveFeed) -> None:
        self._feed = feed
        self._has_begun = False
        self._is_closed = False
        self._forgotten = weakref.finalize(self, _warn_of_forgotten, feed)

    @property
    def status(self) -> LiveStatus:
        """ "connecting" before the first result, then "live", "reconnecting" while there is no connection, "closed"."""
        return "closed" if self._is_closed else self._feed.status

    @property
    def latest(self) -> QueryUpdate[RowsT] | None:
        """The newest result, taken or not; None before the first."""
        return self._feed.latest

    @property
    def error(self) -> InstantError | None:
        """What the query ended by, if it did."""
        return self._feed.error

    async def next(self, timeout: float | None = None) -> QueryUpdate[RowsT]:
        """Wait for the next result, or take the one that is there.

        Args:
            timeout: How long to wait, in seconds; None for as long as it takes. 0 takes what is there.

        Raises:
            InvalidArgumentError: `timeout` is no number of seconds.
            UpdateTimeoutError: There was none in time. The query goes on.
            ConfigurationError: The query is closed, or not inside `async with`.
            APIError: The server refused the query, now or at any time before.
        """
        check_wait(timeout, "next")
        update = await self._take(timeout)
        if update is None:
            raise ConfigurationError("This live query is closed.")
        return update

    def __aiter__(self) -> Self:
        self._require_begun()
        return self

    async def __anext__(self) -> QueryUpdate[RowsT]:
        update = await self._take(None)
        if update is None:
            raise StopAsyncIteration
        return update

    async def aclose(self) -> None:
        """End the query, in less than a second. Leaving `async with` does it."""
        self._is_closed = True
        self._forgotten.detach()
        await self._feed.aclose()

    async def __aenter__(self) -> Self:
        if self._has_begun or self._is_closed:
            raise ConfigurationError("A live query runs once: make another one with subscribe_query.")
        self._has_begun = True
        self._feed.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _take(self, seconds: float | None) -> QueryUpdate[RowsT] | None:
        self._require_begun()
        if self._is_closed:
            return None
        try:
            return await self._feed.take(seconds)
        except TimeoutError:
            raise UpdateTimeoutError(f"No update of the live query within {seconds} s.") from None

    def _require_begun(self) -> None:
        if not self._has_begun:
            raise ConfigurationError("A live query runs inside `async with`, which opens and closes its connection.")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(status={self.status!r})"


def make_live_query(
    gateway: AsyncGateway,
    call: LiveCall,
    on_update: Callable[[QueryUpdate[RowsT]], object] | None,
    on_status: Callable[[LiveStatus], object] | None,
    on_error: Callable[[InstantError], object] | None,
) -> AsyncLiveQuery[RowsT]:
    """A live query that has not begun.

    Raises:
        InvalidArgumentError: A function cannot be called, or would have to be awaited.
    """
    return AsyncLiveQuery(AsyncLiveFeed(gateway, call, Listeners(on_update, on_status, on_error)))


def _warn_of_forgotten(feed: AsyncLiveFeed) -> None:
    """When the object that the caller held is gone, at the latest with the program."""
    if feed.is_running:
        feed.abandon()
        warnings.warn("A live query was not closed: use `async with` or aclose().", ResourceWarning, 1, source=feed)
