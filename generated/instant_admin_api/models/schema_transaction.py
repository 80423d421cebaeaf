from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="SchemaTransaction")


@_attrs_define
class SchemaTransaction:
    """Empty when nothing was written."""

    id: int | Unset = UNSET
    app_id: str | Unset = UNSET
    """ A UUID, hyphenated, in lower case. """
    created_at: str | Unset = UNSET
    """ UTC, with a precision of a second. """
    results: Any | Unset = UNSET
    """ The server's own. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        app_id = self.app_id

        created_at = self.created_at

        results = self.results

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if app_id is not UNSET:
            field_dict["app_id"] = app_id
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if results is not UNSET:
            field_dict["results"] = results

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        app_id = d.pop("app_id", UNSET)

        created_at = d.pop("created_at", UNSET)

        results = d.pop("results", UNSET)

        schema_transaction = cls(
            id=id,
            app_id=app_id,
            created_at=created_at,
            results=results,
        )

        return schema_transaction
