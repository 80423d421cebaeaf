"""Mistakes that a client which knows the schema of a blog does not let pass."""

from __future__ import annotations

from instant_admin import new_id
from tests.typing.schemas.blog import Client, PostsAttributes


def writes(db: Client) -> None:
    db.tx.posts[new_id()].create({"title": "First"})  # expect: typeddict-item, reportArgumentType
    db.tx.posts[new_id()].update({"title": None})  # expect: typeddict-item, reportArgumentType
    db.tx.posts[new_id()].link({"author": [new_id()]})  # expect: typeddict-item, reportArgumentType
    db.tx.comments[new_id()].link({"author": new_id()})  # expect: typeddict-unknown-key, reportArgumentType
    db.tx.comments[new_id()].merge({"likes": "many"})  # expect: typeddict-item, reportArgumentType
    db.tx.posts.lookup("title", "First")  # expect: arg-type, reportArgumentType
    chunk = db.tx.posts[new_id()].delete()
    chunk.update({"likes": 5})  # expect: typeddict-unknown-key, reportArgumentType


def reads(db: Client) -> None:
    db.query({"posts": {"$": {"where": {"publishedAt": {"$gt": None}}}}})  # expect: call-overload, reportArgumentType
    db.query({"posts": {"$": {"where": {"meta": {"$gt": 5}}}}})  # expect: call-overload, reportArgumentType
    db.query({"posts": {"$": {"order": {"meta": "asc"}}}})  # expect: call-overload, reportArgumentType
    db.query({"posts": {"$": {"where": {"author.mail": "a"}}}})  # expect: call-overload, reportArgumentType
    db.query({"posts": {"$": {"where": {"comments.likes": "5"}}}})  # expect: call-overload, reportArgumentType
    rows = db.query({"posts": {"author": {}}})
    text: str = rows["posts"][0]["publishedAt"]  # expect: assignment, reportAssignmentType
    print(text, rows["posts"][0]["author"]["email"])  # expect: index, reportOptionalSubscript


def a_row_without_links(post: PostsAttributes) -> None:
    print(post["author"])  # expect: typeddict-item, reportGeneralTypeIssues
