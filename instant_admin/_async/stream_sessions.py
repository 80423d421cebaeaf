"""Which session a stream shares, awaitable."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from instant_admin._async.gateway import AsyncGateway
from instant_admin._async.runtime import current_place
from instant_admin._core.context import Context

if TYPE_CHECKING:
    from instant_admin._async.live_worker import Condition
    from instant_admin._async.stream_session import AsyncStreamSession
    from instant_admin._core.streams.channel import Channel


class AsyncStreamSessions:
    """The sessions of a client: one for each identity that it acts as, and only while streams use it."""

    def __init__(self, gateway: AsyncGateway) -> None:
        self._gateway = gateway
        self._sessions: dict[object, AsyncStreamSession] = {}

    async def add(self, context: Context, channel: Channel) -> tuple[AsyncStreamSession, Condition]:
        """Let a channel share the session of an identity.

        Returns:
            The session, and what tells of changes of the channel.
        """
        from instant_admin._async.stream_session import AsyncStreamSession

        key = (current_place(), context.impersonation)
        while True:
            session = self._sessions.get(key)
            if session is None:
                made = AsyncStreamSession(self._gateway, context, partial(self._forget, key))
                session = self._sessions.setdefault(key, made)
            condition = await session.add(channel)
            if condition is not None:
                return session, condition
            self._forget(key, session)

    def _forget(self, key: object, session: AsyncStreamSession) -> None:
        if self._sessions.get(key) is session:
            del self._sessions[key]
