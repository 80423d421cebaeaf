"""The values a caller holds: results, and the settings given to a client."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeAlias
from uuid import UUID

from instant_admin.errors import ConfigurationError

__all__ = [
    "CallAttempt",
    "Converter",
    "DebugQueryResult",
    "DebugTransactResult",
    "EntityId",
    "JsonValue",
    "LiveStatus",
    "PageInfo",
    "PresenceSession",
    "Query",
    "QueryRows",
    "QueryUpdate",
    "RetryPolicy",
    "SignIn",
    "StoredFile",
    "Timeout",
    "TransactResult",
    "UploadedFile",
    "User",
]

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
"""A value as it travels."""

Query: TypeAlias = Mapping[str, Any]
"""An InstaQL query: `{namespace: {"$": options, link: {...}}}`."""

QueryRows: TypeAlias = dict[str, list[dict[str, Any]]]
"""A query's result: the entities of each namespace asked for, links nested as asked."""

if TYPE_CHECKING:  # type checkers know it whether it is installed or not; nothing needs the default at run time
    from typing_extensions import TypeVar

    RowsT = TypeVar("RowsT", bound=Mapping[str, Any], default=QueryRows)
else:
    from typing import TypeVar

    RowsT = TypeVar("RowsT")

EntityId: TypeAlias = str | UUID
"""A UUID, as text or object."""

Converter: TypeAlias = Callable[[Any], Any]
"""Turns a value the SDK does not know, such as a `Decimal`, into one it does; raises TypeError for others."""

LiveStatus: TypeAlias = Literal["connecting", "live", "reconnecting", "closed"]
"""Where a live query stands: before its first result, up to date, without a connection after one, or at its end."""

_SECRET_KEYS = frozenset({"refresh_token"})
_MAX_REPR = 400


class _Record(dict[str, Any]):
    """A wire object with names for its usual keys. Tokens are masked and long text is cut in its repr."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_shorten(repr(_mask(dict(self))))})"


class User(_Record):
    """A `$users` entity: a dict with the server's keys and custom attributes, and properties for the usual ones."""

    @property
    def id(self) -> str:
        """The user's entity id."""
        return str(self["id"])

    @property
    def email(self) -> str | None:
        """Address, or None for guests and for users made by id."""
        return self.get("email")

    @property
    def type(self) -> str | None:
        """ "user" or "guest"; None for users made by `create_token` or by a transaction."""
        return self.get("type")

    @property
    def is_guest(self) -> bool:
        """Whether this is a guest that never gave an address."""
        return bool(self.get("isGuest", self.get("type") == "guest"))

    @property
    def image_url(self) -> str | None:
        """Picture, where a sign-in provider supplied one."""
        return self.get("imageURL")

    @property
    def created_at(self) -> str | None:
        """ISO time in UTC with seconds; None where the server leaves it out."""
        return self.get("created_at")

    @property
    def refresh_token(self) -> str | None:
        """What signs this user in. Only sign-in calls and `verify_token` return it."""
        return self.get("refresh_token")


class PresenceSession(_Record):
    """One session in a room, as it is on the wire."""

    @property
    def peer_id(self) -> str:
        """Id of the session."""
        return str(self["peer-id"])

    @property
    def data(self) -> dict[str, Any]:
        """What the session published about itself."""
        return self.get("data") or {}

    @property
    def user(self) -> User | None:
        """Who is signed in, if anybody."""
        user = self.get("user")
        return User(user) if isinstance(user, dict) else None


class PageInfo(_Record):
    """Where the page of a namespace begins and ends, as it is on the wire. A cursor goes into `after` or `before`."""

    @property
    def start_cursor(self) -> list[Any] | None:
        """The first entity's; None on an empty page."""
        return self.get("start-cursor")

    @property
    def end_cursor(self) -> list[Any] | None:
        """The last entity's; None on an empty page."""
        return self.get("end-cursor")

    @property
    def has_next_page(self) -> bool:
        """Whether there are entities behind this page."""
        return self.get("has-next-page?") is True

    @property
    def has_previous_page(self) -> bool:
        """Whether there are entities before this page; True behind `offset` and `after`, whatever is there."""
        return self.get("has-previous-page?") is True


class SignIn(NamedTuple):
    """A signed-in user. Unpacks as `user, created`."""

    user: User
    """The `$users` entity plus `refresh_token`."""
    created: bool
    """Whether this call made the account, or turned a guest into a user."""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that has been stored."""

    id: str
    """Of its `$files` entity; the same as before when a file was replaced."""
    location_id: str | None
    """Of its content, another one after each upload; None from a server that does not tell."""
    size: int
    """In bytes."""


class StoredFile(_Record):
    """A file as `storage.list` shows it, as it is on the wire."""

    @property
    def path(self) -> str | None:
        """Its path; None where a rule hides it from the caller."""
        return self.get("name")

    @property
    def size(self) -> int | None:
        """In bytes; None where a rule hides it."""
        return self.get("size")


@dataclass(frozen=True, slots=True)
class TransactResult:
    """A committed transaction."""

    tx_id: int
    """Number of the transaction; grows within a server, not dense."""


@dataclass(frozen=True, slots=True)
class DebugQueryResult(Generic[RowsT]):
    """What a query returns to a user, and why."""

    result: RowsT
    """The rows this user sees."""
    check_results: list[dict[str, Any]]
    """One item per rule evaluated: `entity`, `id`, `label`, `record`, `program`, `check`. In no defined order."""
    rule_wheres: dict[str, Any] | None = None
    """Conditions the server derived from rules, where its operator switched that on."""

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}=<{len(rows)}>" for name, rows in self.result.items())
        return f"DebugQueryResult({counts}, check_results=<{len(self.check_results)}>)"


@dataclass(frozen=True, slots=True)
class QueryUpdate(Generic[RowsT]):
    """A query's whole result, with what only a live query tells beside the rows."""

    data: RowsT
    """The rows, as `query` returns them."""
    page_info: dict[str, PageInfo]
    """By namespace, for those that order, limit, offset or have a cursor."""
    aggregate: dict[str, Any]
    """By namespace, such as `{"goals": {"count": 3}}` for those that ask for `aggregate`."""
    tx_id: int | None
    """The latest transaction that the server had seen by then; None where it did not say."""

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}=<{len(rows)}>" for name, rows in self.data.items())
        return f"QueryUpdate({counts}, tx_id={self.tx_id})"


@dataclass(frozen=True, slots=True)
class DebugTransactResult:
    """What a transaction would do for a user, and why."""

    tx_id: int
    """Meaningless unless `committed`."""
    all_checks_ok: bool
    """Whether every rule allowed it. A denied rule is no exception here."""
    committed: bool
    """Whether it was kept: only with `commit=True` and all checks passed."""
    check_results: list[dict[str, Any]] = field(repr=False)
    """One item per rule evaluated: `scope`, `action`, `etype`, `eid`, `program`, `bindings`, `check-result` and
    `check-pass?`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeout:
    """Limits of one call, all in seconds; None means no limit."""

    total: float | None = 40.0
    """From the start of the call to its result, retries and waits between them included. The default outlasts the
    server's own limit of 35 s, so that its explanation arrives first."""
    connect: float | None = 10.0
    """To open a connection."""
    read: float | None = None
    """Of silence while reading the reply."""
    write: float | None = None
    """Of silence while sending. Only the httpx engine has it."""
    pool: float | None = None
    """Waiting for a free connection."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if value is not None and not _is_positive(value):
                raise ConfigurationError(
                    f"timeout: {name} must be a positive number of seconds or None, got {_named(value)}."
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """When a call is repeated, and how long to wait before.

    Reads are repeated after a lost connection, a 502, 503 or 504, and a rate limit. Writes are repeated only when the
    request provably never left, or the server refused it by rate limit. A slow query is never repeated.
    """

    max_attempts: int = 3
    """Including the first; 1 means no retry."""
    initial_seconds: float = 0.2
    """Wait before the second attempt; doubled each time, of which a random part of up to a half is left out."""
    max_seconds: float = 5.0
    """Longest wait of our own choice. A wait the server names is kept as it is, within the call's total timeout and an
    hour; beyond that its error is raised at once."""

    def __post_init__(self) -> None:
        is_count = isinstance(self.max_attempts, int) and not isinstance(self.max_attempts, bool)
        waits = (self.initial_seconds, self.max_seconds)
        # NaN is not at least 0, and an infinite wait would never end
        are_waits = all(isinstance(s, (int, float)) and not isinstance(s, bool) and 0 <= s < math.inf for s in waits)
        if not is_count or self.max_attempts < 1 or not are_waits:
            raise ConfigurationError(
                "retry: max_attempts starts at 1 and waits are not negative, both finite numbers; got "
                f"{self.max_attempts!r:.40} and {self.initial_seconds!r:.40}, {self.max_seconds!r:.40}."
            )


@dataclass(frozen=True, slots=True)
class CallAttempt:
    """One attempt at one call, for `on_response`. Holds no token and no data."""

    operation: str
    """Operation id of openapi/admin.yaml, such as "query"."""
    attempt: int
    """From 1."""
    duration_seconds: float
    """Of this attempt, from sending to the last byte of the reply."""
    status: int | None
    """HTTP status, or None without a reply."""
    error: Exception | None
    """The error of this attempt, also when it is retried."""
    trace_id: str | None
    """The server's id of the request, where an error carries one."""
    retry_in_seconds: float | None
    """How long until the next attempt, or None when this was the last one."""
    engine: str
    """What sent it."""


def _mask(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: "[redacted]" if k in _SECRET_KEYS and v else _mask(v) for k, v in value.items()}
    return [_mask(item) for item in value] if isinstance(value, list) else value


def _named(value: object) -> str:
    # Python refuses to write whole numbers of thousands of digits.
    return "a number beyond all bounds" if isinstance(value, int) and value.bit_length() > 64 else f"{value!r:.80}"


def _is_positive(value: object) -> bool:
    """Whether a value is a number of seconds: bool is none, NaN is not above 0, and a whole number can be too large."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    try:
        return float(value) > 0
    except OverflowError:
        return False


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_REPR else text[: _MAX_REPR - 3] + "..."
