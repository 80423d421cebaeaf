from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="StartedJob")


@_attrs_define
class StartedJob:
    """A job as the server stores it; see IndexingJob for what is stable."""

    id: str
    """ A UUID, hyphenated, in lower case. """
    app_id: str
    """ A UUID, hyphenated, in lower case. """
    group_id: str
    """ A UUID, hyphenated, in lower case. """
    attr_id: str
    """ A UUID, hyphenated, in lower case. """
    job_type: str
    job_status: str
    job_stage: str
    created_at: str
    """ UTC, with a precision of a second. """
    updated_at: str
    """ UTC, with a precision of a second. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        app_id = self.app_id

        group_id = self.group_id

        attr_id = self.attr_id

        job_type = self.job_type

        job_status = self.job_status

        job_stage = self.job_stage

        created_at = self.created_at

        updated_at = self.updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "app_id": app_id,
                "group_id": group_id,
                "attr_id": attr_id,
                "job_type": job_type,
                "job_status": job_status,
                "job_stage": job_stage,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        app_id = d.pop("app_id")

        group_id = d.pop("group_id")

        attr_id = d.pop("attr_id")

        job_type = d.pop("job_type")

        job_status = d.pop("job_status")

        job_stage = d.pop("job_stage")

        created_at = d.pop("created_at")

        updated_at = d.pop("updated_at")

        started_job = cls(
            id=id,
            app_id=app_id,
            group_id=group_id,
            attr_id=attr_id,
            job_type=job_type,
            job_status=job_status,
            job_stage=job_stage,
            created_at=created_at,
            updated_at=updated_at,
        )

        started_job.additional_properties = d
        return started_job

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
