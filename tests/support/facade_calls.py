"""From a described request to the facade's call that sends it, and from a described reply to what that call returns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from instant_admin import (
    AsyncInstantAdmin,
    DebugQueryResult,
    DebugTransactResult,
    InstantAdmin,
    QueryUpdate,
    SignIn,
    TransactionChunk,
    TransactResult,
    UploadedFile,
)
from instant_admin._version import __version__
from tests.support.webhook_values import from_wire

Db = InstantAdmin | AsyncInstantAdmin
Json = dict[str, Any]


@dataclass(frozen=True)
class FacadeCall:
    """One operation in terms of the facade.

    Attributes:
        make: Makes the call with a client, a request's query with what its path names, and its body; the result of
            `AsyncInstantAdmin` is awaited by the caller.
        result: From a reply's JSON to the call's result.
        always: What the facade puts into the body besides what it is told.
    """

    make: Callable[[Any, Json, Json], Any]
    result: Callable[[Any], Any]
    always: tuple[tuple[str, Any], ...] = ()


def _overrides(body: Json) -> Json:
    names = {"rules-override": "rules", "ip-override": "ip", "origin-override": "origin"}
    return {name: body[key] for key, name in names.items() if key in body}


def _extras(body: Json) -> Json:
    return {"extra_fields": body["extra-fields"]} if "extra-fields" in body else {}


def _user(given: Json) -> Json:
    return {name: given[name] for name in ("email", "id", "refresh_token") if name in given}


def _check_magic_code(db: Any, query: Json, body: Json) -> Any:
    token = {"refresh_token": body["refresh-token"]} if "refresh-token" in body else {}
    return db.auth.check_magic_code(body["email"], body["code"], **_extras(body), **token)


def _commit(body: Json) -> Json:
    return {"commit": True} if body.get("dangerously-commit-tx") else {}


def _first_update(events: list[Json]) -> QueryUpdate:
    told = next(event for event in events if event["op"] == "add-query-ok")
    about = told["result-meta"]
    return QueryUpdate(told["result"], about["page-info"], about["aggregate"], told["processed-tx-id"])


FACADE_CALLS: dict[str, FacadeCall] = {
    "query": FacadeCall(
        lambda db, query, body: db.query(body["query"]),
        lambda reply: reply,
        (("inference?", False),),
    ),
    "subscribeQuery": FacadeCall(
        lambda db, query, body: db.query_page(body["query"]),
        _first_update,
        (("inference?", False), ("versions", {"instant-admin": __version__})),
    ),
    "transact": FacadeCall(
        lambda db, query, body: db.transact(TransactionChunk.from_steps(body["steps"])),
        lambda reply: TransactResult(reply["tx-id"]),
        (("throw-on-missing-attrs?", False),),
    ),
    "checkQueryPermissions": FacadeCall(
        lambda db, query, body: db.debug_query(body["query"], **_overrides(body)),
        lambda reply: DebugQueryResult(reply["result"], reply["check-results"], reply.get("rule-wheres")),
        (("inference?", False),),
    ),
    "checkTransactPermissions": FacadeCall(
        lambda db, query, body: db.debug_transact(
            TransactionChunk.from_steps(body["steps"]), **_overrides(body), **_commit(body)
        ),
        lambda reply: DebugTransactResult(
            reply["tx-id"], reply["all-checks-ok?"], reply["committed?"], reply["check-results"]
        ),
    ),
    "createMagicCode": FacadeCall(
        lambda db, query, body: db.auth.generate_magic_code(body["email"]), lambda reply: reply["code"]
    ),
    "sendMagicCode": FacadeCall(
        lambda db, query, body: db.auth.send_magic_code(body["email"]), lambda reply: reply["code"]
    ),
    "verifyMagicCode": FacadeCall(_check_magic_code, lambda reply: SignIn(reply["user"], reply["created"])),
    "createRefreshToken": FacadeCall(
        lambda db, query, body: db.auth.sign_in(**_user(body), **_extras(body)),
        lambda reply: SignIn(reply["user"], reply["created"]),
    ),
    "signInGuest": FacadeCall(
        lambda db, query, body: db.auth.sign_in_guest(**_extras(body)), lambda reply: SignIn(reply["user"], True)
    ),
    "signOut": FacadeCall(lambda db, query, body: db.auth.sign_out(**_user(body)), lambda reply: None),
    "getUser": FacadeCall(lambda db, query, body: db.auth.get_user(**_user(query)), lambda reply: reply["user"]),
    "deleteUser": FacadeCall(
        lambda db, query, body: db.auth.delete_user(**_user(query)), lambda reply: reply["deleted"]
    ),
    "verifyRefreshToken": FacadeCall(
        lambda db, query, body: db.auth.verify_token(body["refresh-token"]), lambda reply: reply["user"]
    ),
    "getPresence": FacadeCall(
        lambda db, query, body: db.rooms.get_presence(query["room-type"], query["room-id"]),
        lambda reply: reply["sessions"] or {},
    ),
    "uploadFile": FacadeCall(
        lambda db, query, body: db.storage.upload_file(
            body["path"], body["bytes"], content_disposition=body["disposition"]
        ),
        lambda reply: UploadedFile(reply["data"]["id"], reply["data"]["location-id"], reply["data"]["size"]),
    ),
    "deleteFile": FacadeCall(
        lambda db, query, body: db.storage.delete(query["filename"]), lambda reply: reply["data"]["id"]
    ),
    "deleteFiles": FacadeCall(
        lambda db, query, body: db.storage.delete_many(body["filenames"]), lambda reply: reply["data"]["ids"]
    ),
    "listFiles": FacadeCall(lambda db, query, body: db.storage.list(), lambda reply: reply["data"]),
    "getDownloadUrl": FacadeCall(
        lambda db, query, body: db.storage.get_download_url(query["filename"]), lambda reply: reply["data"]
    ),
    "listWebhooks": FacadeCall(lambda db, query, body: db.webhooks.list(), from_wire),
    "createWebhook": FacadeCall(lambda db, query, body: db.webhooks.create(**body), from_wire),
    "updateWebhook": FacadeCall(lambda db, query, body: db.webhooks.update(query["webhook_id"], **body), from_wire),
    "deleteWebhook": FacadeCall(lambda db, query, body: db.webhooks.delete(query["webhook_id"]), from_wire),
    "enableWebhook": FacadeCall(lambda db, query, body: db.webhooks.enable(query["webhook_id"]), from_wire),
    "disableWebhook": FacadeCall(lambda db, query, body: db.webhooks.disable(query["webhook_id"], **body), from_wire),
    "listWebhookEvents": FacadeCall(
        lambda db, query, body: db.webhooks.list_events(query["webhook_id"], after=query.get("after")), from_wire
    ),
}

_IN_PATH = re.compile(r"/dash/apps/(?P<app_id>[^/]+)/webhooks(?:/(?P<webhook_id>[^/]+).*)?")


def in_path(path: str) -> dict[str, str]:
    """What the path of a request names."""
    found = _IN_PATH.fullmatch(path)
    return {} if found is None else {name: value for name, value in found.groupdict().items() if value is not None}


def acting_as(db: Any, headers: dict[str, str]) -> Any:
    """The client that sends a request's impersonation headers."""
    for name in ("email", "token", "guest"):
        if (value := headers.get(f"as-{name}")) is not None:
            return db.as_user(**{name: True if name == "guest" else value})
    return db
