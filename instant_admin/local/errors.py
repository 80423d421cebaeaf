"""Refusals: what the server answers instead of a result, with the exact bodies of its error contract.

Everything below the routes raises `Refusal`; the instance turns it into a reply. Wordings of messages are free, types,
statuses and hints are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from instant_admin.local.wire import Reply

_TOO_MANY_REQUESTS = frozenset({"rate-limited", "timeout"})


class Refusal(Exception):
    """An error reply of the server: its type, message, hint and status."""

    def __init__(self, type: str, message: str, hint: object = None, *, status: int | None = None) -> None:
        super().__init__(type, message, hint)
        self.type = type
        self.message = message
        self.hint = hint
        self.status = status or (429 if type in _TOO_MANY_REQUESTS else 400)

    def __str__(self) -> str:
        return f"{self.type}: {self.message}"

    def reply(self) -> Reply:
        """The reply that says so."""
        return Reply.json({"type": self.type, "message": self.message, "hint": as_shown(self.hint)}, status=self.status)


def param_missing(path: Sequence[str], *, elsewhere: Sequence[Sequence[str]] = ()) -> Refusal:
    """A required parameter was not given.

    Args:
        path: Where it belongs, such as `("body", "email")`.
        elsewhere: Other places where it would have counted.
    """
    hint: dict[str, Any] = {"in": list(path)}
    if elsewhere:
        hint["possible-ins"] = [list(place) for place in elsewhere]
    return Refusal("param-missing", f"Missing parameter: {_vector(path)}", hint)


def param_malformed(path: Sequence[str], given: object, *, places: Sequence[Sequence[str]] = ()) -> Refusal:
    """A parameter was given and cannot be read.

    Args:
        path: Where it was found.
        given: Its value as sent.
        places: All places where it may be, for a parameter that has several.
    """
    hint: dict[str, Any] = {"in": list(path)}
    if places:
        hint["possible-ins"] = [list(place) for place in places]
    hint["original-input"] = given
    return Refusal("param-malformed", f"Malformed parameter: {_vector(path)}", hint)


def validation_failed(data_type: str, given: object, errors: Sequence[Mapping[str, Any]]) -> Refusal:
    """Something was given that breaks a rule, in the usual form.

    Args:
        data_type: What was checked, such as `query` or `steps`.
        given: The whole rejected input.
        errors: One entry for each fault, each with some of `message`, `in`, `expected`, `hint`.
    """
    texts = ", ".join(str(entry["message"]) for entry in errors if entry.get("message"))
    message = f"Validation failed for {data_type}" + (f": {texts}" if texts else "")
    return Refusal("validation-failed", message, {"data-type": data_type, "input": given, "errors": list(errors)})


def value_refused(message: str, hint: object = None) -> Refusal:
    """A `validation-failed` in one of its other forms: the hint is the caller's own, and may be None."""
    return Refusal("validation-failed", message, hint)


def null_byte() -> Refusal:
    """A text holds the character NUL, which PostgreSQL cannot store (recording tx_json_strings)."""
    return value_refused(
        "Text cannot contain the character NUL.",
        {"table": None, "condition": "untranslatable-character", "constraint": None},
    )


def record_not_found(
    record_type: str, *args: Mapping[str, Any], message: str | None = None, status: int = 400
) -> Refusal:
    """A record that the call depends on does not exist.

    Args:
        record_type: What was looked for, such as `app-user`.
        args: What it was looked for by.
        message: A further explanation for the hint.
        status: 401 where a dashboard session was looked for.
    """
    hint: dict[str, Any] = {}
    if args:
        hint["args"] = [dict(arg) for arg in args]
    if message is not None:
        hint["message"] = message
    hint["record-type"] = record_type
    return Refusal("record-not-found", f"Record not found: {record_type}", hint, status=status)


def record_expired(record_type: str, *args: Mapping[str, Any]) -> Refusal:
    """A record exists and is too old."""
    return Refusal("record-expired", f"Record expired: {record_type}", {"args": [dict(arg) for arg in args]})


def record_not_unique(record_type: str, message: str | None = None, **hint: object) -> Refusal:
    """A record of its kind exists already. Further keys of the hint: underscores become hyphens."""
    details = {key.replace("_", "-"): value for key, value in hint.items()}
    return Refusal(
        "record-not-unique", message or f"Record not unique: {record_type}", {"record-type": record_type, **details}
    )


def foreign_key_invalid(table: str, constraint: str) -> Refusal:
    """A record refers to another one that does not exist."""
    return Refusal(
        "record-foreign-key-invalid",
        f"Foreign key violation: {table}",
        {"table": table, "condition": "foreign-key-violation", "constraint": constraint},
    )


def permission_denied(subject: Sequence[str], expected: str = "perms-pass?") -> Refusal:
    """A rule says no.

    Args:
        subject: What was asked for, such as `("goals", "object")`.
        expected: The predicate that failed.
    """
    return Refusal(
        "permission-denied",
        f"Permission denied: not {expected}",
        {"input": list(subject), "expected": expected},
    )


def rate_limited(message: str, hint: object = None) -> Refusal:
    """Too many calls."""
    return Refusal("rate-limited", message, hint)


def app_read_only() -> Refusal:
    """A write on an app that is read-only."""
    return Refusal("app-read-only", "This app is in read-only mode.", {"status": "read-only"})


def app_disabled() -> Refusal:
    """A read or write on an app that is disabled."""
    return Refusal("app-disabled", "This app is currently disabled.", {"status": "disabled"})


class Blunder(Refusal):
    """A mistake of the caller that the real server answers with a 500 of no explanation."""


def too_many_parameters() -> Refusal:
    """A call is too large for the server's database."""
    hint = {
        "message": "Write fewer values in one call: split it into several.",
        "doc-urls": ["https://www.instantdb.com/docs/instaml"],
    }
    return Refusal("parameter-limit-exceeded", "There are too many parameters in the transaction or query.", hint)


def bad_request(message: str) -> Refusal:
    """A mistake of the caller that the real server answers with a 500 of no explanation."""
    return Blunder("validation-failed", message)


def not_supported_locally(what: str) -> Refusal:
    """The call is right, but the local Instant cannot do it.

    Args:
        what: Start of a sentence, such as `Files`.
    """
    return Refusal("not-supported-locally", f"{what} are not supported by the local Instant.")


def _vector(path: Sequence[str]) -> str:
    """A path as the server prints it: `["body" "email"]`."""
    return "[" + " ".join(f'"{part}"' for part in path) + "]"


def as_shown(value: Any) -> Any:
    """An echoed value as the server's JSON writer shows it: infinities are texts (recording tx_json_infinity)."""
    if isinstance(value, float):
        return infinity_as_text(value)
    if isinstance(value, dict):
        return {key: as_shown(item) for key, item in cast("dict[object, object]", value).items()}
    if isinstance(value, list | tuple):
        return [as_shown(item) for item in cast("Sequence[object]", value)]
    return value


def infinity_as_text(number: float) -> float | str:
    """A double, or for one beyond its range the text that the server stores and shows."""
    if number == float("inf"):
        return "Infinity"
    return "-Infinity" if number == float("-inf") else number
