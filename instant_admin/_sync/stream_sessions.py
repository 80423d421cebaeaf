# Derived from instant_admin/_async/stream_sessions.py by scripts/generate_sync.py (make sync). Do not edit.
"""Which session a stream shares, blocking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from instant_admin._core.context import Context
from instant_admin._sync.gateway import Gateway
from instant_admin._sync.runtime import current_place

if TYPE_CHECKING:
    from instant_admin._core.streams.channel import Channel
    from instant_admin._sync.live_worker import Condition
    from instant_admin._sync.stream_session import StreamSession


class StreamSessions:
    """The sessions of a client: one for each identity that it acts as, and only while streams use it."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._sessions: dict[object, StreamSession] = {}

    def add(self, context: Context, channel: Channel) -> tuple[StreamSession, Condition]:
        """Let a channel share the session of an identity.

        Returns:
            The session, and what tells of changes of the channel.
        """
        from instant_admin._sync.stream_session import StreamSession

        key = (current_place(), context.impersonation)
        while True:
            session = self._sessions.get(key)
            if session is None:
                made = StreamSession(self._gateway, context, partial(self._forget, key))
                session = self._sessions.setdefault(key, made)
            condition = session.add(channel)
            if condition is not None:
                return session, condition
            self._forget(key, session)

    def _forget(self, key: object, session: StreamSession) -> None:
        if self._sessions.get(key) is session:
            del self._sessions[key]
