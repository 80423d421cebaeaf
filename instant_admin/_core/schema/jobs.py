"""Indexing jobs: what the server does in the background after a push (server contract, schema 1.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import msgspec

_UNFINISHED: Final = frozenset({"waiting", "processing"})

_REASONS: Final = {
    "triple-not-unique-error": "several entities have the same value",
    "invalid-triple-error": "there are values of other types",
    "missing-required-error": "there are entities without a value",
    "triple-too-large-error": "there are values too large for an index",
}


@dataclass(frozen=True, slots=True)
class InvalidValue:
    """A stored value that a job failed at."""

    entity_id: str
    value: Any
    json_type: str | None
    """ "string", "number", "boolean", "object", "array" or "null"."""


@dataclass(frozen=True, slots=True)
class IndexingJob:
    """One change of an attribute's flags or type that the server makes in the background."""

    id: str
    attribute: str
    """Such as "goals.title"."""
    kind: str
    """ "index", "unique", "required", "check-data-type", or one of these removed, such as "remove-index"."""
    status: str
    """ "waiting", "processing", "completed" or "errored"."""
    data_type: str | None = None
    """What "check-data-type" asks for."""
    work_completed: int | None = None
    work_estimate: int | None = None
    error: str | None = None
    """The server's name of why it failed, such as "triple-not-unique-error"."""
    sample: tuple[InvalidValue, ...] = field(default=(), repr=False)
    """Some of the values that it failed at, at most 10."""
    details: Any = field(default=None, repr=False)
    """What the server adds to some errors, such as how many entities lack a required value."""

    @property
    def is_finished(self) -> bool:
        """Whether it has ended, well or not."""
        return self.status not in _UNFINISHED

    @property
    def is_failed(self) -> bool:
        """Whether it has ended without doing its work; the attribute is as it was."""
        return self.is_finished and self.status != "completed"

    def __str__(self) -> str:
        kind = f"{self.kind} {self.data_type}" if self.data_type else self.kind
        if self.is_failed:
            return f"{self.attribute}: {kind} failed, {_REASONS.get(self.error or '', self.error or self.status)}"
        work = f" {self.work_completed}/{self.work_estimate}" if self.work_estimate and not self.is_finished else ""
        return f"{self.attribute}: {kind} {self.status}{work}"


OnProgress: TypeAlias = Callable[[tuple[IndexingJob, ...]], object]
"""Told of all jobs of a push whenever one of them has got on."""


def read_jobs(body: bytes) -> tuple[IndexingJob, ...]:
    """The jobs of a push, ordered by attribute and kind, since the server has no order.

    Raises:
        ValueError: There is none: the server knows no such group.
    """
    jobs = [_read(job) for job in msgspec.json.decode(body)["jobs"]]
    if not jobs:
        raise ValueError("no jobs")
    return tuple(sorted(jobs, key=lambda job: (job.attribute, job.kind, job.id)))


def _read(job: Mapping[str, Any]) -> IndexingJob:
    return IndexingJob(
        id=str(job["id"]),
        attribute=str(job.get("attr_name") or job["attr_id"]),
        kind=str(job["job_type"]),
        status=str(job["job_status"]),
        data_type=job.get("checked_data_type"),
        work_completed=job.get("work_completed"),
        work_estimate=job.get("work_estimate"),
        error=job.get("error"),
        sample=tuple(
            InvalidValue(str(one["entity_id"]), one.get("value"), one.get("json_type"))
            for one in job.get("invalid_triples_sample") or ()
        ),
        details=job.get("error_data"),
    )
