from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.attributes import Attributes
    from ..models.namespaces import Namespaces


T = TypeVar("T", bound="CompiledSchema")


@_attrs_define
class CompiledSchema:
    refs: Attributes
    """ By label, or by any key for links. """
    blobs: Namespaces
    """ By namespace. """

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
        from ..models.attributes import Attributes  # noqa: PLC0415
        from ..models.namespaces import Namespaces  # noqa: PLC0415

        d = dict(src_dict)
        refs = Attributes.from_dict(d.pop("refs"))

        blobs = Namespaces.from_dict(d.pop("blobs"))

        compiled_schema = cls(
            refs=refs,
            blobs=blobs,
        )

        return compiled_schema
