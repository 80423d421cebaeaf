from __future__ import annotations

from typing import Literal

JobType = Literal[
    "check-data-type",
    "index",
    "remove-data-type",
    "remove-index",
    "remove-required",
    "remove-unique",
    "required",
    "unique",
]

JOB_TYPE_VALUES: set[JobType] = {
    "check-data-type",
    "index",
    "remove-data-type",
    "remove-index",
    "remove-required",
    "remove-unique",
    "required",
    "unique",
}


def check_job_type(value: str) -> JobType:
    if value in JOB_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {JOB_TYPE_VALUES!r}")
