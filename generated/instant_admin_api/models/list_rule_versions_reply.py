from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.rule_version import RuleVersion


T = TypeVar("T", bound="ListRuleVersionsReply")


@_attrs_define
class ListRuleVersionsReply:
    versions: list[RuleVersion]

    def to_dict(self) -> dict[str, Any]:
        versions = []
        for versions_item_data in self.versions:
            versions_item = versions_item_data.to_dict()
            versions.append(versions_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "versions": versions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rule_version import RuleVersion  # noqa: PLC0415

        d = dict(src_dict)
        versions = []
        _versions = d.pop("versions")
        for versions_item_data in _versions:
            versions_item = RuleVersion.from_dict(versions_item_data)

            versions.append(versions_item)

        list_rule_versions_reply = cls(
            versions=versions,
        )

        return list_rule_versions_reply
