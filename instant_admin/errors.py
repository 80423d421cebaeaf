"""Every exception that leaves the SDK.

    InstantError
      ConfigurationError            missing or contradictory settings
      InvalidArgumentError          a value that cannot be sent; also a ValueError
        SchemaError                 a schema that is malformed or holds conflicts
        RulesError                  permission rules that are malformed or do not compile
      DestructiveChangeError        a schema push would destroy data, and was not told to
      IndexingError                 a schema push is done but for what did not fit the data
      IndexingTimeoutError          a schema push is done, and its background work goes on; also a TimeoutError
      NoReplyError                  no answer: DNS, refused, TLS, reset
        RequestTimeoutError         no answer in time
      UpdateTimeoutError            a live query or a stream has nothing new yet; also a TimeoutError
      StreamError                   a stream cannot go on
        StreamNotDurableError       what was written to a stream may be lost
      UnexpectedReplyError          an answer with status 200 that cannot be read
        RowTypeError                a row does not fit the `row_type` of its query
      WebhookVerificationError      a webhook delivery is not genuine
      APIError                      the server refused; also the class for types unknown to this version
        ValidationFailedError       the query or transaction is wrong
        InvalidParameterError       a parameter is missing or malformed
        RequestTooLargeError        too many values in one call
        RecordNotFoundError
          AuthenticationError       the record not found is the caller's own credential or identity
        RecordExpiredError
        RecordNotUniqueError
        PermissionDeniedError
        PermissionEvaluationError   a permission rule could not be evaluated
        RateLimitedError            wait `retry_after_seconds`
        QueryTimeoutError           the server gave up on slow work
        AppReadOnlyError
        AppDisabledError
        SunsetError                 this part of the service is being wound down
        SessionLostError            a streaming session is gone
        EmailNotSentError
        ServerError                 the server failed

`ConfigurationError` and `InvalidArgumentError` are raised before any I/O. The class of an `APIError` follows the body's
`type`, never the status alone: the server answers 400 to most refusals, and 429 to slow queries as well.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from instant_admin._core.schema.jobs import IndexingJob
    from instant_admin._core.schema.plan import SchemaPlan

__all__ = [
    "APIError",
    "AppDisabledError",
    "AppReadOnlyError",
    "AuthenticationError",
    "ConfigurationError",
    "DestructiveChangeError",
    "EmailNotSentError",
    "IndexingError",
    "IndexingTimeoutError",
    "InstantError",
    "InvalidArgumentError",
    "InvalidParameterError",
    "NoReplyError",
    "PermissionDeniedError",
    "PermissionEvaluationError",
    "QueryTimeoutError",
    "RateLimitedError",
    "RecordExpiredError",
    "RecordNotFoundError",
    "RecordNotUniqueError",
    "RequestTimeoutError",
    "RequestTooLargeError",
    "RowTypeError",
    "RulesError",
    "SchemaError",
    "ServerError",
    "SessionLostError",
    "StreamError",
    "StreamNotDurableError",
    "SunsetError",
    "UnexpectedReplyError",
    "UpdateTimeoutError",
    "ValidationFailedError",
    "WebhookVerificationError",
]


class InstantError(Exception):
    """Anything this SDK raises."""

    @property
    def is_retryable(self) -> bool:
        """Whether the same call may succeed later, as it is. Says nothing about whether repeating a write is safe."""
        return False


class ConfigurationError(InstantError):
    """A setting is missing or contradicts another one; nothing was sent."""


class InvalidArgumentError(InstantError, ValueError):
    """A value cannot be sent; nothing was sent. The text names the path to the value.

    Attributes:
        path: Where in the query or the transaction, such as "goals.$.where.rank"; None where no path leads there.
    """

    def __init__(self, message: str, *, path: str | None = None) -> None:
        super().__init__(message)
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), self.__dict__.copy())


class SchemaError(InvalidArgumentError):
    """A schema is malformed, or holds what cannot be in one schema together. The text has a line for each problem.

    Attributes:
        problems: Each problem, with its place and what to write instead.
    """

    def __init__(self, message: str, *, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class RulesError(InvalidArgumentError):
    """Permission rules are malformed, or do not compile. The text shows each problem, and where in its rule it is.

    Attributes:
        problems: Each problem, with its place, such as "goals.allow.view".
    """

    def __init__(self, message: str, *, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class DestructiveChangeError(InstantError):
    """A schema push would destroy data, and `allow_destructive=True` was not given; nothing was changed.

    Attributes:
        plan: What the push would have done.
    """

    def __init__(self, message: str, *, plan: SchemaPlan) -> None:
        super().__init__(message)
        self.plan = plan

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), self.__dict__.copy())


class IndexingError(InstantError):
    """A schema is pushed but for what stored data did not fit: those attributes are as they were.

    Attributes:
        jobs: The jobs that failed, each with some of the values that it failed at.
    """

    def __init__(self, message: str, *, jobs: tuple[IndexingJob, ...]) -> None:
        super().__init__(message)
        self.jobs = jobs

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), self.__dict__.copy())


class IndexingTimeoutError(InstantError, TimeoutError):
    """A schema is pushed, and the server has not finished its background work in the time given; it goes on.

    Attributes:
        jobs: All jobs of the push, as they were last seen.
    """

    def __init__(self, message: str, *, jobs: tuple[IndexingJob, ...]) -> None:
        super().__init__(message)
        self.jobs = jobs

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), self.__dict__.copy())


class NoReplyError(InstantError):
    """No reply arrived: the name did not resolve, or the connection was refused, reset or not trusted.

    Attributes:
        request_sent: False when the request provably never left, so that repeating a write is safe.
    """

    def __init__(self, message: str, *, request_sent: bool = True) -> None:
        super().__init__(message)
        self.request_sent = request_sent

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), self.__dict__.copy())

    @property
    def is_retryable(self) -> bool:
        return True


class RequestTimeoutError(NoReplyError):
    """No reply arrived in time. A write may or may not have happened, unless `request_sent` is False."""


class UpdateTimeoutError(InstantError, TimeoutError):
    """Nothing new came of a live query or a stream within the time that the caller gave it. Both go on."""

    @property
    def is_retryable(self) -> bool:
        return True


class StreamError(InstantError):
    """A stream cannot go on: there is a gap in what arrived, somebody else writes it too, or it is closed."""


class StreamNotDurableError(StreamError):
    """What was written to a stream is not known to be stored in full. `__cause__` is what stood in the way, if known.

    Attributes:
        written_bytes: How much was written here.
        durable_bytes: How much of it the server has stored; what lies behind may be lost.
    """

    def __init__(self, message: str, *, written_bytes: int, durable_bytes: int) -> None:
        super().__init__(message)
        self.written_bytes = written_bytes
        self.durable_bytes = durable_bytes

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), self.__dict__.copy())


class UnexpectedReplyError(InstantError):
    """The server, or something between, answered 200 with a body that is not this endpoint's.

    Or a file's host redirects in circles, or sends another file or part than asked for.

    Attributes:
        status: HTTP status of the reply.
    """

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message)
        self.status = status

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), self.__dict__.copy())


class RowTypeError(UnexpectedReplyError):
    """A row does not fit the `row_type` that `query` was given: the data, or the schema, has drifted from the type.

    Attributes:
        path: Where in the result, such as "goals[3].title".
    """

    def __init__(self, message: str, *, path: str) -> None:
        super().__init__(message, status=200)
        self.path = path


class APIError(InstantError):
    """The server refused the call.

    Attributes:
        status: HTTP status.
        type: The server's name for the kind of error, or None for a body without one (a proxy, an empty body).
        message: The server's words. Not stable; decide by class or `type`.
        hint: What the server adds, any JSON value. Secrets of the call are replaced by `[redacted]`.
        trace_id: The server's id of the request, for its operator.
    """

    def __init__(
        self, message: str, *, status: int, type: str | None = None, hint: Any = None, trace_id: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.type = type
        self.hint = hint
        self.trace_id = trace_id

    def __str__(self) -> str:
        # The hint stays out: it can echo what was sent, and texts of errors end up in logs.
        parts = [self.type or f"status {self.status}"]
        if self.trace_id:
            parts.append(f"trace id {self.trace_id}")
        return f"{self.message} ({', '.join(parts)})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r}, status={self.status})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, self.__dict__.copy())

    @property
    def is_retryable(self) -> bool:
        return self.status in (502, 503, 504)


class ValidationFailedError(APIError):
    """The query, transaction or other input is wrong; `hint["errors"]` says where."""


class InvalidParameterError(APIError):
    """A parameter is missing or malformed; `hint["in"]` names it."""


class RequestTooLargeError(APIError):
    """The call holds more values than the server takes at once; send it in parts."""


class RecordNotFoundError(APIError):
    """Something the call names does not exist; `record_type` says what."""

    @property
    def record_type(self) -> str | None:
        """The server's name of the kind of record, such as "app-user" or "app-user-magic-code"."""
        value = self.hint.get("record-type") if isinstance(self.hint, dict) else None
        return value if isinstance(value, str) else None


class AuthenticationError(RecordNotFoundError):
    """The admin token, or the user the call was made as, is unknown to the app."""


class RecordExpiredError(APIError):
    """The record exists but is too old, such as a magic code after its time."""


class RecordNotUniqueError(APIError):
    """The value is taken; `hint` names the attribute and the value."""


class PermissionDeniedError(APIError):
    """A permission rule, a scope or a plan forbids the call."""


class PermissionEvaluationError(APIError):
    """A permission rule could not be evaluated; `hint["rule"]` names it."""


class RateLimitedError(APIError):
    """Too many requests."""

    @property
    def retry_after_seconds(self) -> float | None:
        """How long to wait, when the server says so."""
        value = self.hint.get("retry-after") if isinstance(self.hint, dict) else None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
            return None
        try:
            return float(value)
        except OverflowError:  # JSON has integers of any size
            return None

    @property
    def is_retryable(self) -> bool:
        return True


class QueryTimeoutError(APIError):
    """The server gave up on the work after its own limit (30 s for a statement) and undid it."""


class AppReadOnlyError(APIError):
    """The app takes no writes at the moment."""


class AppDisabledError(APIError):
    """The app takes neither reads nor writes."""


class SunsetError(APIError):
    """The service no longer offers this; a server of your own does."""


class SessionLostError(APIError):
    """The streaming session the call belongs to is gone; open a new one."""


class EmailNotSentError(APIError):
    """The mail provider refused; the magic code exists all the same."""


class ServerError(APIError):
    """The server failed at the call."""


class WebhookVerificationError(InstantError):
    """A webhook delivery is not genuine, or cannot be shown to be; nothing of it may be believed.

    Attributes:
        reason: "bad-header" (the signature header is missing or malformed), "too-old", "too-new" (signed ahead of now),
            "unknown-key", "unusable-key", "bad-signature", "bad-body" (signed, but no delivery), or "foreign-payload"
            (the changes are at another server, or are another app's).
    """

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), self.__dict__.copy())


def _rebuild(cls: type[InstantError], message: str, state: dict[str, Any]) -> InstantError:
    """Make an error again from its pickle, without its constructor's keyword arguments."""
    error = cls.__new__(cls, message)
    Exception.__init__(error, message)
    error.__dict__.update(state)
    return error
