"""Admin SDK for Instant: `InstantAdmin` blocks, `AsyncInstantAdmin` awaits, and both offer the same methods.

from instant_admin import InstantAdmin, new_id

with InstantAdmin.local() as db:  # or InstantAdmin(app_id, admin_token)
    db.transact(db.tx.goals[new_id()].update({"title": "Get fit"}))
    print(db.query({"goals": {}}))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from instant_admin._core.ids import Lookup, new_id, stable_id
from instant_admin._core.schema.values import Schema
from instant_admin._core.transactions import TransactionChunk, lookup, tx
from instant_admin._version import __version__
from instant_admin.errors import (
    APIError,
    AppDisabledError,
    AppReadOnlyError,
    AuthenticationError,
    ConfigurationError,
    DestructiveChangeError,
    EmailNotSentError,
    IndexingError,
    IndexingTimeoutError,
    InstantError,
    InvalidArgumentError,
    InvalidParameterError,
    NoReplyError,
    PermissionDeniedError,
    PermissionEvaluationError,
    QueryTimeoutError,
    RateLimitedError,
    RecordExpiredError,
    RecordNotFoundError,
    RecordNotUniqueError,
    RequestTimeoutError,
    RequestTooLargeError,
    RowTypeError,
    RulesError,
    SchemaError,
    ServerError,
    SessionLostError,
    StreamError,
    StreamNotDurableError,
    SunsetError,
    UnexpectedReplyError,
    UpdateTimeoutError,
    ValidationFailedError,
    WebhookVerificationError,
)
from instant_admin.types import (
    CallAttempt,
    DebugQueryResult,
    DebugTransactResult,
    PageInfo,
    PresenceSession,
    QueryUpdate,
    RetryPolicy,
    SignIn,
    StoredFile,
    Timeout,
    TransactResult,
    UploadedFile,
    User,
)

if TYPE_CHECKING:
    from instant_admin._async.client import AsyncInstantAdmin
    from instant_admin._async.file_reader import AsyncFileReader
    from instant_admin._async.live import AsyncLiveQuery
    from instant_admin._async.stream_reader import AsyncStreamReader
    from instant_admin._async.stream_writer import AsyncStreamWriter
    from instant_admin._core.dates.parsing import parse_date
    from instant_admin._core.schema.builder import i
    from instant_admin._core.webhooks.payload import WebhookPayload, WebhookRecord
    from instant_admin._core.webhooks.values import Webhook, WebhookAttempt, WebhookEvent, WebhookEventPage
    from instant_admin._perms.checking import rule
    from instant_admin._perms.values import Rules
    from instant_admin._sync.client import InstantAdmin
    from instant_admin._sync.file_reader import FileReader
    from instant_admin._sync.live import LiveQuery
    from instant_admin._sync.stream_reader import StreamReader
    from instant_admin._sync.stream_writer import StreamWriter

id = new_id
"""Upstream's name for `new_id`."""

__all__ = [
    "APIError",
    "AppDisabledError",
    "AppReadOnlyError",
    "AsyncFileReader",
    "AsyncInstantAdmin",
    "AsyncLiveQuery",
    "AsyncStreamReader",
    "AsyncStreamWriter",
    "AuthenticationError",
    "CallAttempt",
    "ConfigurationError",
    "DebugQueryResult",
    "DebugTransactResult",
    "DestructiveChangeError",
    "EmailNotSentError",
    "FileReader",
    "IndexingError",
    "IndexingTimeoutError",
    "InstantAdmin",
    "InstantError",
    "InvalidArgumentError",
    "InvalidParameterError",
    "LiveQuery",
    "Lookup",
    "NoReplyError",
    "PageInfo",
    "PermissionDeniedError",
    "PermissionEvaluationError",
    "PresenceSession",
    "QueryTimeoutError",
    "QueryUpdate",
    "RateLimitedError",
    "RecordExpiredError",
    "RecordNotFoundError",
    "RecordNotUniqueError",
    "RequestTimeoutError",
    "RequestTooLargeError",
    "RetryPolicy",
    "RowTypeError",
    "Rules",
    "RulesError",
    "Schema",
    "SchemaError",
    "ServerError",
    "SessionLostError",
    "SignIn",
    "StoredFile",
    "StreamError",
    "StreamNotDurableError",
    "StreamReader",
    "StreamWriter",
    "SunsetError",
    "Timeout",
    "TransactResult",
    "TransactionChunk",
    "UnexpectedReplyError",
    "UpdateTimeoutError",
    "UploadedFile",
    "User",
    "ValidationFailedError",
    "Webhook",
    "WebhookAttempt",
    "WebhookEvent",
    "WebhookEventPage",
    "WebhookPayload",
    "WebhookRecord",
    "WebhookVerificationError",
    "__version__",
    "i",
    "id",
    "lookup",
    "new_id",
    "parse_date",
    "rule",
    "stable_id",
    "tx",
]

_LAZY = {
    "InstantAdmin": "instant_admin._sync.client",
    "FileReader": "instant_admin._sync.file_reader",
    "AsyncInstantAdmin": "instant_admin._async.client",
    "AsyncFileReader": "instant_admin._async.file_reader",
    "LiveQuery": "instant_admin._sync.live",
    "AsyncLiveQuery": "instant_admin._async.live",
    "StreamReader": "instant_admin._sync.stream_reader",
    "AsyncStreamReader": "instant_admin._async.stream_reader",
    "StreamWriter": "instant_admin._sync.stream_writer",
    "AsyncStreamWriter": "instant_admin._async.stream_writer",
    "i": "instant_admin._core.schema.builder",
    "WebhookPayload": "instant_admin._core.webhooks.payload",
    "WebhookRecord": "instant_admin._core.webhooks.payload",
    "Webhook": "instant_admin._core.webhooks.values",
    "WebhookAttempt": "instant_admin._core.webhooks.values",
    "WebhookEvent": "instant_admin._core.webhooks.values",
    "WebhookEventPage": "instant_admin._core.webhooks.values",
    "rule": "instant_admin._perms.checking",
    "Rules": "instant_admin._perms.values",
    "parse_date": "instant_admin._core.dates.parsing",
}
"""Where names live that are imported when they are first asked for."""


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for: a blocking program need not load asyncio, which takes longer than all
    the rest of the package, and few programs need all of that rest."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_LAZY[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
