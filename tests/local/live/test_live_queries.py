"""Live queries: when they are run again, what of it is sent, and when they end."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.live.clients import live, results, session, subscription
from tests.local.shapes import done, eid, link, new_app, schema, value
from tests.local.support import AdminCalls, Clock

Json = dict[str, Any]
GUEST = {"as_guest": "true"}


@pytest.fixture
def app(instance: LocalInstant) -> AdminCalls:
    """An app with goals that have todos, and notes."""
    title = {"title": value("string", "i")}
    return new_app(instance, link("goals.todos", "todos.goal", "many-one"), goals=title, todos=title, notes=title)


def set_rules(app: AdminCalls, code: Json) -> None:
    token = {"authorization": f"Bearer {app.app.admin_token}"}
    answer = app.call("POST", f"/dash/apps/{app.app.app_id}/rules", {"code": code}, headers=token)
    assert answer.status == 200, answer


def evaluations(app: AdminCalls) -> int:
    """How often rules have been evaluated since the last time."""
    app.instance.control.settle()
    number = len(app.instance.control.rule_trace())
    app.instance.control.start_rule_trace()
    return number


def test_a_write_to_another_namespace_does_not_run_the_query_again(app: AdminCalls) -> None:
    set_rules(app, {"goals": {"allow": {"view": "data.title != ''"}}})
    done(app, ["update", "goals", eid(1), {"title": "Run"}])
    app.instance.control.start_rule_trace()
    client = live(app, {"goals": {}}, **GUEST)
    assert evaluations(app) == 1

    done(app, ["update", "notes", eid(2), {"title": "Buy shoes"}])
    assert evaluations(app) == 0

    done(app, ["update", "goals", eid(1), {"title": "Swim"}])
    assert evaluations(app) == 1
    assert [[row["title"] for row in result["goals"]] for result in results(client)] == [["Run"], ["Swim"]]


@pytest.mark.parametrize(
    ("query", "step"),
    [
        pytest.param({"goals": {"todos": {}}}, ["update", "todos", eid(2), {"title": "new"}], id="nested"),
        pytest.param({"todos": {"goal": {}}}, ["update", "goals", eid(1), {"title": "new"}], id="nested, backwards"),
        pytest.param(
            {"goals": {"$": {"where": {"todos.title": "Shoes"}}}},
            ["update", "todos", eid(2), {"title": "new"}],
            id="condition",
        ),
        pytest.param(
            {"goals": {"$": {"where": {"or": [{"title": "x"}, {"todos.title": {"$not": "new"}}]}}}},
            ["update", "todos", eid(2), {"title": "new"}],
            id="condition inside or",
        ),
        pytest.param({"goals": {"todos": {}}}, ["unlink", "todos", eid(2), {"goal": eid(1)}], id="link"),
        pytest.param(
            {"todos": {"$": {"where": {"goal": {"$isNull": False}}}}},
            ["unlink", "goals", eid(1), {"todos": eid(2)}],
            id="condition on a link",
        ),
        pytest.param({"goals": {"todos": {}}}, ["delete", "todos", eid(2)], id="delete"),
        pytest.param(
            {"goals": {"$": {"aggregate": "count", "where": {"todos.title": "Shoes"}}}},
            ["update", "todos", eid(2), {"title": "new"}],
            id="count",
        ),
    ],
)
def test_a_query_follows_all_that_it_looks_at(app: AdminCalls, query: Json, step: list[Any]) -> None:
    done(
        app,
        ["update", "goals", eid(1), {"title": "Run"}],
        ["update", "todos", eid(2), {"title": "Shoes"}],
        ["link", "goals", eid(1), {"todos": eid(2)}],
    )
    client = live(app, query)
    client.all()

    done(app, step)

    assert [event["op"] for event in client.all()] == ["refresh-ok"]


def test_a_rule_that_follows_links_counts_as_looking_there(app: AdminCalls) -> None:
    done(
        app,
        ["update", "goals", eid(1), {"title": "Run"}],
        ["update", "todos", eid(2), {"title": "Shoes"}],
        ["link", "goals", eid(1), {"todos": eid(2)}],
    )
    set_rules(app, {"goals": {"allow": {"view": "'open' in data.ref('todos.title')"}}})
    client = live(app, {"goals": {}}, **GUEST)

    assert results(client) == [{"goals": []}]
    done(app, ["update", "todos", eid(2), {"title": "open"}])
    assert [len(result["goals"]) for result in results(client)] == [1]
    done(app, ["update", "todos", eid(2), {"title": "closed"}])
    assert results(client) == [{"goals": []}]


def test_a_rule_over_the_user_follows_what_is_linked_to_the_user(instance: LocalInstant) -> None:
    app = new_app(
        instance, link("teams.members", "$users.teams"), goals={"title": value()}, teams={"name": value("string")}
    )
    set_rules(app, {"goals": {"allow": {"view": "'boss' in auth.ref('$user.teams.name')"}}})
    user = app.ok("/admin/refresh_tokens", {"email": "ann@example.com"})["user"]
    done(
        app,
        ["update", "goals", eid(1), {"title": "Run"}],
        ["update", "teams", eid(2), {"name": "crew"}],
        ["link", "teams", eid(2), {"members": user["id"]}],
    )
    client = live(app, {"goals": {}}, as_token=user["refresh_token"])

    done(app, ["update", "teams", eid(2), {"name": "boss"}])

    assert [len(result["goals"]) for result in results(client)] == [0, 1]


def test_each_of_many_queries_runs_once_for_a_write(app: AdminCalls) -> None:
    set_rules(app, {"goals": {"allow": {"view": "data.title != ''"}}})
    done(app, ["update", "goals", eid(1), {"title": "Run"}])
    clients = [live(app, {"goals": {"$": {"limit": number}}}, **GUEST) for number in range(1, 51)]
    app.instance.control.start_rule_trace()

    done(app, ["update", "goals", eid(1), {"title": "Swim"}])

    assert evaluations(app) == len(clients)
    assert all(len(results(client)) == 2 for client in clients)


def test_a_refused_transaction_gives_no_event(app: AdminCalls) -> None:
    client = live(app, {"goals": {}})
    client.all()

    assert app.post("/admin/transact", {"steps": [["update", "goals", eid(1), {"title": 5}]]}).status == 400

    assert client.all() == []


def test_a_tried_transaction_gives_no_event(app: AdminCalls) -> None:
    client = live(app, {"goals": {}})
    client.all()

    steps = [["update", "goals", eid(1), {"title": "Run"}]]
    assert app.post("/admin/transact_perms_check", {"steps": steps}, as_guest="true").status == 200

    assert client.all() == []


@pytest.mark.parametrize(("old", "new"), [(1, True), (0, False), (1, "1"), ("", None), ([1], {"0": 1})])
def test_values_that_python_or_javascript_take_for_equal_are_told_apart(
    admin: AdminCalls, old: object, new: object
) -> None:
    done(admin, ["update", "goals", eid(1), {"plan": old}])
    client = live(admin, {"goals": {}})

    done(admin, ["update", "goals", eid(1), {"plan": new}])

    assert [result["goals"][0]["plan"] for result in results(client)] == [old, new]


def test_one_failing_query_of_a_session_leaves_the_others_alive(app: AdminCalls) -> None:
    set_rules(app, {"goals": {"allow": {"view": "data.title.size() > 2"}}})
    client = session(app, as_guest="true")
    client.ask("add-query", q={"goals": {}}, return_type="tree")
    client.ask("add-query", q={"notes": {}}, return_type="tree")

    done(app, ["update", "goals", eid(1), {"title": None}], ["update", "notes", eid(2), {"title": "a"}])

    events = {event["op"]: event for event in client.all()}
    assert events["error"]["original-event"]["instaql-queries"] == [{"goals": {}}]
    assert events["error"]["client-event-id"] is None
    assert [c["instaql-query"] for c in events["refresh-ok"]["computations"]] == [{"notes": {}}]

    done(app, ["update", "goals", eid(1), {"title": "cured"}], ["update", "notes", eid(2), {"title": "b"}])

    assert [event["op"] for event in client.all()] == ["refresh-ok"]


def test_new_rules_refresh_at_once(app: AdminCalls) -> None:
    set_rules(app, {"goals": {"allow": {"view": "false"}}})
    done(app, ["update", "goals", eid(1), {"title": "Run"}])
    client = live(app, {"goals": {}}, **GUEST)

    set_rules(app, {"goals": {"allow": {"view": "true"}}})

    assert [len(result["goals"]) for result in results(client)] == [0, 1]


def test_a_new_attribute_counts_before_the_first_refresh(app: AdminCalls) -> None:
    done(app, ["update", "goals", eid(1), {"title": "Run"}])
    client = live(app, {"goals": {}})

    done(app, ["update", "goals", eid(1), {"color": "red"}])

    assert [result["goals"][0].get("color") for result in results(client)] == [None, "red"]


def test_a_new_attribute_waits_for_another_change_after_the_first_refresh(app: AdminCalls) -> None:
    client = live(app, {"goals": {}})
    done(app, ["update", "goals", eid(1), {"title": "Run"}])
    client.all()

    done(app, ["update", "goals", eid(1), {"color": "red"}])
    assert client.all() == []
    assert [result["goals"][0]["color"] for result in results(live(app, {"goals": {}}))] == ["red"]

    done(app, ["update", "goals", eid(2), {"title": "Swim"}])
    assert [[row.get("color") for row in result["goals"]] for result in results(client)] == [["red", None]]


def test_the_status_of_the_app_is_told_once(app: AdminCalls) -> None:
    client = live(app, {"goals": {}})
    client.all()
    status = {"admin-token": app.app.admin_token, "status": "disabled"}

    for _ in range(2):
        app.ok(f"/dash/apps/ephemeral/{app.app.app_id}/status", status)

    assert client.all() == [{"op": "app-status-changed", "status": "disabled"}]
    (refused,) = live(app, {"goals": {}}).all()
    assert (refused["op"], refused["type"], refused["status"]) == ("error", "app-disabled", 400)


def test_a_reset_of_the_app_is_a_change(app: AdminCalls) -> None:
    done(app, ["update", "goals", eid(1), {"title": "Run"}])
    client = live(app, {"goals": {}})

    app.instance.control.reset(app.app)

    assert [len(result["goals"]) for result in results(client)] == [1, 0]


def test_the_streams_of_a_deleted_app_end(app: AdminCalls) -> None:
    client = live(app, {"goals": {}})
    client.all()

    app.instance.control.delete_app(app.app)
    app.instance.control.settle()

    assert client.events is not None
    assert client.events.take() is None


def test_closing_the_instance_ends_all_streams() -> None:
    with LocalInstant() as instance:
        admin = AdminCalls(instance, instance.create_app())
        streams = [admin.instance.handle(subscription(admin)).events for _ in range(20)]
    for stream in streams:
        assert stream is not None
        assert stream.take(None), "what was sent before is read first"
        assert stream.take(None) is None


def test_who_has_gone_hears_nothing_and_is_forgotten(app: AdminCalls) -> None:
    client = session(app)
    client.close()

    done(app, ["update", "goals", eid(1), {"title": "Run"}])

    assert client.push().type == "session-missing"


def test_the_first_frame_is_followed_by_how_long_to_wait_before_a_retry(app: AdminCalls) -> None:
    reply = app.instance.handle(subscription(app))
    assert reply.events is not None
    frames = (reply.events.take() or b"").split(b"\n\n")

    assert [frame[:10] for frame in frames] == [b'data:{"op"', b"retry:500", b'data:{"op"', b""]
    assert reply.headers["content-type"] == "text/event-stream; charset=UTF-8"
    assert reply.headers["cache-control"] == "nocache"


@pytest.mark.parametrize(
    ("q", "data_type"), [(None, "add-query"), ([], "query"), ("goals", "query"), ({"goals": []}, "query")]
)
def test_what_is_no_query_is_refused(app: AdminCalls, q: object, data_type: str) -> None:
    (event,) = session(app).ask("add-query", q=q, return_type="tree")

    assert (event["op"], event["status"], event["hint"]["data-type"]) == ("error", 400, data_type)


def test_a_mistake_that_the_server_does_not_explain_is_an_error_without_type(app: AdminCalls) -> None:
    (event,) = live(app, {"goals": {"$": {"aggregate": "count", "limit": 1}}}).all()

    assert (event["op"], event["status"], event["type"], event["hint"]) == ("error", 500, None, None)


def test_an_exhausted_limit_is_the_callers_fault_in_a_stream(app: AdminCalls, clock: Clock) -> None:
    limits = {"once": {"limits": [{"capacity": 1, "refill": {"amount": 1, "period": "1 hour"}}]}}
    set_rules(app, {"$rateLimits": limits, "goals": {"allow": {"view": "rateLimit.once.limit('k')"}}})
    done(app, ["update", "goals", eid(1), {"title": "Run"}])

    events = [live(app, {"goals": {}}, **GUEST).all()[-1] for _ in range(2)]

    assert [(event["op"], event.get("status"), event.get("type")) for event in events] == [
        ("add-query-ok", None, None),
        ("error", 400, "rate-limited"),
    ]


def test_queries_of_another_result_form_are_refused_by_name(app: AdminCalls) -> None:
    (event,) = session(app).ask("add-query", q={"goals": {}})

    assert event["type"] == "not-supported-locally"


def test_changes_of_another_process_are_noticed(tmp_path: Any) -> None:
    path = tmp_path / "shared.sqlite"
    with LocalInstant(path) as here, LocalInstant(path) as there:
        admin = AdminCalls(here, here.default_app())
        client = live(admin, {"goals": {}})
        assert [len(result["goals"]) for result in results(client)] == [0]

        done(AdminCalls(there, there.default_app()), ["update", "goals", eid(1), {"title": "Run"}])

        assert client.events is not None
        assert b'"title":"Run"' in (client.events.take(10.0) or b"")


def test_a_schema_push_is_a_change_of_what_exists(app: AdminCalls) -> None:
    client = live(app, {"planets": {}})
    token = {"authorization": f"Bearer {app.app.admin_token}"}
    pushed = {"schema": schema(planets={"name": value("string", "i")}), "check_types": True}
    path = f"/dash/apps/{app.app.app_id}/schema/push/apply"
    assert app.call("POST", path, {**pushed, "supports_background_updates": True}, headers=token).status == 200

    done(app, ["update", "planets", eid(1), {"name": "Mars"}])

    assert results(client) == [{"planets": []}, {"planets": [{"id": eid(1), "name": "Mars"}]}]
