from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.attribute import Attribute
    from ..models.compiled_schema import CompiledSchema
    from ..models.planned_schema import PlannedSchema
    from ..models.schema_transaction import SchemaTransaction
    from ..models.started_jobs import StartedJobs


T = TypeVar("T", bound="ApplySchemaReply")


@_attrs_define
class ApplySchemaReply:
    new_schema: PlannedSchema
    current_schema: CompiledSchema
    current_attrs: list[Attribute]
    """ Every attribute, hidden ones of the system too. """
    steps: list[list[Any]]
    """ As planned; steps that are jobs have a `job-id` besides. """
    transaction: SchemaTransaction
    """ Empty when nothing was written. """
    indexing_jobs: None | StartedJobs

    def to_dict(self) -> dict[str, Any]:
        from ..models.started_jobs import StartedJobs  # noqa: PLC0415

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

        transaction = self.transaction.to_dict()

        indexing_jobs: dict[str, Any] | None
        if isinstance(self.indexing_jobs, StartedJobs):
            indexing_jobs = self.indexing_jobs.to_dict()
        else:
            indexing_jobs = self.indexing_jobs

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "new-schema": new_schema,
                "current-schema": current_schema,
                "current-attrs": current_attrs,
                "steps": steps,
                "transaction": transaction,
                "indexing-jobs": indexing_jobs,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attribute import Attribute  # noqa: PLC0415
        from ..models.compiled_schema import CompiledSchema  # noqa: PLC0415
        from ..models.planned_schema import PlannedSchema  # noqa: PLC0415
        from ..models.schema_transaction import SchemaTransaction  # noqa: PLC0415
        from ..models.started_jobs import StartedJobs  # noqa: PLC0415

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

        transaction = SchemaTransaction.from_dict(d.pop("transaction"))

        def _parse_indexing_jobs(data: object) -> None | StartedJobs:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                indexing_jobs_type_0 = StartedJobs.from_dict(data)

                return indexing_jobs_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | StartedJobs, data)

        indexing_jobs = _parse_indexing_jobs(d.pop("indexing-jobs"))

        apply_schema_reply = cls(
            new_schema=new_schema,
            current_schema=current_schema,
            current_attrs=current_attrs,
            steps=steps,
            transaction=transaction,
            indexing_jobs=indexing_jobs,
        )

        return apply_schema_reply
