"""The facade sends what the description's examples and the recordings show, and reads what they answer."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from instant_admin import APIError, AsyncInstantAdmin, InstantAdmin, InstantError
from instant_admin._core.api_errors import ERROR_CLASSES
from instant_admin._core.wire import WireRequest
from instant_admin.errors import AuthenticationError
from scripts.contract.description import Description, Operation
from scripts.contract.expectations import UNCOVERED
from scripts.contract.recordings import ANYTHING, Exchange
from tests.support.facade_calls import FACADE_CALLS, acting_as, in_path
from tests.support.stub_engine import StubEngine, events_reply, plug_in, reply, sent_headers, sent_json

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "openapi/examples"
OF_ONE_EVENT = {"getWebhookEvent", "getWebhookPayload", "resendWebhookEvent"}
"""Operations whose examples have no number of an event that the facade would send."""
_ANSWERS = ("add-query-ok", "error")
SENT = ("app-id", "as-email", "as-guest", "as-token", "authorization", "path", "content-disposition")


def _play(engine: StubEngine, operation: str, request: dict[str, Any], answer: Any, status: int) -> Any:
    """What the facade's call for a request comes to, when it is answered like this."""
    headers = request.get("headers", {})
    body = request.get("json") or {}
    if request["method"] == "PUT":
        body = {"path": headers.get("path"), "disposition": headers.get("content-disposition"), "bytes": b""}
    token = headers.get("authorization", "").removeprefix("Bearer ") or None
    engine.sent.clear()
    engine.replies[:] = [events_reply(answer) if isinstance(answer, list) else reply(answer, status)]
    named = in_path(request["path"])
    with InstantAdmin(headers.get("app-id") or body.get("app-id") or named["app_id"], token, retry=None) as db:
        try:
            return FACADE_CALLS[operation].make(acting_as(db, headers), {**named, **request.get("query", {})}, body)
        except InstantError as error:
            return error


def _form(sent: WireRequest) -> dict[str, Any]:
    """A request as examples have it, without what only the SDK sends: the app id in the query too, and a random id."""
    url = urlsplit(sent.target)
    own = ("app_id", "local_connection_id")
    query = {name: value for name, value in parse_qsl(url.query, keep_blank_values=True) if name not in own}
    headers = {name: value for name, value in sent_headers(sent).items() if name in SENT}
    return {"method": sent.method, "path": url.path, "query": query, "headers": headers, "json": sent_json(sent)}


def _wanted(operation: str, request: dict[str, Any]) -> dict[str, Any]:
    body = request.get("json")
    if request["method"] == "POST":
        body = dict(FACADE_CALLS[operation].always) | (body or {})
    return {
        "method": request["method"],
        "path": request["path"],
        "query": {name: value for name, value in request.get("query", {}).items() if name != "app_id"},
        "headers": {name: value for name, value in request.get("headers", {}).items() if name in SENT},
        "json": body,
    }


@pytest.mark.parametrize("operation", FACADE_CALLS)
def test_accepted_example_is_sent_and_its_reply_read(monkeypatch: pytest.MonkeyPatch, operation: str) -> None:
    example = json.loads((EXAMPLES / operation / "accepted.json").read_text())
    engine = plug_in(monkeypatch)
    answer = example["reply"].get("events") or example["reply"]["json"]
    result = _play(engine, operation, example["request"], answer, 200)
    assert _form(engine.sent[0]) == _wanted(operation, example["request"])
    assert result == FACADE_CALLS[operation].result(answer)


def _exchange_request(exchange: Exchange) -> dict[str, Any]:
    return {
        "method": exchange.method,
        "path": exchange.path,
        "query": exchange.query,
        "headers": exchange.headers,
        "json": exchange.given,
    }


def test_recorded_calls_are_sent_and_their_replies_read(
    monkeypatch: pytest.MonkeyPatch, description: Description, exchanges: list[Exchange]
) -> None:
    """Every recorded call whose arguments the facade takes; the rest is what it explains before sending anything."""
    engine = plug_in(monkeypatch)
    played = dict.fromkeys(FACADE_CALLS, 0)
    for exchange in exchanges:
        operation = description.find(exchange.method, exchange.path)
        if operation is None or operation.id not in FACADE_CALLS or not _is_whole(description, operation, exchange):
            continue
        request = _exchange_request(exchange)
        answer = _settle(exchange.events if exchange.is_stream else exchange.reply)
        outcome = _play(engine, operation.id, request, answer, exchange.status)
        if not engine.sent or _form(engine.sent[0]) != _wanted(operation.id, request):
            continue
        played[operation.id] += 1
        where = f"{exchange.recording}, step {exchange.step}"
        refusal = _refusal(answer, exchange.status)
        if refusal is None:
            assert outcome == FACADE_CALLS[operation.id].result(answer), where
        else:
            assert isinstance(outcome, APIError), where
            status, kind = refusal
            assert type(outcome) in (ERROR_CLASSES.get(kind, APIError), AuthenticationError), where
            assert (outcome.status, outcome.type) == (status, kind), where
    assert min(played.values()) >= 2, played
    assert sum(played.values()) > 3000, played


def _refusal(answer: Any, status: int) -> tuple[int, Any] | None:
    """Status and type of the error that an answer is; in a stream the first answer to the query counts."""
    if not isinstance(answer, list):
        return None if status == 200 else (status, answer["type"])
    first = next(event for event in answer if event["op"] in _ANSWERS)
    return None if first["op"] == "add-query-ok" else (first["status"], first.get("type"))


def _is_whole(description: Description, operation: Operation, exchange: Exchange) -> bool:
    """Whether the call has what any call of the facade has: a named app, and everything that is required."""
    body = exchange.given if exchange.given is not None else {}
    is_answered = isinstance(exchange.reply, dict) or any(event.get("op") in _ANSWERS for event in exchange.events)
    if not isinstance(body, dict) or not is_answered:
        return False
    app_id = exchange.headers.get("app-id") or body.get("app-id") or in_path(exchange.path).get("app_id")
    schema = operation.body_content.get("application/json", {}).get("schema", {})
    required = set(description.resolve(schema).get("required", []))
    in_query = {name for name, parameter in operation.parameters_in("query").items() if parameter.get("required")}
    return (
        re.fullmatch("[0-9a-f-]{36}", str(app_id)) is not None
        and required <= body.keys()
        and in_query <= exchange.query.keys()
        and isinstance(body.get("steps", []), list)
    )


def _settle(value: Any) -> Any:
    """A recorded value with null where anything may stand."""
    if isinstance(value, dict):
        return {key: _settle(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_settle(item) for item in value]
    return None if value is ANYTHING else value


def test_every_recorded_type_is_known(exchanges: list[Exchange]) -> None:
    kinds = {e.reply.get("type") for e in exchanges if e.status != 200 and isinstance(e.reply, dict)}
    assert kinds <= ERROR_CLASSES.keys()
    assert len(kinds) > 10


SOURCE = re.compile(r"Source: (\w+) (\S+), `(\w+)` in openapi/admin\.yaml\.")


def _sources(flavour: type[Any]) -> set[tuple[str, str, str]]:
    db = flavour("11111111-1111-4111-8111-111111111111", engine="httpx")  # opens nothing
    methods = [
        method
        for owner in (db, db.auth, db.rooms, db.storage, db.webhooks)
        for name, method in inspect.getmembers(owner, inspect.ismethod)
        if not name.startswith("_")
    ]
    return {match for method in methods for match in SOURCE.findall(inspect.getdoc(method) or "")}


@pytest.mark.parametrize("flavour", [InstantAdmin, AsyncInstantAdmin])
def test_every_call_names_its_operation(description: Description, flavour: type[Any]) -> None:
    described = {(o.method, o.path, o.id) for o in description.operations}
    assert _sources(flavour) <= described
    assert {operation for *_, operation in _sources(flavour)} == FACADE_CALLS.keys() | OF_ONE_EVENT


def test_every_operation_has_an_accepted_example_or_a_reason_not_to(description: Description) -> None:
    without = {o.id for o in description.operations if not (EXAMPLES / o.id / "accepted.json").exists()}
    assert without == UNCOVERED.keys()
    assert {folder.name for folder in EXAMPLES.iterdir()} <= {o.id for o in description.operations}
