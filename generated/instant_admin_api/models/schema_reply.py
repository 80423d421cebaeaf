from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.compiled_schema import CompiledSchema


T = TypeVar("T", bound="SchemaReply")


@_attrs_define
class SchemaReply:
    schema: CompiledSchema

    def to_dict(self) -> dict[str, Any]:
        schema = self.schema.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "schema": schema,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.compiled_schema import CompiledSchema  # noqa: PLC0415

        d = dict(src_dict)
        schema = CompiledSchema.from_dict(d.pop("schema"))

        schema_reply = cls(
            schema=schema,
        )

        return schema_reply
