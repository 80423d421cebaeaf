from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.invalid_triple import InvalidTriple


T = TypeVar("T", bound="IndexingJob")


@_attrs_define
class IndexingJob:
    """Empty for an unknown job."""

    id: str | Unset = UNSET
    """ A UUID, hyphenated, in lower case. """
    app_id: str | Unset = UNSET
    """ A UUID, hyphenated, in lower case. """
    group_id: None | str | Unset = UNSET
    """ Null for a job out of a push. """
    attr_id: str | Unset = UNSET
    """ A UUID, hyphenated, in lower case. """
    attr_name: str | Unset = UNSET
    """ `namespace.label`. Absent when the job was just made. """
    job_type: str | Unset = UNSET
    job_status: str | Unset = UNSET
    """ `waiting`, `processing`, `completed` or `errored`. """
    job_stage: str | Unset = UNSET
    work_estimate: int | None | Unset = UNSET
    work_completed: int | None | Unset = UNSET
    error: None | str | Unset = UNSET
    """ `invalid-triple-error`, `triple-too-large-error`, `triple-not-unique-error`, `missing-required-error`,
    `invalid-attr-state-error` or `unexpected-error`.
     """
    error_data: Any | Unset = UNSET
    """ Object or null; what is missing, for `missing-required-error`. """
    checked_data_type: None | str | Unset = UNSET
    created_at: str | Unset = UNSET
    """ UTC, with a precision of a second. """
    updated_at: str | Unset = UNSET
    """ UTC, with a precision of a second. """
    done_at: None | str | Unset = UNSET
    """ Null until completed, and for failed jobs. """
    invalid_unique_value: Any | Unset = UNSET
    """ The value that several entities share, of any type. """
    invalid_triples_sample: list[InvalidTriple] | None | Unset = UNSET
    """ At most 10. Absent when the job was just made. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        app_id = self.app_id

        group_id: None | str | Unset
        if isinstance(self.group_id, Unset):
            group_id = UNSET
        else:
            group_id = self.group_id

        attr_id = self.attr_id

        attr_name = self.attr_name

        job_type = self.job_type

        job_status = self.job_status

        job_stage = self.job_stage

        work_estimate: int | None | Unset
        if isinstance(self.work_estimate, Unset):
            work_estimate = UNSET
        else:
            work_estimate = self.work_estimate

        work_completed: int | None | Unset
        if isinstance(self.work_completed, Unset):
            work_completed = UNSET
        else:
            work_completed = self.work_completed

        error: None | str | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        else:
            error = self.error

        error_data = self.error_data

        checked_data_type: None | str | Unset
        if isinstance(self.checked_data_type, Unset):
            checked_data_type = UNSET
        else:
            checked_data_type = self.checked_data_type

        created_at = self.created_at

        updated_at = self.updated_at

        done_at: None | str | Unset
        if isinstance(self.done_at, Unset):
            done_at = UNSET
        else:
            done_at = self.done_at

        invalid_unique_value = self.invalid_unique_value

        invalid_triples_sample: list[dict[str, Any]] | None | Unset
        if isinstance(self.invalid_triples_sample, Unset):
            invalid_triples_sample = UNSET
        elif isinstance(self.invalid_triples_sample, list):
            invalid_triples_sample = []
            for invalid_triples_sample_type_0_item_data in self.invalid_triples_sample:
                invalid_triples_sample_type_0_item = invalid_triples_sample_type_0_item_data.to_dict()
                invalid_triples_sample.append(invalid_triples_sample_type_0_item)

        else:
            invalid_triples_sample = self.invalid_triples_sample

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if app_id is not UNSET:
            field_dict["app_id"] = app_id
        if group_id is not UNSET:
            field_dict["group_id"] = group_id
        if attr_id is not UNSET:
            field_dict["attr_id"] = attr_id
        if attr_name is not UNSET:
            field_dict["attr_name"] = attr_name
        if job_type is not UNSET:
            field_dict["job_type"] = job_type
        if job_status is not UNSET:
            field_dict["job_status"] = job_status
        if job_stage is not UNSET:
            field_dict["job_stage"] = job_stage
        if work_estimate is not UNSET:
            field_dict["work_estimate"] = work_estimate
        if work_completed is not UNSET:
            field_dict["work_completed"] = work_completed
        if error is not UNSET:
            field_dict["error"] = error
        if error_data is not UNSET:
            field_dict["error_data"] = error_data
        if checked_data_type is not UNSET:
            field_dict["checked_data_type"] = checked_data_type
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if done_at is not UNSET:
            field_dict["done_at"] = done_at
        if invalid_unique_value is not UNSET:
            field_dict["invalid_unique_value"] = invalid_unique_value
        if invalid_triples_sample is not UNSET:
            field_dict["invalid_triples_sample"] = invalid_triples_sample

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.invalid_triple import InvalidTriple  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        app_id = d.pop("app_id", UNSET)

        def _parse_group_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        group_id = _parse_group_id(d.pop("group_id", UNSET))

        attr_id = d.pop("attr_id", UNSET)

        attr_name = d.pop("attr_name", UNSET)

        job_type = d.pop("job_type", UNSET)

        job_status = d.pop("job_status", UNSET)

        job_stage = d.pop("job_stage", UNSET)

        def _parse_work_estimate(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        work_estimate = _parse_work_estimate(d.pop("work_estimate", UNSET))

        def _parse_work_completed(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        work_completed = _parse_work_completed(d.pop("work_completed", UNSET))

        def _parse_error(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        error_data = d.pop("error_data", UNSET)

        def _parse_checked_data_type(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        checked_data_type = _parse_checked_data_type(d.pop("checked_data_type", UNSET))

        created_at = d.pop("created_at", UNSET)

        updated_at = d.pop("updated_at", UNSET)

        def _parse_done_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        done_at = _parse_done_at(d.pop("done_at", UNSET))

        invalid_unique_value = d.pop("invalid_unique_value", UNSET)

        def _parse_invalid_triples_sample(data: object) -> list[InvalidTriple] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                invalid_triples_sample_type_0 = []
                _invalid_triples_sample_type_0 = data
                for invalid_triples_sample_type_0_item_data in _invalid_triples_sample_type_0:
                    invalid_triples_sample_type_0_item = InvalidTriple.from_dict(
                        invalid_triples_sample_type_0_item_data
                    )

                    invalid_triples_sample_type_0.append(invalid_triples_sample_type_0_item)

                return invalid_triples_sample_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[InvalidTriple] | None | Unset, data)

        invalid_triples_sample = _parse_invalid_triples_sample(d.pop("invalid_triples_sample", UNSET))

        indexing_job = cls(
            id=id,
            app_id=app_id,
            group_id=group_id,
            attr_id=attr_id,
            attr_name=attr_name,
            job_type=job_type,
            job_status=job_status,
            job_stage=job_stage,
            work_estimate=work_estimate,
            work_completed=work_completed,
            error=error,
            error_data=error_data,
            checked_data_type=checked_data_type,
            created_at=created_at,
            updated_at=updated_at,
            done_at=done_at,
            invalid_unique_value=invalid_unique_value,
            invalid_triples_sample=invalid_triples_sample,
        )

        return indexing_job
