from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.aggregates import Aggregates
    from ..models.page_infos import PageInfos


T = TypeVar("T", bound="ResultMeta")


@_attrs_define
class ResultMeta:
    page_info: PageInfos
    """ By namespace, for those that order, limit, offset or have a cursor. """
    aggregate: Aggregates
    """ By namespace, for those that count. """

    def to_dict(self) -> dict[str, Any]:
        page_info = self.page_info.to_dict()

        aggregate = self.aggregate.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "page-info": page_info,
                "aggregate": aggregate,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.aggregates import Aggregates  # noqa: PLC0415
        from ..models.page_infos import PageInfos  # noqa: PLC0415

        d = dict(src_dict)
        page_info = PageInfos.from_dict(d.pop("page-info"))

        aggregate = Aggregates.from_dict(d.pop("aggregate"))

        result_meta = cls(
            page_info=page_info,
            aggregate=aggregate,
        )

        return result_meta
