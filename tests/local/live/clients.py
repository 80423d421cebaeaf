"""Clients that listen to a local Instant."""

from __future__ import annotations

import json
from typing import Any

from instant_admin.local import Reply, Request
from tests.local.support import AdminCalls, Answer, Listener, call

Json = dict[str, Any]


class Client(Listener):
    """A session, which can push."""

    def __init__(self, admin: AdminCalls, reply: Reply) -> None:
        super().__init__(admin.instance, reply)
        self._admin = admin
        self.init = self.next() if reply.events is not None else {}

    @property
    def id(self) -> str:
        return str(self.init["session-id"])

    def push(self, *messages: Json, **changes: str) -> Answer:
        """Push messages; each gets an id of its own where it has none."""
        body = {
            "machine_id": self.init["machine-id"],
            "session_id": self.init["session-id"],
            "sse_token": self.init["sse-token"],
            "messages": list(messages),
            **changes,
        }
        query = {"app_id": self._admin.app.app_id}
        return call(self._admin.instance, "POST", "/admin/sse/push", body, query=query)

    def ask(self, op: str, **fields: Any) -> list[Json]:
        """Push one message, and return all that comes of it."""
        keys = {key.replace("_", "-"): value for key, value in fields.items()}
        answer = self.push({"op": op, "client-event-id": "e", **keys})
        assert answer.status == 200, answer
        return self.all()


def session(admin: AdminCalls, body: Json | None = None, **headers: str) -> Client:
    """A session of the admin, or with other headers of somebody else."""
    return Client(admin, _open(admin, "/admin/sse", body or {}, headers))


def live(admin: AdminCalls, query: Json, **headers: str) -> Client:
    """A live query; its first answer has not been read."""
    return Client(admin, _open(admin, "/admin/subscribe-query", {"query": query}, headers))


def results(client: Client) -> list[Any]:
    """The results that have come, the first one too."""
    found: list[Any] = []
    for event in client.all():
        if event["op"] == "add-query-ok":
            found.append(event["result"])
        elif event["op"] == "refresh-ok":
            found += [computation["instaql-result"] for computation in event["computations"]]
    return found


def subscription(admin: AdminCalls) -> Request:
    """The request for a live query of the admin."""
    return _request(admin, "/admin/subscribe-query", {"query": {"goals": {}}}, {})


def _open(admin: AdminCalls, path: str, body: Json, headers: dict[str, str]) -> Reply:
    return admin.instance.handle(_request(admin, path, body, headers))


def _request(admin: AdminCalls, path: str, body: Json, headers: dict[str, str]) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    own = {} if named else {"authorization": f"Bearer {admin.app.admin_token}"}
    sent = {"app-id": admin.app.app_id, "content-type": "application/json", **own, **named}
    return Request("POST", path, (), sent, json.dumps(body).encode())
