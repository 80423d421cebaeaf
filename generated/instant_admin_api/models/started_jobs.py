from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.started_job import StartedJob


T = TypeVar("T", bound="StartedJobs")


@_attrs_define
class StartedJobs:
    group_id: str
    """ A UUID, hyphenated, in lower case. """
    jobs: list[StartedJob]

    def to_dict(self) -> dict[str, Any]:
        group_id = self.group_id

        jobs = []
        for jobs_item_data in self.jobs:
            jobs_item = jobs_item_data.to_dict()
            jobs.append(jobs_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "group-id": group_id,
                "jobs": jobs,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.started_job import StartedJob  # noqa: PLC0415

        d = dict(src_dict)
        group_id = d.pop("group-id")

        jobs = []
        _jobs = d.pop("jobs")
        for jobs_item_data in _jobs:
            jobs_item = StartedJob.from_dict(jobs_item_data)

            jobs.append(jobs_item)

        started_jobs = cls(
            group_id=group_id,
            jobs=jobs,
        )

        return started_jobs
