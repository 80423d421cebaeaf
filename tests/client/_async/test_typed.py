"""Clients that know a schema, and rows as the caller's own types."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from instant_admin import AsyncInstantAdmin, InvalidArgumentError, RowTypeError, UnexpectedReplyError, new_id
from tests.client._async.flavour import connect
from tests.client.values import every_engine
from tests.support.fake_server import FakeServer, reply
from tests.support.typed_schemas import TYPED_SCHEMAS
from tests.typing.schemas import blog, library, odd_names

SCHEMAS = {typed.name: typed.schema for typed in TYPED_SCHEMAS}


@dataclass
class Goal:
    id: str
    title: str


@every_engine
async def test_rows_come_as_the_type_that_was_asked_for(server: FakeServer, engine: str) -> None:
    server.script(reply({"goals": [{"id": "1", "title": "Get fit", "more": 5}]}))
    async with connect(server, engine) as db:
        rows = await db.query({"goals": {}}, row_type=Goal, rule_params={"k": 1})
    assert rows == {"goals": [Goal("1", "Get fit")]}
    assert server.last.json["query"] == {"$$ruleParams": {"k": 1}, "goals": {}}


async def test_drift_is_an_error_with_a_path_and_can_be_pickled(server: FakeServer) -> None:
    server.script(reply({"goals": [{"id": "1", "title": "a"}, {"id": "2"}]}))
    async with connect(server) as db:
        with pytest.raises(RowTypeError) as caught:
            await db.query({"goals": {}}, row_type=Goal)
    copied = pickle.loads(pickle.dumps(caught.value))
    assert (copied.path, copied.status, str(copied)) == ("goals[1]", 200, str(caught.value))


async def test_what_is_no_reply_is_no_drift(server: FakeServer) -> None:
    server.script(reply([]))
    async with connect(server) as db:
        with pytest.raises(UnexpectedReplyError) as caught:
            await db.query({"goals": {}}, row_type=Goal)
    assert not isinstance(caught.value, RowTypeError)


async def test_a_wrong_type_is_refused_before_anything_is_sent(server: FakeServer) -> None:
    wrong: Any = {"goals": Goal}
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match="row_type says nothing of 'todos'"):
            await db.query({"goals": {}, "todos": {}}, row_type=wrong)
    assert server.received == []


async def test_typed_client_of_the_library_is_the_usual_client() -> None:
    async with library.AsyncClient.local(schema=SCHEMAS["library"]) as db:
        assert type(db) is AsyncInstantAdmin
        book, shelf, reader = new_id(), new_id(), new_id()
        create: library.BooksCreate = {"title": "Emma", "pageCount": 474}
        await db.transact(
            [
                db.tx.books[book].create(create),
                db.tx.bookshelves[shelf].update({"name": "Novels", "order": 1}).link({"books": [book]}),
                db.tx["users"][reader].create({"handle": "ann"}).link({"bookshelves": shelf}),
            ]
        )
        found = await db.query(
            {
                "users": {"$": {"where": {"bookshelves.books.title": {"$like": "E%"}}}, "bookshelves": {"books": {}}},
                "books": {"$": {"where": {"pageCount": {"$gt": 400}}, "order": {"title": "asc"}, "first": 1}},
            }
        )
        assert found["users"][0]["bookshelves"][0]["books"][0]["title"] == "Emma"
        assert found["books"][0]["pageCount"] == 474
        books = (await db.query({"books": {}}, row_type=library.BooksAttributes))["books"]
        assert books == [{"id": book, "title": "Emma", "pageCount": 474, "isbn13": None}]


async def test_typed_client_of_the_blog_gives_datetimes() -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    async with blog.AsyncClient.local(schema=SCHEMAS["blog"], use_dates=True) as db:
        post, user = new_id(), new_id()
        await db.transact(
            [
                db.tx["$users"][user].update({"email": "a@b.co"}),
                db.tx.posts[post]
                .create({"title": "First", "slug": "first", "publishedAt": now})
                .link({"author": user}),
            ]
        )
        await db.transact(db.tx.posts.lookup("slug", "first").merge({"meta": {"a": 1}}))
        row = (await db.query({"posts": {"author": {}}}))["posts"][0]
        assert (row["publishedAt"], row["author"]) == (now, {"id": user, "email": "a@b.co"})
        typed = await db.query({"posts": {"author": {}}}, row_type=blog.PostsAttributes)
        assert typed["posts"][0] == {
            "id": post,
            "title": "First",
            "slug": "first",
            "publishedAt": now,
            "meta": {"a": 1},
        }


async def test_typed_client_of_odd_names_works_by_items() -> None:
    async with odd_names.AsyncClient.local(schema=SCHEMAS["odd_names"]) as db:
        thing = new_id()
        await db.transact(db.tx["my-things"][thing].create({"a b": "text", "ż": 5, "_x": True}))
        rows = await db.query({"my-things": {"$": {"where": {"a b": "text"}}, "the files": {}}})
        assert rows["my-things"][0]["the files"] == []
        typed = await db.query({"my-things": {}}, row_type=odd_names.MyThingsAttributes)
        assert typed["my-things"] == [{"id": thing, "a b": "text", "ż": 5, "_x": True}]
