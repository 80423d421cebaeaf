from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="SubscribeQueryRequest")


@_attrs_define
class SubscribeQueryRequest:
    query: Any
    """ An InstaQL object. `$$ruleParams` belongs inside it. """
    inference: Any | Unset = UNSET
    """ Flag. Singular links come back as an object or null in place of a list. """
    versions: Any | Unset = UNSET
    """ Object of client packages and their versions; not read. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        query = self.query

        inference = self.inference

        versions = self.versions

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "query": query,
            }
        )
        if inference is not UNSET:
            field_dict["inference?"] = inference
        if versions is not UNSET:
            field_dict["versions"] = versions

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        query = d.pop("query")

        inference = d.pop("inference?", UNSET)

        versions = d.pop("versions", UNSET)

        subscribe_query_request = cls(
            query=query,
            inference=inference,
            versions=versions,
        )

        subscribe_query_request.additional_properties = d
        return subscribe_query_request

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
