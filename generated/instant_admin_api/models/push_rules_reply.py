from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.stored_rules import StoredRules


T = TypeVar("T", bound="PushRulesReply")


@_attrs_define
class PushRulesReply:
    rules: None | StoredRules

    def to_dict(self) -> dict[str, Any]:
        from ..models.stored_rules import StoredRules  # noqa: PLC0415

        rules: dict[str, Any] | None
        if isinstance(self.rules, StoredRules):
            rules = self.rules.to_dict()
        else:
            rules = self.rules

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "rules": rules,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.stored_rules import StoredRules  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_rules(data: object) -> None | StoredRules:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                rules_type_0 = StoredRules.from_dict(data)

                return rules_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | StoredRules, data)

        rules = _parse_rules(d.pop("rules"))

        push_rules_reply = cls(
            rules=rules,
        )

        return push_rules_reply
