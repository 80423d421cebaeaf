"""Mistakes that a client which knows the schema of the library does not let pass."""

from __future__ import annotations

from dataclasses import dataclass

from instant_admin import InstantAdmin, new_id
from tests.typing.schemas.library import AsyncClient, BooksCreate, BooksUpdate, BooksWhere, Client, Namespace, Query


@dataclass
class Book:
    title: str


def misspelt_names(db: Client) -> None:
    db.query({"boks": {}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"bookshelfs": {}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"titel": "Emma"}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"bookshelves.nam": "a"}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"order": {"titel": "asc"}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"fields": ["titel"]}}})  # expect: call-overload, reportArgumentType
    db.query({"users": {"bookshelves": {"book": {}}}})  # expect: call-overload, reportArgumentType
    db.query({"users": {"$": {"where": {"or": [{"handel": "a"}]}}}})  # expect: call-overload, reportArgumentType
    namespace: Namespace = "boks"  # expect: assignment, reportAssignmentType
    print(namespace)


def wrong_options(db: Client) -> None:
    db.query({"books": {"$": {"wher": {}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"limit": "5"}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"order": {"title": "up"}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"order": {"author": "asc"}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"fields": "title"}}})  # expect: call-overload, reportArgumentType
    db.query({"users": {"bookshelves": {"$": {"offset": 5}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"aggregate": "sum"}}})  # expect: call-overload, reportArgumentType


def wrong_operands(db: Client) -> None:
    db.query({"books": {"$": {"where": {"title": 5}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"title": None}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"pageCount": "5"}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"pageCount": {"$gt": "5"}}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"title": {"$in": "ab"}}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"title": {"$in": [5]}}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"title": {"$lik": "A%"}}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"author": {"$like": "A%"}}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"pageCount": {"$like": "5"}}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"id": {"$gt": "5"}}}}})  # expect: call-overload, reportArgumentType
    db.query({"books": {"$": {"where": {"title": {"$isNull": "no"}}}}})  # expect: call-overload, reportArgumentType
    two: BooksWhere = {"pageCount": {"$gt": 1, "$lt": 5}}  # expect: typeddict-item, reportAssignmentType
    print(two)
    db.query({"users": {"$": {"where": {"createdAt": {"$gt": [5]}}}}})  # expect: call-overload, reportArgumentType


def alone() -> None:
    query: Query = {"boks": {}}  # expect: typeddict-unknown-key, reportAssignmentType
    where: BooksWhere = {"titel": "Emma"}  # expect: typeddict-unknown-key, reportAssignmentType
    Query({"books": {"$": {"where": {"titel": "a"}}}})  # expect: typeddict-unknown-key, reportArgumentType
    create: BooksCreate = {"pageCount": "5"}  # expect: typeddict-item, reportAssignmentType
    update: BooksUpdate = {"titel": "Emma"}  # expect: typeddict-unknown-key, reportAssignmentType
    print(query, where, create, update)


def results(db: Client) -> None:
    rows = db.query({"books": {"bookshelves": {}}})
    print(rows["boks"])  # expect: typeddict-item, reportGeneralTypeIssues
    print(rows["books"][0]["titel"])  # expect: typeddict-item, reportGeneralTypeIssues
    print(rows["books"][0]["bookshelves"][0]["book"])  # expect: typeddict-item, reportGeneralTypeIssues
    number: int = rows["books"][0]["title"]  # expect: assignment, reportAssignmentType
    print(number, rows["books"][0]["title"].upper())  # expect: union-attr, reportOptionalMemberAccess
    print(db.query({"books": {}}, row_type=Book)["books"][0].titel)  # expect: attr-defined, reportAttributeAccessIssue
    db.query({"books": {}}, row_type=5)  # expect: call-overload, reportArgumentType
    db.query({"boks": {}}, row_type=Book)  # expect: call-overload, reportArgumentType
    db.query_page({"boks": {}})  # expect: typeddict-unknown-key, reportArgumentType
    db.subscribe_query({"boks": {}})  # expect: typeddict-unknown-key, reportArgumentType
    db.debug_query({"boks": {}})  # expect: typeddict-unknown-key, reportArgumentType


def writes(db: Client) -> None:
    db.tx.boks[new_id()]  # expect: attr-defined, reportAttributeAccessIssue
    db.tx["boks"][new_id()]  # expect: call-overload, reportCallIssue
    db.tx.books[5]  # expect: index, reportArgumentType
    db.tx.books[new_id()].update({"titel": "Emma"})  # expect: typeddict-unknown-key, reportArgumentType
    db.tx.books[new_id()].update({"title": 5})  # expect: typeddict-item, reportArgumentType
    db.tx.books[new_id()].create({"pageCount": "5"})  # expect: typeddict-item, reportArgumentType
    db.tx.books[new_id()].merge({"bookshelves": new_id()})  # expect: typeddict-unknown-key, reportArgumentType
    db.tx.users[new_id()].update({"createdAt": [5]})  # expect: typeddict-item, reportArgumentType
    db.tx.books[new_id()].link({"bookshelfs": new_id()})  # expect: typeddict-unknown-key, reportArgumentType
    db.tx.books[new_id()].link({"bookshelves": 5})  # expect: typeddict-item, reportArgumentType
    db.tx.books[new_id()].unlink({"title": new_id()})  # expect: typeddict-unknown-key, reportArgumentType
    db.tx.books.lookup("title", "Emma")  # expect: arg-type, reportArgumentType
    db.tx["$users"][new_id()].link({"linkedPrimaryUser": [new_id()]})  # expect: typeddict-item, reportArgumentType
    db.transact(5)  # expect: arg-type, reportArgumentType


def untyped(db: InstantAdmin) -> None:
    db.query({"anything": {}})


def as_untyped(db: Client) -> None:
    untyped(db)  # expect: arg-type, reportArgumentType


async def awaitable(db: AsyncClient) -> None:
    await db.query({"boks": {}})  # expect: call-overload, reportArgumentType
    db.query({"books": {}})  # expect: unused-coroutine, reportUnusedCoroutine
    db.tx.books[new_id()].update({"titel": "Emma"})  # expect: typeddict-unknown-key, reportArgumentType
    with db:  # expect: attr-defined, reportGeneralTypeIssues
        pass
