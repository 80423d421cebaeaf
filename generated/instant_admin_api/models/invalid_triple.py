from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="InvalidTriple")


@_attrs_define
class InvalidTriple:
    entity_id: str
    """ A UUID, hyphenated, in lower case. """
    value: Any
    """ Of any type. """
    json_type: str

    def to_dict(self) -> dict[str, Any]:
        entity_id = self.entity_id

        value = self.value

        json_type = self.json_type

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "entity_id": entity_id,
                "value": value,
                "json_type": json_type,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        entity_id = d.pop("entity_id")

        value = d.pop("value")

        json_type = d.pop("json_type")

        invalid_triple = cls(
            entity_id=entity_id,
            value=value,
            json_type=json_type,
        )

        return invalid_triple
