"""Every refusal becomes one of our errors, whatever its bytes; errors survive pickling and show no secret."""

from __future__ import annotations

import contextlib
import copy
import inspect
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import (
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
    errors,
)
from instant_admin._core import reading
from instant_admin._core.api_errors import ERROR_CLASSES, REDACTED, read_api_error, redact
from instant_admin._core.decode import finish
from instant_admin._core.schema.jobs import IndexingJob
from instant_admin._core.schema.plan import make_plan
from instant_admin._core.wire import Call, WireReply, WireRequest

# Every type of the server contract (errors 3), with its status there.
TYPES: dict[str, tuple[int, type[APIError]]] = {
    "param-missing": (400, InvalidParameterError),
    "param-malformed": (400, InvalidParameterError),
    "validation-failed": (400, ValidationFailedError),
    "record-not-found": (400, RecordNotFoundError),
    "record-expired": (400, RecordExpiredError),
    "record-not-unique": (400, RecordNotUniqueError),
    "record-foreign-key-invalid": (400, ValidationFailedError),
    "record-check-violation": (400, ValidationFailedError),
    "sql-raise": (400, ValidationFailedError),
    "permission-denied": (400, PermissionDeniedError),
    "permission-evaluation-failed": (400, PermissionEvaluationError),
    "parameter-limit-exceeded": (400, RequestTooLargeError),
    "app-read-only": (400, AppReadOnlyError),
    "app-disabled": (400, AppDisabledError),
    "app-creation-disabled": (400, SunsetError),
    "signups-closed": (400, SunsetError),
    "billing-closed": (400, SunsetError),
    "session-missing": (400, SessionLostError),
    "member-missing": (400, SessionLostError),
    "connection-closed": (400, SessionLostError),
    "oauth-error": (400, APIError),
    "rate-limited": (429, RateLimitedError),
    "timeout": (429, QueryTimeoutError),
    "sql-exception": (500, ServerError),
    "email-send-failed": (500, EmailNotSentError),
    "operation-timed-out": (500, QueryTimeoutError),
    "socket-missing": (500, SessionLostError),
    "socket-error": (500, SessionLostError),
    "unknown": (500, ServerError),
    "not-supported-locally": (400, APIError),
}
TOKEN = "66666666-6666-4666-8666-666666666666"


def read(content: Any, status: int = 400, *secrets: str, impersonated: bool = False) -> APIError:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_api_error(status, body, secrets=secrets, impersonated=impersonated)


@pytest.mark.parametrize("kind", TYPES)
def test_type_has_its_class(kind: str) -> None:
    status, cls = TYPES[kind]
    error = read({"type": kind, "message": "own text", "hint": {"a": [1]}, "trace-id": "tr-1"}, status)
    assert type(error) is cls
    assert (error.type, error.status, error.message, error.hint, error.trace_id) == (
        kind,
        status,
        "own text",
        {"a": [1]},
        "tr-1",
    )


def test_no_type_is_left_out() -> None:
    assert {kind: cls for kind, (_, cls) in TYPES.items()} == ERROR_CLASSES


def test_class_follows_the_type_and_never_the_status() -> None:
    assert type(read({"type": "record-not-found"}, 401)) is RecordNotFoundError
    assert type(read({"type": "validation-failed"}, 429)) is ValidationFailedError
    assert type(read({"type": "of-tomorrow"}, 400)) is APIError
    assert type(read({"message": "own text"}, 500)) is APIError


CREDENTIALS: list[tuple[str | None, bool, type[APIError]]] = [
    ("app-admin-token", False, AuthenticationError),
    ("instant-user", False, AuthenticationError),
    ("oauth-access-token", False, AuthenticationError),
    ("app-user", True, AuthenticationError),
    ("app-user", False, RecordNotFoundError),
    ("app-user-magic-code", True, RecordNotFoundError),
    (None, True, RecordNotFoundError),
]


@pytest.mark.parametrize(("record_type", "impersonated", "cls"), CREDENTIALS)
def test_a_missing_credential_is_a_failed_authentication(
    record_type: str | None, impersonated: bool, cls: type[APIError]
) -> None:
    error = read({"type": "record-not-found", "hint": {"record-type": record_type}}, impersonated=impersonated)
    assert type(error) is cls
    assert isinstance(error, RecordNotFoundError)
    assert error.record_type == record_type


@pytest.mark.parametrize("hint", [None, [], "text", {}, {"record-type": 5}])
def test_record_type_is_none_where_the_hint_names_none(hint: Any) -> None:
    error = read({"type": "record-not-found", "hint": hint}, impersonated=True)
    assert isinstance(error, RecordNotFoundError)
    assert error.record_type is None


BODIES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "The server answered with status 503."),
    "HTML": (b"<html>bad gateway</html>", "The server answered with status 503."),
    "cut JSON": (b'{"type": "unkn', "The server answered with status 503."),
    "null": (b"null", "The server answered with status 503."),
    "a list": (b"[1]", "The server answered with status 503."),
    "no message": (b"{}", "The server answered with status 503."),
    "a message of another type": (b'{"message": {"a": 1}, "type": 5, "trace-id": 7}', "answered with status 503"),
    "a proxy's message": (b'{"message": "own text"}', "own text"),
    "the key of OAuth": (b'{"type": "oauth-error", "error": "own text"}', "own text"),
    "bad UTF-8": (b'{"message": "\xff"}', "The server answered with status 503."),
    "deep nesting": (b'{"hint":' * 100_000, "The server answered with status 503."),
}


@pytest.mark.parametrize(("body", "message"), BODIES.values(), ids=BODIES)
def test_any_body_is_explained(body: bytes, message: str) -> None:
    error = read(body, 503)
    assert message in error.message
    assert error.status == 503
    assert error.trace_id is None


def test_secrets_of_the_call_do_not_come_back() -> None:
    hint = {"args": [{"token": TOKEN, "text": f"<{TOKEN}>", TOKEN: [TOKEN]}], "number": 5}
    error = read({"type": "record-not-found", "message": f"No {TOKEN}.", "hint": hint}, 400, TOKEN)
    assert error.message == f"No {REDACTED}."
    assert error.hint == {
        "args": [{"token": REDACTED, "text": f"<{REDACTED}>", REDACTED: [REDACTED]}],
        "number": 5,
    }
    assert TOKEN not in f"{error}{error!r}{error.__dict__}{error.args}"


@pytest.mark.parametrize("depth", [300, 600, 900])
def test_a_hint_nested_deeply_is_masked_or_left_out(depth: int) -> None:
    error = read(
        b'{"message": "m", "hint": ' + b"[" * depth + b'"' + TOKEN.encode() + b'"' + b"]" * depth + b"}", 400, TOKEN
    )
    assert error.message in ("m", "The server answered with status 400.")
    assert TOKEN not in repr(error.__dict__)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_json, st.lists(st.text(min_size=1), max_size=3))
def test_masking_leaves_no_secret_and_nothing_else_changed(value: Any, secrets: list[str]) -> None:
    masked = redact(value, tuple(secrets))
    used = [secret for secret in secrets if secret in REDACTED]  # letters of the mask itself
    for secret in secrets:
        assert secret in used or secret not in _texts(masked)
    if not any(secret in _texts(value) for secret in secrets):
        assert masked == value


def _texts(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(_texts(part) for item in value.items() for part in item)
    if isinstance(value, list):
        return "\n".join(map(_texts, value))
    return value if isinstance(value, str) else ""


MADE: list[InstantError] = [
    InstantError("own text"),
    ConfigurationError("own text"),
    DestructiveChangeError("own text", plan=make_plan([], [])),
    IndexingError("own text", jobs=(IndexingJob("j1", "goals.title", "index", "errored"),)),
    IndexingTimeoutError("own text", jobs=()),
    InvalidArgumentError("own text", path="goals.$.where.rank"),
    SchemaError("own text", problems=("entities.a: wrong",)),
    RulesError("own text", problems=("goals.allow.view: wrong",)),
    NoReplyError("own text", request_sent=False),
    RequestTimeoutError("own text"),
    UnexpectedReplyError("own text", status=200),
    RowTypeError("own text", path="goals[3].title"),
    UpdateTimeoutError("own text"),
    StreamError("own text"),
    StreamNotDurableError("own text", written_bytes=9, durable_bytes=4),
    WebhookVerificationError("own text", reason="too-old"),
    *(
        cls("own text", status=418, type="kind", hint={"a": [1]}, trace_id="tr-1")
        for cls in sorted({AuthenticationError, *(cls for _, cls in TYPES.values())}, key=lambda cls: cls.__name__)
    ),
]


def test_every_class_is_tried() -> None:
    classes = {cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, InstantError)}
    assert {type(error) for error in MADE} == classes
    assert {cls.__name__ for cls in classes} == set(errors.__all__)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("error", MADE, ids=lambda error: type(error).__name__)
def test_error_survives_pickling(error: InstantError, protocol: int) -> None:
    _assert_same(pickle.loads(pickle.dumps(error, protocol)), error)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
@pytest.mark.parametrize("error", MADE, ids=lambda error: type(error).__name__)
def test_error_survives_copying(error: InstantError, duplicate: Any) -> None:
    _assert_same(duplicate(error), error)


def _assert_same(other: InstantError, error: InstantError) -> None:
    assert type(other) is type(error)
    assert (str(other), repr(other), other.args) == (str(error), repr(error), error.args)
    assert other.__dict__ == error.__dict__


def test_error_reads_well() -> None:
    error = ValidationFailedError("No such thing.", status=400, type="validation-failed", hint={"secret": 1})
    assert str(error) == "No such thing. (validation-failed)"
    error.trace_id = "tr-1"
    assert str(error) == "No such thing. (validation-failed, trace id tr-1)"
    assert repr(error) == "ValidationFailedError('No such thing. (validation-failed, trace id tr-1)', status=400)"
    assert str(APIError("Gone.", status=502)) == "Gone. (status 502)"


def test_a_wrong_argument_is_a_value_error() -> None:
    assert isinstance(InvalidArgumentError("own text"), ValueError)


REQUEST = WireRequest("POST", "/admin/query?app_id=x", {"authorization": f"Bearer {TOKEN}"}, b"{}")
READERS = {name: reader for name, reader in vars(reading).items() if name.startswith("read_")}


@given(
    st.sampled_from(sorted(READERS)),
    st.sampled_from([200, 201, 204, 301, 400, 401, 429, 500, 503]) | st.integers(-1, 999),
    st.binary() | _json.map(lambda value: json.dumps(value).encode()),
    st.booleans(),
)
def test_any_reply_gives_a_result_or_one_of_our_errors(name: str, status: int, body: bytes, impersonated: bool) -> None:
    call: Call[Any] = Call(name, REQUEST, READERS[name], is_read=True, secrets=(TOKEN,), impersonated=impersonated)
    reply = WireReply(status, {"content-type": "application/json"}, body)
    with contextlib.suppress(UnexpectedReplyError, APIError):
        finish(call, reply)
        assert status == 200
    if status != 200:
        with pytest.raises(APIError) as caught:
            finish(call, reply)
        assert caught.value.status == status


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (WireReply(200, {}, b""), "The server answered 200 with an empty body."),
        (WireReply(200, {"content-type": "text/html"}, b"<html>"), "with a body that is no query reply (text/html)."),
        (WireReply(200, {}, b"[]"), "with a body that is no query reply (no content type)."),
        (WireReply(200, {}, b"[" * 100_000), "with a body that is no query reply (no content type)."),
    ],
)
def test_a_200_that_cannot_be_read_is_explained_without_its_content(reply: WireReply, message: str) -> None:
    call: Call[Any] = Call("query", REQUEST, reading.read_rows, is_read=True)
    with pytest.raises(UnexpectedReplyError) as caught:
        finish(call, reply)
    assert message in str(caught.value)


class Undecodable(dict[str, str]):
    """Headers of a library that cannot decode one of them."""

    def get(self, key: str, default: Any = None) -> Any:
        raise UnicodeDecodeError("ascii", b"\xff", 0, 1, "own text")


def test_headers_that_cannot_be_read_do_not_hide_the_trouble() -> None:
    call: Call[Any] = Call("query", REQUEST, reading.read_rows, is_read=True)
    with pytest.raises(UnexpectedReplyError, match="an unreadable content type"):
        finish(call, WireReply(200, Undecodable(), b"<html>"))


def test_calls_and_requests_show_no_token() -> None:
    call: Call[Any] = Call("query", REQUEST, reading.read_rows, is_read=True, secrets=(TOKEN,))
    assert repr(call) == "Call(query, WireRequest(POST /admin/query))"
