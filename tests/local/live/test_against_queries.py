"""Whatever is written, the last result that a live query has sent is what a new query finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instant_admin.local import LocalInstant
from tests.local.live.clients import Client, live, results
from tests.local.shapes import eid, link, new_app, value, write
from tests.local.support import AdminCalls

Json = dict[str, Any]

LINKS = {
    **link("goals.todos", "todos.goal", "many-one"),
    **link("todos.tags", "tags.todos"),
    **link("goals.parent", "goals.parts", "one-many", cascade="f"),
    **link("goals.owner", "$users.goals", "one-many"),
}
RULES = {
    "goals": {"allow": {"view": "data.n != 1 || 'x' in data.ref('todos.tags.name')"}, "fields": {"n": "data.n != 2"}},
    "todos": {"allow": {"view": "data.n != 3 || size(data.ref('goal.parent.id')) > 0"}},
    "tags": {"allow": {"view": "size(data.ref('todos.id')) < 3"}},
}
QUERIES: list[Json] = [
    {"goals": {}},
    {"goals": {"todos": {"tags": {}}}, "tags": {}},
    {"goals": {"$": {"where": {"todos.tags.name": "x"}}}},
    {"goals": {"$": {"where": {"or": [{"parent.n": 1}, {"todos": {"$isNull": True}}]}}, "parts": {}}},
    {"todos": {"$": {"order": {"n": "desc"}, "limit": 2}, "goal": {"parent": {}}}},
    {"tags": {"$": {"where": {"todos.goal.n": {"$gt": 1}}}}},
    {"tags": {"todos": {"$": {"where": {"goal.n": 2}}}}},
    {"goals": {"$": {"where": {"owner.email": "ann@example.com"}}}},
    {"unknown": {}, "todos": {"$": {"where": {"unknown": 1}}}},
]
OWNED = [("goals", "todos", "todos"), ("todos", "tags", "tags"), ("goals", "parent", "goals")]

ids = st.integers(1, 3).map(eid)
values = st.fixed_dictionaries({}, optional={"n": st.integers(0, 3), "name": st.sampled_from("xy")})
steps = st.one_of(
    st.tuples(st.just("update"), st.sampled_from(["goals", "todos", "tags"]), ids, values),
    st.tuples(st.just("delete"), st.sampled_from(["goals", "todos", "tags"]), ids),
    st.builds(
        lambda action, names, source, target: (action, names[0], source, {names[1]: target}),
        st.sampled_from(["link", "unlink"]),
        st.sampled_from(OWNED),
        ids,
        ids,
    ),
)


@pytest.fixture(scope="module")
def app() -> Iterator[AdminCalls]:
    """An app whose rules follow links."""
    columns = {"n": value("number", "i"), "name": value("string", "i")}
    with LocalInstant() as instance:
        admin = new_app(instance, LINKS, goals=columns, todos=columns, tags=columns)
        token = {"authorization": f"Bearer {admin.app.admin_token}"}
        path = f"/dash/apps/{admin.app.app_id}/rules"
        assert admin.call("POST", path, {"code": RULES}, headers=token).status == 200
        yield admin


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(st.lists(steps, min_size=1, max_size=3), min_size=1, max_size=8))
def test_the_last_result_is_what_a_query_finds(app: AdminCalls, written: list[list[tuple[Any, ...]]]) -> None:
    app.instance.control.reset(app.app)
    _fill(app)
    callers: list[dict[str, str]] = [{}, {"as_guest": "true"}]
    listening = [(headers, query, live(app, query, **headers)) for headers in callers for query in QUERIES]
    known = {number: results(client)[-1] for number, (_, _, client) in enumerate(listening)}
    for transaction in written:
        write(app, *(list(step) for step in transaction))
        for number, (headers, query, client) in enumerate(listening):
            sent = results(client)
            assert len(sent) <= 1
            assert all(result != known[number] for result in sent), "only what differs is sent"
            known[number] = sent[-1] if sent else known[number]
            assert known[number] == _found(app, query, headers), (query, headers)
    _close(client for _, _, client in listening)


def _fill(app: AdminCalls) -> None:
    """Begin with something of everything, all of it linked."""
    ann = app.ok("/admin/refresh_tokens", {"email": "ann@example.com"})["user"]
    entities = [
        ["update", etype, eid(n), {"n": n, "name": "x"}] for etype in ("goals", "todos", "tags") for n in (1, 2, 3)
    ]
    links = [["link", "goals", eid(1), {"owner": ann["id"]}], ["link", "goals", eid(1), {"parent": eid(2)}]]
    for n in (1, 2):
        links += [["link", "goals", eid(n), {"todos": eid(n)}], ["link", "todos", eid(n), {"tags": eid(n)}]]
    assert write(app, *entities, *links).status == 200


def _found(app: AdminCalls, query: Json, headers: dict[str, str]) -> Any:
    answer = app.post("/admin/query", {"query": query}, **headers)
    assert answer.status == 200, answer
    return answer.body


def _close(clients: Iterator[Client]) -> None:
    for client in clients:
        client.close()
