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
    WhereBoolean,
    WhereDate,
    WhereId,
    WhereIndexedNumber,
    WhereIndexedText,
    WhereNumber,
    WhereText,
)

Namespace: TypeAlias = Literal[
    "my-things",
    "$files",
    "$streams",
    "$users",
]

MyThingsAttribute: TypeAlias = Literal[
    "id",
    "$y",
    "_x",
    "a b",
    "ż",
]

MyThingsLink: TypeAlias = Literal["the files"]

MyThingsField: TypeAlias = Literal[
    "id",
    "$y",
    "_x",
    "a b",
    "ż",
]

MyThingsUnique: TypeAlias = Literal["id"]

MyThingsAttributes = TypedDict(
    "MyThingsAttributes",
    {
        "id": "str",
        "$y": "NotRequired[StoredDate | None]",
        "_x": "bool",
        "a b": "str",
        "ż": "float",
    },
)
"""What an entity of `my-things` has by itself."""

MyThingsRow = TypedDict(
    "MyThingsRow",
    {
        "id": "str",
        "$y": "NotRequired[StoredDate | None]",
        "_x": "bool",
        "a b": "str",
        "ż": "float",
        "the files": "list[SystemFilesRow]",
    },
)
"""An entity of `my-things` in a query's result, with the links that the query asks for."""

MyThingsCreate = TypedDict(
    "MyThingsCreate",
    {
        "$y": "NotRequired[DateValue | None]",
        "_x": "bool",
        "a b": "str",
        "ż": "float",
    },
)
"""What a new entity of `my-things` is made of."""

MyThingsUpdate = TypedDict(
    "MyThingsUpdate",
    {
        "$y": "DateValue | None",
        "_x": "bool",
        "a b": "str",
        "ż": "float",
    },
    total=False,
)
"""What can be set of an entity of `my-things`."""

MyThingsLinks = TypedDict(
    "MyThingsLinks",
    {
        "the files": "LinkTargets",
    },
    total=False,
)
"""What an entity of `my-things` can be linked to."""

MyThingsChunk: TypeAlias = TransactionChunk[
    MyThingsCreate,
    MyThingsUpdate,
    MyThingsLinks,
]

MyThingsBuilder: TypeAlias = NamespaceBuilder[
    MyThingsCreate,
    MyThingsUpdate,
    MyThingsLinks,
    MyThingsUnique,
]

MyThingsWhere = TypedDict(
    "MyThingsWhere",
    {
        "id": "WhereId",
        "$y": "WhereDate",
        "_x": "WhereBoolean",
        "a b": "WhereText",
        "ż": "WhereNumber",
        "the files": "WhereId",
        "the files.id": "WhereId",
        "the files.content-disposition": "WhereIndexedText",
        "the files.content-type": "WhereIndexedText",
        "the files.key-version": "WhereNumber",
        "the files.location-id": "WhereIndexedText",
        "the files.path": "WhereIndexedText",
        "the files.size": "WhereIndexedNumber",
        "the files.url": "WhereText",
        "the files.$stream": "WhereId",
        "the files.thing": "WhereId",
        "the files.$stream.id": "WhereId",
        "the files.$stream.abortReason": "WhereText",
        "the files.$stream.clientId": "WhereIndexedText",
        "the files.$stream.done": "WhereBoolean",
        "the files.$stream.hashedReconnectToken": "WhereText",
        "the files.$stream.machineId": "WhereText",
        "the files.$stream.size": "WhereNumber",
        "the files.$stream.$files": "WhereId",
        "the files.thing.id": "WhereId",
        "the files.thing.$y": "WhereDate",
        "the files.thing._x": "WhereBoolean",
        "the files.thing.a b": "WhereText",
        "the files.thing.ż": "WhereNumber",
        "the files.thing.the files": "WhereId",
        "and": "list[MyThingsWhere]",
        "or": "list[MyThingsWhere]",
    },
    total=False,
)
"""Conditions about entities of `my-things`."""


class MyThingsOrder(TypedDict, total=False):
    """What entities of `my-things` are ordered by: one of these."""

    serverCreatedAt: Direction


MyThingsNestedOrder = TypedDict(
    "MyThingsNestedOrder",
    {
        "serverCreatedAt": "Direction",
        "id": "Direction",
        "$y": "Direction",
        "_x": "Direction",
        "a b": "Direction",
        "ż": "Direction",
    },
    total=False,
)
"""What entities of `my-things` are ordered by: one of these."""


class MyThingsOptions(PageOptions, total=False):
    """Which entities of `my-things` a query is about."""

    where: MyThingsWhere
    fields: Sequence[MyThingsField]
    order: MyThingsOrder


class MyThingsNestedOptions(TypedDict, total=False):
    """Which entities of `my-things` stand inside of what links to them."""

    where: MyThingsWhere
    fields: Sequence[MyThingsField]
    order: MyThingsNestedOrder
    limit: int


MyThingsQuery = TypedDict(
    "MyThingsQuery",
    {
        "$": "MyThingsOptions",
        "the files": "SystemFilesNested",
    },
    total=False,
)
"""What is asked of `my-things`."""

MyThingsNested = TypedDict(
    "MyThingsNested",
    {
        "$": "MyThingsNestedOptions",
        "the files": "SystemFilesNested",
    },
    total=False,
)
"""What is asked of `my-things` inside of what links to them."""

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

SystemFilesLink: TypeAlias = Literal[
    "$stream",
    "thing",
]

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
        "path": "str",
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
        "path": "str",
        "size": "NotRequired[float | None]",
        "url": "NotRequired[str | None]",
        "$stream": "SystemStreamsRow | None",
        "thing": "MyThingsRow | None",
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
        "path": "str",
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
        "path": "str",
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
        "thing": "LinkTarget",
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
        "thing": "WhereId",
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
        "$stream.$files.thing": "WhereId",
        "thing.id": "WhereId",
        "thing.$y": "WhereDate",
        "thing._x": "WhereBoolean",
        "thing.a b": "WhereText",
        "thing.ż": "WhereNumber",
        "thing.the files": "WhereId",
        "thing.the files.id": "WhereId",
        "thing.the files.content-disposition": "WhereIndexedText",
        "thing.the files.content-type": "WhereIndexedText",
        "thing.the files.key-version": "WhereNumber",
        "thing.the files.location-id": "WhereIndexedText",
        "thing.the files.path": "WhereIndexedText",
        "thing.the files.size": "WhereIndexedNumber",
        "thing.the files.url": "WhereText",
        "thing.the files.$stream": "WhereId",
        "thing.the files.thing": "WhereId",
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
        "thing": "MyThingsNested",
    },
    total=False,
)
"""What is asked of `$files`."""

SystemFilesNested = TypedDict(
    "SystemFilesNested",
    {
        "$": "SystemFilesNestedOptions",
        "$stream": "SystemStreamsNested",
        "thing": "MyThingsNested",
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
        "$files.thing": "WhereId",
        "$files.$stream.id": "WhereId",
        "$files.$stream.abortReason": "WhereText",
        "$files.$stream.clientId": "WhereIndexedText",
        "$files.$stream.done": "WhereBoolean",
        "$files.$stream.hashedReconnectToken": "WhereText",
        "$files.$stream.machineId": "WhereText",
        "$files.$stream.size": "WhereNumber",
        "$files.$stream.$files": "WhereId",
        "$files.thing.id": "WhereId",
        "$files.thing.$y": "WhereDate",
        "$files.thing._x": "WhereBoolean",
        "$files.thing.a b": "WhereText",
        "$files.thing.ż": "WhereNumber",
        "$files.thing.the files": "WhereId",
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
        "my-things": "MyThingsQuery",
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
        "my-things": "list[MyThingsRow]",
        "$files": "list[SystemFilesRow]",
        "$streams": "list[SystemStreamsRow]",
        "$users": "list[SystemUsersRow]",
    },
)
"""A query's result: the entities of each namespace that it asks for."""


class Tx(Protocol):
    """Where transactions begin."""

    @overload
    def __getitem__(self, namespace: Literal["my-things"], /) -> MyThingsBuilder: ...

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


Client: TypeAlias = InstantAdmin[Query, Rows, Tx]
"""The blocking client of an app with this schema: `Client(app_id, admin_token)`, `Client.local()`."""

AsyncClient: TypeAlias = AsyncInstantAdmin[Query, Rows, Tx]
"""The awaitable one."""
