"""The app's schema as types, for type checkers and editors.

Made by `python -m tests.support.typed_schemas`.
Do not edit it: change the schema, and make it again.
"""

from __future__ import annotations

from collections.abc import (
    Mapping,
    Sequence,
)
from datetime import datetime
from typing import (
    Any,
    Literal,
    NotRequired,
    Protocol,
    TypeAlias,
    TypedDict,
    overload,
)

from instant_admin import (
    AsyncInstantAdmin,
    InstantAdmin,
)
from instant_admin.typed import (
    DateValue,
    Direction,
    LinkTarget,
    LinkTargets,
    NamespaceBuilder,
    PageOptions,
    TransactionChunk,
    WhereAny,
    WhereBoolean,
    WhereId,
    WhereIndexedDate,
    WhereIndexedNumber,
    WhereIndexedText,
    WhereNumber,
    WhereText,
)

Namespace: TypeAlias = Literal[
    "comments",
    "posts",
    "$files",
    "$streams",
    "$users",
]

CommentsAttribute: TypeAlias = Literal[
    "id",
    "body",
    "likes",
]

CommentsLink: TypeAlias = Literal["post"]

CommentsField: TypeAlias = Literal[
    "id",
    "body",
    "likes",
]

CommentsUnique: TypeAlias = Literal["id"]


class CommentsAttributes(TypedDict):
    """What an entity of `comments` has by itself."""

    id: str
    body: str
    likes: NotRequired[float | None]


class CommentsRow(CommentsAttributes):
    """An entity of `comments` in a query's result, with the links that the query asks for."""

    post: PostsRow | None


class CommentsCreate(TypedDict):
    """What a new entity of `comments` is made of."""

    body: str
    likes: NotRequired[float | None]


class CommentsUpdate(TypedDict, total=False):
    """What can be set of an entity of `comments`."""

    body: str
    likes: float | None


class CommentsLinks(TypedDict, total=False):
    """What an entity of `comments` can be linked to."""

    post: LinkTarget


CommentsChunk: TypeAlias = TransactionChunk[
    CommentsCreate,
    CommentsUpdate,
    CommentsLinks,
]

CommentsBuilder: TypeAlias = NamespaceBuilder[
    CommentsCreate,
    CommentsUpdate,
    CommentsLinks,
    CommentsUnique,
]

CommentsWhere = TypedDict(
    "CommentsWhere",
    {
        "id": "WhereId",
        "body": "WhereText",
        "likes": "WhereNumber",
        "post": "WhereId",
        "post.id": "WhereId",
        "post.meta": "WhereAny",
        "post.publishedAt": "WhereIndexedDate",
        "post.slug": "WhereIndexedText",
        "post.title": "WhereText",
        "post.author": "WhereId",
        "post.comments": "WhereId",
        "post.author.id": "WhereId",
        "post.author.email": "WhereIndexedText",
        "post.author.imageURL": "WhereText",
        "post.author.type": "WhereText",
        "post.author.linkedGuestUsers": "WhereId",
        "post.author.linkedPrimaryUser": "WhereId",
        "post.author.posts": "WhereId",
        "post.comments.id": "WhereId",
        "post.comments.body": "WhereText",
        "post.comments.likes": "WhereNumber",
        "post.comments.post": "WhereId",
        "and": "list[CommentsWhere]",
        "or": "list[CommentsWhere]",
    },
    total=False,
)
"""Conditions about entities of `comments`."""


class CommentsOrder(TypedDict, total=False):
    """What entities of `comments` are ordered by: one of these."""

    serverCreatedAt: Direction


class CommentsNestedOrder(TypedDict, total=False):
    """What entities of `comments` are ordered by: one of these."""

    serverCreatedAt: Direction
    id: Direction
    body: Direction
    likes: Direction


class CommentsOptions(PageOptions, total=False):
    """Which entities of `comments` a query is about."""

    where: CommentsWhere
    fields: Sequence[CommentsField]
    order: CommentsOrder


class CommentsNestedOptions(TypedDict, total=False):
    """Which entities of `comments` stand inside of what links to them."""

    where: CommentsWhere
    fields: Sequence[CommentsField]
    order: CommentsNestedOrder
    limit: int


CommentsQuery = TypedDict(
    "CommentsQuery",
    {
        "$": "CommentsOptions",
        "post": "PostsNested",
    },
    total=False,
)
"""What is asked of `comments`."""

CommentsNested = TypedDict(
    "CommentsNested",
    {
        "$": "CommentsNestedOptions",
        "post": "PostsNested",
    },
    total=False,
)
"""What is asked of `comments` inside of what links to them."""

PostsAttribute: TypeAlias = Literal[
    "id",
    "meta",
    "publishedAt",
    "slug",
    "title",
]

PostsLink: TypeAlias = Literal[
    "author",
    "comments",
]

PostsField: TypeAlias = Literal[
    "id",
    "meta",
    "publishedAt",
    "slug",
    "title",
    "author",
]

PostsUnique: TypeAlias = Literal[
    "id",
    "slug",
    "author.id",
]


class PostsAttributes(TypedDict):
    """What an entity of `posts` has by itself."""

    id: str
    meta: NotRequired[Any]
    publishedAt: datetime | None
    slug: str
    title: str


class PostsRow(PostsAttributes):
    """An entity of `posts` in a query's result, with the links that the query asks for."""

    author: SystemUsersRow | None
    comments: list[CommentsRow]


class PostsCreate(TypedDict):
    """What a new entity of `posts` is made of."""

    meta: NotRequired[Any]
    publishedAt: NotRequired[DateValue | None]
    slug: str
    title: str


class PostsUpdate(TypedDict, total=False):
    """What can be set of an entity of `posts`."""

    meta: Any
    publishedAt: DateValue | None
    slug: str
    title: str


class PostsLinks(TypedDict, total=False):
    """What an entity of `posts` can be linked to."""

    author: LinkTarget
    comments: LinkTargets


PostsChunk: TypeAlias = TransactionChunk[
    PostsCreate,
    PostsUpdate,
    PostsLinks,
]

PostsBuilder: TypeAlias = NamespaceBuilder[
    PostsCreate,
    PostsUpdate,
    PostsLinks,
    PostsUnique,
]

PostsWhere = TypedDict(
    "PostsWhere",
    {
        "id": "WhereId",
        "meta": "WhereAny",
        "publishedAt": "WhereIndexedDate",
        "slug": "WhereIndexedText",
        "title": "WhereText",
        "author": "WhereId",
        "comments": "WhereId",
        "author.id": "WhereId",
        "author.email": "WhereIndexedText",
        "author.imageURL": "WhereText",
        "author.type": "WhereText",
        "author.linkedGuestUsers": "WhereId",
        "author.linkedPrimaryUser": "WhereId",
        "author.posts": "WhereId",
        "author.linkedGuestUsers.id": "WhereId",
        "author.linkedGuestUsers.email": "WhereIndexedText",
        "author.linkedGuestUsers.imageURL": "WhereText",
        "author.linkedGuestUsers.type": "WhereText",
        "author.linkedGuestUsers.linkedGuestUsers": "WhereId",
        "author.linkedGuestUsers.linkedPrimaryUser": "WhereId",
        "author.linkedGuestUsers.posts": "WhereId",
        "author.linkedPrimaryUser.id": "WhereId",
        "author.linkedPrimaryUser.email": "WhereIndexedText",
        "author.linkedPrimaryUser.imageURL": "WhereText",
        "author.linkedPrimaryUser.type": "WhereText",
        "author.linkedPrimaryUser.linkedGuestUsers": "WhereId",
        "author.linkedPrimaryUser.linkedPrimaryUser": "WhereId",
        "author.linkedPrimaryUser.posts": "WhereId",
        "author.posts.id": "WhereId",
        "author.posts.meta": "WhereAny",
        "author.posts.publishedAt": "WhereIndexedDate",
        "author.posts.slug": "WhereIndexedText",
        "author.posts.title": "WhereText",
        "author.posts.author": "WhereId",
        "author.posts.comments": "WhereId",
        "comments.id": "WhereId",
        "comments.body": "WhereText",
        "comments.likes": "WhereNumber",
        "comments.post": "WhereId",
        "comments.post.id": "WhereId",
        "comments.post.meta": "WhereAny",
        "comments.post.publishedAt": "WhereIndexedDate",
        "comments.post.slug": "WhereIndexedText",
        "comments.post.title": "WhereText",
        "comments.post.author": "WhereId",
        "comments.post.comments": "WhereId",
        "and": "list[PostsWhere]",
        "or": "list[PostsWhere]",
    },
    total=False,
)
"""Conditions about entities of `posts`."""


class PostsOrder(TypedDict, total=False):
    """What entities of `posts` are ordered by: one of these."""

    serverCreatedAt: Direction
    publishedAt: Direction
    slug: Direction


class PostsNestedOrder(TypedDict, total=False):
    """What entities of `posts` are ordered by: one of these."""

    serverCreatedAt: Direction
    id: Direction
    meta: Direction
    publishedAt: Direction
    slug: Direction
    title: Direction
    author: Direction


class PostsOptions(PageOptions, total=False):
    """Which entities of `posts` a query is about."""

    where: PostsWhere
    fields: Sequence[PostsField]
    order: PostsOrder


class PostsNestedOptions(TypedDict, total=False):
    """Which entities of `posts` stand inside of what links to them."""

    where: PostsWhere
    fields: Sequence[PostsField]
    order: PostsNestedOrder
    limit: int


PostsQuery = TypedDict(
    "PostsQuery",
    {
        "$": "PostsOptions",
        "author": "SystemUsersNested",
        "comments": "CommentsNested",
    },
    total=False,
)
"""What is asked of `posts`."""

PostsNested = TypedDict(
    "PostsNested",
    {
        "$": "PostsNestedOptions",
        "author": "SystemUsersNested",
        "comments": "CommentsNested",
    },
    total=False,
)
"""What is asked of `posts` inside of what links to them."""

SystemFilesAttribute: TypeAlias = Literal[
    "id",
    "content-disposition",
    "content-type",
    "key-version",
    "location-id",
    "path",
    "size",
    "url",
]

SystemFilesLink: TypeAlias = Literal["$stream"]

SystemFilesField: TypeAlias = Literal[
    "id",
    "content-disposition",
    "content-type",
    "key-version",
    "location-id",
    "path",
    "size",
    "url",
]

SystemFilesUnique: TypeAlias = Literal[
    "id",
    "location-id",
    "path",
]

SystemFilesAttributes = TypedDict(
    "SystemFilesAttributes",
    {
        "id": "str",
        "content-disposition": "NotRequired[str | None]",
        "content-type": "NotRequired[str | None]",
        "key-version": "NotRequired[float | None]",
        "location-id": "NotRequired[str | None]",
        "path": "NotRequired[str | None]",
        "size": "NotRequired[float | None]",
        "url": "NotRequired[str | None]",
    },
)
"""What an entity of `$files` has by itself."""

SystemFilesRow = TypedDict(
    "SystemFilesRow",
    {
        "id": "str",
        "content-disposition": "NotRequired[str | None]",
        "content-type": "NotRequired[str | None]",
        "key-version": "NotRequired[float | None]",
        "location-id": "NotRequired[str | None]",
        "path": "NotRequired[str | None]",
        "size": "NotRequired[float | None]",
        "url": "NotRequired[str | None]",
        "$stream": "SystemStreamsRow | None",
    },
)
"""An entity of `$files` in a query's result, with the links that the query asks for."""

SystemFilesCreate = TypedDict(
    "SystemFilesCreate",
    {
        "content-disposition": "NotRequired[str | None]",
        "content-type": "NotRequired[str | None]",
        "key-version": "NotRequired[float | None]",
        "location-id": "NotRequired[str | None]",
        "path": "NotRequired[str | None]",
        "size": "NotRequired[float | None]",
        "url": "NotRequired[str | None]",
    },
)
"""What a new entity of `$files` is made of."""

SystemFilesUpdate = TypedDict(
    "SystemFilesUpdate",
    {
        "content-disposition": "str | None",
        "content-type": "str | None",
        "key-version": "float | None",
        "location-id": "str | None",
        "path": "str | None",
        "size": "float | None",
        "url": "str | None",
    },
    total=False,
)
"""What can be set of an entity of `$files`."""

SystemFilesLinks = TypedDict(
    "SystemFilesLinks",
    {
        "$stream": "LinkTarget",
    },
    total=False,
)
"""What an entity of `$files` can be linked to."""

SystemFilesChunk: TypeAlias = TransactionChunk[
    SystemFilesCreate,
    SystemFilesUpdate,
    SystemFilesLinks,
]

SystemFilesBuilder: TypeAlias = NamespaceBuilder[
    SystemFilesCreate,
    SystemFilesUpdate,
    SystemFilesLinks,
    SystemFilesUnique,
]

SystemFilesWhere = TypedDict(
    "SystemFilesWhere",
    {
        "id": "WhereId",
        "content-disposition": "WhereIndexedText",
        "content-type": "WhereIndexedText",
        "key-version": "WhereNumber",
        "location-id": "WhereIndexedText",
        "path": "WhereIndexedText",
        "size": "WhereIndexedNumber",
        "url": "WhereText",
        "$stream": "WhereId",
        "$stream.id": "WhereId",
        "$stream.abortReason": "WhereText",
        "$stream.clientId": "WhereIndexedText",
        "$stream.done": "WhereBoolean",
        "$stream.hashedReconnectToken": "WhereText",
        "$stream.machineId": "WhereText",
        "$stream.size": "WhereNumber",
        "$stream.$files": "WhereId",
        "$stream.$files.id": "WhereId",
        "$stream.$files.content-disposition": "WhereIndexedText",
        "$stream.$files.content-type": "WhereIndexedText",
        "$stream.$files.key-version": "WhereNumber",
        "$stream.$files.location-id": "WhereIndexedText",
        "$stream.$files.path": "WhereIndexedText",
        "$stream.$files.size": "WhereIndexedNumber",
        "$stream.$files.url": "WhereText",
        "$stream.$files.$stream": "WhereId",
        "and": "list[SystemFilesWhere]",
        "or": "list[SystemFilesWhere]",
    },
    total=False,
)
"""Conditions about entities of `$files`."""

SystemFilesOrder = TypedDict(
    "SystemFilesOrder",
    {
        "serverCreatedAt": "Direction",
        "content-disposition": "Direction",
        "content-type": "Direction",
        "location-id": "Direction",
        "path": "Direction",
        "size": "Direction",
    },
    total=False,
)
"""What entities of `$files` are ordered by: one of these."""

SystemFilesNestedOrder = TypedDict(
    "SystemFilesNestedOrder",
    {
        "serverCreatedAt": "Direction",
        "id": "Direction",
        "content-disposition": "Direction",
        "content-type": "Direction",
        "key-version": "Direction",
        "location-id": "Direction",
        "path": "Direction",
        "size": "Direction",
        "url": "Direction",
    },
    total=False,
)
"""What entities of `$files` are ordered by: one of these."""


class SystemFilesOptions(PageOptions, total=False):
    """Which entities of `$files` a query is about."""

    where: SystemFilesWhere
    fields: Sequence[SystemFilesField]
    order: SystemFilesOrder


class SystemFilesNestedOptions(TypedDict, total=False):
    """Which entities of `$files` stand inside of what links to them."""

    where: SystemFilesWhere
    fields: Sequence[SystemFilesField]
    order: SystemFilesNestedOrder
    limit: int


SystemFilesQuery = TypedDict(
    "SystemFilesQuery",
    {
        "$": "SystemFilesOptions",
        "$stream": "SystemStreamsNested",
    },
    total=False,
)
"""What is asked of `$files`."""

SystemFilesNested = TypedDict(
    "SystemFilesNested",
    {
        "$": "SystemFilesNestedOptions",
        "$stream": "SystemStreamsNested",
    },
    total=False,
)
"""What is asked of `$files` inside of what links to them."""

SystemStreamsAttribute: TypeAlias = Literal[
    "id",
    "abortReason",
    "clientId",
    "done",
    "hashedReconnectToken",
    "machineId",
    "size",
]

SystemStreamsLink: TypeAlias = Literal["$files"]

SystemStreamsField: TypeAlias = Literal[
    "id",
    "abortReason",
    "clientId",
    "done",
    "hashedReconnectToken",
    "machineId",
    "size",
]

SystemStreamsUnique: TypeAlias = Literal[
    "id",
    "clientId",
]


class SystemStreamsAttributes(TypedDict):
    """What an entity of `$streams` has by itself."""

    id: str
    abortReason: NotRequired[str | None]
    clientId: NotRequired[str | None]
    done: NotRequired[bool | None]
    hashedReconnectToken: NotRequired[str | None]
    machineId: NotRequired[str | None]
    size: NotRequired[float | None]


SystemStreamsRow = TypedDict(
    "SystemStreamsRow",
    {
        "id": "str",
        "abortReason": "NotRequired[str | None]",
        "clientId": "NotRequired[str | None]",
        "done": "NotRequired[bool | None]",
        "hashedReconnectToken": "NotRequired[str | None]",
        "machineId": "NotRequired[str | None]",
        "size": "NotRequired[float | None]",
        "$files": "list[SystemFilesRow]",
    },
)
"""An entity of `$streams` in a query's result, with the links that the query asks for."""


class SystemStreamsCreate(TypedDict):
    """What a new entity of `$streams` is made of."""

    abortReason: NotRequired[str | None]
    clientId: NotRequired[str | None]
    done: NotRequired[bool | None]
    hashedReconnectToken: NotRequired[str | None]
    machineId: NotRequired[str | None]
    size: NotRequired[float | None]


class SystemStreamsUpdate(TypedDict, total=False):
    """What can be set of an entity of `$streams`."""

    abortReason: str | None
    clientId: str | None
    done: bool | None
    hashedReconnectToken: str | None
    machineId: str | None
    size: float | None


SystemStreamsLinks = TypedDict(
    "SystemStreamsLinks",
    {
        "$files": "LinkTargets",
    },
    total=False,
)
"""What an entity of `$streams` can be linked to."""

SystemStreamsChunk: TypeAlias = TransactionChunk[
    SystemStreamsCreate,
    SystemStreamsUpdate,
    SystemStreamsLinks,
]

SystemStreamsBuilder: TypeAlias = NamespaceBuilder[
    SystemStreamsCreate,
    SystemStreamsUpdate,
    SystemStreamsLinks,
    SystemStreamsUnique,
]

SystemStreamsWhere = TypedDict(
    "SystemStreamsWhere",
    {
        "id": "WhereId",
        "abortReason": "WhereText",
        "clientId": "WhereIndexedText",
        "done": "WhereBoolean",
        "hashedReconnectToken": "WhereText",
        "machineId": "WhereText",
        "size": "WhereNumber",
        "$files": "WhereId",
        "$files.id": "WhereId",
        "$files.content-disposition": "WhereIndexedText",
        "$files.content-type": "WhereIndexedText",
        "$files.key-version": "WhereNumber",
        "$files.location-id": "WhereIndexedText",
        "$files.path": "WhereIndexedText",
        "$files.size": "WhereIndexedNumber",
        "$files.url": "WhereText",
        "$files.$stream": "WhereId",
        "$files.$stream.id": "WhereId",
        "$files.$stream.abortReason": "WhereText",
        "$files.$stream.clientId": "WhereIndexedText",
        "$files.$stream.done": "WhereBoolean",
        "$files.$stream.hashedReconnectToken": "WhereText",
        "$files.$stream.machineId": "WhereText",
        "$files.$stream.size": "WhereNumber",
        "$files.$stream.$files": "WhereId",
        "and": "list[SystemStreamsWhere]",
        "or": "list[SystemStreamsWhere]",
    },
    total=False,
)
"""Conditions about entities of `$streams`."""


class SystemStreamsOrder(TypedDict, total=False):
    """What entities of `$streams` are ordered by: one of these."""

    serverCreatedAt: Direction
    clientId: Direction


class SystemStreamsNestedOrder(TypedDict, total=False):
    """What entities of `$streams` are ordered by: one of these."""

    serverCreatedAt: Direction
    id: Direction
    abortReason: Direction
    clientId: Direction
    done: Direction
    hashedReconnectToken: Direction
    machineId: Direction
    size: Direction


class SystemStreamsOptions(PageOptions, total=False):
    """Which entities of `$streams` a query is about."""

    where: SystemStreamsWhere
    fields: Sequence[SystemStreamsField]
    order: SystemStreamsOrder


class SystemStreamsNestedOptions(TypedDict, total=False):
    """Which entities of `$streams` stand inside of what links to them."""

    where: SystemStreamsWhere
    fields: Sequence[SystemStreamsField]
    order: SystemStreamsNestedOrder
    limit: int


SystemStreamsQuery = TypedDict(
    "SystemStreamsQuery",
    {
        "$": "SystemStreamsOptions",
        "$files": "SystemFilesNested",
    },
    total=False,
)
"""What is asked of `$streams`."""

SystemStreamsNested = TypedDict(
    "SystemStreamsNested",
    {
        "$": "SystemStreamsNestedOptions",
        "$files": "SystemFilesNested",
    },
    total=False,
)
"""What is asked of `$streams` inside of what links to them."""

SystemUsersAttribute: TypeAlias = Literal[
    "id",
    "email",
    "imageURL",
    "type",
]

SystemUsersLink: TypeAlias = Literal[
    "linkedGuestUsers",
    "linkedPrimaryUser",
    "posts",
]

SystemUsersField: TypeAlias = Literal[
    "id",
    "email",
    "imageURL",
    "type",
    "linkedPrimaryUser",
]

SystemUsersUnique: TypeAlias = Literal[
    "id",
    "email",
    "linkedPrimaryUser.id",
]


class SystemUsersAttributes(TypedDict):
    """What an entity of `$users` has by itself."""

    id: str
    email: NotRequired[str | None]
    imageURL: NotRequired[str | None]
    type: NotRequired[str | None]


class SystemUsersRow(SystemUsersAttributes):
    """An entity of `$users` in a query's result, with the links that the query asks for."""

    linkedGuestUsers: list[SystemUsersRow]
    linkedPrimaryUser: SystemUsersRow | None
    posts: list[PostsRow]


class SystemUsersCreate(TypedDict):
    """What a new entity of `$users` is made of."""

    email: NotRequired[str | None]
    imageURL: NotRequired[str | None]
    type: NotRequired[str | None]


class SystemUsersUpdate(TypedDict, total=False):
    """What can be set of an entity of `$users`."""

    email: str | None
    imageURL: str | None
    type: str | None


class SystemUsersLinks(TypedDict, total=False):
    """What an entity of `$users` can be linked to."""

    linkedGuestUsers: LinkTargets
    linkedPrimaryUser: LinkTarget
    posts: LinkTargets


SystemUsersChunk: TypeAlias = TransactionChunk[
    SystemUsersCreate,
    SystemUsersUpdate,
    SystemUsersLinks,
]

SystemUsersBuilder: TypeAlias = NamespaceBuilder[
    SystemUsersCreate,
    SystemUsersUpdate,
    SystemUsersLinks,
    SystemUsersUnique,
]

SystemUsersWhere = TypedDict(
    "SystemUsersWhere",
    {
        "id": "WhereId",
        "email": "WhereIndexedText",
        "imageURL": "WhereText",
        "type": "WhereText",
        "linkedGuestUsers": "WhereId",
        "linkedPrimaryUser": "WhereId",
        "posts": "WhereId",
        "linkedGuestUsers.id": "WhereId",
        "linkedGuestUsers.email": "WhereIndexedText",
        "linkedGuestUsers.imageURL": "WhereText",
        "linkedGuestUsers.type": "WhereText",
        "linkedGuestUsers.linkedGuestUsers": "WhereId",
        "linkedGuestUsers.linkedPrimaryUser": "WhereId",
        "linkedGuestUsers.posts": "WhereId",
        "linkedGuestUsers.linkedGuestUsers.id": "WhereId",
        "linkedGuestUsers.linkedGuestUsers.email": "WhereIndexedText",
        "linkedGuestUsers.linkedGuestUsers.imageURL": "WhereText",
        "linkedGuestUsers.linkedGuestUsers.type": "WhereText",
        "linkedGuestUsers.linkedGuestUsers.linkedGuestUsers": "WhereId",
        "linkedGuestUsers.linkedGuestUsers.linkedPrimaryUser": "WhereId",
        "linkedGuestUsers.linkedGuestUsers.posts": "WhereId",
        "linkedGuestUsers.linkedPrimaryUser.id": "WhereId",
        "linkedGuestUsers.linkedPrimaryUser.email": "WhereIndexedText",
        "linkedGuestUsers.linkedPrimaryUser.imageURL": "WhereText",
        "linkedGuestUsers.linkedPrimaryUser.type": "WhereText",
        "linkedGuestUsers.linkedPrimaryUser.linkedGuestUsers": "WhereId",
        "linkedGuestUsers.linkedPrimaryUser.linkedPrimaryUser": "WhereId",
        "linkedGuestUsers.linkedPrimaryUser.posts": "WhereId",
        "linkedGuestUsers.posts.id": "WhereId",
        "linkedGuestUsers.posts.meta": "WhereAny",
        "linkedGuestUsers.posts.publishedAt": "WhereIndexedDate",
        "linkedGuestUsers.posts.slug": "WhereIndexedText",
        "linkedGuestUsers.posts.title": "WhereText",
        "linkedGuestUsers.posts.author": "WhereId",
        "linkedGuestUsers.posts.comments": "WhereId",
        "linkedPrimaryUser.id": "WhereId",
        "linkedPrimaryUser.email": "WhereIndexedText",
        "linkedPrimaryUser.imageURL": "WhereText",
        "linkedPrimaryUser.type": "WhereText",
        "linkedPrimaryUser.linkedGuestUsers": "WhereId",
        "linkedPrimaryUser.linkedPrimaryUser": "WhereId",
        "linkedPrimaryUser.posts": "WhereId",
        "linkedPrimaryUser.linkedGuestUsers.id": "WhereId",
        "linkedPrimaryUser.linkedGuestUsers.email": "WhereIndexedText",
        "linkedPrimaryUser.linkedGuestUsers.imageURL": "WhereText",
        "linkedPrimaryUser.linkedGuestUsers.type": "WhereText",
        "linkedPrimaryUser.linkedGuestUsers.linkedGuestUsers": "WhereId",
        "linkedPrimaryUser.linkedGuestUsers.linkedPrimaryUser": "WhereId",
        "linkedPrimaryUser.linkedGuestUsers.posts": "WhereId",
        "linkedPrimaryUser.linkedPrimaryUser.id": "WhereId",
        "linkedPrimaryUser.linkedPrimaryUser.email": "WhereIndexedText",
        "linkedPrimaryUser.linkedPrimaryUser.imageURL": "WhereText",
        "linkedPrimaryUser.linkedPrimaryUser.type": "WhereText",
        "linkedPrimaryUser.linkedPrimaryUser.linkedGuestUsers": "WhereId",
        "linkedPrimaryUser.linkedPrimaryUser.linkedPrimaryUser": "WhereId",
        "linkedPrimaryUser.linkedPrimaryUser.posts": "WhereId",
        "linkedPrimaryUser.posts.id": "WhereId",
        "linkedPrimaryUser.posts.meta": "WhereAny",
        "linkedPrimaryUser.posts.publishedAt": "WhereIndexedDate",
        "linkedPrimaryUser.posts.slug": "WhereIndexedText",
        "linkedPrimaryUser.posts.title": "WhereText",
        "linkedPrimaryUser.posts.author": "WhereId",
        "linkedPrimaryUser.posts.comments": "WhereId",
        "posts.id": "WhereId",
        "posts.meta": "WhereAny",
        "posts.publishedAt": "WhereIndexedDate",
        "posts.slug": "WhereIndexedText",
        "posts.title": "WhereText",
        "posts.author": "WhereId",
        "posts.comments": "WhereId",
        "posts.author.id": "WhereId",
        "posts.author.email": "WhereIndexedText",
        "posts.author.imageURL": "WhereText",
        "posts.author.type": "WhereText",
        "posts.author.linkedGuestUsers": "WhereId",
        "posts.author.linkedPrimaryUser": "WhereId",
        "posts.author.posts": "WhereId",
        "posts.comments.id": "WhereId",
        "posts.comments.body": "WhereText",
        "posts.comments.likes": "WhereNumber",
        "posts.comments.post": "WhereId",
        "and": "list[SystemUsersWhere]",
        "or": "list[SystemUsersWhere]",
    },
    total=False,
)
"""Conditions about entities of `$users`."""


class SystemUsersOrder(TypedDict, total=False):
    """What entities of `$users` are ordered by: one of these."""

    serverCreatedAt: Direction
    email: Direction


class SystemUsersNestedOrder(TypedDict, total=False):
    """What entities of `$users` are ordered by: one of these."""

    serverCreatedAt: Direction
    id: Direction
    email: Direction
    imageURL: Direction
    type: Direction
    linkedPrimaryUser: Direction


class SystemUsersOptions(PageOptions, total=False):
    """Which entities of `$users` a query is about."""

    where: SystemUsersWhere
    fields: Sequence[SystemUsersField]
    order: SystemUsersOrder


class SystemUsersNestedOptions(TypedDict, total=False):
    """Which entities of `$users` stand inside of what links to them."""

    where: SystemUsersWhere
    fields: Sequence[SystemUsersField]
    order: SystemUsersNestedOrder
    limit: int


SystemUsersQuery = TypedDict(
    "SystemUsersQuery",
    {
        "$": "SystemUsersOptions",
        "linkedGuestUsers": "SystemUsersNested",
        "linkedPrimaryUser": "SystemUsersNested",
        "posts": "PostsNested",
    },
    total=False,
)
"""What is asked of `$users`."""

SystemUsersNested = TypedDict(
    "SystemUsersNested",
    {
        "$": "SystemUsersNestedOptions",
        "linkedGuestUsers": "SystemUsersNested",
        "linkedPrimaryUser": "SystemUsersNested",
        "posts": "PostsNested",
    },
    total=False,
)
"""What is asked of `$users` inside of what links to them."""

Query = TypedDict(
    "Query",
    {
        "$$ruleParams": "Mapping[str, Any]",
        "comments": "CommentsQuery",
        "posts": "PostsQuery",
        "$files": "SystemFilesQuery",
        "$streams": "SystemStreamsQuery",
        "$users": "SystemUsersQuery",
    },
    total=False,
)
"""A query: what is asked of each namespace."""

Rows = TypedDict(
    "Rows",
    {
        "comments": "list[CommentsRow]",
        "posts": "list[PostsRow]",
        "$files": "list[SystemFilesRow]",
        "$streams": "list[SystemStreamsRow]",
        "$users": "list[SystemUsersRow]",
    },
)
"""A query's result: the entities of each namespace that it asks for."""


class Tx(Protocol):
    """Where transactions begin."""

    @overload
    def __getitem__(self, namespace: Literal["comments"], /) -> CommentsBuilder: ...

    @overload
    def __getitem__(self, namespace: Literal["posts"], /) -> PostsBuilder: ...

    @overload
    def __getitem__(self, namespace: Literal["$files"], /) -> SystemFilesBuilder: ...

    @overload
    def __getitem__(
        self,
        namespace: Literal["$streams"],
        /,
    ) -> SystemStreamsBuilder: ...

    @overload
    def __getitem__(self, namespace: Literal["$users"], /) -> SystemUsersBuilder: ...

    comments: CommentsBuilder
    posts: PostsBuilder


Client: TypeAlias = InstantAdmin[Query, Rows, Tx]
"""The blocking client of an app with this schema: `Client(app_id, admin_token)`, `Client.local()`."""

AsyncClient: TypeAlias = AsyncInstantAdmin[Query, Rows, Tx]
"""The awaitable one."""
