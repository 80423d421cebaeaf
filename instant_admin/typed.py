"""What the modules that `instant-admin types` makes are built from.

Conditions come in two kinds, since the server compares, orders and searches only what is indexed. The type of a
condition is a value to be equal to, or an object with exactly one operator: of more the server drops all but the first.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date
from typing import Any, Literal, TypeAlias, TypedDict
from uuid import UUID

from instant_admin._core.ids import Lookup
from instant_admin._core.transactions import NamespaceBuilder, TransactionChunk

__all__ = [
    "DateValue",
    "Direction",
    "LinkTarget",
    "LinkTargets",
    "NamespaceBuilder",
    "PageOptions",
    "StoredDate",
    "TransactionChunk",
    "WhereAny",
    "WhereBoolean",
    "WhereDate",
    "WhereId",
    "WhereIndexedBoolean",
    "WhereIndexedDate",
    "WhereIndexedNumber",
    "WhereIndexedText",
    "WhereNumber",
    "WhereText",
]

StoredDate: TypeAlias = str | float
"""A date as queries return it without `use_dates`: text, or epoch milliseconds, as it was stored."""

DateValue: TypeAlias = date | str | float
"""A date to write or to compare with: an aware datetime, a date, ISO text, or epoch milliseconds."""

LinkTarget: TypeAlias = str | UUID | Lookup
"""An entity to link to, by its id or by a unique attribute."""

LinkTargets: TypeAlias = LinkTarget | Sequence[LinkTarget] | Set[LinkTarget]
"""One or several entities to link to."""

Direction: TypeAlias = Literal["asc", "desc"]


class PageOptions(TypedDict, total=False):
    """What stands beside `where`, `order` and `fields` in the options of a namespace at the top of a query."""

    limit: int
    first: int
    last: int
    offset: int
    before: list[Any]
    after: list[Any]
    beforeInclusive: bool
    afterInclusive: bool
    aggregate: Literal["count"]


# Not sequences of text, since a text is one itself.
_Texts: TypeAlias = list[str] | list[str | None] | tuple[str | None, ...]
_Ids: TypeAlias = list[str] | list[UUID] | list[str | UUID] | tuple[str | UUID, ...]
_Dates: TypeAlias = _Texts | Sequence[date | float | None] | list[date | str | float | None]

_IsNull = TypedDict("_IsNull", {"$isNull": bool})

_IdIn = TypedDict("_IdIn", {"$in": _Ids})
_IdOldIn = TypedDict("_IdOldIn", {"in": _Ids})
_IdNot = TypedDict("_IdNot", {"$not": str | UUID})
_IdNe = TypedDict("_IdNe", {"$ne": str | UUID})
_IdSame: TypeAlias = _IdIn | _IdOldIn | _IdNot | _IdNe | _IsNull
WhereId: TypeAlias = str | UUID | _IdSame

_AnyIn = TypedDict("_AnyIn", {"$in": _Texts | Sequence[float | None]})
_AnyOldIn = TypedDict("_AnyOldIn", {"in": _Texts | Sequence[float | None]})
_AnyNot = TypedDict("_AnyNot", {"$not": str | float})
_AnyNe = TypedDict("_AnyNe", {"$ne": str | float})
_AnySame: TypeAlias = _AnyIn | _AnyOldIn | _AnyNot | _AnyNe | _IsNull
WhereAny: TypeAlias = str | float | _AnySame

_TextIn = TypedDict("_TextIn", {"$in": _Texts})
_TextOldIn = TypedDict("_TextOldIn", {"in": _Texts})
_TextNot = TypedDict("_TextNot", {"$not": str})
_TextNe = TypedDict("_TextNe", {"$ne": str})
_TextSame: TypeAlias = _TextIn | _TextOldIn | _TextNot | _TextNe | _IsNull
_TextGt = TypedDict("_TextGt", {"$gt": str})
_TextGte = TypedDict("_TextGte", {"$gte": str})
_TextLt = TypedDict("_TextLt", {"$lt": str})
_TextLte = TypedDict("_TextLte", {"$lte": str})
_TextLike = TypedDict("_TextLike", {"$like": str})
_TextIlike = TypedDict("_TextIlike", {"$ilike": str})
WhereText: TypeAlias = str | _TextSame
WhereIndexedText: TypeAlias = WhereText | _TextGt | _TextGte | _TextLt | _TextLte | _TextLike | _TextIlike

_NumberIn = TypedDict("_NumberIn", {"$in": Sequence[float | None]})
_NumberOldIn = TypedDict("_NumberOldIn", {"in": Sequence[float | None]})
_NumberNot = TypedDict("_NumberNot", {"$not": float})
_NumberNe = TypedDict("_NumberNe", {"$ne": float})
_NumberSame: TypeAlias = _NumberIn | _NumberOldIn | _NumberNot | _NumberNe | _IsNull
_NumberGt = TypedDict("_NumberGt", {"$gt": float})
_NumberGte = TypedDict("_NumberGte", {"$gte": float})
_NumberLt = TypedDict("_NumberLt", {"$lt": float})
_NumberLte = TypedDict("_NumberLte", {"$lte": float})
WhereNumber: TypeAlias = float | _NumberSame
WhereIndexedNumber: TypeAlias = WhereNumber | _NumberGt | _NumberGte | _NumberLt | _NumberLte

_BooleanIn = TypedDict("_BooleanIn", {"$in": Sequence[bool | None]})
_BooleanOldIn = TypedDict("_BooleanOldIn", {"in": Sequence[bool | None]})
_BooleanNot = TypedDict("_BooleanNot", {"$not": bool})
_BooleanNe = TypedDict("_BooleanNe", {"$ne": bool})
_BooleanSame: TypeAlias = _BooleanIn | _BooleanOldIn | _BooleanNot | _BooleanNe | _IsNull
_BooleanGt = TypedDict("_BooleanGt", {"$gt": bool})
_BooleanGte = TypedDict("_BooleanGte", {"$gte": bool})
_BooleanLt = TypedDict("_BooleanLt", {"$lt": bool})
_BooleanLte = TypedDict("_BooleanLte", {"$lte": bool})
WhereBoolean: TypeAlias = bool | _BooleanSame
WhereIndexedBoolean: TypeAlias = WhereBoolean | _BooleanGt | _BooleanGte | _BooleanLt | _BooleanLte

_DateIn = TypedDict("_DateIn", {"$in": _Dates})
_DateOldIn = TypedDict("_DateOldIn", {"in": _Dates})
_DateNot = TypedDict("_DateNot", {"$not": DateValue})
_DateNe = TypedDict("_DateNe", {"$ne": DateValue})
_DateSame: TypeAlias = _DateIn | _DateOldIn | _DateNot | _DateNe | _IsNull
_DateGt = TypedDict("_DateGt", {"$gt": DateValue})
_DateGte = TypedDict("_DateGte", {"$gte": DateValue})
_DateLt = TypedDict("_DateLt", {"$lt": DateValue})
_DateLte = TypedDict("_DateLte", {"$lte": DateValue})
WhereDate: TypeAlias = DateValue | _DateSame
WhereIndexedDate: TypeAlias = WhereDate | _DateGt | _DateGte | _DateLt | _DateLte
