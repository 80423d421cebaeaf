"""A client that knows its app's schema: what it sends, what it refuses to send, and what comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from instant_admin import (
    AsyncInstantAdmin,
    ConfigurationError,
    InvalidArgumentError,
    Schema,
    SchemaError,
    ValidationFailedError,
    i,
    lookup,
    new_id,
)
from tests.client._async.flavour import connect
from tests.support.fake_server import FakeServer, reply

SCHEMA = i.schema(
    entities={
        "goals": i.entity(
            {
                "title": i.string().indexed(),
                "slug": i.string().unique().optional(),
                "rank": i.number().indexed().optional(),
                "due": i.date().indexed().optional(),
                "meta": i.json().optional(),
            }
        ),
        "todos": i.entity({"title": i.string(), "at": i.date().optional()}),
        "$users": i.entity({"born": i.date().optional()}),
    },
    links={
        "goalsTodos": {
            "forward": {"on": "todos", "label": "goal", "has": "one", "on_delete": "cascade"},
            "reverse": {"on": "goals", "label": "todos", "has": "many"},
        },
        "goalsOwner": {
            "forward": {"on": "goals", "label": "owner", "has": "one"},
            "reverse": {"on": "$users", "label": "goals", "has": "many"},
        },
    },
)
ID = "33333333-3333-4333-8333-333333333331"
DUE = datetime(2026, 5, 1, 10, tzinfo=timezone(timedelta(hours=2)))


def _local(**settings: Any) -> AsyncInstantAdmin:
    return AsyncInstantAdmin.local(schema=SCHEMA, **settings)


# What a client knows -> the flags of query, transact and debug_query, debug_transact.
FLAGS: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "nothing": (
        {},
        [{"inference?": False}, {"throw-on-missing-attrs?": False}, {"inference?": False}, {}],
    ),
    "a schema": (
        {"schema": SCHEMA},
        [{"inference?": True}, {"throw-on-missing-attrs?": True}, {"inference?": True}, {}],
    ),
    "a schema as JSON": (
        {"schema": SCHEMA.to_json(), "validate": False},
        [{"inference?": True}, {"throw-on-missing-attrs?": True}, {"inference?": True}, {}],
    ),
    "to be strict": (
        {"strict": True},
        [
            {"inference?": False},
            {"throw-on-missing-attrs?": True},
            {"inference?": False},
            {"throw-on-missing-attrs?": True},
        ],
    ),
}


@pytest.mark.parametrize(("settings", "flags"), FLAGS.values(), ids=FLAGS)
async def test_server_is_told_what_the_client_knows(
    server: FakeServer, settings: dict[str, Any], flags: list[dict[str, Any]]
) -> None:
    checked = {"result": {}, "check-results": [], "tx-id": 1, "all-checks-ok?": True, "committed?": False}
    server.script(reply({}), reply({"tx-id": 1}), reply(checked), reply(checked))
    async with connect(server, **settings) as db:
        await db.query({})
        await db.transact([])
        await db.as_user(guest=True).debug_query({})
        await db.as_user(guest=True).debug_transact([])
    sent = [{k: v for k, v in request.json.items() if k.endswith("?")} for request in server.received]
    assert sent == flags


async def test_links_to_one_entity_come_back_as_objects() -> None:
    async with _local() as db:
        goal, todo, lonely = new_id(), new_id(), new_id()
        await db.transact(
            [
                db.tx.goals[goal].update({"title": "Get fit"}),
                db.tx.todos[todo].update({"title": "Run"}).link({"goal": goal}),
                db.tx.todos[lonely].update({"title": "Rest"}),
            ]
        )
        rows = await db.query({"todos": {"goal": {"todos": {}}}, "goals": {"todos": {}}})
    by_title = {row["title"]: row for row in rows["todos"]}
    assert by_title["Run"]["goal"]["title"] == "Get fit"
    assert by_title["Run"]["goal"]["todos"][0]["id"] == todo
    assert by_title["Rest"]["goal"] is None
    assert [row["id"] for row in rows["goals"][0]["todos"]] == [todo]


_Call = Callable[[AsyncInstantAdmin], Awaitable[object]]

# Typing mistakes and what is said of them.
MISTAKES: dict[str, tuple[_Call, str]] = {
    "a namespace": (lambda db: db.query({"gaols": {}}), "gaols: there is no namespace 'gaols'. Did you mean 'goals'?"),
    "a link": (lambda db: db.query({"goals": {"todo": {}}}), "goals.todo: 'goals' has no link 'todo'. Did you mean"),
    "an attribute": (
        lambda db: db.query({"goals": {"$": {"where": {"rnak": 1}}}}),
        "goals.$.where.rnak: 'goals' has no attribute or link 'rnak'. Did you mean 'rank'?",
    ),
    "a value": (
        lambda db: db.query({"goals": {"$": {"where": {"rank": "high"}}}}),
        "goals.$.where.rank: expected a number for goals.rank, got 'high'.",
    ),
    "a query to debug": (
        lambda db: db.as_user(guest=True).debug_query({"goals": {"$": {"order": {"rnk": "asc"}}}}),
        "goals.$.order.rnk: 'goals' has no attribute 'rnk'",
    ),
    "a query to page": (lambda db: db.query_page({"gaols": {}}), "gaols: there is no namespace"),
    "an attribute to write": (
        lambda db: db.transact(db.tx.goals[ID].update({"titel": "x"})),
        "goals.update.titel: 'goals' has no attribute 'titel'. Did you mean 'title'?",
    ),
    "a value to write": (
        lambda db: db.transact([db.tx.goals[ID].update({"title": "x"}), db.tx.goals[ID].merge({"rank": "1"})]),
        f"expected a number for goals.rank, got '1'. (step 1, entity '{ID}')",
    ),
    "a link to write": (lambda db: db.transact(db.tx.goals[ID].link({"todo": ID})), "no link 'todo'. Did you mean"),
    "a namespace to delete from": (lambda db: db.transact(db.tx.gaols[ID].delete()), "Did you mean 'goals'?"),
    "a lookup": (lambda db: db.transact(db.tx.goals[lookup("title", "x")].update({})), "goals.title is not unique"),
    "a transaction to debug": (
        lambda db: db.as_user(guest=True).debug_transact(db.tx.goals[ID].update({"rank": True})),
        "goals.update.rank: expected a number for goals.rank, got True.",
    ),
}


@pytest.mark.parametrize(("call", "words"), MISTAKES.values(), ids=MISTAKES)
async def test_typing_mistake_is_explained_and_nothing_is_sent(server: FakeServer, call: _Call, words: str) -> None:
    async with connect(server, schema=SCHEMA) as db:
        with pytest.raises(InvalidArgumentError) as caught:
            await call(db)
    assert words in str(caught.value)
    assert server.connections == 0


@pytest.mark.parametrize(
    "name", ["a namespace", "a value", "a query to debug", "a value to write", "a transaction to debug"]
)
async def test_checks_can_be_switched_off(server: FakeServer, name: str) -> None:
    checked = {"result": {}, "check-results": [], "tx-id": 1, "all-checks-ok?": True, "committed?": False}
    server.always(reply({"tx-id": 1} if name == "a value to write" else checked if "debug" in name else {}))
    async with connect(server, schema=SCHEMA, validate=False) as db:
        await MISTAKES[name][0](db)
    assert len(server.received) == 1


async def test_upstream_checks_are_those_of_the_javascript_sdk(server: FakeServer) -> None:
    server.always(reply({"result": {}, "check-results": []}))
    async with connect(server, schema=SCHEMA, validate="upstream") as db:
        with pytest.raises(InvalidArgumentError, match=r"goals\.\$\.where\.rank"):
            await db.query({"goals": {"$": {"where": {"rank": "high"}}}})
        await db.as_user(guest=True).debug_query({"gaols": {}})
    async with connect(server, schema=SCHEMA, validate="upstream") as db:
        server.always(reply({}))
        await db.query({"goals": {"$": {"where": {"rank": {"$gt": 1, "$lt": 5}}, "order": "garbage"}}})


async def test_several_operators_in_one_object_are_refused_without_a_schema_too(server: FakeServer) -> None:
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match=r"goals\.\$\.where\.rank: expected one operator, got 2"):
            await db.query({"goals": {"$": {"where": {"rank": {"$gt": 1, "$lt": 5}}}}})


async def test_user_acted_as_is_held_to_the_same_schema() -> None:
    async with _local(use_dates=True) as db:
        user = await db.auth.sign_in("ana@example.com")
        user_db = db.as_user(token=user.user.refresh_token)
        await user_db.transact(user_db.tx.goals[new_id()].update({"title": "x", "due": DUE}))
        with pytest.raises(InvalidArgumentError, match="'title'"):
            await user_db.transact(user_db.tx.goals[new_id()].update({"titel": "x"}))
        assert (await user_db.query({"goals": {}}))["goals"][0]["due"] == DUE


async def test_dates_are_written_and_read_as_aware_datetimes_anywhere_in_the_tree() -> None:
    async with _local(use_dates=True) as db:
        user = (await db.auth.sign_in("ana@example.com")).user.id
        goal, todo = new_id(), new_id()
        await db.transact(
            [
                db.tx["$users"][user].update({"born": "1990-01-02"}),
                db.tx.goals[goal].update({"title": "x", "due": DUE, "meta": {"due": "2026"}}).link({"owner": user}),
                db.tx.todos[todo].update({"title": "y", "at": 1_767_323_045_123}).link({"goal": goal}),
            ]
        )
        query = {"todos": {"goal": {"owner": {"goals": {}}}}, "goals": {"$": {"where": {"due": {"$gte": DUE}}}}}
        rows = await db.query(query)
        (tried,) = (await db.as_user(email="ana@example.com").debug_query({"goals": {}})).result["goals"]
        page = await db.query_page({"goals": {"todos": {}}})
    (goal_row,), (todo_row,) = rows["goals"], rows["todos"]
    assert goal_row["due"] == DUE == tried["due"]
    assert goal_row["due"].tzinfo is UTC
    assert goal_row["meta"] == {"due": "2026"}
    assert todo_row["at"] == datetime(2026, 1, 2, 3, 4, 5, 123000, tzinfo=UTC)
    assert todo_row["goal"]["owner"]["born"] == datetime(1990, 1, 2, tzinfo=UTC)
    assert todo_row["goal"]["owner"]["goals"][0]["due"] == DUE
    assert page.data["goals"][0]["todos"][0]["at"] == todo_row["at"]


async def test_dates_stay_as_they_are_stored_unless_asked_for(server: FakeServer) -> None:
    server.always(reply({"goals": [{"due": "2026-05-01"}]}))
    async with connect(server, schema=SCHEMA) as db:
        assert await db.query({"goals": {}}) == {"goals": [{"due": "2026-05-01"}]}


async def test_datetimes_are_sent_in_utc_and_naive_ones_are_refused(server: FakeServer) -> None:
    server.always(reply({"tx-id": 1}))
    async with connect(server, schema=SCHEMA, use_dates=True) as db:
        await db.transact(db.tx.goals[ID].update({"due": DUE}))
        with pytest.raises(InvalidArgumentError, match=r"goals\.update\.due is a naive datetime: without a zone"):
            await db.transact(db.tx.goals[ID].update({"due": DUE.replace(tzinfo=None)}))
    assert [request.json["steps"][0][3] for request in server.received] == [{"due": "2026-05-01T08:00:00.000Z"}]


async def test_strict_updates_need_the_entity() -> None:
    async with _local(strict=True) as db:
        for chunk in (db.tx.goals[new_id()].update({"title": "x"}), db.tx.goals[new_id()].merge({"title": "x"})):
            with pytest.raises(ValidationFailedError, match="exist"):
                await db.transact(chunk)
        goal = new_id()
        await db.transact(db.tx.goals[goal].create({"title": "x"}))
        await db.transact([db.tx.goals[goal].update({"title": "y"}), db.tx.goals[goal].merge({"meta": {"a": 1}})])
        assert (await db.query({"goals": {}}))["goals"][0]["title"] == "y"


async def test_strict_clients_make_no_namespace_and_no_attribute() -> None:
    async with AsyncInstantAdmin.local(strict=True) as db:
        for chunk in (
            db.tx.goals[new_id()].create({}),
            db.tx.goals[new_id()].update({"title": "x"}),
            db.tx.goals[new_id()].link({"owner": new_id()}),
            db.tx.goals[lookup("slug", "x")].delete(),
        ):
            with pytest.raises(ValidationFailedError, match="missing in your schema"):
                await db.transact(chunk)
        with pytest.raises(ValidationFailedError, match="missing in your schema"):
            await db.as_user(guest=True).debug_transact(db.tx.goals[new_id()].create({"a": 1}), commit=True)


async def test_unknown_attribute_is_refused_by_the_server_where_checks_are_off() -> None:
    async with _local(validate=False) as db:
        with pytest.raises(ValidationFailedError) as caught:
            await db.transact(db.tx.goals[new_id()].create({"title": "x", "titel": "y"}))
    assert caught.value.hint["errors"][0]["hint"]["attributes"] == ["goals.titel"]


async def test_schema_of_a_local_instant_is_there_and_holds() -> None:
    async with AsyncInstantAdmin.local(schema=SCHEMA, validate=False) as db:
        with pytest.raises(ValidationFailedError, match="Invalid value type for goals"):
            await db.transact(db.tx.goals[new_id()].create({"title": 5}))


SETTINGS: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "dates without a schema": ({"use_dates": True}, ConfigurationError, "use_dates=True needs schema="),
    "an unknown mode": (
        {"validate": "off"},
        ConfigurationError,
        "validate must be True, False or 'upstream', got 'off'",
    ),
    "a schema that is text": ({"schema": "goals"}, ConfigurationError, "schema must be made by i.schema"),
    "a malformed schema": ({"schema": {"entities": 5}}, SchemaError, "entities: must be an object"),
    "a flag that is text": ({"strict": "yes"}, ConfigurationError, "strict must be True or False, got 'yes'"),
    "another flag that is a number": ({"use_dates": 1}, ConfigurationError, "use_dates must be True or False, got 1"),
}


@pytest.mark.parametrize(("settings", "cls", "words"), SETTINGS.values(), ids=SETTINGS)
def test_setting_with_a_mistake_is_explained(settings: dict[str, Any], cls: type[Exception], words: str) -> None:
    for make in (AsyncInstantAdmin.local, lambda **given: AsyncInstantAdmin(ID, **given)):
        with pytest.raises(cls, match=words):
            make(**settings)


def test_schemas_that_conflict_with_themselves_can_still_be_used() -> None:
    schema = Schema.from_json(
        {
            "links": {
                "l": {
                    "forward": {"on": "a", "label": "b", "has": "one"},
                    "reverse": {"on": "c", "label": "d", "has": "many"},
                }
            }
        }
    )
    assert schema.conflicts()
    AsyncInstantAdmin(ID, schema=schema)
