from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.attribute import Attribute
    from ..models.compiled_schema import CompiledSchema
    from ..models.planned_schema import PlannedSchema


T = TypeVar("T", bound="SchemaPlanReply")


@_attrs_define
class SchemaPlanReply:
    new_schema: PlannedSchema
    current_schema: CompiledSchema
    current_attrs: list[Attribute]
    """ Every attribute, hidden ones of the system too. """
    steps: list[list[Any]]
    """ Pairs of operation and parameters. """

    def to_dict(self) -> dict[str, Any]:
        new_schema = self.new_schema.to_dict()

        current_schema = self.current_schema.to_dict()

        current_attrs = []
        for current_attrs_item_data in self.current_attrs:
            current_attrs_item = current_attrs_item_data.to_dict()
            current_attrs.append(current_attrs_item)

        steps = []
        for steps_item_data in self.steps:
            steps_item = steps_item_data

            steps.append(steps_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "new-schema": new_schema,
                "current-schema": current_schema,
                "current-attrs": current_attrs,
                "steps": steps,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attribute import Attribute  # noqa: PLC0415
        from ..models.compiled_schema import CompiledSchema  # noqa: PLC0415
        from ..models.planned_schema import PlannedSchema  # noqa: PLC0415

        d = dict(src_dict)
        new_schema = PlannedSchema.from_dict(d.pop("new-schema"))

        current_schema = CompiledSchema.from_dict(d.pop("current-schema"))

        current_attrs = []
        _current_attrs = d.pop("current-attrs")
        for current_attrs_item_data in _current_attrs:
            current_attrs_item = Attribute.from_dict(current_attrs_item_data)

            current_attrs.append(current_attrs_item)

        steps = []
        _steps = d.pop("steps")
        for steps_item_data in _steps:
            steps_item = cast(list[Any], steps_item_data)

            steps.append(steps_item)

        schema_plan_reply = cls(
            new_schema=new_schema,
            current_schema=current_schema,
            current_attrs=current_attrs,
            steps=steps,
        )

        return schema_plan_reply
