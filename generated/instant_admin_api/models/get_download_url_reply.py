from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="GetDownloadUrlReply")


@_attrs_define
class GetDownloadUrlReply:
    data: None | str
    """ The URL, or null when there is no such file. """

    def to_dict(self) -> dict[str, Any]:
        data: None | str
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

        def _parse_data(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        data = _parse_data(d.pop("data"))

        get_download_url_reply = cls(
            data=data,
        )

        return get_download_url_reply
