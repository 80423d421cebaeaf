"""The control calls over HTTP, under `/_local`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin.local import LocalInstant, Request
from scripts.served import SECONDS, Served, serving
from tests.local.support import START, Answer, Clock, call

NOBODY = "11111111-1111-4111-8111-111111111111"
CALLS = (
    ("POST", "/_local/apps"),
    ("DELETE", f"/_local/apps/{NOBODY}"),
    ("POST", f"/_local/apps/{NOBODY}/reset"),
    ("GET", f"/_local/apps/{NOBODY}/content"),
    ("PUT", f"/_local/apps/{NOBODY}/content"),
    ("POST", f"/_local/apps/{NOBODY}/snapshots"),
    ("POST", f"/_local/snapshots/{NOBODY}/restore"),
    ("DELETE", f"/_local/snapshots/{NOBODY}"),
    ("POST", "/_local/clock/advance"),
    ("POST", "/_local/clock/reset"),
    ("GET", "/_local/outbox"),
    ("POST", "/_local/faults"),
    ("DELETE", "/_local/faults"),
    ("POST", "/_local/rules/trace"),
    ("GET", "/_local/rules/trace"),
    ("DELETE", "/_local/rules/trace"),
    ("POST", f"/_local/apps/{NOBODY}/rooms/lobby"),
    ("DELETE", f"/_local/apps/{NOBODY}/rooms/lobby/{NOBODY}"),
    ("POST", "/_local/settle"),
    ("DELETE", "/_local/streams"),
)


@pytest.fixture
def controlled(clock: Clock) -> Iterator[LocalInstant]:
    with LocalInstant(clock=clock, control=True) as instance:
        yield instance


class Caller:
    """Control calls about one app, and its admin's calls."""

    def __init__(self, instance: LocalInstant) -> None:
        self.instance = instance
        self.app = self.ok("POST", "/_local/apps")

    def ok(self, method: str, path: str, body: object = None, **query: str) -> Any:
        answer = call(self.instance, method, path, body, query=query)
        assert answer.status == 200, answer
        return answer.body

    def of_app(self, method: str, path: str, body: object = None) -> Any:
        return self.ok(method, f"/_local/apps/{self.app['app_id']}/{path}", body)

    def admin(self, method: str, path: str, body: object = None, **query: str) -> Answer:
        headers = {"app-id": self.app["app_id"], "authorization": f"Bearer {self.app['admin_token']}"}
        return call(self.instance, method, path, body, query=query, headers=headers)

    def add_goal(self) -> None:
        steps = [["create", "goals", str(uuid4()), {"title": "x"}]]
        assert self.admin("POST", "/admin/transact", {"steps": steps}).status == 200

    def goals(self) -> int:
        return len(self.admin("POST", "/admin/query", {"query": {"goals": {}}}).body["goals"])


@pytest.fixture
def caller(controlled: LocalInstant) -> Caller:
    return Caller(controlled)


def test_app_is_emptied_filled_and_brought_back(caller: Caller) -> None:
    caller.add_goal()
    written = caller.of_app("GET", "content")
    snapshot = caller.of_app("POST", "snapshots")["snapshot"]
    caller.of_app("POST", "reset", {"keep_schema": False})
    assert caller.goals() == 0
    caller.of_app("PUT", "content", written)
    assert caller.goals() == 1
    caller.add_goal()
    caller.ok("POST", f"/_local/snapshots/{snapshot}/restore")
    assert caller.goals() == 1
    caller.ok("DELETE", f"/_local/snapshots/{snapshot}")
    assert call(caller.instance, "POST", f"/_local/snapshots/{snapshot}/restore").status == 400


def test_new_app_gets_what_it_is_given(caller: Caller) -> None:
    app_id, token = str(uuid4()), str(uuid4())
    schema = {"entities": {"goals": {"attrs": {"title": {"valueType": "string", "config": {}}}}}}
    wanted = {"title": "t", "app_id": app_id, "admin_token": token, "schema": schema}

    assert caller.ok("POST", "/_local/apps", wanted) == {"app_id": app_id, "admin_token": token}
    shown = call(caller.instance, "GET", f"/superadmin/apps/{app_id}/schema", headers={"authorization": token})
    assert "goals" in shown.body["schema"]["blobs"]


def test_app_can_be_deleted(caller: Caller) -> None:
    caller.ok("DELETE", f"/_local/apps/{caller.app['app_id']}")

    assert caller.admin("POST", "/admin/query", {"query": {}}).type == "record-not-found"


def test_time_goes_ahead_and_back(caller: Caller) -> None:
    assert caller.ok("POST", "/_local/clock/advance", {"seconds": 90}) == {"now_ms": (START + 90) * 1000}
    assert caller.ok("POST", "/_local/clock/reset") == {"now_ms": START * 1000}


def test_outbox_is_shown(caller: Caller) -> None:
    code = caller.admin("POST", "/admin/send_magic_code", {"email": "ann@example.com"}).body["code"]
    app_id = caller.app["app_id"]
    sent = {"app_id": app_id, "to": "ann@example.com", "code": code, "sent_at_ms": START * 1000}

    assert caller.ok("GET", "/_local/outbox") == {"emails": [sent]}
    assert caller.ok("GET", "/_local/outbox", app_id=app_id) == {"emails": [sent]}
    assert call(caller.instance, "GET", "/_local/outbox", query={"app_id": NOBODY}).status == 400


def test_rules_are_traced(caller: Caller) -> None:
    caller.app = caller.ok("POST", "/_local/apps", {"rules": {"goals": {"allow": {"view": "false"}}}})
    caller.add_goal()
    caller.ok("POST", "/_local/rules/trace")
    call(
        caller.instance,
        "POST",
        "/admin/query",
        {"query": {"goals": {}}},
        headers={"app-id": caller.app["app_id"], "as-guest": "1"},
    )
    kept = {"etype": "goals", "action": "view", "code": "false", "result": False, "error": None}

    assert caller.ok("GET", "/_local/rules/trace") == {"evaluations": [kept]}
    caller.ok("DELETE", "/_local/rules/trace")
    assert caller.ok("GET", "/_local/rules/trace") == {"evaluations": []}


def test_rooms_can_be_seeded(caller: Caller) -> None:
    session = caller.of_app("POST", "rooms/lobby%201", {"data": {"name": "Ann"}})["session_id"]
    room = {"room-type": "chat", "room-id": "lobby 1"}
    shown = {session: {"peer-id": session, "user": None, "data": {"name": "Ann"}}}

    assert caller.admin("GET", "/admin/rooms/presence", **room).body == {"sessions": shown}
    caller.of_app("DELETE", f"rooms/lobby%201/{session}")
    assert caller.admin("GET", "/admin/rooms/presence", **room).body == {"sessions": None}


def test_streams_are_waited_for_and_ended(caller: Caller) -> None:
    headers = {"app-id": caller.app["app_id"], "authorization": f"Bearer {caller.app['admin_token']}"}
    listening = [caller.instance.handle(Request("POST", "/admin/sse", (), headers)).events for _ in range(2)]
    assert caller.ok("POST", "/_local/settle") == {}
    assert [(stream.take() or b"")[:5] for stream in listening if stream] == [b"data:", b"data:"]

    assert caller.ok("DELETE", "/_local/streams", app_id=caller.app["app_id"]) == {}

    assert [stream.take() for stream in listening if stream] == [None, None]
    assert call(caller.instance, "DELETE", "/_local/streams", query={"app_id": NOBODY}).status == 400
    assert caller.ok("DELETE", "/_local/streams") == {}


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_without_the_switch_there_are_no_control_calls(instance: LocalInstant, method: str, path: str) -> None:
    answer = call(instance, method, path)
    assert answer.status == 404
    assert "--control" in answer.body["message"]


def test_a_mistyped_control_call_is_not_said_to_be_switched_off(controlled: LocalInstant) -> None:
    assert "--control" not in call(controlled, "GET", "/_local/nonsense").body["message"]


def test_body_must_be_declared_as_json(controlled: LocalInstant) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    sent = controlled.handle(Request("POST", "/_local/apps", headers=headers, body=b'{"title": "x"}'))
    empty = controlled.handle(Request("POST", "/_local/apps", headers=headers))
    assert (sent.status, empty.status) == (400, 200)
    assert b"application/json" in sent.body


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_browsers_may_not_control(controlled: LocalInstant, method: str, path: str) -> None:
    origin = {"origin": "https://evil.example"}
    asked = call(controlled, "OPTIONS", path, headers={**origin, "access-control-request-method": method})
    sent = call(controlled, method, path, headers=origin)

    assert (asked.status, sent.status) == (404, 400)
    assert not [name for name in (*asked.headers, *sent.headers) if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/_local/apps", {"title": 5}),
        ("/_local/apps", {"app_id": "x"}),
        ("/_local/apps", {"nonsense": 1}),
        ("/_local/apps", {"rules": {"goals": {"allow": {"view": "1 +"}}}}),
        ("/_local/clock/advance", {}),
        ("/_local/clock/advance", {"seconds": -1}),
        ("/_local/faults", {}),
        ("/_local/faults", {"drop": True, "times": 0}),
        ("/_local/faults", {"status": 200}),
        ("/_local/faults", []),
        ("/_local/rules/trace", {"limit": 0}),
        ("/_local/rules/trace", {"limit": 10**30}),
    ],
)
def test_wrong_bodies_are_explained(controlled: LocalInstant, path: str, body: object) -> None:
    answer = call(controlled, "POST", path, body)

    assert (answer.status, answer.type) == (400, "validation-failed")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
    max_leaves=5,
)


@given(target=st.sampled_from(CALLS), data=st.binary(max_size=60) | JSON)
def test_no_body_brings_a_control_call_down(target: tuple[str, str], data: Any) -> None:
    method, path = target
    with LocalInstant(control=True) as instance:
        if isinstance(data, bytes):
            reply = instance.handle(Request(method, path, (), {"content-type": "application/json"}, data))
        else:
            reply = call(instance, method, path, data)

    assert reply.status in (200, 400)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("--control") as server:
        yield server


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    headers = {"app-id": served.app_id, "authorization": f"Bearer {served.admin_token}"}
    with httpx.Client(base_url=served.url, headers=headers, timeout=SECONDS) as opened:
        yield opened
        assert served.errors() == ""


def _query(client: httpx.Client, **options: Any) -> httpx.Response:
    return client.post("/admin/query", json={"query": {"goals": {}}}, **options)


def test_status_is_served_as_asked(client: httpx.Client) -> None:
    client.post("/_local/faults", json={"status": 503}).raise_for_status()

    assert (_query(client).status_code, _query(client).status_code) == (503, 200)


def test_connection_ends_without_a_reply(client: httpx.Client) -> None:
    client.post("/_local/faults", json={"drop": True}).raise_for_status()
    with pytest.raises(httpx.RemoteProtocolError, match="without sending"):
        _query(client)

    assert _query(client).status_code == 200


def test_connection_ends_in_the_middle_of_a_reply_whose_work_is_done(client: httpx.Client) -> None:
    client.post("/_local/faults", json={"half_body": True, "path": "/admin/transact"}).raise_for_status()
    steps = [["create", "goals", str(uuid4()), {"title": "x"}]]
    with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
        client.post("/admin/transact", json={"steps": steps})

    assert len(_query(client).json()["goals"]) == 1


def test_others_are_answered_while_one_is_stalled(client: httpx.Client) -> None:
    client.post("/_local/faults", json={"stall_seconds": 3600}).raise_for_status()
    with pytest.raises(httpx.ReadTimeout):
        _query(client, timeout=0.2)

    assert _query(client).status_code == 200
