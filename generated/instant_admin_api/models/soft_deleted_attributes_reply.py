from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.attribute import Attribute


T = TypeVar("T", bound="SoftDeletedAttributesReply")


@_attrs_define
class SoftDeletedAttributesReply:
    attrs: list[Attribute]
    grace_period_days: int
    """ Days, 2. """

    def to_dict(self) -> dict[str, Any]:
        attrs = []
        for attrs_item_data in self.attrs:
            attrs_item = attrs_item_data.to_dict()
            attrs.append(attrs_item)

        grace_period_days = self.grace_period_days

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "attrs": attrs,
                "grace-period-days": grace_period_days,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attribute import Attribute  # noqa: PLC0415

        d = dict(src_dict)
        attrs = []
        _attrs = d.pop("attrs")
        for attrs_item_data in _attrs:
            attrs_item = Attribute.from_dict(attrs_item_data)

            attrs.append(attrs_item)

        grace_period_days = d.pop("grace-period-days")

        soft_deleted_attributes_reply = cls(
            attrs=attrs,
            grace_period_days=grace_period_days,
        )

        return soft_deleted_attributes_reply
