"""The sessions of an instance, and what a change of the data means for them."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias
from uuid import uuid4

import msgspec

from instant_admin.local.attributes import AttributeSet
from instant_admin.local.errors import Refusal
from instant_admin.local.identity import Caller
from instant_admin.local.live.rooms import Rooms
from instant_admin.local.live.session import Session
from instant_admin.local.live.streams import Streams
from instant_admin.local.live.worker import Worker
from instant_admin.local.query import QueryResult
from instant_admin.local.router import Call
from instant_admin.local.schema.compiled import shown
from instant_admin.local.store import Commit

if TYPE_CHECKING:
    from instant_admin.local.instance import LocalInstant

_LOOKING_SECONDS = 0.5
"""How often to look for changes that other processes have made, while somebody listens."""

Results: TypeAlias = dict[tuple[str, bool, str, int], tuple[QueryResult, bytes, frozenset[str]]]
"""What queries of the admin have found: the result, its digest, and the namespaces that it depends on."""


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed in an app."""

    touched: frozenset[str] | None
    """The namespaces whose entities or links may be others; None for any, and for the rules."""
    made: frozenset[str]
    """Ids of new attributes."""

    def added(self, commit: Commit) -> Change:
        """This change and another one."""
        touched = None if self.touched is None or commit.touched is None else self.touched | commit.touched
        return Change(touched, self.made | commit.made)


class Live:
    """All sessions of an instance. Threads may share it.

    Sessions are told of changes by a worker, one at a time, so that nobody who writes waits for those who listen.
    """

    def __init__(self, instance: LocalInstant) -> None:
        self.machine_id = str(uuid4())
        self.rooms = Rooms()
        self._instance = instance
        self._worker = Worker()
        self.streams = Streams(instance, self.machine_id, self._worker)
        self._sessions: dict[str, dict[str, Session]] = {}
        """By app id and session id."""
        self._changes: dict[str, Change] = {}
        """What the sessions of each app have not been told yet."""
        self._lock = Lock()
        self._is_looking = False
        self._shown: tuple[AttributeSet, msgspec.Raw] | None = None

    def open(self, call: Call, caller: Caller, *, inference: bool) -> Session:
        """Begin a session: see `Session`."""
        session = Session(self, call, caller, inference=inference)
        session.events.when_closed(lambda: self._forget(session))
        with self._lock:
            self._sessions.setdefault(session.app_id, {})[session.id] = session
            starts_looking = self._instance.store.is_shared and not self._is_looking
            self._is_looking = self._is_looking or starts_looking
        if starts_looking:
            self._worker.do(self._look, after_seconds=_LOOKING_SECONDS)
        return session

    def find(self, machine_id: str, session_id: str, token: str) -> Session:
        """The session of a push.

        Raises:
            Refusal: There is none.
        """
        if machine_id != self.machine_id:
            message = f"Member missing for machine id: {machine_id}"
            raise Refusal("member-missing", message, {"machine-id": machine_id})
        with self._lock:
            found = next((known[session_id] for known in self._sessions.values() if session_id in known), None)
        if found is None or found.token != token:
            hint = {"sess-id": {"sess-id": session_id}}
            raise Refusal("session-missing", f"Session missing for id: {session_id}", hint)
        return found

    def note(self, commit: Commit) -> None:
        """Let the sessions of an app know of a change, soon. Returns at once."""
        with self._lock:
            if commit.app_id not in self._sessions:
                return
            is_told = bool(self._changes)
            known = self._changes.get(commit.app_id, Change(frozenset(), frozenset()))
            self._changes[commit.app_id] = known.added(commit)
        if not is_told:
            self._worker.do(self._tell)

    def forget_later(self, session: Session) -> None:
        """Free what is held for a session that nobody reads any more; by whatever thread, whatever it holds."""
        self._worker.do(lambda: self._forget(session))

    def end_all(self, app_id: str | None = None) -> None:
        """End the sessions of one app, or all: clients read what was sent, and then the end."""
        with self._lock:
            apps = self._sessions.values() if app_id is None else [self._sessions.get(app_id, {})]
            ending = [session for sessions in apps for session in sessions.values()]
        for session in ending:
            session.events.end()
            self._forget(session)

    def settle(self) -> None:
        """Wait until every session has been told of all changes so far."""
        self._worker.settle()

    def close(self) -> None:
        """End all sessions. What streams have not stored yet is stored."""
        self.end_all()
        self._worker.close()
        self.streams.close()

    def shown(self, attributes: AttributeSet) -> msgspec.Raw:
        """Attributes as messages show them, already encoded."""
        kept = self._shown
        if kept is None or kept[0] is not attributes:
            kept = self._shown = attributes, msgspec.Raw(msgspec.json.encode([shown(a) for a in attributes]))
        return kept[1]

    def _look(self) -> None:
        """Notice what other processes write to the file, as long as somebody listens."""
        self._instance.store.notice_others()
        with self._lock:
            self._is_looking = bool(self._sessions)
        if self._is_looking:
            self._worker.do(self._look, after_seconds=_LOOKING_SECONDS)

    def _tell(self) -> None:
        """Tell the sessions of each app what has changed."""
        with self._lock:
            changes, self._changes = self._changes, {}
            told = [(id, change, list(self._sessions.get(id, {}).values())) for id, change in changes.items()]
        for app_id, change, sessions in told:
            app = self._instance.store.find_app(app_id)
            if app is None:
                self.end_all(app_id)
                continue
            results: Results = {}
            for session in sessions:
                if session.status != app.status:
                    session.status = app.status
                    session.send({"op": "app-status-changed", "status": app.status})
                session.queries.refresh(app, change, results)

    def _forget(self, session: Session) -> None:
        """Free what is held for a session."""
        with self._lock:
            sessions = self._sessions.get(session.app_id, {})
            is_known = sessions.pop(session.id, None) is not None
            if not sessions:
                self._sessions.pop(session.app_id, None)
        if is_known:
            self.rooms.leave_all(session.app_id, session.id)
            self.streams.forget(session)
