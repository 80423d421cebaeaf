"""A client that knows the schema of the library: what it takes, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, assert_type
from uuid import UUID

import attrs
import msgspec
from pydantic import BaseModel

from instant_admin import (
    AsyncLiveQuery,
    DebugQueryResult,
    InstantAdmin,
    LiveQuery,
    QueryUpdate,
    TransactResult,
    lookup,
    new_id,
)
from instant_admin.typed import StoredDate
from instant_admin.webhooks import WebhookReceiver
from tests.typing.schemas.library import (
    AsyncClient,
    BooksAttributes,
    BooksChunk,
    BooksCreate,
    BookshelvesAttributes,
    BookshelvesRow,
    BooksRow,
    Client,
    Namespace,
    Query,
    Rows,
    SystemUsersRow,
    UsersRow,
)


def make() -> None:
    with Client("app", "token", timeout=5) as db:
        assert_type(db, Client)
        assert_type(db.as_user(guest=True), Client)
    assert_type(Client.local(), Client)
    namespace: Namespace = "books"
    print(namespace)


def read(db: Client) -> None:
    rows = db.query(
        {
            "$$ruleParams": {"k": 1},
            "bookshelves": {
                "$": {"where": {"users.handle": "ann"}, "order": {"order": "desc"}, "first": 5, "fields": ["name"]},
                "books": {"$": {"where": {"title": {"$like": "A%"}}, "order": {"author": "asc"}, "limit": 3}},
                "users": {"bookshelves": {}},
            },
        }
    )
    assert_type(rows, Rows)
    shelf = rows["bookshelves"][0]
    assert_type(shelf, BookshelvesRow)
    assert_type(shelf["books"], list[BooksRow])
    assert_type(shelf["users"][0]["bookshelves"][0]["order"], float | None)
    assert_type(rows["books"][0]["title"], str | None)
    assert_type(rows["users"], list[UsersRow])
    assert_type(rows["users"][0]["createdAt"], StoredDate | None)
    assert_type(shelf.get("name"), Any | None)
    assert_type(rows["$users"][0]["linkedPrimaryUser"], SystemUsersRow | None)
    assert_type(db.query({"books": {}}, timeout=5, rule_params={"k": 1}), Rows)


def compare(db: Client, ids: list[str]) -> None:
    query: Query = {"books": {"$": {"where": {"pageCount": {"$gt": 5}, "id": {"$in": ids}}}}}
    db.query(query)
    db.query(Query({"books": {"$": {"where": {"pageCount": 5, "title": {"$in": ["a", "b"]}}}}}))
    db.query(
        {"books": {"$": {"where": {"and": [{"pageCount": {"$gte": 1.5}}, {"or": [{"isbn13": {"$isNull": True}}]}]}}}}
    )
    db.query({"books": {"$": {"where": {"bookshelves.users.email": {"$ilike": "%@b.co"}, "bookshelves": UUID(int=1)}}}})
    db.query({"users": {"$": {"where": {"createdAt": {"$lt": datetime.now(UTC)}, "handle": {"$not": "ann"}}}}})
    db.query({"users": {"$": {"where": {"createdAt": {"$in": [datetime.now(UTC), 5]}}, "limit": 5, "offset": 2}}})
    db.query({"bookshelves": {"$": {"where": {"name": {"$ne": 5}, "order": {"in": [1, 2.5]}}}}})
    db.query(
        {"$users": {"$": {"where": {"email": "a@b.co"}}}, "$files": {"$": {"order": {"path": "asc"}}}, "$streams": {}}
    )


def write(db: Client) -> None:
    chunk = db.tx.books[new_id()].create({"title": "Emma", "pageCount": 474})
    assert_type(chunk, BooksChunk)
    assert_type(chunk.update({"title": None}, upsert=False).merge({"isbn13": "978"}).delete(), BooksChunk)
    assert_type(db.tx["books"][UUID(int=1)].link({"bookshelves": [new_id(), lookup("id", "a")]}), BooksChunk)
    assert_type(db.tx.books.lookup("isbn13", "978").unlink({"bookshelves": new_id()}), BooksChunk)
    assert_type(db.tx.books[lookup("isbn13", "978")].rule_params({"k": 1}), BooksChunk)
    db.tx.users[new_id()].update({"createdAt": datetime.now(UTC), "handle": "ann"})
    db.tx.bookshelves[new_id()].update({"name": {"any": ["value"]}, "order": 2.5})
    db.tx["$users"][new_id()].update({"email": "a@b.co"}).link({"linkedPrimaryUser": new_id()})
    new: BooksCreate = {"title": "Emma"}
    assert_type(
        db.transact([chunk, [db.tx.books[new_id()].create(new)], db.tx.users[new_id()].delete()]), TransactResult
    )
    db.transact(db.tx.books[new_id()].create({"title": title}) for title in ("a", "b"))


@dataclass
class Book:
    id: str
    title: str


@attrs.frozen
class Shelf:
    books: list[Book]


class Handle(msgspec.Struct):
    handle: str


class Reader(BaseModel):
    email: str


class ShelfWithBooks(BookshelvesAttributes):
    books: list[BooksAttributes]


def into_types(db: Client) -> None:
    assert_type(db.query({"books": {}}, row_type=Book), dict[str, list[Book]])
    assert_type(db.query({"bookshelves": {"books": {}}}, row_type=Shelf), dict[str, list[Shelf]])
    assert_type(db.query({"users": {}}, row_type=Handle)["users"][0].handle, str)
    assert_type(db.query({"users": {}}, row_type=Reader, timeout=5)["users"][0].email, str)
    shelves = db.query({"bookshelves": {"books": {}}}, row_type=ShelfWithBooks)
    assert_type(shelves["bookshelves"][0]["books"][0]["pageCount"], float | None)
    assert_type(db.query({"books": {}, "users": {}}, row_type={"books": Book, "users": Handle}), dict[str, list[Any]])


def follow(db: Client, on_update: Callable[[QueryUpdate[Rows]], None]) -> None:
    assert_type(db.query_page({"books": {"$": {"aggregate": "count"}}}), QueryUpdate[Rows])
    assert_type(db.as_user(guest=True).debug_query({"books": {}}), DebugQueryResult[Rows])
    with db.subscribe_query({"books": {}}, on_update=on_update) as live:
        assert_type(live, LiveQuery[Rows])
        for update in live:
            assert_type(update.data["books"], list[BooksRow])


def any_client(db: InstantAdmin[Any, Any, Any]) -> None:
    db.query({"anything": {}})


def as_any_client(db: Client) -> None:
    any_client(db)
    WebhookReceiver(db)


async def awaitable() -> None:
    async with AsyncClient.local() as db:
        assert_type(db, AsyncClient)
        rows = await db.query({"books": {"bookshelves": {}}})
        assert_type(rows["books"][0]["bookshelves"], list[BookshelvesRow])
        assert_type(await db.query({"books": {}}, row_type=Book), dict[str, list[Book]])
        await db.transact(db.tx.books[new_id()].create({"title": rows["books"][0]["title"]}))
        assert_type(db.subscribe_query({"books": {}}), AsyncLiveQuery[Rows])
        assert_type((await db.query_page({"books": {}})).data, Rows)
        direction: Literal["asc"] = "asc"
        await db.query({"books": {"$": {"order": {"serverCreatedAt": direction}}}})
