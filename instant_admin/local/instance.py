"""A local Instant: one SQLite database with any number of apps, and the server's answers over it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid4

from instant_admin.errors import ConfigurationError, InvalidArgumentError
from instant_admin.local import apps, data_routes, unsupported
from instant_admin.local.body import MalformedJson
from instant_admin.local.control import routes as control_routes
from instant_admin.local.control.control import Control
from instant_admin.local.control.faults import CONTROL_PREFIX, Faults
from instant_admin.local.cors import cors_headers, preflight
from instant_admin.local.errors import Refusal
from instant_admin.local.files import admin_routes as file_routes
from instant_admin.local.files import client_routes as client_file_routes
from instant_admin.local.files import downloads
from instant_admin.local.files.blobs import Blobs
from instant_admin.local.files.records import sweep_bodies
from instant_admin.local.files.uploads import Uploads
from instant_admin.local.live import Live, rooms
from instant_admin.local.live import routes as live_routes
from instant_admin.local.permissions import RateLimits, RuleTrace, rule_routes
from instant_admin.local.router import Call, Router
from instant_admin.local.schema import routes as schema_routes
from instant_admin.local.store import Store, StoreError
from instant_admin.local.users import admin_routes, runtime_routes
from instant_admin.local.users.attempts import HourlyLimits
from instant_admin.local.users.outbox import Outbox
from instant_admin.local.webhooks import Webhooks
from instant_admin.local.webhooks import public_routes as webhook_public_routes
from instant_admin.local.webhooks import routes as webhook_routes
from instant_admin.local.wire import ConnectionLost, Reply, Request, in_origin_form

if TYPE_CHECKING:
    from instant_admin import Rules, Schema

_log = logging.getLogger("instant_admin.local")
_DEFAULT_TITLE = "local"
_SCHEMA_PARTS = ("entities", "links", "rooms")
_LAST_SECOND = 253_402_300_799
"""The end of the year 9999, up to which a datetime can be made."""


@dataclass(frozen=True, slots=True)
class LocalApp:
    """An app of a local Instant."""

    app_id: str
    admin_token: str

    def __repr__(self) -> str:
        return f"LocalApp(app_id={self.app_id!r})"


class LocalInstant:
    """An Instant server in this process, without a socket. Threads may share it.

    Use it as a context manager, or call `close`.
    """

    def __init__(
        self, path: str | Path | None = None, *, clock: Callable[[], float] = time.time, control: bool = False
    ) -> None:
        """Open a local Instant.

        Args:
            path: SQLite file that keeps the data, made where it does not exist; without one all is in memory.
            clock: Seconds since 1970; says when things are created and when they expire.
            control: Answer control calls over HTTP too, under `/_local`; they have no credentials.

        Raises:
            ConfigurationError: The file cannot be opened, or is something else.
        """
        self._clock = clock
        self._ahead_seconds = 0.0
        try:
            self.store = Store(path, now_ms=self.now_ms)
        except StoreError as cause:
            raise ConfigurationError(f"Cannot open {path} as a local Instant: {cause}") from cause
        self._path = path
        self._is_closed = False
        self.blobs = Blobs(path)
        self.uploads = Uploads(self.now_ms)
        self.outbox = Outbox()
        self.limits = HourlyLimits(self.now_ms)
        self.rate_limits = RateLimits(self.now_ms)
        self.rule_trace = RuleTrace()
        self.live = Live(self)
        self.store.on_commit = self.live.note
        self.webhooks = Webhooks(self)
        self.store.observe = self.webhooks.notice
        self.webhooks.resume()
        self.faults = Faults()
        """Adapters ask it about each request; `handle` itself never fails on purpose."""
        self._answers_control = control
        self._router = _router(control)

    @cached_property
    def control(self) -> Control:
        """What tests need of a server: reset, dumps, another time, faults and so on."""
        return Control(self)

    def now_ms(self) -> int:
        """The instance's own time, in milliseconds since 1970."""
        return int((self._clock() + self._ahead_seconds) * 1000)

    def advance(self, seconds: float) -> None:
        """Let the instance's time jump ahead.

        Raises:
            InvalidArgumentError: It would go backwards, or beyond the year 9999.
        """
        if not 0 <= seconds <= _LAST_SECOND - self.now_ms() / 1000:
            raise InvalidArgumentError(f"The clock cannot go {seconds} seconds ahead.")
        self._ahead_seconds += seconds
        self.webhooks.nudge()

    def reset_clock(self) -> None:
        """Let the instance show the time of its clock again."""
        self._ahead_seconds = 0.0
        self.store.allow_earlier()

    def handle(self, request: Request) -> Reply:
        """Answer one request. Never raises: what goes wrong is in the reply."""
        if not request.path.startswith("/"):
            request = in_origin_form(request)
        if request.path.startswith(CONTROL_PREFIX):  # not for browsers
            return self._answer(request)
        reply = preflight(request) if request.method == "OPTIONS" else self._answer(request)
        headers = {**reply.headers, **cors_headers(request)}
        return Reply(reply.status, headers) if request.method == "HEAD" else replace(reply, headers=headers)

    def create_app(
        self,
        title: str = _DEFAULT_TITLE,
        schema: Schema | Mapping[str, Any] | None = None,
        rules: Rules | Mapping[str, Any] | None = None,
        app_id: str | None = None,
        admin_token: str | None = None,
    ) -> LocalApp:
        """Make an app.

        Args:
            title: Its name, for people.
            schema: Entities and links to begin with: a Schema, or its JSON form, as a schema push has it.
            rules: Permission rules to begin with: a Rules, or its JSON form.
            app_id: Its id, a UUID; else a random one.
            admin_token: Its admin token, a UUID; else a random one.

        Raises:
            ConfigurationError: The id or the token is no UUID, the id is taken, or the schema or the rules
                are refused.
        """
        identity = _uuid(app_id, "app_id"), _uuid(admin_token, "admin_token")
        given = _as_json(schema)
        _refuse_other_parts(given)
        try:
            app = apps.create(
                self, title, schema=given, rules=_as_json(rules), app_id=identity[0], admin_token=identity[1]
            )
        except Refusal as refusal:
            raise ConfigurationError(f"The app cannot be made: {_with_place(refusal)}") from refusal
        return LocalApp(app.id, app.admin_token)

    def default_app(self) -> LocalApp:
        """The app of this database for those who name none: made on first use, the same from then on."""
        app = self.store.default_app(str(uuid4()), str(uuid4()), _DEFAULT_TITLE)
        return LocalApp(app.id, app.admin_token)

    def ensure_app(self, app_id: str, admin_token: str | None = None) -> LocalApp:
        """The app with an id, made where it does not exist.

        Args:
            app_id: Its id, a UUID.
            admin_token: Admin token of a new app, a UUID; else a random one. An app that exists keeps its own.

        Raises:
            ConfigurationError: The id or the token is no UUID.
        """
        app = self.store.find_app(_uuid(app_id, "app_id"))
        return LocalApp(app.id, app.admin_token) if app else self.create_app(app_id=app_id, admin_token=admin_token)

    def close(self) -> None:
        """End all streams and deliveries, and close the database. What was acknowledged is on disk already."""
        self.live.close()
        self.webhooks.close()
        if self._path is not None and not self._is_closed:
            for app in self.store.apps():
                sweep_bodies(self, app)
        self._is_closed = True
        self.blobs.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self, request: Request) -> Reply:
        found = self._router.find("GET" if request.method == "HEAD" else request.method, request.path)
        route, path_parameters = found or (None, {})
        call = Call(self, request, path_parameters)
        try:
            if route is None or route.takes_json:
                call.read()
            if route is None:
                return self._no_route(request)
            result = route.handler(call)
        except MalformedJson:
            return Reply.text("Malformed JSON in request body.", status=400)
        except ConnectionLost:  # nobody waits for the reply
            return Reply.text("The body did not come to its end.", status=400)
        except Refusal as refusal:
            return refusal.reply()
        except RecursionError:
            return Refusal("validation-failed", "The request is nested too deeply.").reply()
        except Exception:  # noqa: BLE001  a server answers, whatever happens
            _log.exception("%s %s failed", request.method, request.path)
            return Reply.json({"type": "unknown", "message": "Something went wrong. Sorry about this!"}, status=500)
        return result if isinstance(result, Reply) else Reply.json(result)

    def _no_route(self, request: Request) -> Reply:
        message = f"No such route: {request.method} {request.path}"
        if request.path.startswith(CONTROL_PREFIX) and not self._answers_control:
            message += ". Control calls are switched on by control=True, or by --control on the command line."
        return Reply.json({"message": message}, status=404)


@cache
def _router(control: bool) -> Router:
    """All routes, with control calls or without. Handlers find their instance in the call, so instances share them."""
    router = Router()
    files = (file_routes, client_file_routes, downloads)
    parts = (
        apps,
        data_routes,
        schema_routes,
        rule_routes,
        admin_routes,
        runtime_routes,
        rooms,
        live_routes,
        *files,
        webhook_routes,
        webhook_public_routes,
        unsupported,
    )
    for part in parts:
        part.register(router)
    if control:
        control_routes.register(router)
    return router


def _as_json(given: Schema | Rules | Mapping[str, Any] | None) -> object:
    """The JSON form. Told by its method: the local Instant knows nothing of the client's classes."""
    to_json = getattr(given, "to_json", None)
    return given if to_json is None else to_json()


def _refuse_other_parts(schema: object) -> None:
    """A server takes no notice of a misspelt part, and whoever writes a test would wonder why the app is empty."""
    others = [name for name in schema if name not in _SCHEMA_PARTS] if isinstance(schema, Mapping) else ()
    if others:
        raise ConfigurationError(f"A schema has {', '.join(_SCHEMA_PARTS)}, and no {others[0]!r:.80}.")


def _with_place(refusal: Refusal) -> str:
    """The message of a refusal, and where the first fault is."""
    errors = refusal.hint.get("errors") if isinstance(refusal.hint, dict) else None
    place = errors[0].get("in") if errors and isinstance(errors[0], dict) else None
    return f"{refusal.message} (in {'.'.join(map(str, place))})" if place else refusal.message


def _uuid(text: str | None, name: str) -> str:
    if text is None:
        return str(uuid4())
    try:
        return str(UUID(text.strip()))
    except ValueError as cause:
        raise ConfigurationError(f"{name} must be a UUID, not {text!r}.") from cause
