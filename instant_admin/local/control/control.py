"""`LocalInstant.control`: the Python side of what tests need of a server."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from instant_admin.errors import InvalidArgumentError
from instant_admin.local.control import content, rows
from instant_admin.local.control.faults import Fault
from instant_admin.local.control.rows import Snapshot
from instant_admin.local.errors import Refusal
from instant_admin.local.files.records import read_bodies
from instant_admin.local.permissions import Evaluation, rule_routes
from instant_admin.local.store import App, WriteUnit
from instant_admin.local.store.apps import add_rules
from instant_admin.local.users.outbox import Email

if TYPE_CHECKING:
    from instant_admin import Rules, Schema
    from instant_admin.local.instance import LocalApp, LocalInstant

_LONGEST_TRACE = 1_000_000


class Control:
    """What a test needs of a server and a real one does not offer.

    Wherever a method takes an app it takes a `LocalApp` or an app id; an unknown one is an InvalidArgumentError.
    """

    def __init__(self, instance: LocalInstant) -> None:
        self._instance = instance
        self._kept: dict[str, Snapshot] = {}

    def create_app(
        self,
        title: str = "test",
        schema: Schema | Mapping[str, Any] | None = None,
        rules: Rules | Mapping[str, Any] | None = None,
        app_id: str | None = None,
        admin_token: str | None = None,
    ) -> LocalApp:
        """Make an app: see `LocalInstant.create_app`."""
        return self._instance.create_app(title, schema, rules, app_id, admin_token)

    def delete_app(self, app: LocalApp | str) -> None:
        """Delete an app with all that it has."""
        found = self._find(app)
        with self._instance.store.rewrite(found) as unit:
            rows.delete_app(unit)
        self._instance.blobs.delete_app(found.key)
        self._forget(found.id)

    def reset(self, app: LocalApp | str, *, keep_schema: bool = True, keep_rules: bool = True) -> None:
        """Empty an app: entities, files, links, users, sessions, codes, e-mails, rooms, limits; it is active again.

        Args:
            app: Which one.
            keep_schema: False deletes its attributes too.
            keep_rules: False deletes its permission rules too.
        """
        found = self._find(app)
        with self._instance.store.rewrite(found) as unit:
            rows.delete_data(unit)
            if not keep_schema:
                rows.delete_schema(unit)
            if not keep_rules:
                rows.delete_rules(unit)
            unit.db.execute("UPDATE app SET status = 'active' WHERE key = ?", (found.key,))
        self._instance.blobs.delete_app(found.key)
        self._forget(found.id)

    def dump(self, app: LocalApp | str) -> dict[str, Any]:
        """An app's attributes, rules, entities (users included), links and files as a JSON object, for `load`.

        All of it is in memory, the bodies of files too.
        """
        found = self._find(app)
        with self._instance.store.read(found) as unit:
            written = content.dump(unit)
            files = read_bodies(self._instance, unit)
        if files:
            written["files"] = {location_id: b64encode(body).decode() for location_id, body in files.items()}
        return written

    def load(self, app: LocalApp | str, dumped: Mapping[str, Any]) -> None:
        """Make the content of an app what `dump` has written down; what it had before is gone.

        Attributes and identities keep their ids, unless another app of this instance has them.

        Raises:
            InvalidArgumentError: It is no dump, or contradicts itself; the app is as it was.
        """
        found = self._find(app)
        bodies = content.bodies(dumped)
        with self._instance.store.rewrite(found) as unit:
            rows.delete_data(unit)
            rows.delete_schema(unit)
            rows.delete_rules(unit)
            rules = content.load(unit, dumped)
            for location_id, body in bodies.items():
                self._instance.blobs.restore(found.key, location_id, body)
            if rules is not None:
                self._add_rules(unit, rules)
        self._forget(found.id)

    def snapshot(self, app: LocalApp | str) -> Snapshot:
        """An app as it is now, for `restore`: quicker than a dump, and good for this instance only.

        Bodies of files are not copied; from the first snapshot on none is removed before the instance is closed.
        """
        self._instance.blobs.hold()
        with self._instance.store.read(self._find(app)) as unit:
            return rows.take_snapshot(unit)

    def restore(self, snapshot: Snapshot) -> None:
        """Make an app what it was when the snapshot was taken: data, schema, rules and status."""
        found = self._find(snapshot.app_id)
        with self._instance.store.rewrite(found) as unit:
            rows.restore_snapshot(unit, snapshot)

    def keep(self, snapshot: Snapshot) -> str:
        """Hold on to a snapshot, and return its name for `kept`: HTTP callers cannot hold it themselves."""
        name = str(uuid4())
        self._kept[name] = snapshot
        return name

    def kept(self, name: str) -> Snapshot:
        """The snapshot with a name.

        Raises:
            InvalidArgumentError: There is none.
        """
        if name not in self._kept:
            raise InvalidArgumentError(f"There is no snapshot {name!r:.80}.")
        return self._kept[name]

    def drop(self, name: str) -> None:
        """Let go of a snapshot; one that is not there is fine."""
        self._kept.pop(name, None)

    def advance(self, seconds: float) -> None:
        """Let the instance's clock jump ahead: codes expire, hourly limits are lifted, `created_at` is later.

        Raises:
            InvalidArgumentError: The time would go backwards, or beyond the year 9999.
        """
        self._instance.advance(seconds)

    def reset_clock(self) -> None:
        """Let the instance's clock show the time again. What was made meanwhile stays of the future."""
        self._instance.reset_clock()

    def outbox(self, app: LocalApp | str | None = None) -> list[Email]:
        """The magic codes mailed so far, oldest first, of one app or of all. A reset of an app takes its own away."""
        return self._instance.outbox.read(None if app is None else self._find(app).id)

    def fail_next(
        self,
        path: str | None = None,
        *,
        status: int | None = None,
        stall_seconds: float = 0.0,
        drop: bool = False,
        half_body: bool = False,
        times: int = 1,
    ) -> None:
        """Let the next request fail, of any app.

        Args:
            path: Only one of this path, such as `/admin/transact`.
            status: Answer with this status and an error body; nothing is done.
            stall_seconds: Wait that long first; alone, all is well then. For a caller who gives up nothing is done.
            drop: End the connection without a reply; nothing is done.
            half_body: Do as asked, but end the connection in the middle of the reply.
            times: For how many requests.

        Raises:
            InvalidArgumentError: None or several of status, drop and half_body are asked for, or a number is out of
                range.
        """
        if times < 1:
            raise InvalidArgumentError(f"times must be a number from 1 on, not {times}.")
        fault = Fault(path, status, stall_seconds, drop, half_body)
        for _ in range(times):
            self._instance.faults.add(fault)

    def clear_faults(self) -> None:
        """Let nothing go wrong that was asked for and has not happened."""
        self._instance.faults.clear()

    def start_rule_trace(self, limit: int = 1000) -> None:
        """Keep the evaluations of permission rules from now on.

        Args:
            limit: How many; older ones are dropped.

        Raises:
            InvalidArgumentError: It is below 1, or above a million.
        """
        if not 1 <= limit <= _LONGEST_TRACE:
            raise InvalidArgumentError(f"limit must be 1 to {_LONGEST_TRACE}, not {limit}.")
        self._instance.rule_trace.start(limit)

    def rule_trace(self) -> list[Evaluation]:
        """Which rules were evaluated since `start_rule_trace`, of all apps, with what result; the oldest first."""
        return self._instance.rule_trace.evaluations()

    def stop_rule_trace(self) -> None:
        """Keep no evaluations any more, and forget those kept."""
        self._instance.rule_trace.stop()

    def join_room(
        self, app: LocalApp | str, room_id: str, data: Mapping[str, Any] | None = None, *, user_id: str | None = None
    ) -> str:
        """Put somebody into a room, for `rooms.get_presence`.

        Args:
            app: Which one.
            room_id: Which room; the type of a room does not tell rooms apart.
            data: What they show of themselves.
            user_id: Id of a user of the app; None for a visitor.

        Returns:
            The id of the session, for `leave_room`.
        """
        return self._instance.live.rooms.visit(self._find(app).id, room_id, data or {}, user_id).id

    def leave_room(self, app: LocalApp | str, room_id: str, session_id: str) -> None:
        """Take somebody out of a room; a session that is not there is fine."""
        self._instance.live.rooms.leave(self._find(app).id, room_id, session_id)

    def settle(self) -> None:
        """Wait until all live queries have been told of the changes so far, and webhooks' deliveries due by now tried.

        What live queries send is on its way then. Not for a thread that has to answer the deliveries itself.
        """
        self._instance.live.settle()
        self._instance.webhooks.settle()

    def end_streams(self, app: LocalApp | str | None = None) -> None:
        """End the live queries and sessions of an app, or all, as a server does that is restarted."""
        self._instance.live.end_all(None if app is None else self._find(app).id)

    def _find(self, app: LocalApp | str) -> App:
        app_id = app if isinstance(app, str) else app.app_id
        found = self._instance.store.find_app(app_id)
        if found is None:
            raise InvalidArgumentError(f"There is no app {app_id!r:.80} in this local Instant.")
        return found

    def _add_rules(self, unit: WriteUnit, rules: Mapping[str, Any]) -> None:
        try:
            code = rule_routes.checked(rules)
        except Refusal as refusal:
            raise InvalidArgumentError(f"The rules of the dump are refused: {refusal.message}") from refusal
        add_rules(unit.db, unit.app.key, json.dumps(code), self._instance.now_ms())

    def _forget(self, app_id: str) -> None:
        self._instance.outbox.clear(app_id)
        self._instance.uploads.clear(app_id)
        self._instance.limits.clear(app_id)
        self._instance.rate_limits.clear(app_id)
        self._instance.rate_limits.clear(app_id)
        self._instance.live.rooms.clear(app_id)
