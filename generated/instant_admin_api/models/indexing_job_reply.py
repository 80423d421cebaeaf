from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.indexing_job import IndexingJob


T = TypeVar("T", bound="IndexingJobReply")


@_attrs_define
class IndexingJobReply:
    job: IndexingJob
    """ Empty for an unknown job. """

    def to_dict(self) -> dict[str, Any]:
        job = self.job.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "job": job,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.indexing_job import IndexingJob  # noqa: PLC0415

        d = dict(src_dict)
        job = IndexingJob.from_dict(d.pop("job"))

        indexing_job_reply = cls(
            job=job,
        )

        return indexing_job_reply
