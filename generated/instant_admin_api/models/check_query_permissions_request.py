from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="CheckQueryPermissionsRequest")


@_attrs_define
class CheckQueryPermissionsRequest:
    query: Any
    """ An InstaQL object. `$$ruleParams` belongs inside it. """
    inference: Any | Unset = UNSET
    """ Flag. Singular links come back as an object or null in place of a list. """
    rules_override: Any | Unset = UNSET
    """ An object of rules that replaces all rules of the app; `{}` means none, null the app's own. """
    ip_override: float | str | Unset = UNSET
    """ What rules see as `request.ip`; not blank. """
    origin_override: float | str | Unset = UNSET
    """ What rules see as `request.origin`; not blank. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        query = self.query

        inference = self.inference

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "query": query,
            }
        )
        if inference is not UNSET:
            field_dict["inference?"] = inference
        if rules_override is not UNSET:
            field_dict["rules-override"] = rules_override
        if ip_override is not UNSET:
            field_dict["ip-override"] = ip_override
        if origin_override is not UNSET:
            field_dict["origin-override"] = origin_override

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        query = d.pop("query")

        inference = d.pop("inference?", UNSET)

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

        check_query_permissions_request = cls(
            query=query,
            inference=inference,
            rules_override=rules_override,
            ip_override=ip_override,
            origin_override=origin_override,
        )

        check_query_permissions_request.additional_properties = d
        return check_query_permissions_request

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
