from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.job_type import JobType, check_job_type
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="CreateIndexingJobRequest")


@_attrs_define
class CreateIndexingJobRequest:
    attr_id: str
    """ UUID of the attribute. """
    job_type: JobType
    checked_data_type: None | str | Unset = UNSET
    """ `string`, `number`, `boolean` or `date`; needed for `check-data-type`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        attr_id = self.attr_id

        job_type: str = self.job_type

        checked_data_type: None | str | Unset
        if isinstance(self.checked_data_type, Unset):
            checked_data_type = UNSET
        else:
            checked_data_type = self.checked_data_type

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "attr-id": attr_id,
                "job-type": job_type,
            }
        )
        if checked_data_type is not UNSET:
            field_dict["checked-data-type"] = checked_data_type

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        attr_id = d.pop("attr-id")

        job_type = check_job_type(d.pop("job-type"))

        def _parse_checked_data_type(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        checked_data_type = _parse_checked_data_type(d.pop("checked-data-type", UNSET))

        create_indexing_job_request = cls(
            attr_id=attr_id,
            job_type=job_type,
            checked_data_type=checked_data_type,
        )

        create_indexing_job_request.additional_properties = d
        return create_indexing_job_request

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
