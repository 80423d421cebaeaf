from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="StreamFile")


@_attrs_define
class StreamFile:
    id: str
    """ A UUID, hyphenated, in lower case. """
    size: int
    """ Bytes. """
    url: str

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        size = self.size

        url = self.url

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "size": size,
                "url": url,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        size = d.pop("size")

        url = d.pop("url")

        stream_file = cls(
            id=id,
            size=size,
            url=url,
        )

        return stream_file
