"""Doing the steps of a plan: attributes in one transaction, then the jobs, of which one that fails undoes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from uuid import uuid4

from instant_admin.local.errors import bad_request, validation_failed
from instant_admin.local.schema.attributes import add_attributes, delete_attributes
from instant_admin.local.schema.changes import update_attributes
from instant_admin.local.schema.definitions import DATA_TYPES, read_planned
from instant_admin.local.schema.jobs import CHECK_TYPE, JOB_TYPES, Job, as_row, run_job
from instant_admin.local.schema.plan import Options, Step, plan
from instant_admin.local.status import check_writable
from instant_admin.local.store.stored_value import as_stored, is_uuid
from instant_admin.local.store.units import WriteUnit
from instant_admin.local.timestamps import timestamp


def apply_schema(unit: WriteUnit, schema: object, options: Options) -> dict[str, Any]:
    """Plan and do what a pushed schema wants, as replies show it.

    Raises:
        Refusal: The schema is refused, or the data does not fit what is done at once.
    """
    planned = plan(unit.attributes, schema, options)
    return planned | _done(unit, planned["steps"])


def add_to_new_app(unit: WriteUnit, schema: object) -> None:
    """Give an app without attributes of its own a schema.

    Raises:
        Refusal: The schema is refused.
    """
    apply_schema(unit, schema, Options(check_types=True, background=False))


def apply_steps(unit: WriteUnit, steps: object) -> dict[str, Any]:
    """Do steps as they are given, as replies show it. Unknown operations are passed over.

    Args:
        unit: The transaction.
        steps: A list, or an object, which counts as the list of its pairs.

    Raises:
        Refusal: A step is malformed, an attribute is refused, or the data does not fit what is done at once.
    """
    if isinstance(steps, Mapping):
        given: list[Any] = [list(pair) for pair in cast("Mapping[str, Any]", steps).items()]
    else:
        given = list(cast("Sequence[Any]", steps))
    faults = [number for number, step in enumerate(given) if not isinstance(step, list | dict)]
    if faults:
        raise validation_failed("tx-steps", given, [{"expected": "coll?", "in": [faults[-1]]}])
    if [] in given or {} in given:
        raise bad_request("A step needs an operation.")
    return _done(unit, given)


def _done(unit: WriteUnit, steps: Sequence[Any]) -> dict[str, Any]:
    changes: dict[str, list[Any]] = {}
    for step in steps:
        if (operation := _operation(step)) in _CHANGES:
            changes.setdefault(operation, []).append(_parameters(step))
    if changes:
        check_writable(unit.app)
    for operation, parameters in changes.items():
        _CHANGES[operation](unit, parameters)
    transaction = _transaction(unit) if changes else {}
    group_id = str(uuid4())
    shown: list[Any] = []
    jobs: list[Job] = []
    for step in steps:
        if _operation(step) in JOB_TYPES:
            jobs.append(_run(unit, step, group_id))
            step = [step[0], {**step[1], "job-id": jobs[-1].id}]
        shown.append(step)
    group = {"group-id": group_id, "jobs": [as_row(unit, job) for job in jobs]} if jobs else None
    return {"transaction": transaction, "steps": shown, "indexing-jobs": group}


def _operation(step: Any) -> str:
    """What a step is to do; empty for what is none."""
    return step[0] if isinstance(step, list) and isinstance(step[0], str) else ""


def _run(unit: WriteUnit, step: Step, group_id: str) -> Job:
    parameters = _parameters(step)
    if not isinstance(parameters, dict) or not is_uuid(parameters.get("attr-id")):
        raise bad_request(f"The step `{step[0]}` needs an `attr-id`.")
    data_type = parameters.get("checked-data-type") if step[0] == CHECK_TYPE else None
    if step[0] == CHECK_TYPE and data_type not in DATA_TYPES:
        raise bad_request(f"The step `{step[0]}` needs a `checked-data-type`.")
    return run_job(unit, parameters["attr-id"], step[0], data_type, group_id=group_id)


def _parameters(step: Step) -> Any:
    return as_stored(step[1]) if len(step) > 1 else None


def _transaction(unit: WriteUnit) -> dict[str, Any]:
    return {
        "id": unit.next_transaction_id(),
        "app_id": unit.app.id,
        "created_at": timestamp(unit.now_ms),
        "results": {},
    }


def _add(unit: WriteUnit, definitions: Sequence[object]) -> None:
    add_attributes(unit, [read_planned(definition) for definition in definitions])


def _update(unit: WriteUnit, changes: Sequence[object]) -> None:
    for change in changes:
        if not isinstance(change, dict) or not is_uuid(change.get("id")):
            raise bad_request("The step `update-attr` needs an attribute with an `id`.")
    update_attributes(unit, cast("Sequence[dict[str, Any]]", changes))


def _delete(unit: WriteUnit, ids: Sequence[object]) -> None:
    if not all(is_uuid(id) for id in ids):
        raise bad_request("The step `delete-attr` needs the id of an attribute.")
    delete_attributes(unit, cast("Sequence[str]", ids))


_CHANGES: dict[str, Callable[[WriteUnit, Sequence[Any]], None]] = {
    "add-attr": _add,
    "update-attr": _update,
    "delete-attr": _delete,
}
