from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="DeletedFiles")


@_attrs_define
class DeletedFiles:
    ids: list[str]
    """ Of the files that existed, each once, in no order. """

    def to_dict(self) -> dict[str, Any]:
        ids = self.ids

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ids": ids,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        ids = cast(list[str], d.pop("ids"))

        deleted_files = cls(
            ids=ids,
        )

        return deleted_files
