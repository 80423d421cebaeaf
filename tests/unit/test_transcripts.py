"""Every call sends what the JavaScript SDK sends, and reads the reply alike, but for the differences listed here."""

from __future__ import annotations

import copy
import json
import mimetypes
import re
from collections.abc import Callable
from typing import Any

import pytest

from instant_admin import APIError, ConfigurationError, InstantAdmin, InvalidArgumentError, UnexpectedReplyError
from instant_admin._core.validation.options import OPTIONS
from tests.support.transcripts import (
    Request,
    Vector,
    error_of,
    is_refused,
    result_of,
    run,
    scopes,
    sent_by_javascript,
    snake,
)
from tests.support.vectors import is_undefined, load, read_value

VECTORS: dict[str, dict[str, Any]] = {
    vector["name"]: vector
    for vector in load("transcripts")["vectors"]
    if not vector["call"]["method"].startswith("streams.")  # conversations: tests/client/test_stream_transcripts.py
}

IDENTITIES = ("email", "id", "refresh_token", "token", "guest")
BY_ONE = ("auth.createToken", "auth.getUser", "auth.deleteUser", "auth.signOut")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

# Calls that this SDK does not have, by their names there.
ABSENT: dict[str, str] = {
    "auth.verifyMagicCode": "the old name of checkMagicCode",
    "storage.upload": "the old form of uploadFile",
    "webhooks.fetchJwks": "receivers fetch the keys by themselves",
}


def _options(vector: Vector) -> dict[str, Any]:
    *_, last = vector["call"]["args"] or [None]
    return last if isinstance(last, dict) and len(vector["call"]["args"]) > 1 else {}


def _identities(value: Any) -> list[str]:
    """Which of several identities are given, for the JavaScript SDK takes any number."""
    given = value.items() if isinstance(value, dict) else ()
    return [k for k, v in given if k in IDENTITIES and v not in (None, False) and not is_undefined(v)]


def _is_ambiguous(user: Any, *_: Any) -> bool:
    return not isinstance(user, str) and len(_identities(user)) != 1


def _is_debug(vector: Vector) -> bool:
    return vector["call"]["method"] in ("debugQuery", "debugTransact")


def _has_odd_id(arguments: list[Any]) -> bool:
    return any(isinstance(argument, str) and "?" in argument for argument in arguments)


def _steps(vector: Vector) -> list[Any]:
    return [s for request in vector["requests"] for s in (request.get("body_json") or {}).get("steps", [])]


def _names_no_uuid(vector: Vector) -> bool:
    return any(isinstance(step[2], str) and not UUID.fullmatch(step[2]) for step in _steps(vector))


def _has_unknown_option(form: Any) -> bool:
    if not isinstance(form, dict):
        return False
    return not set(form.get("$", {})) <= set(OPTIONS) or any(map(_has_unknown_option, form.values()))


def _is_nested(vector: Vector) -> bool:
    chunks = vector["call"]["args"][:1]
    return vector["call"]["method"] == "transact" and isinstance(chunks[0], list) and bool(chunks[0])


def _without_rule_params(vector: Vector) -> list[Request]:
    sent = copy.deepcopy(sent_by_javascript(vector))
    del sent[0]["json"]["query"]["$$ruleParams"]
    return sent


def _without_options(vector: Vector) -> list[Request]:
    sent = copy.deepcopy(sent_by_javascript(vector))
    sent[0]["json"]["steps"] = [s[:4] if s[4:] != [{"upsert": False}] else s for s in sent[0]["json"]["steps"]]
    return sent


def _encoded(vector: Vector) -> list[Request]:
    sent = sent_by_javascript(vector)
    room_type, room_id = vector["call"]["args"]
    query = [("app_id", vector["client"]["app_id"]), ("room-type", room_type), ("room-id", room_id)]
    return [sent[0] | {"query": query}]


def _flattened(vector: Vector) -> list[Request]:
    steps = [step for chunk in read_value(vector["call"]["args"][0][0]) for step in chunk.steps]
    sent = copy.deepcopy(sent_by_javascript(VECTORS["transact/delete"]))
    sent[0]["json"]["steps"] = steps
    return sent


def _is_upload(vector: Vector) -> bool:
    return vector["call"]["method"] == "storage.uploadFile" and bool(vector["client"]["admin_token"])


def _file(vector: Vector) -> Any:
    return vector["call"]["args"][1]


def _is_stream(vector: Vector) -> bool:
    return isinstance(_file(vector), dict) and bool(_file(vector).keys() & {"$node_stream_b64", "$web_stream_b64"})


def _with_guessed_type(vector: Vector) -> list[Request]:
    sent = copy.deepcopy(sent_by_javascript(vector))
    guessed, _ = mimetypes.guess_type(vector["call"]["args"][0].strip())
    sent[0]["headers"]["content-type"] = guessed or "application/octet-stream"
    return sent


def _empty(vector: Vector) -> list[Request]:
    sent = _with_guessed_type(VECTORS["storage/uploadFile-empty"])
    sent[0]["headers"]["path"] = vector["call"]["args"][0]
    return sent


def _listed_as_user(vector: Vector) -> list[Request]:
    sent = copy.deepcopy(sent_by_javascript(vector))
    [(name, value)] = scopes(vector)[0].items()
    sent[0]["headers"][f"as-{name}"] = "true" if name == "guest" else value
    return sent


# Deliberate differences: why -> (which calls, what happens here: an error before anything is sent, or another request).
# The first that applies counts.
DIFFERENCES: dict[str, tuple[Callable[[Vector], bool], type[Exception] | Callable[[Vector], list[Request]]]] = {
    "an app id is a UUID": (
        lambda v: not UUID.fullmatch(v["client"]["app_id"]),
        ConfigurationError,
    ),
    "as_user takes exactly one identity": (
        lambda v: any(len(_identities(scope)) != 1 for scope in scopes(v)),
        InvalidArgumentError,
    ),
    "a user is found by exactly one of address, id and token": (
        lambda v: v["call"]["method"] in BY_ONE and _is_ambiguous(*v["call"]["args"]),
        InvalidArgumentError,
    ),
    "rules say nothing of the app itself, so debug calls need a user": (
        lambda v: _is_debug(v) and not scopes(v),
        ConfigurationError,
    ),
    "debug calls need the admin token in any case": (
        lambda v: _is_debug(v) and not v["client"]["admin_token"],
        ConfigurationError,
    ),
    "headers of one call are nobody's to give: http_client has its own": (
        lambda v: "fetchOpts" in _options(v),
        TypeError,
    ),
    "inference is for typed clients": (
        lambda v: "cardinalityInference" in _options(v),
        TypeError,
    ),
    "NaN must not turn into null on the way": (
        lambda v: '"$nan"' in json.dumps(v["call"]["args"]),
        InvalidArgumentError,
    ),
    "an entity id is a UUID or a lookup": (
        _names_no_uuid,
        InvalidArgumentError,
    ),
    "a query is an object, and that cannot be switched off": (
        lambda v: v["client"].get("disable_validation") is True and v["call"]["args"][0] is None,
        InvalidArgumentError,
    ),
    "queries of debug_query are checked as well": (
        lambda v: v["call"]["method"] == "debugQuery" and _has_unknown_option(v["call"]["args"][0]),
        InvalidArgumentError,
    ),
    "webhooks and their events are told apart by what the server calls them": (
        lambda v: v["call"]["method"].startswith("webhooks.manager.") and _has_odd_id(v["call"]["args"]),
        InvalidArgumentError,
    ),
    "a webhook has no other properties": (
        lambda v: v["call"]["method"] == "webhooks.manager.create" and "note" in v["call"]["args"][0],
        TypeError,
    ),
    "an update changes something": (
        lambda v: v["call"]["method"] == "webhooks.manager.update" and v["call"]["args"][1] == {},
        InvalidArgumentError,
    ),
    "lists of chunks may be nested": (
        _is_nested,
        _flattened,
    ),
    "no rule parameters are none": (
        lambda v: v["call"]["method"] == "query" and _options(v).get("ruleParams", {}) is None,
        _without_rule_params,
    ),
    "options that say what happens anyway are left out": (
        lambda v: any(len(step) > 4 and step[4] != {"upsert": False} for step in _steps(v)),
        _without_options,
    ),
    "a room's name is encoded": (
        lambda v: v["call"]["method"] == "rooms.getPresence" and bool(re.search("[&#+%]", "".join(v["call"]["args"]))),
        _encoded,
    ),
    "a schema's unknown names are refused here already, for every step": (
        lambda v: v["name"] in ("transact/schema-unknown-attr", "transact/schema-delete-unknown-namespace"),
        InvalidArgumentError,
    ),
    "a content type is guessed from the path, and a blank one is a mistake": (
        lambda v: _is_upload(v) and _options(v).get("contentType") == "",
        InvalidArgumentError,
    ),
    "a text is the path of a file here": (
        lambda v: _is_upload(v) and isinstance(_file(v), str),
        InvalidArgumentError,
    ),
    "the size given is that of the file": (
        lambda v: _is_upload(v) and not _is_stream(v) and "fileSize" in _options(v),
        InvalidArgumentError,
    ),
    "a missing size is a wrong argument": (
        lambda v: _is_upload(v) and _is_stream(v) and "fileSize" not in _options(v),
        InvalidArgumentError,
    ),
    "a file may be empty": (
        lambda v: _is_upload(v) and _is_stream(v) and _options(v)["fileSize"] == 0,
        _empty,
    ),
    "a content type is guessed from the path": (
        lambda v: _is_upload(v) and "contentType" not in _options(v),
        _with_guessed_type,
    ),
    "files are listed as the user": (
        lambda v: v["call"]["method"] == "storage.list" and bool(scopes(v)) and bool(v["requests"]),
        _listed_as_user,
    ),
}


def _line(vector: Vector) -> str | None:
    """The line of the table of differences that a vector falls under."""
    return next((why for why, (applies, _) in DIFFERENCES.items() if applies(vector)), None)


PRESENT = {n: v for n, v in VECTORS.items() if v["call"]["method"] not in ABSENT}
EQUAL = {n: v for n, v in PRESENT.items() if _line(v) is None}
DIFFERING = {n: v for n, v in PRESENT.items() if _line(v) is not None}


@pytest.mark.parametrize("vector", EQUAL.values(), ids=EQUAL)
def test_call_sends_and_returns_what_the_javascript_sdk_does(monkeypatch: pytest.MonkeyPatch, vector: Vector) -> None:
    outcome = run(monkeypatch, vector)
    assert outcome.sent == sent_by_javascript(vector)
    if is_refused(vector):
        assert type(outcome.result) is error_of(vector)
    elif _is_read_by_nobody(vector):
        assert type(outcome.result) is UnexpectedReplyError
    else:
        assert outcome.result == result_of(vector)


def _is_read_by_nobody(vector: Vector) -> bool:
    """Whether the reply is no tree of entities, which the JavaScript SDK hands through."""
    return vector["call"]["method"] == "query" and not isinstance(vector["stub"][0].get("json"), dict)


@pytest.mark.parametrize(
    "vector", [v for v in EQUAL.values() if v.get("error") == "InstantAPIError"], ids=lambda v: v["name"]
)
def test_error_tells_what_the_server_said(monkeypatch: pytest.MonkeyPatch, vector: Vector) -> None:
    error = run(monkeypatch, vector).result
    assert isinstance(error, APIError)
    assert (error.status, error.hint, error.trace_id) == (
        vector["error_status"],
        vector.get("error_hint"),
        vector.get("error_trace_id"),
    )
    content = vector["stub"][0].get("json")
    said = content.get("message") if isinstance(content, dict) else None
    assert error.message == (said or f"The server answered with status {error.status}.")


@pytest.mark.parametrize("vector", [pytest.param(v, id=f"{_line(v)}-{n}") for n, v in DIFFERING.items()])
def test_call_differs_where_it_is_meant_to(monkeypatch: pytest.MonkeyPatch, vector: Vector) -> None:
    outcome = run(monkeypatch, vector)
    _, expected = DIFFERENCES[_line(vector) or ""]
    if isinstance(expected, type):
        assert (outcome.sent, type(outcome.result)) == ([], expected)
    else:
        assert outcome.sent == expected(vector) != sent_by_javascript(vector)
        assert not isinstance(outcome.result, Exception)


def test_every_line_of_the_differences_is_needed() -> None:
    assert {_line(vector) for vector in DIFFERING.values()} == DIFFERENCES.keys()


@pytest.mark.parametrize("method", ABSENT)
def test_absent_call_is_absent(method: str) -> None:
    assert method in {vector["call"]["method"] for vector in VECTORS.values()}
    owner: Any = InstantAdmin("11111111-1111-4111-8111-111111111111")  # opens nothing
    for part in method.split("."):
        owner = getattr(owner, snake(part), None)
    assert owner is None
