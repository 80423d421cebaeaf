from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="CreateUploadUrlReply")


@_attrs_define
class CreateUploadUrlReply:
    data: str
    """ `<origin>/storage/<uuid>/consume-upload-url`. """

    def to_dict(self) -> dict[str, Any]:
        data = self.data

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "data": data,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        data = d.pop("data")

        create_upload_url_reply = cls(
            data=data,
        )

        return create_upload_url_reply
