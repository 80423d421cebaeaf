from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.planned_attributes import PlannedAttributes
    from ..models.planned_namespaces import PlannedNamespaces


T = TypeVar("T", bound="PlannedSchema")


@_attrs_define
class PlannedSchema:
    refs: PlannedAttributes
    blobs: PlannedNamespaces

    def to_dict(self) -> dict[str, Any]:
        refs = self.refs.to_dict()

        blobs = self.blobs.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "refs": refs,
                "blobs": blobs,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.planned_attributes import PlannedAttributes  # noqa: PLC0415
        from ..models.planned_namespaces import PlannedNamespaces  # noqa: PLC0415

        d = dict(src_dict)
        refs = PlannedAttributes.from_dict(d.pop("refs"))

        blobs = PlannedNamespaces.from_dict(d.pop("blobs"))

        planned_schema = cls(
            refs=refs,
            blobs=blobs,
        )

        return planned_schema
