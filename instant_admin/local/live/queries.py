"""The live queries of a session: a result is sent when it differs from the last one that was.

An attribute that is made after a query has been refreshed is not looked at until something else in its result changes
(recording live_new_attribute_after_refresh).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, Any, cast

import msgspec

from instant_admin.local.data_routes import query_as
from instant_admin.local.errors import Refusal, not_supported_locally, validation_failed
from instant_admin.local.live.messages import Message, error_event
from instant_admin.local.query import QueryResult
from instant_admin.local.status import check_readable
from instant_admin.local.store import App, ReadUnit
from instant_admin.local.timestamps import timestamp

if TYPE_CHECKING:
    from instant_admin.local.live.live import Change, Results
    from instant_admin.local.live.session import Session

_log = logging.getLogger("instant_admin.local")
_TREE = "tree"
_DIGEST_BYTES = 16


@dataclass
class LiveQuery:
    """A query whose result a client wants to know as it changes."""

    wanted: dict[str, Any]
    digest: bytes = b""
    """Of the result that the client has."""
    read: frozenset[str] = frozenset()
    """The namespaces that the result depends on."""
    is_refreshed: bool = False
    """Whether a second result has been sent."""
    unseen: set[str] = field(default_factory=set[str])
    """Ids of attributes that are not looked at yet."""

    def depends_on(self, change: Change) -> bool:
        """Whether its result may be another one after a change."""
        return change.touched is None or not change.touched.isdisjoint(self.read)


class LiveQueries:
    """The live queries of a session. Threads may share it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._queries: dict[str, LiveQuery] = {}
        self._lock = RLock()

    def add(self, message: Message) -> None:
        """Answer a query, and from now on its changes.

        Raises:
            Refusal: It is none, or refused.
        """
        wanted = message.get("q")
        if wanted is None:
            raise validation_failed("add-query", message.original, [{"message": "`q` is missing."}])
        if not isinstance(wanted, dict):
            raise validation_failed("query", wanted, [{"expected": "map?", "in": []}])
        if message.get("return-type") != _TREE:
            raise not_supported_locally("Queries whose `return-type` is not `tree`")
        query, session = LiveQuery(cast("dict[str, Any]", wanted)), self._session
        with self._lock:
            key = _key(wanted)
            if key in self._queries:
                session.send({"op": "add-query-exists", "q": wanted, "client-event-id": message.event_id})
                return
            with session.instance.store.read(session.caller.app, origin=session.origin) as unit:
                check_readable(unit.app)
                result, processed = self._run(unit, query), unit.last_transaction_id()
            query.digest = _digest(result)
            self._queries[key] = query
            session.send(
                {
                    "op": "add-query-ok",
                    "q": wanted,
                    "result": result.tree,
                    "result-meta": _meta(result),
                    "processed-tx-id": processed,
                    "client-event-id": message.event_id,
                }
            )

    def remove(self, message: Message) -> None:
        """Forget a query; one that is not there is fine."""
        with self._lock:
            self._queries.pop(_key(message.get("q")), None)
            self._session.send({"op": "remove-query-ok", "q": message.get("q"), "client-event-id": message.event_id})

    def refresh(self, app: App, change: Change, results: Results) -> None:
        """Send the results that a change has made others.

        Args:
            app: Whose data has changed.
            change: How.
            results: Those that other sessions have been sent for the same change.
        """
        session = self._session
        with self._lock:
            for query in self._queries.values():
                if query.is_refreshed:
                    query.unseen |= change.made
            due = {key: query for key, query in self._queries.items() if query.depends_on(change)}
            if not due:
                return
            with session.instance.store.read(app, origin=session.origin) as unit:
                computations = [self._computation(unit, key, query, results) for key, query in due.items()]
                processed, attributes = unit.last_transaction_id(), unit.attributes
            changed = [computation for computation in computations if computation is not None]
            if changed:
                session.send(
                    {
                        "op": "refresh-ok",
                        "processed-tx-id": processed,
                        "computations": changed,
                        "attrs": session.live.shown(attributes),
                    }
                )

    def _computation(self, unit: ReadUnit, key: str, query: LiveQuery, results: Results) -> dict[str, Any] | None:
        """The new result of a query; None where it is the old one or there is none, and the query is forgotten."""
        try:
            result = self._changed(unit, key, query, results)
        except Exception as error:  # noqa: BLE001  the client has to know, and the other queries go on
            if not isinstance(error, Refusal):
                _log.exception("a live query failed")
            del self._queries[key]
            self._session.send(error_event(error, self._refresh_event(unit, query), None))
            return None
        if result is None:
            return None
        return {
            "instaql-query": query.wanted,
            "instaql-result": result.tree,
            "result-meta": _meta(result),
            "result-changed?": True,
        }

    def _changed(self, unit: ReadUnit, key: str, query: LiveQuery, results: Results) -> QueryResult | None:
        if query.unseen and self._is_same_without(unit, query):
            return None
        result, digest = self._shared(unit, key, query, results)
        if digest == query.digest:
            return None
        query.digest = digest
        query.is_refreshed = True
        query.unseen.clear()
        return result

    def _is_same_without(self, unit: ReadUnit, query: LiveQuery) -> bool:
        """Whether the result is the old one as long as nobody looks at the new attributes."""
        try:
            return _digest(self._run(unit.without_attributes(query.unseen), query)) == query.digest
        except Refusal:  # it needs one of them
            return False

    def _shared(self, unit: ReadUnit, key: str, query: LiveQuery, results: Results) -> tuple[QueryResult, bytes]:
        """The result, which is the same for all sessions of the admin that ask the same way."""
        session = self._session
        if not session.caller.is_admin:
            result = self._run(unit, query)
            return result, _digest(result)
        asked = key, session.inference, session.origin, unit.last_transaction_id()
        if asked not in results:
            result = self._run(unit, query)
            results[asked] = result, _digest(result), query.read
        result, digest, query.read = results[asked]
        return result, digest

    def _run(self, unit: ReadUnit, query: LiveQuery) -> QueryResult:
        unit.read.clear()
        session = self._session
        result = query_as(session.call, unit, session.caller, query.wanted, inference=session.inference)
        query.read = frozenset(unit.read)
        return result

    def _refresh_event(self, unit: ReadUnit, query: LiveQuery) -> dict[str, Any]:
        """What the server itself has asked for, as errors show it."""
        processed = unit.last_transaction_id()
        return {
            "op": "refresh",
            "session-id": self._session.id,
            "instaql-queries": [query.wanted],
            "processed-tx-id": processed,
            "tx-id": processed,
            "tx-created-at": timestamp(self._session.instance.now_ms()),
            "isn": isn(processed),
        }


def isn(transaction_id: int) -> str:
    """The number of a transaction as the server's log has it: a text that clients do not look into."""
    return f"0/{transaction_id:X}"


def _key(wanted: object) -> str:
    return json.dumps(wanted, sort_keys=True)


def _meta(result: QueryResult) -> dict[str, Any]:
    return {"page-info": result.page_info, "aggregate": result.aggregate}


def _digest(result: QueryResult) -> bytes:
    """Equal for equal results, in which the order of keys does not count."""
    parts: Sequence[Mapping[str, Any]] = (result.tree, result.page_info, result.aggregate)
    return hashlib.blake2b(msgspec.json.encode(parts, order="sorted"), digest_size=_DIGEST_BYTES).digest()
