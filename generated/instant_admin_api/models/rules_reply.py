from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="RulesReply")


@_attrs_define
class RulesReply:
    perms: Any
    """ Object of rules by namespace, or null. """

    def to_dict(self) -> dict[str, Any]:
        perms = self.perms

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "perms": perms,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        perms = d.pop("perms")

        rules_reply = cls(
            perms=perms,
        )

        return rules_reply
