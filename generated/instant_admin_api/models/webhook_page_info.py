from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="WebhookPageInfo")


@_attrs_define
class WebhookPageInfo:
    start_cursor: None | str
    """ Opaque. """
    end_cursor: None | str
    """ Opaque; goes into `after`. """
    has_next_page: bool

    def to_dict(self) -> dict[str, Any]:
        start_cursor: None | str
        start_cursor = self.start_cursor

        end_cursor: None | str
        end_cursor = self.end_cursor

        has_next_page = self.has_next_page

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "startCursor": start_cursor,
                "endCursor": end_cursor,
                "hasNextPage": has_next_page,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_start_cursor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        start_cursor = _parse_start_cursor(d.pop("startCursor"))

        def _parse_end_cursor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        end_cursor = _parse_end_cursor(d.pop("endCursor"))

        has_next_page = d.pop("hasNextPage")

        webhook_page_info = cls(
            start_cursor=start_cursor,
            end_cursor=end_cursor,
            has_next_page=has_next_page,
        )

        return webhook_page_info
