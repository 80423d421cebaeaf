"""The app's schema as types, for type checkers and editors.

Made by `python -m tests.support.typed_schemas`.
Do not edit it: change the schema, and make it again.
"""

from __future__ import annotations

from collections.abc import (
    Mapping,
    Sequence,
)
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
    StoredDate,
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
    "books",
    "bookshelves",
    "users",
    "$files",
    "$streams",
    "$users",
]

BooksAttribute: TypeAlias = Literal[
    "id",
    "author",
    "isbn13",
    "pageCount",
    "title",
]

BooksLink: TypeAlias = Literal["bookshelves"]

BooksField: TypeAlias = Literal[
    "id",
    "author",
    "isbn13",
    "pageCount",
    "title",
]

BooksUnique: TypeAlias = Literal[
    "id",
    "isbn13",
]


class BooksAttributes(TypedDict):
    """What an entity of `books` has by itself."""

    id: str
    author: NotRequired[str | None]
    isbn13: str | None
    pageCount: float | None
    title: str | None


class BooksRow(BooksAttributes):
    """An entity of `books` in a query's result, with the links that the query asks for."""

    bookshelves: list[BookshelvesRow]


class BooksCreate(TypedDict):
    """What a new entity of `books` is made of."""

    author: NotRequired[str | None]
    isbn13: NotRequired[str | None]
    pageCount: NotRequired[float | None]
    title: NotRequired[str | None]


class BooksUpdate(TypedDict, total=False):
    """What can be set of an entity of `books`."""

    author: str | None
    isbn13: str | None
    pageCount: float | None
    title: str | None


class BooksLinks(TypedDict, total=False):
    """What an entity of `books` can be linked to."""

    bookshelves: LinkTargets


BooksChunk: TypeAlias = TransactionChunk[
    BooksCreate,
    BooksUpdate,
    BooksLinks,
]

BooksBuilder: TypeAlias = NamespaceBuilder[
    BooksCreate,
    BooksUpdate,
    BooksLinks,
    BooksUnique,
]

BooksWhere = TypedDict(
    "BooksWhere",
    {
        "id": "WhereId",
        "author": "WhereText",
        "isbn13": "WhereIndexedText",
        "pageCount": "WhereIndexedNumber",
        "title": "WhereIndexedText",
        "bookshelves": "WhereId",
        "bookshelves.id": "WhereId",
        "bookshelves.name": "WhereAny",
        "bookshelves.order": "WhereIndexedNumber",
        "bookshelves.books": "WhereId",
        "bookshelves.users": "WhereId",
        "bookshelves.books.id": "WhereId",
        "bookshelves.books.author": "WhereText",
        "bookshelves.books.isbn13": "WhereIndexedText",
        "bookshelves.books.pageCount": "WhereIndexedNumber",
        "bookshelves.books.title": "WhereIndexedText",
        "bookshelves.books.bookshelves": "WhereId",
        "bookshelves.users.id": "WhereId",
        "bookshelves.users.createdAt": "WhereIndexedDate",
        "bookshelves.users.email": "WhereIndexedText",
        "bookshelves.users.fullName": "WhereText",
        "bookshelves.users.handle": "WhereIndexedText",
        "bookshelves.users.bookshelves": "WhereId",
        "and": "list[BooksWhere]",
        "or": "list[BooksWhere]",
    },
    total=False,
)
"""Conditions about entities of `books`."""


class BooksOrder(TypedDict, total=False):
    """What entities of `books` are ordered by: one of these."""

    serverCreatedAt: Direction
    isbn13: Direction
    pageCount: Direction
    title: Direction


class BooksNestedOrder(TypedDict, total=False):
    """What entities of `books` are ordered by: one of these."""

    serverCreatedAt: Direction
    id: Direction
    author: Direction
    isbn13: Direction
    pageCount: Direction
    title: Direction


class BooksOptions(PageOptions, total=False):
    """Which entities of `books` a query is about."""

    where: BooksWhere
    fields: Sequence[BooksField]
    order: BooksOrder


class BooksNestedOptions(TypedDict, total=False):
    """Which entities of `books` stand inside of what links to them."""

    where: BooksWhere
    fields: Sequence[BooksField]
    order: BooksNestedOrder
    limit: int


BooksQuery = TypedDict(
    "BooksQuery",
    {
        "$": "BooksOptions",
        "bookshelves": "BookshelvesNested",
    },
    total=False,
)
"""What is asked of `books`."""

BooksNested = TypedDict(
    "BooksNested",
    {
        "$": "BooksNestedOptions",
        "bookshelves": "BookshelvesNested",
    },
    total=False,
)
"""What is asked of `books` inside of what links to them."""

BookshelvesAttribute: TypeAlias = Literal[
    "id",
    "name",
    "order",
]

BookshelvesLink: TypeAlias = Literal[
    "books",
    "users",
]

BookshelvesField: TypeAlias = Literal[
    "id",
    "name",
    "order",
]

BookshelvesUnique: TypeAlias = Literal["id"]


class BookshelvesAttributes(TypedDict):
    """What an entity of `bookshelves` has by itself."""

    id: str
    name: NotRequired[Any]
    order: float | None


class BookshelvesRow(BookshelvesAttributes):
    """An entity of `bookshelves` in a query's result, with the links that the query asks for."""

    books: list[BooksRow]
    users: list[UsersRow]


class BookshelvesCreate(TypedDict):
    """What a new entity of `bookshelves` is made of."""

    name: NotRequired[Any]
    order: NotRequired[float | None]


class BookshelvesUpdate(TypedDict, total=False):
    """What can be set of an entity of `bookshelves`."""

    name: Any
    order: float | None


class BookshelvesLinks(TypedDict, total=False):
    """What an entity of `bookshelves` can be linked to."""

    books: LinkTargets
    users: LinkTargets


BookshelvesChunk: TypeAlias = TransactionChunk[
    BookshelvesCreate,
    BookshelvesUpdate,
    BookshelvesLinks,
]

BookshelvesBuilder: TypeAlias = NamespaceBuilder[
    BookshelvesCreate,
    BookshelvesUpdate,
    BookshelvesLinks,
    BookshelvesUnique,
]

BookshelvesWhere = TypedDict(
    "BookshelvesWhere",
    {
        "id": "WhereId",
        "name": "WhereAny",
        "order": "WhereIndexedNumber",
        "books": "WhereId",
        "users": "WhereId",
        "books.id": "WhereId",
        "books.author": "WhereText",
        "books.isbn13": "WhereIndexedText",
        "books.pageCount": "WhereIndexedNumber",
        "books.title": "WhereIndexedText",
        "books.bookshelves": "WhereId",
        "books.bookshelves.id": "WhereId",
        "books.bookshelves.name": "WhereAny",
        "books.bookshelves.order": "WhereIndexedNumber",
        "books.bookshelves.books": "WhereId",
        "books.bookshelves.users": "WhereId",
        "users.id": "WhereId",
        "users.createdAt": "WhereIndexedDate",
        "users.email": "WhereIndexedText",
        "users.fullName": "WhereText",
        "users.handle": "WhereIndexedText",
        "users.bookshelves": "WhereId",
        "users.bookshelves.id": "WhereId",
        "users.bookshelves.name": "WhereAny",
        "users.bookshelves.order": "WhereIndexedNumber",
        "users.bookshelves.books": "WhereId",
        "users.bookshelves.users": "WhereId",
        "and": "list[BookshelvesWhere]",
        "or": "list[BookshelvesWhere]",
    },
    total=False,
)
"""Conditions about entities of `bookshelves`."""


class BookshelvesOrder(TypedDict, total=False):
    """What entities of `bookshelves` are ordered by: one of these."""

    serverCreatedAt: Direction
    order: Direction


class BookshelvesNestedOrder(TypedDict, total=False):
    """What entities of `bookshelves` are ordered by: one of these."""

    serverCreatedAt: Direction
    id: Direction
    name: Direction
    order: Direction


class BookshelvesOptions(PageOptions, total=False):
    """Which entities of `bookshelves` a query is about."""

    where: BookshelvesWhere
    fields: Sequence[BookshelvesField]
    order: BookshelvesOrder


class BookshelvesNestedOptions(TypedDict, total=False):
    """Which entities of `bookshelves` stand inside of what links to them."""

    where: BookshelvesWhere
    fields: Sequence[BookshelvesField]
    order: BookshelvesNestedOrder
    limit: int


BookshelvesQuery = TypedDict(
    "BookshelvesQuery",
    {
        "$": "BookshelvesOptions",
        "books": "BooksNested",
        "users": "UsersNested",
    },
    total=False,
)
"""What is asked of `bookshelves`."""

BookshelvesNested = TypedDict(
    "BookshelvesNested",
    {
        "$": "BookshelvesNestedOptions",
        "books": "BooksNested",
        "users": "UsersNested",
    },
    total=False,
)
"""What is asked of `bookshelves` inside of what links to them."""

UsersAttribute: TypeAlias = Literal[
    "id",
    "createdAt",
    "email",
    "fullName",
    "handle",
]

UsersLink: TypeAlias = Literal["bookshelves"]

UsersField: TypeAlias = Literal[
    "id",
    "createdAt",
    "email",
    "fullName",
    "handle",
]

UsersUnique: TypeAlias = Literal[
    "id",
    "email",
    "handle",
]


class UsersAttributes(TypedDict):
    """What an entity of `users` has by itself."""

    id: str
    createdAt: StoredDate | None
    email: str | None
    fullName: NotRequired[str | None]
    handle: str | None


class UsersRow(UsersAttributes):
    """An entity of `users` in a query's result, with the links that the query asks for."""

    bookshelves: list[BookshelvesRow]


class UsersCreate(TypedDict):
    """What a new entity of `users` is made of."""

    createdAt: NotRequired[DateValue | None]
    email: NotRequired[str | None]
    fullName: NotRequired[str | None]
    handle: NotRequired[str | None]


class UsersUpdate(TypedDict, total=False):
    """What can be set of an entity of `users`."""

    createdAt: DateValue | None
    email: str | None
    fullName: str | None
    handle: str | None


class UsersLinks(TypedDict, total=False):
    """What an entity of `users` can be linked to."""

    bookshelves: LinkTargets


UsersChunk: TypeAlias = TransactionChunk[
    UsersCreate,
    UsersUpdate,
    UsersLinks,
]

UsersBuilder: TypeAlias = NamespaceBuilder[
    UsersCreate,
    UsersUpdate,
    UsersLinks,
    UsersUnique,
]

UsersWhere = TypedDict(
    "UsersWhere",
    {
        "id": "WhereId",
        "createdAt": "WhereIndexedDate",
        "email": "WhereIndexedText",
        "fullName": "WhereText",
        "handle": "WhereIndexedText",
        "bookshelves": "WhereId",
        "bookshelves.id": "WhereId",
        "bookshelves.name": "WhereAny",
        "bookshelves.order": "WhereIndexedNumber",
        "bookshelves.books": "WhereId",
        "bookshelves.users": "WhereId",
        "bookshelves.books.id": "WhereId",
        "bookshelves.books.author": "WhereText",
        "bookshelves.books.isbn13": "WhereIndexedText",
        "bookshelves.books.pageCount": "WhereIndexedNumber",
        "bookshelves.books.title": "WhereIndexedText",
        "bookshelves.books.bookshelves": "WhereId",
        "bookshelves.users.id": "WhereId",
        "bookshelves.users.createdAt": "WhereIndexedDate",
        "bookshelves.users.email": "WhereIndexedText",
        "bookshelves.users.fullName": "WhereText",
        "bookshelves.users.handle": "WhereIndexedText",
        "bookshelves.users.bookshelves": "WhereId",
        "and": "list[UsersWhere]",
        "or": "list[UsersWhere]",
    },
    total=False,
)
"""Conditions about entities of `users`."""


class UsersOrder(TypedDict, total=False):
    """What entities of `users` are ordered by: one of these."""

    serverCreatedAt: Direction
    createdAt: Direction
    email: Direction
    handle: Direction


class UsersNestedOrder(TypedDict, total=False):
    """What entities of `users` are ordered by: one of these."""

    serverCreatedAt: Direction
    id: Direction
    createdAt: Direction
    email: Direction
    fullName: Direction
    handle: Direction


class UsersOptions(PageOptions, total=False):
    """Which entities of `users` a query is about."""

    where: UsersWhere
    fields: Sequence[UsersField]
    order: UsersOrder


class UsersNestedOptions(TypedDict, total=False):
    """Which entities of `users` stand inside of what links to them."""

    where: UsersWhere
    fields: Sequence[UsersField]
    order: UsersNestedOrder
    limit: int


UsersQuery = TypedDict(
    "UsersQuery",
    {
        "$": "UsersOptions",
        "bookshelves": "BookshelvesNested",
    },
    total=False,
)
"""What is asked of `users`."""

UsersNested = TypedDict(
    "UsersNested",
    {
        "$": "UsersNestedOptions",
        "bookshelves": "BookshelvesNested",
    },
    total=False,
)
"""What is asked of `users` inside of what links to them."""

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
        "linkedGuestUsers.id": "WhereId",
        "linkedGuestUsers.email": "WhereIndexedText",
        "linkedGuestUsers.imageURL": "WhereText",
        "linkedGuestUsers.type": "WhereText",
        "linkedGuestUsers.linkedGuestUsers": "WhereId",
        "linkedGuestUsers.linkedPrimaryUser": "WhereId",
        "linkedGuestUsers.linkedGuestUsers.id": "WhereId",
        "linkedGuestUsers.linkedGuestUsers.email": "WhereIndexedText",
        "linkedGuestUsers.linkedGuestUsers.imageURL": "WhereText",
        "linkedGuestUsers.linkedGuestUsers.type": "WhereText",
        "linkedGuestUsers.linkedGuestUsers.linkedGuestUsers": "WhereId",
        "linkedGuestUsers.linkedGuestUsers.linkedPrimaryUser": "WhereId",
        "linkedGuestUsers.linkedPrimaryUser.id": "WhereId",
        "linkedGuestUsers.linkedPrimaryUser.email": "WhereIndexedText",
        "linkedGuestUsers.linkedPrimaryUser.imageURL": "WhereText",
        "linkedGuestUsers.linkedPrimaryUser.type": "WhereText",
        "linkedGuestUsers.linkedPrimaryUser.linkedGuestUsers": "WhereId",
        "linkedGuestUsers.linkedPrimaryUser.linkedPrimaryUser": "WhereId",
        "linkedPrimaryUser.id": "WhereId",
        "linkedPrimaryUser.email": "WhereIndexedText",
        "linkedPrimaryUser.imageURL": "WhereText",
        "linkedPrimaryUser.type": "WhereText",
        "linkedPrimaryUser.linkedGuestUsers": "WhereId",
        "linkedPrimaryUser.linkedPrimaryUser": "WhereId",
        "linkedPrimaryUser.linkedGuestUsers.id": "WhereId",
        "linkedPrimaryUser.linkedGuestUsers.email": "WhereIndexedText",
        "linkedPrimaryUser.linkedGuestUsers.imageURL": "WhereText",
        "linkedPrimaryUser.linkedGuestUsers.type": "WhereText",
        "linkedPrimaryUser.linkedGuestUsers.linkedGuestUsers": "WhereId",
        "linkedPrimaryUser.linkedGuestUsers.linkedPrimaryUser": "WhereId",
        "linkedPrimaryUser.linkedPrimaryUser.id": "WhereId",
        "linkedPrimaryUser.linkedPrimaryUser.email": "WhereIndexedText",
        "linkedPrimaryUser.linkedPrimaryUser.imageURL": "WhereText",
        "linkedPrimaryUser.linkedPrimaryUser.type": "WhereText",
        "linkedPrimaryUser.linkedPrimaryUser.linkedGuestUsers": "WhereId",
        "linkedPrimaryUser.linkedPrimaryUser.linkedPrimaryUser": "WhereId",
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
    },
    total=False,
)
"""What is asked of `$users` inside of what links to them."""

Query = TypedDict(
    "Query",
    {
        "$$ruleParams": "Mapping[str, Any]",
        "books": "BooksQuery",
        "bookshelves": "BookshelvesQuery",
        "users": "UsersQuery",
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
        "books": "list[BooksRow]",
        "bookshelves": "list[BookshelvesRow]",
        "users": "list[UsersRow]",
        "$files": "list[SystemFilesRow]",
        "$streams": "list[SystemStreamsRow]",
        "$users": "list[SystemUsersRow]",
    },
)
"""A query's result: the entities of each namespace that it asks for."""


class Tx(Protocol):
    """Where transactions begin."""

    @overload
    def __getitem__(self, namespace: Literal["books"], /) -> BooksBuilder: ...

    @overload
    def __getitem__(
        self,
        namespace: Literal["bookshelves"],
        /,
    ) -> BookshelvesBuilder: ...

    @overload
    def __getitem__(self, namespace: Literal["users"], /) -> UsersBuilder: ...

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

    books: BooksBuilder
    bookshelves: BookshelvesBuilder
    users: UsersBuilder


Client: TypeAlias = InstantAdmin[Query, Rows, Tx]
"""The blocking client of an app with this schema: `Client(app_id, admin_token)`, `Client.local()`."""

AsyncClient: TypeAlias = AsyncInstantAdmin[Query, Rows, Tx]
"""The awaitable one."""
