from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="PageInfo")


@_attrs_define
class PageInfo:
    start_cursor: Any
    """ Entity id, attribute id, value, time of creation in epoch milliseconds (without the latter on an external
    Postgres). Null on an empty page.
     """
    end_cursor: Any
    """ Entity id, attribute id, value, time of creation in epoch milliseconds (without the latter on an external
    Postgres). Null on an empty page.
     """
    has_next_page: bool
    has_previous_page: bool

    def to_dict(self) -> dict[str, Any]:
        start_cursor = self.start_cursor

        end_cursor = self.end_cursor

        has_next_page = self.has_next_page

        has_previous_page = self.has_previous_page

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "start-cursor": start_cursor,
                "end-cursor": end_cursor,
                "has-next-page?": has_next_page,
                "has-previous-page?": has_previous_page,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        start_cursor = d.pop("start-cursor")

        end_cursor = d.pop("end-cursor")

        has_next_page = d.pop("has-next-page?")

        has_previous_page = d.pop("has-previous-page?")

        page_info = cls(
            start_cursor=start_cursor,
            end_cursor=end_cursor,
            has_next_page=has_next_page,
            has_previous_page=has_previous_page,
        )

        return page_info
