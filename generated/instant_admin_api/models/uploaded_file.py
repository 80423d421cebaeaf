from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="UploadedFile")


@_attrs_define
class UploadedFile:
    id: str
    """ A UUID, hyphenated, in lower case. """
    location_id: str
    """ A UUID, hyphenated, in lower case. """
    size: int
    """ Bytes. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        location_id = self.location_id

        size = self.size

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "location-id": location_id,
                "size": size,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        location_id = d.pop("location-id")

        size = d.pop("size")

        uploaded_file = cls(
            id=id,
            location_id=location_id,
            size=size,
        )

        return uploaded_file
