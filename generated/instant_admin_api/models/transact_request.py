from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="TransactRequest")


@_attrs_define
class TransactRequest:
    steps: list[Any]
    """ Lists such as `["update", namespace, id, {...}]`. None is fine and still makes a transaction. """
    throw_on_missing_attrs: Any | Unset = UNSET
    """ Flag. Refuse unknown attributes in place of creating them. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        steps = self.steps

        throw_on_missing_attrs = self.throw_on_missing_attrs

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "steps": steps,
            }
        )
        if throw_on_missing_attrs is not UNSET:
            field_dict["throw-on-missing-attrs?"] = throw_on_missing_attrs

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        steps = cast(list[Any], d.pop("steps"))

        throw_on_missing_attrs = d.pop("throw-on-missing-attrs?", UNSET)

        transact_request = cls(
            steps=steps,
            throw_on_missing_attrs=throw_on_missing_attrs,
        )

        transact_request.additional_properties = d
        return transact_request

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
