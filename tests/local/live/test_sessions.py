"""Sessions: the steps that they take, and what of their pushes is refused."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from instant_admin.local import LocalInstant
from tests.local.live.clients import Client, session
from tests.local.shapes import by_id, done, eid, link, new_app, rows, value
from tests.local.support import AdminCalls

Json = dict[str, Any]


@pytest.fixture
def app(instance: LocalInstant) -> AdminCalls:
    """An app with goals that have todos."""
    return new_app(
        instance,
        link("goals.todos", "todos.goal", "many-one"),
        goals={"title": value("string", "i"), "code": value("string", "u"), "plan": value()},
        todos={"text": value("string")},
    )


@pytest.fixture
def client(app: AdminCalls) -> Client:
    """A session of the admin."""
    return session(app)


def attribute(app: AdminCalls, etype: str, label: str) -> str:
    """The id of an attribute."""
    compiled = app.get("/admin/schema").body["schema"]
    blob = compiled["blobs"].get(etype, {}).get(label)
    found = blob or next(ref for ref in compiled["refs"].values() if ref["forward-identity"][1:] == [etype, label])
    return str(found["id"])


def transact(client: Client, *steps: list[Any]) -> Json:
    """What comes of a transaction."""
    (event,) = client.ask("transact", tx_steps=list(steps))
    return dict(event)


def test_values_links_and_merges_are_written(app: AdminCalls, client: Client) -> None:
    goal, todo = attribute(app, "goals", "id"), attribute(app, "todos", "id")
    plan, todos = attribute(app, "goals", "plan"), attribute(app, "goals", "todos")

    event = transact(
        client,
        ["add-triple", eid(1), goal, eid(1)],
        ["add-triple", eid(1), plan, {"a": 1}],
        ["add-triple", eid(2), todo, eid(2)],
        ["add-triple", eid(1), todos, eid(2)],
        ["deep-merge-triple", eid(1), plan, {"b": 2}],
    )

    assert event["op"] == "transact-ok"
    (row,) = rows(app, "goals", todos={})
    assert row["plan"] == {"a": 1, "b": 2}
    assert [entity["id"] for entity in row["todos"]] == [eid(2)]
    assert transact(client, ["retract-triple", eid(1), todos, eid(2)])["op"] == "transact-ok"
    assert rows(app, "goals", todos={})[0]["todos"] == []


def test_an_entity_can_be_named_by_a_lookup(app: AdminCalls, client: Client) -> None:
    code, title, todos = (attribute(app, "goals", label) for label in ("code", "title", "todos"))
    done(app, ["update", "goals", eid(1), {"code": "run"}], ["update", "todos", eid(2), {"text": "Shoes"}])

    assert transact(client, ["add-triple", [code, "run"], title, "Run"])["op"] == "transact-ok"
    assert transact(client, ["add-triple", [code, "run"], todos, eid(2)])["op"] == "transact-ok"

    (row,) = rows(app, "goals", todos={})
    assert (row["id"], row["title"], row["todos"][0]["id"]) == (eid(1), "Run", eid(2))


def test_a_lookup_needs_a_unique_attribute(app: AdminCalls, client: Client) -> None:
    title = attribute(app, "goals", "title")

    event = transact(client, ["add-triple", [title, "x"], title, "Run"])

    assert (event["op"], event["type"], event["hint"]["data-type"]) == ("error", "validation-failed", "lookup")


@pytest.mark.parametrize(("mode", "is_there", "is_done"), [("create", True, False), ("update", False, False)])
def test_a_mode_says_whether_the_entity_must_exist(
    app: AdminCalls, client: Client, mode: str, is_there: bool, is_done: bool
) -> None:
    title = attribute(app, "goals", "title")
    if is_there:
        done(app, ["update", "goals", eid(1), {"title": "old"}])

    event = transact(client, ["add-triple", eid(1), title, "new", {"mode": mode}])

    assert (event["op"] == "transact-ok") is is_done
    assert [row["title"] for row in rows(app, "goals")] == (["old"] if is_there else [])


def test_delete_without_a_namespace_deletes_in_all(app: AdminCalls, client: Client) -> None:
    done(app, ["update", "goals", eid(1), {"title": "a"}], ["update", "todos", eid(1), {"text": "b"}])

    assert transact(client, ["delete-entity", eid(1)])["op"] == "transact-ok"

    assert rows(app, "goals") == rows(app, "todos") == []


def test_attributes_are_made_renamed_deleted_and_restored(app: AdminCalls, client: Client) -> None:
    id, identity = str(uuid4()), str(uuid4())
    made = {
        "id": id,
        "forward-identity": [identity, "goals", "color"],
        "value-type": "blob",
        "cardinality": "one",
        "unique?": False,
        "index?": False,
    }
    goal = attribute(app, "goals", "id")

    transact(client, ["add-attr", made], ["add-triple", eid(1), goal, eid(1)], ["add-triple", eid(1), id, "red"])
    assert rows(app, "goals")[0]["color"] == "red"

    transact(client, ["update-attr", {"id": id, "forward-identity": [identity, "goals", "shade"]}])
    assert rows(app, "goals")[0]["shade"] == "red"

    transact(client, ["delete-attr", id])
    assert "shade" not in rows(app, "goals")[0]

    transact(client, ["restore-attr", id])
    assert rows(app, "goals")[0]["shade"] == "red"


@pytest.mark.parametrize("op", ["update-attr", "delete-attr", "restore-attr"])
def test_only_the_admin_changes_and_deletes_attributes(app: AdminCalls, op: str) -> None:
    title = attribute(app, "goals", "title")
    argument = {"id": title, "index?": False} if op == "update-attr" else title

    event = transact(session(app, as_guest="true"), [op, argument])

    assert (event["op"], event["type"], event["hint"]["input"]) == ("error", "permission-denied", ["attrs", "attr"])


def test_rule_params_reach_the_rules(app: AdminCalls) -> None:
    token = {"authorization": f"Bearer {app.app.admin_token}"}
    rules = {"code": {"goals": {"allow": {"create": "ruleParams.word == 'open'"}}}}
    assert app.call("POST", f"/dash/apps/{app.app.app_id}/rules", rules, headers=token).status == 200
    goal, guest = attribute(app, "goals", "id"), session(app, as_guest="true")
    writing = ["add-triple", eid(1), goal, eid(1)]

    assert transact(guest, writing)["type"] == "permission-denied"
    assert transact(guest, ["rule-params", eid(1), "goals", {"word": "open"}], writing)["op"] == "transact-ok"


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        (None, []),
        ({"a": 1}, []),
        ([1], [0]),
        ([[]], [0, 0]),
        ([["update", "goals", "x", {}]], [0, 0]),
        ([["add-triple", eid(1)]], [0]),
        ([["add-triple", 5, "x", 1]], [0, 1]),
        ([["add-triple", "no uuid", "ID", 1]], [0, 1]),
        ([["add-triple", eid(1), 5, 1]], [0, 2]),
        ([["add-triple", eid(1), eid(9), 1]], [0, 2]),
        ([["add-triple", eid(1), "ID", 1, "x"]], [0, 4]),
        ([["delete-entity", eid(1), 5]], [0, 2]),
        ([["add-attr", 5]], [0, 1]),
        ([["add-attr", {"value-type": "other"}]], [0, 1]),
        ([["update-attr", {}]], [0, 1, "id"]),
        ([["delete-attr", "x"]], [0, 1]),
        ([["rule-params", eid(1), "goals"]], [0]),
    ],
)
def test_malformed_steps_are_refused_by_place(app: AdminCalls, client: Client, steps: Any, place: list[Any]) -> None:
    goal = attribute(app, "goals", "id")
    if isinstance(steps, list):
        steps = [
            [goal if part == "ID" else part for part in step] if isinstance(step, list) else step for step in steps
        ]

    (event,) = client.ask("transact", tx_steps=steps)

    assert (event["op"], event["status"], event["type"]) == ("error", 400, "validation-failed")
    assert (event["hint"]["data-type"], event["hint"]["errors"][0]["in"]) == ("tx-steps", place)


def test_a_transaction_of_a_session_is_whole_or_not_at_all(app: AdminCalls, client: Client) -> None:
    goal, title = attribute(app, "goals", "id"), attribute(app, "goals", "title")

    event = transact(client, ["add-triple", eid(1), goal, eid(1)], ["add-triple", eid(1), title, 5])

    assert event["op"] == "error"
    assert by_id(app, "goals") == {}


@pytest.mark.parametrize("message", [None, 5, "op", []])
def test_a_message_that_is_no_object_is_an_unknown_operation(client: Client, message: Any) -> None:
    assert client.push(message).status == 200

    (event,) = client.all()
    assert (event["type"], event["hint"], event["client-event-id"]) == ("param-malformed", {"op": None}, None)


@pytest.mark.parametrize("op", [5, True, ["add-query"], {}, None])
def test_an_operation_that_is_no_text_is_none(client: Client, op: Any) -> None:
    (event,) = client.ask(op)

    assert (event["type"], event["hint"], event["original-event"]["op"]) == ("param-malformed", {"op": None}, None)


def test_table_syncs_are_refused_by_name(client: Client) -> None:
    (event,) = client.ask("start-sync", q={"goals": {}})

    assert (event["type"], event["status"]) == ("not-supported-locally", 400)


def test_a_session_stays_who_it_was(app: AdminCalls) -> None:
    user = app.ok("/admin/refresh_tokens", {"email": "ann@example.com"})["user"]
    client = session(app, as_token=user["refresh_token"])

    app.delete("/admin/users", id=user["id"])

    client.ask("join-room", room_id="lobby")
    (event,) = [e for e in client.ask("set-presence", room_id="lobby", data=1) if e["op"] == "refresh-presence"]
    assert event["data"][client.id]["user"] == {"id": user["id"]}
