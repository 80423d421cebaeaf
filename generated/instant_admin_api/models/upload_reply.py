from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.uploaded_file import UploadedFile


T = TypeVar("T", bound="UploadReply")


@_attrs_define
class UploadReply:
    data: UploadedFile

    def to_dict(self) -> dict[str, Any]:
        data = self.data.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "data": data,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.uploaded_file import UploadedFile  # noqa: PLC0415

        d = dict(src_dict)
        data = UploadedFile.from_dict(d.pop("data"))

        upload_reply = cls(
            data=data,
        )

        return upload_reply
