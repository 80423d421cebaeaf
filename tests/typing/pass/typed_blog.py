"""A client that knows the schema of a blog, and gives dates as datetimes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, assert_type

from instant_admin import lookup, new_id
from tests.typing.schemas.blog import (
    Client,
    CommentsRow,
    PostsAttributes,
    PostsCreate,
    PostsRow,
    SystemUsersRow,
)


def read(db: Client) -> None:
    rows = db.query({"posts": {"$": {"order": {"publishedAt": "desc"}, "limit": 10}, "author": {}, "comments": {}}})
    post = rows["posts"][0]
    assert_type(post, PostsRow)
    assert_type((post["title"], post["slug"]), tuple[str, str])
    assert_type(post["publishedAt"], datetime | None)
    assert_type(post.get("meta"), Any | None)
    assert_type(post["author"], SystemUsersRow | None)
    assert_type(post["comments"], list[CommentsRow])
    if post["author"] is not None and "email" in post["author"]:
        assert_type(post["author"]["email"], str | None)
    assert_type(post["comments"][0].get("likes"), float | None)


class PostWithAuthorId(PostsAttributes):
    author: str | None


def ids_of_authors(db: Client) -> None:
    """A link that is not nested is an id, as a type of one's own can say."""
    posts = db.query({"posts": {"$": {"fields": ["title", "author"]}}}, row_type=PostWithAuthorId)["posts"]
    assert_type(posts[0]["author"], str | None)


def write(db: Client) -> None:
    post: PostsCreate = {"title": "First", "slug": "first", "publishedAt": datetime.now(UTC), "meta": {"a": [1]}}
    db.transact(db.tx.posts[new_id()].create(post).link({"author": lookup("email", "a@b.co"), "comments": []}))
    db.tx.posts.lookup("slug", "first").update({"publishedAt": None}).merge({"meta": {"a": None}})
    db.tx.posts.lookup("author.id", new_id()).delete()
    db.tx["$users"].lookup("email", "a@b.co").link({"posts": [new_id()]})
