"""The oracle's transcripts: what the JavaScript SDK sent and made of the replies, and the same call made here."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from instant_admin import (
    APIError,
    ConfigurationError,
    DebugQueryResult,
    DebugTransactResult,
    InstantAdmin,
    InstantError,
    InvalidArgumentError,
    NoReplyError,
    PageInfo,
    QueryUpdate,
    SignIn,
    TransactResult,
    UnexpectedReplyError,
    UploadedFile,
)
from instant_admin._core.api_errors import ERROR_CLASSES
from tests.support.stub_engine import StubEngine, plug_in, sent_headers, sent_json, stub_reply
from tests.support.vectors import is_undefined, load, read_value
from tests.support.webhook_values import read_result as read_webhook_result

_PATIENCE_SECONDS = 10.0
_RANDOM = frozenset({"local_connection_id"})

Vector = dict[str, Any]
Request = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What a call came to: what was sent, and what it returned or raised."""

    sent: list[Request]
    result: Any


def snake(name: str) -> str:
    """The Python form of a JavaScript name."""
    return re.sub(r"[A-Z]", lambda letter: f"_{letter.group().lower()}", name)


def _open(given: dict[str, Any]) -> InstantAdmin:
    return InstantAdmin(
        given["app_id"],
        given["admin_token"],
        base_url=given.get("api_uri"),
        retry=None,
        schema=load("transcripts")["schema"] if given["schema"] else None,
        validate=not given.get("disable_validation", False),
    )


def _call(engine: StubEngine, db: InstantAdmin, method: str, arguments: list[Any]) -> Any:
    owner: Any = db
    *path, name = method.replace("webhooks.manager.", "webhooks.").split(".")
    for part in path:
        owner = getattr(owner, part)
    positional = [read_value(argument) for argument in arguments if not is_undefined(argument)]
    options: dict[str, Any] = {}
    has_options = (
        name in ("query", "transact", "debugQuery", "debugTransact", "checkMagicCode", "uploadFile", "subscribeQuery")
        and len(positional) > 1
    )
    if has_options and isinstance(positional[-1], dict):
        options = positional.pop()
    elif path == ["auth"] and positional and isinstance(positional[0], dict):  # {email} and {id} are keywords here
        options = positional.pop(0)
    elif path == ["webhooks"] and positional and isinstance(positional[-1], dict | None):
        options = positional.pop() or {}
    if name == "subscribeQuery":
        return _follow(engine, db, positional[0], {snake(key): value for key, value in options.items()})
    return getattr(owner, snake(name))(*positional, **{snake(key): value for key, value in options.items()})


def _follow(engine: StubEngine, db: InstantAdmin, query: Any, options: dict[str, Any]) -> Any:
    """What a live query tells: its results, or the error that it ends by."""
    updates: list[QueryUpdate] = []
    with db.subscribe_query(
        query, on_update=updates.append, on_error=lambda _: engine.was_read.set(), **options
    ) as live:
        assert engine.was_read.wait(_PATIENCE_SECONDS)
        return live.error or updates


def run(monkeypatch: pytest.MonkeyPatch, vector: Vector) -> Outcome:
    """Make a transcript's call here, answered as it was there."""
    # Where the JavaScript SDK sends nothing there is no reply for it; this one is any transaction's, and any upload's.
    stubs = vector["stub"] or [{"status": 200, "json": {"tx-id": 1, "data": {"id": "an id"}}}]
    engine = plug_in(monkeypatch, *[stub_reply(stub) for stub in stubs])
    try:
        with _open(vector["client"]) as db:
            for scope in scopes(vector):
                db = db.as_user(**read_value(scope))
            result = _call(engine, db, vector["call"]["method"], vector["call"]["args"])
    except (InstantError, TypeError) as error:
        result = error
    sent = []
    for request in engine.sent:
        url = urlsplit(engine.base_urls[-1] + request.target)
        sent.append(
            {
                "method": request.method,
                "url": f"{url.scheme}://{url.netloc}{url.path}",
                "query": [(k, "*" if k in _RANDOM else v) for k, v in parse_qsl(url.query, keep_blank_values=True)],
                "headers": {k: v for k, v in sent_headers(request).items() if k != "content-length"},
                "json": _without_versions(sent_json(request)),
                "bytes": request.body if request.method == "PUT" else None,
            }
        )
    return Outcome(sent, result)


def _without_versions(body: Any) -> Any:
    """A request's body without the names and versions of packages, each SDK having its own."""
    return {k: v for k, v in body.items() if k != "versions"} if isinstance(body, dict) else body


def sent_by_javascript(vector: Vector) -> list[Request]:
    """What the JavaScript SDK sent, but for the headers that name it and its version, and lengths."""
    return [
        {
            "method": request["method"],
            "url": f"{request['origin']}{request['path']}",
            "query": list(request["query"].items()),
            "headers": {
                k: v for k, v in request["headers"].items() if not k.endswith("-version") and k != "content-length"
            },
            "json": _without_versions(request.get("body_json")),
            "bytes": base64.b64decode(request["body_base64"]) if request["method"] == "PUT" else None,
        }
        for request in vector["requests"]
    ]


def result_of(vector: Vector) -> Any:
    """The result of the JavaScript SDK, as it is given here."""
    result = vector["result"]
    match vector["call"]["method"]:
        case "transact":
            return TransactResult(result["tx-id"])
        case "debugQuery":
            wheres = vector["stub"][0]["json"].get("rule-wheres")
            return DebugQueryResult(result["result"], result["checkResults"], wheres)
        case "debugTransact":
            return DebugTransactResult(
                result["tx-id"], result["all-checks-ok?"], result["committed?"], result["check-results"]
            )
        case "auth.generateMagicCode" | "auth.sendMagicCode":
            return result["code"]
        case "auth.checkMagicCode":
            return SignIn(result["user"], result["created"])
        case "subscribeQuery":
            return [_update_of(payload) for payload in result["payloads"]]
        case "storage.uploadFile":
            # The stub says no more, so the size is that of what was sent.
            return UploadedFile(result["data"]["id"], None, len(read_bytes(vector)))
        case "storage.delete":
            return result["data"]["id"]
        case "storage.deleteMany":
            return result["data"]["ids"] or []
        case method if method.startswith("webhooks.manager."):
            return read_webhook_result(method.removeprefix("webhooks.manager."), result)
    return result


_PAGE_KEYS = {
    "startCursor": "start-cursor",
    "endCursor": "end-cursor",
    "hasNextPage": "has-next-page?",
    "hasPreviousPage": "has-previous-page?",
}


def _update_of(payload: dict[str, Any]) -> QueryUpdate:
    pages = {
        namespace: PageInfo({_PAGE_KEYS[key]: value for key, value in page.items()})
        for namespace, page in (payload.get("pageInfo") or {}).items()
    }
    return QueryUpdate(payload["data"], pages, {}, None)


def read_bytes(vector: Vector) -> bytes:
    """The content of an upload."""
    file = read_value(vector["call"]["args"][1])
    return file if isinstance(file, bytes) else b"".join(file)


def is_refused(vector: Vector) -> bool:
    """Whether the call fails; a live query in JavaScript then says so in place of a result."""
    return "error" in vector or "error" in _first_payload(vector)


def _first_payload(vector: Vector) -> dict[str, Any]:
    result = vector.get("result")
    payloads: list[dict[str, Any]] = result.get("payloads", [{}]) if isinstance(result, dict) else [{}]
    return payloads[0]


def error_of(vector: Vector) -> type[Exception]:
    """Our class for what the JavaScript SDK raised."""
    payload = _first_payload(vector)
    if "error" in payload:
        return ERROR_CLASSES.get(payload["error_body"].get("type"), APIError)
    match vector["error"]:
        case "Error" | "InstantError":
            return ConfigurationError
        case "QueryValidationError" | "TransactionValidationError":
            return InvalidArgumentError
        case "InstantAPIError":
            content = vector["stub"][0].get("json")
            kind = content.get("type") if isinstance(content, dict) else None
            return ERROR_CLASSES.get(kind, APIError)
        case "TypeError" if vector["requests"] == []:
            return InvalidArgumentError  # from the platform's own check of headers
        case "TypeError" if vector["stub"][0].get("network_error"):
            return NoReplyError
    return UnexpectedReplyError


def scopes(vector: Vector) -> list[Any]:
    """Arguments of each `asUser`, the outermost first."""
    given = vector["client"].get("as", [])
    return given if isinstance(given, list) else [given]
