# Derived from tests/client/_async/test_sharing.py by scripts/generate_sync.py (make sync). Do not edit.
"""One client serves many callers, over few connections, and leaves nothing behind."""

from __future__ import annotations

import copy
import gc
import warnings
from typing import Any

import pytest

from instant_admin import InstantAdmin
from tests.client._sync.flavour import connect, together
from tests.client.values import APP, ENGINES, TOKEN, every_engine
from tests.support.fake_server import Answer, FakeServer, Received, reply


def echo(request: Received) -> Answer:
    """The query's offset, as a row."""
    return reply({"goals": [request.json["query"]["goals"]["$"]]})


# httpx itself is slow with hundreds of calls at once: its pool looks at every connection for every call.
CROWDS = [*((engine, 50) for engine in ENGINES), ("pyreqwest", 200), ("an httpx2 client", 200)]


@pytest.mark.parametrize(("engine", "count"), CROWDS)
def test_concurrent_calls_each_get_their_own_reply(server: FakeServer, engine: str, count: int) -> None:
    server.always(echo)
    with connect(server, engine) as db:
        results = together(count, lambda index: db.query({"goals": {"$": {"offset": index}}}))
    assert [rows["goals"][0]["offset"] for rows in results] == list(range(count))


@every_engine
def test_concurrent_calls_wait_for_each_other_no_longer_than_needed(server: FakeServer, engine: str) -> None:
    def answer_when_all_are_here(request: Received) -> Answer:
        server.wait_for_requests(20)
        return echo(request)

    server.always(answer_when_all_are_here)
    with connect(server, engine) as db:
        results = together(20, lambda index: db.query({"goals": {"$": {"offset": index}}}))
    assert len(results) == 20


@every_engine
def test_calls_one_after_another_use_one_connection(server: FakeServer, engine: str) -> None:
    with connect(server, engine) as db:
        for _ in range(10):
            db.query({"goals": {}})
            db.as_user(guest=True).query({"goals": {}})
            db.query({"goals": {}}, timeout=7)
    assert (len(server.received), server.connections) == (30, 1)


@every_engine
def test_refusals_and_errors_do_not_use_connections_up(server: FakeServer, engine: str) -> None:
    server.always(reply({"type": "validation-failed", "message": "No."}, 400))
    with connect(server, engine) as db:
        for _ in range(10):
            with pytest.raises(Exception, match="No"):
                db.query({"goals": {}})
    assert server.connections == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_closing_frees_the_connections(server: FakeServer, engine: str) -> None:
    with connect(server, engine) as db:
        together(5, lambda _: db.query({"goals": {}}))
        opened = server.connections
    server.wait_for_departures(opened)


def test_closing_twice_and_closing_unused_are_fine(server: FakeServer) -> None:
    db = InstantAdmin(APP, TOKEN, base_url=server.url)
    db.close()
    db.close()
    assert server.connections == 0


@pytest.mark.parametrize("engine", ["httpx", "pyreqwest"])
def test_client_that_is_forgotten_warns(server: FakeServer, engine: str) -> None:
    db = InstantAdmin(APP, TOKEN, base_url=server.url, engine=engine)  # type: ignore[arg-type]  # parametrized
    db.query({})
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del db
        gc.collect()
        told = [str(warning.message) for warning in caught]
        caught.clear()  # a warning holds the client, whose sockets warn in their turn
        gc.collect()
    assert any("A client was not closed" in text for text in told)


def test_client_that_was_never_used_is_forgotten_silently(server: FakeServer) -> None:
    db = InstantAdmin(APP, TOKEN, base_url=server.url)
    del db
    gc.collect()


def test_query_and_chunk_given_are_not_changed_and_later_edits_reach_nothing(server: FakeServer) -> None:
    query: dict[str, Any] = {"goals": {"$": {"where": {"title": "a"}}}}
    attrs = {"tags": ["x"]}
    before = copy.deepcopy((query, attrs))
    server.script(reply({}), reply({"tx-id": 1}))
    with connect(server) as db:
        chunk = db.tx.goals["aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"].update(attrs)
        db.query(query, rule_params={"key": 1})
        assert (query, attrs) == before
        attrs["tags"].append("y")
        db.transact(chunk)
    assert server.last.json["steps"][0][3] == {"tags": ["x"]}


def test_slow_server_keeps_other_callers_of_the_same_client_going(server: FakeServer) -> None:
    def slow_for_some(request: Received) -> Answer:
        if request.json["query"]["goals"]["$"]["offset"] == 0:
            server.wait_for_requests(6)
        return echo(request)

    server.always(slow_for_some)
    with connect(server) as db:
        together(6, lambda index: db.query({"goals": {"$": {"offset": index}}}))
    assert len(server.received) == 6
