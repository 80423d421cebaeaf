from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.schema_transaction import SchemaTransaction
    from ..models.started_jobs import StartedJobs


T = TypeVar("T", bound="ApplySchemaStepsReply")


@_attrs_define
class ApplySchemaStepsReply:
    transaction: SchemaTransaction
    """ Empty when nothing was written. """
    steps: list[Any]
    """ As sent; steps that are jobs have a `job-id` besides. """
    indexing_jobs: None | StartedJobs

    def to_dict(self) -> dict[str, Any]:
        from ..models.started_jobs import StartedJobs  # noqa: PLC0415

        transaction = self.transaction.to_dict()

        steps = self.steps

        indexing_jobs: dict[str, Any] | None
        if isinstance(self.indexing_jobs, StartedJobs):
            indexing_jobs = self.indexing_jobs.to_dict()
        else:
            indexing_jobs = self.indexing_jobs

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "transaction": transaction,
                "steps": steps,
                "indexing-jobs": indexing_jobs,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.schema_transaction import SchemaTransaction  # noqa: PLC0415
        from ..models.started_jobs import StartedJobs  # noqa: PLC0415

        d = dict(src_dict)
        transaction = SchemaTransaction.from_dict(d.pop("transaction"))

        steps = cast(list[Any], d.pop("steps"))

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

        apply_schema_steps_reply = cls(
            transaction=transaction,
            steps=steps,
            indexing_jobs=indexing_jobs,
        )

        return apply_schema_steps_reply
