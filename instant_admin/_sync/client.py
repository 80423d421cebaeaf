# Derived from instant_admin/_async/client.py by scripts/generate_sync.py (make sync). Do not edit.
"""The client, blocking."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, cast, overload

from instant_admin._core import data_calls as calls
from instant_admin._core.context import Context
from instant_admin._core.policy import Policy, Validate, read_policy
from instant_admin._core.schema.values import Schema
from instant_admin._core.settings import EngineName, OnResponse, Settings, read_settings
from instant_admin._core.transactions import AnyChunk, TransactionBuilder
from instant_admin._core.type_variables import QueryT, RowT, TxT
from instant_admin._engines.choice import choose_engine, local_engine
from instant_admin._engines.instances import InstanceLease, lease_shared, open_local
from instant_admin._sync.auth import Auth
from instant_admin._sync.gateway import Gateway
from instant_admin._sync.rooms import Rooms
from instant_admin._sync.stream_sessions import StreamSessions
from instant_admin._sync.streams import Streams
from instant_admin.errors import InstantError
from instant_admin.types import (
    Converter,
    DebugQueryResult,
    DebugTransactResult,
    LiveStatus,
    QueryUpdate,
    RetryPolicy,
    RowsT,
    Timeout,
    TransactResult,
)

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from instant_admin._perms.values import Rules
    from instant_admin._sync.live import LiveQuery
    from instant_admin._sync.perms import PermsManager
    from instant_admin._sync.schema import SchemaManager
    from instant_admin._sync.storage import Storage
    from instant_admin._sync.webhooks import Webhooks
    from instant_admin.local import LocalApp, LocalInstant

_DEFAULT_RETRY = RetryPolicy()


class InstantAdmin(Generic[QueryT, RowsT, TxT]):
    """A backend's way into an Instant app: reads and writes everything, or what a user may with `as_user`.

    Instances are cheap until the first call and share nothing with each other. One may be used from several threads;
    after a fork the child opens its own connections.

    Its type variables say what queries, their results and `tx` are; a module that `instant-admin types` makes from a
    schema names them.
    """

    def __init__(
        self,
        app_id: str | None = None,
        admin_token: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | Timeout | None = 40.0,
        retry: RetryPolicy | None = _DEFAULT_RETRY,
        engine: EngineName = "auto",
        http_client: httpx.Client | Any = None,
        on_response: OnResponse | None = None,
        converter: Converter | None = None,
        schema: Schema | Mapping[str, Any] | None = None,
        validate: Validate = True,
        use_dates: bool = False,
        strict: bool = False,
    ) -> None:
        """Make a client. Nothing is sent before the first call.

        Args:
            app_id: UUID of the app; else INSTANT_APP_ID. With a local Instant, else its own app.
            admin_token: Secret of the app; else INSTANT_APP_ADMIN_TOKEN, or INSTANT_ADMIN_TOKEN. Not needed for
                `as_user(token=...)`, `as_user(guest=True)` and `auth.verify_token`.
            base_url: Address of the server; else INSTANT_API_URI, else Instant's cloud. "local:" is a local Instant in
                memory that this process shares, "local:PATH" one in a file.
            timeout: Seconds for a whole call, or a Timeout; None for no limits.
            retry: When calls are repeated; None for never.
            engine: "httpx", "pyreqwest" (extra `fast`), or "auto": pyreqwest where it is installed.
            http_client: Your own httpx or httpx2 client, for proxies and certificates. It is not closed here.
            on_response: Told of every attempt at every call, with a CallAttempt.
            converter: Turns values of types unknown to the SDK, such as Decimal, into known ones.
            schema: What the app's entities and links are, made by `i.schema` or in the form that the server's schema
                push takes. Calls are held to it, and a link to one entity comes back as an object. It is not pushed.
            validate: Whether calls are checked before anything is sent; "upstream" checks only what the JS SDK does.
            use_dates: Whether date attributes come back as aware datetimes. Needs a schema.
            strict: Whether `update` and `merge` need the entity to exist, and the server refuses unknown attributes,
                with which no namespace can come to be.

        Raises:
            ConfigurationError: A setting is missing, malformed, or contradicts another.
            SchemaError: The schema is malformed.
        """
        policy = read_policy(schema=schema, validate=validate, use_dates=use_dates, strict=strict)
        settings = read_settings(
            app_id=app_id,
            admin_token=admin_token,
            base_url=base_url,
            timeout=timeout,
            retry=retry,
            engine=engine,
            on_response=on_response,
            converter=converter,
            environ=os.environ,
        )
        if settings.local_path is not None:
            lease = lease_shared(settings.local_path, settings.app_id, settings.admin_token)
            self._start_local(settings, lease, policy)
            return
        choice = choose_engine(settings, http_client, client_class="Client")
        context = Context(settings.app_id or "", settings.admin_token, converter, policy=policy)
        self._start(Gateway(settings, choice), context, is_owner=True)

    @classmethod
    def local(
        cls,
        path: str | Path | None = None,
        *,
        instance: LocalInstant | None = None,
        app: LocalApp | None = None,
        schema: Schema | Mapping[str, Any] | None = None,
        timeout: float | Timeout | None = 40.0,
        on_response: OnResponse | None = None,
        converter: Converter | None = None,
        validate: Validate = True,
        use_dates: bool = False,
        strict: bool = False,
    ) -> Self:
        """Make a client with a local Instant of its own, in this process: no account, no server, no network.

        Args:
            path: File to keep the data in; the app in it is found again next time. None keeps a fresh app in memory,
                gone with the client.
            instance: Your own LocalInstant instead of a path, to reach its `control`; it is not closed here.
            app: Which app of the instance; else its default app.
            schema: Entities and links to begin with, made by `i.schema` or in the form that the server's schema push
                takes; added to what a file holds. The client is held to it. Without one, attributes are made by
                writing them.
            timeout: Seconds for a whole call, or a Timeout; None for no limits.
            on_response: Told of every attempt at every call, with a CallAttempt.
            converter: Turns values of types unknown to the SDK, such as Decimal, into known ones.
            validate: Whether calls are checked before anything is sent; "upstream" checks only what the JS SDK does.
            use_dates: Whether date attributes come back as aware datetimes. Needs a schema.
            strict: Whether `update` and `merge` need the entity to exist, and the server refuses unknown attributes.
        """
        policy = read_policy(schema=schema, validate=validate, use_dates=use_dates, strict=strict)
        lease = open_local(path, instance, app, policy.schema)
        db = cls.__new__(cls)
        db._start_local(  # noqa: SLF001  it is this class's own
            read_settings(
                app_id=lease.app_id,
                admin_token=lease.admin_token,
                base_url=f"local:{path or ''}",
                timeout=timeout,
                retry=None,
                engine="auto",
                on_response=on_response,
                converter=converter,
                environ={},
            ),
            lease,
            policy,
        )
        return db

    def _start_local(self, settings: Settings, lease: InstanceLease, policy: Policy) -> None:
        context = Context(lease.app_id, lease.admin_token, settings.converter, policy=policy)
        self._start(Gateway(settings, local_engine(lease)), context, is_owner=True)

    def _start(self, gateway: Gateway, context: Context, *, is_owner: bool) -> None:
        self._gateway = gateway
        self._context = context
        self._is_owner = is_owner
        self.tx = cast("TxT", TransactionBuilder(context.converter))
        """Where transactions begin: `db.tx.goals[new_id()].update({...})`."""
        self.auth = Auth(gateway, context)
        """Users and their tokens."""
        self.rooms = Rooms(gateway, context)
        """Who is where, right now."""
        if is_owner:
            self._stream_sessions = StreamSessions(gateway)
        self.streams = Streams(self._stream_sessions, context)
        """Texts that are read while they are written."""

    # The rest is imported when it is first asked for: most programs start sooner without it.

    @property
    def schema(self) -> SchemaManager:
        """What entities and links the app has."""
        from instant_admin._sync.schema import SchemaManager

        return SchemaManager(self._gateway, self._context)

    @property
    def perms(self) -> PermsManager:
        """Who may do what: the permission rules."""
        from instant_admin._sync.perms import PermsManager

        return PermsManager(self._gateway, self._context)

    @property
    def webhooks(self) -> Webhooks:
        """Addresses that the server posts to when entities change."""
        from instant_admin._sync.webhooks import Webhooks

        return Webhooks(self._gateway, self._context)

    @property
    def storage(self) -> Storage:
        """Files."""
        from instant_admin._sync.storage import Storage

        return Storage(self._gateway, self._context)

    @property
    def app_id(self) -> str:
        """UUID of the app."""
        return self._context.app_id

    @property
    def engine_name(self) -> str:
        """What sends the requests: "httpx", "httpx2", "pyreqwest" or "local".

        In the child of a fork httpx stands in for pyreqwest.
        """
        return self._gateway.engine_name

    @overload
    def query(
        self, query: QueryT, *, rule_params: Mapping[str, Any] | None = None, timeout: float | Timeout | None = None
    ) -> RowsT: ...
    @overload
    def query(
        self,
        query: QueryT,
        *,
        row_type: type[RowT],
        rule_params: Mapping[str, Any] | None = None,
        timeout: float | Timeout | None = None,
    ) -> dict[str, list[RowT]]: ...
    @overload
    def query(
        self,
        query: QueryT,
        *,
        row_type: Mapping[str, type[Any]],
        rule_params: Mapping[str, Any] | None = None,
        timeout: float | Timeout | None = None,
    ) -> dict[str, list[Any]]: ...
    def query(
        self,
        query: QueryT,
        *,
        row_type: Any = None,
        rule_params: Mapping[str, Any] | None = None,
        timeout: float | Timeout | None = None,
    ) -> Any:
        """Read entities.

        Args:
            query: InstaQL, such as `{"goals": {"$": {"where": {"title": "Get fit"}}, "todos": {}}}`.
            row_type: What to make of each row instead of a dict: a dataclass, TypedDict, attrs class, msgspec Struct or
                pydantic model; or one for each namespace of the query, by name. What a row has beyond it is left out.
            rule_params: `ruleParams` for permission rules.
            timeout: For this call, in seconds.

        Returns:
            One list per namespace asked for. A nested link is a list, and with a schema an object or None where it
            leads to one entity; a has-one link that is not nested is the id of its target. Without a schema unknown
            namespaces and links give empty lists.

        Raises:
            InvalidArgumentError: The query does not fit the schema, has no shape the server takes, or holds a value
                that cannot travel; or `row_type` is no type of these kinds.
            RowTypeError: A row does not fit `row_type`; `path` says where.
            ValidationFailedError: The server refuses the query; `hint["errors"]` says where.
            QueryTimeoutError: It took the server longer than 30 s.

        Source: POST /admin/query, `query` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.query(self._context, query, rule_params, row_type), timeout)

    def query_page(
        self, query: QueryT, *, rule_params: Mapping[str, Any] | None = None, timeout: float | Timeout | None = None
    ) -> QueryUpdate[RowsT]:
        """Read entities once, together with what `query` does not tell: cursors and aggregates.

        The server tells them to live queries only, so this opens one, takes its first result and closes it: about twice
        the work of `query`, and a query that takes the server longer than 5 s is given up.

        Args:
            query: InstaQL, such as `{"goals": {"$": {"first": 10, "after": cursor}}}`, or with `"aggregate": "count"`.
            rule_params: `ruleParams` for permission rules.
            timeout: For this call, in seconds.

        Returns:
            The rows as `data`, and by namespace `page_info` and `aggregate`.

        Raises:
            InvalidArgumentError: The query has no shape the server takes, or holds a value that cannot travel.
            ValidationFailedError: The server refuses the query; `hint["errors"]` says where.
            QueryTimeoutError: It took the server longer than 5 s.

        Source: POST /admin/subscribe-query, `subscribeQuery` in openapi/admin.yaml.
        """
        from instant_admin._sync.live_first import read_first_result

        call = calls.subscribe_query(self._context, query, rule_params)
        return read_first_result(self._gateway, call, timeout)

    def subscribe_query(
        self,
        query: QueryT,
        *,
        rule_params: Mapping[str, Any] | None = None,
        on_update: Callable[[QueryUpdate[RowsT]], object] | None = None,
        on_status: Callable[[LiveStatus], object] | None = None,
        on_error: Callable[[InstantError], object] | None = None,
    ) -> LiveQuery[RowsT]:
        """Follow a query: its result now, and again whenever it changes.

        Use the result as a context manager, which connects, and iterate over it. Functions given here are called beside
        that, from the task or thread that reads the connection; they must return soon, and what they raise is logged.

        Args:
            query: InstaQL.
            rule_params: `ruleParams` for permission rules.
            on_update: Called with every result.
            on_status: Called with every new status.
            on_error: Called with what the query ended by, when it does not heal.

        Raises:
            InvalidArgumentError: The query has no shape the server takes, or holds a value that cannot travel.
            ConfigurationError: The call needs the admin token, and there is none.

        Source: POST /admin/subscribe-query, `subscribeQuery` in openapi/admin.yaml.
        """
        from instant_admin._sync.live import make_live_query

        call = calls.subscribe_query(self._context, query, rule_params)
        return make_live_query(self._gateway, call, on_update, on_status, on_error)

    def transact(self, chunks: AnyChunk | Iterable[Any], *, timeout: float | Timeout | None = None) -> TransactResult:
        """Write, all or nothing.

        Steps do not run one after another: the server groups them by kind, in the order in which kinds first appear.

        Args:
            chunks: A chunk, or any iterable of chunks; nested lists are flattened.
            timeout: For this call, in seconds.

        Raises:
            InvalidArgumentError: Something is no chunk, or does not fit the schema; nothing was sent.
            ValidationFailedError: A step is refused; nothing was written.
            RecordNotUniqueError: A unique value is taken; nothing was written.
            PermissionDeniedError: A rule forbids it to the user; nothing was written.
            NoReplyError: The fate is unknown, unless `request_sent` is False.

        Source: POST /admin/transact, `transact` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.transact(self._context, chunks), timeout)

    def debug_query(
        self,
        query: QueryT,
        *,
        rules: Rules | Mapping[str, Any] | None = None,
        rule_params: Mapping[str, Any] | None = None,
        ip: str | None = None,
        origin: str | None = None,
        timeout: float | Timeout | None = None,
    ) -> DebugQueryResult[RowsT]:
        """Read as a user and see every permission rule at work. Only after `as_user`.

        Args:
            query: InstaQL.
            rules: Rules to try instead of the app's, a Rules or its JSON form; `{}` means none.
            rule_params: `ruleParams` for permission rules.
            ip: What rules see as `request.ip`.
            origin: What rules see as `request.origin`.
            timeout: For this call, in seconds.

        Raises:
            ConfigurationError: Not called on `as_user(...)`, or there is no admin token.
            PermissionEvaluationError: A rule cannot be evaluated; the hint says why.

        Source: POST /admin/query_perms_check, `checkQueryPermissions` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.debug_query(self._context, query, rules, rule_params, ip, origin), timeout)

    def debug_transact(
        self,
        chunks: AnyChunk | Iterable[Any],
        *,
        rules: Rules | Mapping[str, Any] | None = None,
        ip: str | None = None,
        origin: str | None = None,
        commit: bool = False,
        timeout: float | Timeout | None = None,
    ) -> DebugTransactResult:
        """Try a transaction as a user and see every permission rule at work. Only after `as_user`.

        Args:
            chunks: A chunk, or any iterable of chunks.
            rules: Rules to try instead of the app's, a Rules or its JSON form; `{}` means none.
            ip: What rules see as `request.ip`.
            origin: What rules see as `request.origin`.
            commit: Keep the transaction if all rules pass.
            timeout: For this call, in seconds.

        Raises:
            ConfigurationError: Not called on `as_user(...)`, or there is no admin token.
            ValidationFailedError: The transaction is wrong whoever sends it.
            PermissionEvaluationError: A rule cannot be evaluated; the hint says why.

        Source: POST /admin/transact_perms_check, `checkTransactPermissions` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.debug_transact(self._context, chunks, rules, ip, origin, commit), timeout)

    def as_user(self, *, email: str | None = None, token: str | None = None, guest: bool = False) -> Self:
        """The same client acting as one user, under that user's permissions. Exactly one of:

        Args:
            email: Address of the user, compared in lower case. Needs the admin token.
            token: Refresh token of the user. Needs no admin token.
            guest: True for a visitor who is not signed in. Needs no admin token.

        Returns:
            A client that shares the connections of this one and need not be closed. Calling `as_user` on it again
            replaces the user. `auth`, `rooms` and `webhooks` act as the app all the same.
        """
        scoped = copy.copy(self)  # so that what a subclass holds comes along
        scoped._start(  # noqa: SLF001  it is this class's own
            self._gateway, self._context.as_user(email, token, guest), is_owner=False
        )
        return scoped

    def close(self) -> None:
        """Close the connections this client opened. On a client made by `as_user` nothing happens."""
        if self._is_owner:
            self._gateway.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        identity = self._context.impersonation
        acting = f", as_user={identity!r}" if identity else ""
        return f"{type(self).__name__}(app_id={self.app_id!r}, engine={self.engine_name!r}{acting})"
