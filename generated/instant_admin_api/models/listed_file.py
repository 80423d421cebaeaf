from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="ListedFile")


@_attrs_define
class ListedFile:
    key: str
    """ `<app>/<number>/<location id>`. """
    name: str
    """ The path. """
    size: int
    """ Bytes. """
    etag: None
    last_modified: None

    def to_dict(self) -> dict[str, Any]:
        key = self.key

        name = self.name

        size = self.size

        etag = self.etag

        last_modified = self.last_modified

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "key": key,
                "name": name,
                "size": size,
                "etag": etag,
                "last_modified": last_modified,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        key = d.pop("key")

        name = d.pop("name")

        size = d.pop("size")

        etag = d.pop("etag")

        last_modified = d.pop("last_modified")

        listed_file = cls(
            key=key,
            name=name,
            size=size,
            etag=etag,
            last_modified=last_modified,
        )

        return listed_file
