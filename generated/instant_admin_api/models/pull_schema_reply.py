from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.attribute import Attribute
    from ..models.compiled_schema import CompiledSchema


T = TypeVar("T", bound="PullSchemaReply")


@_attrs_define
class PullSchemaReply:
    schema: CompiledSchema
    attrs: list[Attribute]
    app_title: str

    def to_dict(self) -> dict[str, Any]:
        schema = self.schema.to_dict()

        attrs = []
        for attrs_item_data in self.attrs:
            attrs_item = attrs_item_data.to_dict()
            attrs.append(attrs_item)

        app_title = self.app_title

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "schema": schema,
                "attrs": attrs,
                "app-title": app_title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attribute import Attribute  # noqa: PLC0415
        from ..models.compiled_schema import CompiledSchema  # noqa: PLC0415

        d = dict(src_dict)
        schema = CompiledSchema.from_dict(d.pop("schema"))

        attrs = []
        _attrs = d.pop("attrs")
        for attrs_item_data in _attrs:
            attrs_item = Attribute.from_dict(attrs_item_data)

            attrs.append(attrs_item)

        app_title = d.pop("app-title")

        pull_schema_reply = cls(
            schema=schema,
            attrs=attrs,
            app_title=app_title,
        )

        return pull_schema_reply
