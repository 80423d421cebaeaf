"""From a refused reply to one of our errors."""

from __future__ import annotations

from typing import Any

import msgspec

from instant_admin import errors
from instant_admin.errors import APIError

# Every type of the server contract (errors, section 3). The server may grow more: those become a plain APIError.
ERROR_CLASSES: dict[str, type[APIError]] = {
    "param-missing": errors.InvalidParameterError,
    "param-malformed": errors.InvalidParameterError,
    "validation-failed": errors.ValidationFailedError,
    "record-not-found": errors.RecordNotFoundError,
    "record-expired": errors.RecordExpiredError,
    "record-not-unique": errors.RecordNotUniqueError,
    "record-foreign-key-invalid": errors.ValidationFailedError,
    "record-check-violation": errors.ValidationFailedError,
    "sql-raise": errors.ValidationFailedError,
    "permission-denied": errors.PermissionDeniedError,
    "permission-evaluation-failed": errors.PermissionEvaluationError,
    "parameter-limit-exceeded": errors.RequestTooLargeError,
    "app-read-only": errors.AppReadOnlyError,
    "app-disabled": errors.AppDisabledError,
    "app-creation-disabled": errors.SunsetError,
    "signups-closed": errors.SunsetError,
    "billing-closed": errors.SunsetError,
    "session-missing": errors.SessionLostError,
    "member-missing": errors.SessionLostError,
    "connection-closed": errors.SessionLostError,
    "socket-missing": errors.SessionLostError,
    "socket-error": errors.SessionLostError,
    "oauth-error": APIError,
    "rate-limited": errors.RateLimitedError,
    "timeout": errors.QueryTimeoutError,
    "operation-timed-out": errors.QueryTimeoutError,
    "sql-exception": errors.ServerError,
    "email-send-failed": errors.EmailNotSentError,
    "unknown": errors.ServerError,
    "not-supported-locally": APIError,
}

# What a call is made with: unknown ones mean that the caller is not who it says.
_CREDENTIALS = frozenset({"app-admin-token", "instant-user", "oauth-access-token"})

REDACTED = "[redacted]"


def read_api_error(status: int, body: bytes, *, secrets: tuple[str, ...], impersonated: bool) -> APIError:
    """The error a reply stands for, whatever its bytes.

    Args:
        status: HTTP status, anything but 200.
        body: Raw body; need not be JSON (proxies, malformed-JSON replies, empty 500s).
        secrets: Tokens and codes of the call. The server echoes some of them in hints, so they are masked here.
        impersonated: Whether the call was made as a user, so that an unknown app-user is a failed sign-in.
    """
    return read_api_error_object(status, _read_object(body), secrets=secrets, impersonated=impersonated)


def read_api_error_object(
    status: int, content: dict[str, Any], *, secrets: tuple[str, ...], impersonated: bool
) -> APIError:
    """The same for an error that is JSON already, such as a message in a stream."""
    kind = content.get("type")
    kind = kind if isinstance(kind, str) else None
    hint = _redact_hint(content.get("hint"), secrets)
    text = content.get("message") or content.get("error")
    message = redact(text, secrets) if isinstance(text, str) else f"The server answered with status {status}."
    trace_id = content.get("trace-id")
    return _choose_class(kind, hint, impersonated)(
        message, status=status, type=kind, hint=hint, trace_id=trace_id if isinstance(trace_id, str) else None
    )


def _choose_class(kind: str | None, hint: Any, impersonated: bool) -> type[APIError]:
    cls = ERROR_CLASSES.get(kind or "", APIError)
    if cls is errors.RecordNotFoundError and isinstance(hint, dict):
        record_type = hint.get("record-type")
        if record_type in _CREDENTIALS or (impersonated and record_type == "app-user"):
            return errors.AuthenticationError
    return cls


def _read_object(body: bytes) -> dict[str, Any]:
    try:
        content = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _redact_hint(hint: Any, secrets: tuple[str, ...]) -> Any:
    try:
        return redact(hint, secrets)
    except RecursionError:  # a body nested that deep is no hint of Instant's; nothing in it may leak unmasked
        return None


def redact(value: Any, secrets: tuple[str, ...]) -> Any:
    """A copy of a JSON value in which no secret occurs, neither as a value nor inside one."""
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, REDACTED)
        return value
    if isinstance(value, dict):
        return {redact(k, secrets): redact(v, secrets) for k, v in value.items()}
    if isinstance(value, list):
        return [redact(v, secrets) for v in value]
    return value
