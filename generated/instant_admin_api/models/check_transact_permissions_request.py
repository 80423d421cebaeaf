from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="CheckTransactPermissionsRequest")


@_attrs_define
class CheckTransactPermissionsRequest:
    steps: list[Any]
    """ Lists such as `["update", namespace, id, {...}]`. """
    throw_on_missing_attrs: Any | Unset = UNSET
    """ Flag. Refuse unknown attributes in place of creating them. """
    rules_override: Any | Unset = UNSET
    """ An object of rules that replaces all rules of the app; `{}` means none, null the app's own. """
    ip_override: float | str | Unset = UNSET
    """ What rules see as `request.ip`; not blank. """
    origin_override: float | str | Unset = UNSET
    """ What rules see as `request.origin`; not blank. """
    dangerously_commit_tx: Any | Unset = UNSET
    """ Flag. Keep the writes when all checks pass. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        steps = self.steps

        throw_on_missing_attrs = self.throw_on_missing_attrs

        rules_override = self.rules_override

        ip_override: float | str | Unset
        if isinstance(self.ip_override, Unset):
            ip_override = UNSET
        else:
            ip_override = self.ip_override

        origin_override: float | str | Unset
        if isinstance(self.origin_override, Unset):
            origin_override = UNSET
        else:
            origin_override = self.origin_override

        dangerously_commit_tx = self.dangerously_commit_tx

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "steps": steps,
            }
        )
        if throw_on_missing_attrs is not UNSET:
            field_dict["throw-on-missing-attrs?"] = throw_on_missing_attrs
        if rules_override is not UNSET:
            field_dict["rules-override"] = rules_override
        if ip_override is not UNSET:
            field_dict["ip-override"] = ip_override
        if origin_override is not UNSET:
            field_dict["origin-override"] = origin_override
        if dangerously_commit_tx is not UNSET:
            field_dict["dangerously-commit-tx"] = dangerously_commit_tx

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        steps = cast(list[Any], d.pop("steps"))

        throw_on_missing_attrs = d.pop("throw-on-missing-attrs?", UNSET)

        rules_override = d.pop("rules-override", UNSET)

        def _parse_ip_override(data: object) -> float | str | Unset:
            if isinstance(data, Unset):
                return data
            return cast(float | str | Unset, data)

        ip_override = _parse_ip_override(d.pop("ip-override", UNSET))

        def _parse_origin_override(data: object) -> float | str | Unset:
            if isinstance(data, Unset):
                return data
            return cast(float | str | Unset, data)

        origin_override = _parse_origin_override(d.pop("origin-override", UNSET))

        dangerously_commit_tx = d.pop("dangerously-commit-tx", UNSET)

        check_transact_permissions_request = cls(
            steps=steps,
            throw_on_missing_attrs=throw_on_missing_attrs,
            rules_override=rules_override,
            ip_override=ip_override,
            origin_override=origin_override,
            dangerously_commit_tx=dangerously_commit_tx,
        )

        check_transact_permissions_request.additional_properties = d
        return check_transact_permissions_request

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
