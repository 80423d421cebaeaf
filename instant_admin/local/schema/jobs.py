"""Indexing jobs: changes of flags and types that the server does in the background.

Here they are done at once; what is asked for is answered as waiting, and whoever asks later sees the end, good or bad.
A job that fails leaves the attribute as it was (server contract, schema 1.5).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from instant_admin.local.attributes import Attribute
from instant_admin.local.errors import Refusal
from instant_admin.local.schema import findings
from instant_admin.local.schema.changes import settle
from instant_admin.local.schema.findings import Held
from instant_admin.local.schema.refusals import json_type
from instant_admin.local.store.attribute_rows import owner_of
from instant_admin.local.store.units import ReadUnit, WriteUnit
from instant_admin.local.timestamps import timestamp

_SAMPLE = 10
"""The most entities that a failed job names."""


class _Failure(msgspec.Struct, frozen=True):
    """Why a job failed, and at which stage."""

    error: str
    stage: str
    sample: list[dict[str, Any]] | None
    unique_value: Any = None
    data: dict[str, Any] | None = None


class Job(msgspec.Struct, frozen=True):
    """A job that has been done, or has failed."""

    id: str
    group_id: str | None
    attribute_id: str
    type: str
    data_type: str | None
    created_ms: int
    work: int
    failure: _Failure | None


_Check = Callable[[WriteUnit, Attribute, str | None], _Failure | None]
"""Finds out whether the data allows it; the last argument is the data type that is asked for."""


class _Kind(NamedTuple):
    """What a type of jobs does."""

    serial_key: str
    """Jobs of one key and attribute never run together; only shown."""
    first_stage: str
    last_stage: str
    property: str
    """What it changes of the attribute."""
    value: bool | None = None
    """What that becomes; of `CHECK_TYPE` the data type that is asked for."""
    check: _Check | None = None


def run_job(
    unit: WriteUnit, attribute_id: str, type: str, data_type: str | None = None, *, group_id: str | None = None
) -> Job:
    """Do a job and note how it went.

    Args:
        unit: The transaction.
        attribute_id: What it is about.
        type: One of `JOB_TYPES`.
        data_type: For `check-data-type`.
        group_id: The push that it belongs to.

    Raises:
        Refusal: There is no such attribute, or it is the system's.
    """
    attribute = unit.attributes.by_id(attribute_id)
    if attribute is None or attribute.is_system:
        hint = {"attr-id": attribute_id, "record-type": "attrs"}
        raise Refusal("record-not-found", "Record not found: attrs", hint)
    kind = _KINDS[type]
    failure = kind.check(unit, attribute, data_type) if kind.check else None
    if failure is None:
        value = data_type if type == CHECK_TYPE else kind.value
        settle(unit, [(attribute, attribute.changed(**{kind.property: value}))])
    job = Job(
        id=str(uuid4()),
        group_id=group_id,
        attribute_id=attribute_id,
        type=type,
        data_type=data_type,
        created_ms=unit.now_ms,
        work=_entities_of(unit, attribute.etype),
        failure=failure,
    )
    unit.db.execute(
        "INSERT INTO indexing_job (app, id, group_id, detail) VALUES (?, ?, ?, ?)",
        (unit.app.key, job.id, group_id, msgspec.json.encode(job).decode()),
    )
    return job


def find_job(unit: ReadUnit, id: str) -> Job | None:
    """The job with an id, in this app."""
    row = unit.db.execute("SELECT detail FROM indexing_job WHERE app = ? AND id = ?", (unit.app.key, id)).fetchone()
    return None if row is None else _read(row[0])


def jobs_of_group(unit: ReadUnit, group_id: str) -> list[Job]:
    """The jobs of one push, in the order of its steps."""
    rows = unit.db.execute(
        "SELECT detail FROM indexing_job WHERE app = ? AND group_id = ? ORDER BY rowid", (unit.app.key, group_id)
    )
    return [_read(detail) for (detail,) in rows]


def as_made(unit: ReadUnit, job: Job) -> dict[str, Any]:
    """A job as the reply to who asks for it shows it: waiting."""
    created = timestamp(job.created_ms)
    return {
        "id": job.id,
        "app_id": unit.app.id,
        "group_id": job.group_id,
        "attr_id": job.attribute_id,
        "job_type": job.type,
        "job_status": "waiting",
        "job_stage": _KINDS[job.type].first_stage,
        "work_estimate": None,
        "work_completed": None,
        "error": None,
        "error_data": None,
        "checked_data_type": job.data_type,
        "created_at": created,
        "updated_at": created,
        "done_at": None,
        "invalid_unique_value": None,
    }


def as_row(unit: ReadUnit, job: Job) -> dict[str, Any]:
    """A job as the reply to a push shows it: waiting, with the internal columns."""
    internal = dict.fromkeys(("job_dependency", "worker_id", "invalid_entity_id", "error_detail", "context"))
    return as_made(unit, job) | internal | {"job_serial_key": _KINDS[job.type].serial_key}


def as_ended(unit: ReadUnit, job: Job) -> dict[str, Any]:
    """A job as the job endpoints show it."""
    shown = as_made(unit, job) | {
        "attr_name": _attribute_name(unit, job.attribute_id),
        "invalid_triples_sample": None,
        "work_estimate": job.work,
        "work_completed": job.work,
    }
    if job.failure is None:
        return shown | {
            "job_status": "completed",
            "job_stage": _KINDS[job.type].last_stage,
            "done_at": timestamp(job.created_ms),
        }
    return shown | {
        "job_status": "errored",
        "job_stage": job.failure.stage,
        "error": job.failure.error,
        "error_data": job.failure.data,
        "invalid_unique_value": job.failure.unique_value,
        "invalid_triples_sample": job.failure.sample,
    }


def _read(detail: str) -> Job:
    return msgspec.json.decode(detail, type=Job)


def _attribute_name(unit: ReadUnit, id: str) -> str | None:
    owner = owner_of(unit.db, id)
    return None if owner is None else f"{owner[1].etype}.{owner[1].label}"


def _entities_of(unit: ReadUnit, etype: str) -> int:
    row = unit.db.execute("SELECT count(*) FROM entity WHERE app = ? AND etype = ?", (unit.app.key, etype)).fetchone()
    return int(row[0])


def _check_size(unit: WriteUnit, attribute: Attribute, _: str | None) -> _Failure | None:
    large = findings.too_large(unit, attribute)
    return _Failure("triple-too-large-error", "update-triples", _sample(large)) if large else None


def _check_unique(unit: WriteUnit, attribute: Attribute, data_type: str | None) -> _Failure | None:
    sharing = findings.repeated(unit, attribute)
    if not sharing:
        return _check_size(unit, attribute, data_type)
    return _Failure("triple-not-unique-error", "update-triples", _sample(sharing), unique_value=sharing[0].value)


def _check_type(unit: WriteUnit, attribute: Attribute, data_type: str | None) -> _Failure | None:
    assert data_type is not None, "this job is about a type"
    misfits = findings.misfits(unit, attribute, data_type)
    return _Failure("invalid-triple-error", "validate", _sample(misfits)) if misfits else None


def _check_required(unit: WriteUnit, attribute: Attribute, _: str | None) -> _Failure | None:
    ids = findings.lacking(unit, attribute)
    if not ids:
        return None
    named = ids[:_SAMPLE]
    # System namespaces are counted but not sampled: recording sch_system_flags.
    sample = None if attribute.etype.startswith("$") else _sample([Held(id, None) for id in named])
    data = {"count": len(ids), "etype": attribute.etype, "label": attribute.label, "entity-ids": named}
    return _Failure("missing-required-error", "validate", sample, data=data)


def _sample(held: Sequence[Held]) -> list[dict[str, Any]]:
    return [{"entity_id": id, "value": value, "json_type": json_type(value)} for id, value in held[:_SAMPLE]]


CHECK_TYPE = "check-data-type"
_FLAG_STAGES = ("update-attr-start", "update-attr-done")
_KINDS = {
    "index": _Kind("index", *_FLAG_STAGES, "indexed", True, _check_size),
    "remove-index": _Kind("index", *_FLAG_STAGES, "indexed", False),
    "unique": _Kind("unique", *_FLAG_STAGES, "unique", True, _check_unique),
    "remove-unique": _Kind("unique", *_FLAG_STAGES, "unique", False),
    "required": _Kind("required", "estimate-work", "revalidate", "required", True, _check_required),
    "remove-required": _Kind("required", "update-attr", "update-attr", "required", False),
    CHECK_TYPE: _Kind("data-type", "estimate-work", "update-attr-done", "checked_data_type", check=_check_type),
    "remove-data-type": _Kind("data-type", *_FLAG_STAGES, "checked_data_type"),
}
JOB_TYPES = frozenset(_KINDS)
