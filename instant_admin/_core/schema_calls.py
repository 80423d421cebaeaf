"""Schema pushes: from arguments to calls. All are made as the app itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from instant_admin._core.context import Context
from instant_admin._core.generated import wire_request
from instant_admin._core.schema.attributes import WireObject, read_attributes, schema_of
from instant_admin._core.schema.jobs import IndexingJob, read_jobs
from instant_admin._core.schema.plan import SchemaPlan, make_plan
from instant_admin._core.schema.problems import Problems
from instant_admin._core.schema.steps import Step
from instant_admin._core.schema.values import Schema
from instant_admin._core.wire import Call
from instant_admin.errors import InvalidArgumentError


@dataclass(frozen=True, slots=True)
class Pulled:
    """What an app has."""

    schema: Schema
    attributes: list[WireObject]
    """As the server shows them, the system's included."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What the server did with steps."""

    tx_id: int | None
    group_id: str | None
    """The jobs that it does in the background, if any."""


def checked_schema(schema: object) -> Schema:
    """The schema that was given, if it is without conflicts.

    Raises:
        InvalidArgumentError: It is no schema.
        SchemaError: It is malformed, or holds conflicts.
    """
    if isinstance(schema, Mapping):
        schema = Schema.from_json(schema)
    if not isinstance(schema, Schema):
        raise InvalidArgumentError(
            f"schema must be a Schema, made by i.schema(...), or a dict in the form of to_json(), got {schema!r:.80}."
        )
    problems = Problems()
    problems.extend(schema.conflicts())
    problems.check()
    return schema


def pull(context: Context) -> Call[Pulled]:
    """Read what there is."""
    from instant_admin_api.api.schema import pull_schema as operation

    kwargs = operation._get_kwargs(context.app_id)
    return _call("pullSchema", context, kwargs, _read_pulled, is_read=True)


def plan(
    context: Context, schema: Mapping[str, Any], before: Sequence[Step], after: Sequence[Step]
) -> Call[SchemaPlan]:
    """Ask what would be done.

    Args:
        context: The app.
        schema: In the form that the server takes.
        before: Steps that are done before those that the server plans.
        after: And steps that are done after.
    """
    from instant_admin_api.api.schema import plan_schema_push as operation
    from instant_admin_api.models.push_schema_request import PushSchemaRequest

    def read(body: bytes) -> SchemaPlan:
        reply = msgspec.json.decode(body)
        return make_plan(reply["current-attrs"], [*before, *reply["steps"], *after])

    body = PushSchemaRequest(schema=schema, check_types=True, supports_background_updates=True)
    kwargs = operation._get_kwargs(context.app_id, body=body)
    return _call("planSchemaPush", context, kwargs, read, is_read=True)


def apply(context: Context, steps: Sequence[Step]) -> Call[Applied]:
    """Do steps: those that change attributes in one transaction, the others in the background."""
    from instant_admin_api.api.schema import apply_schema_steps as operation
    from instant_admin_api.models.apply_schema_steps_request import ApplySchemaStepsRequest

    kwargs = operation._get_kwargs(context.app_id, body=ApplySchemaStepsRequest(steps=list(steps)))
    return _call("applySchemaSteps", context, kwargs, _read_applied, is_read=False)


def list_jobs(context: Context, group_id: str) -> Call[tuple[IndexingJob, ...]]:
    """How the jobs of a push are getting on."""
    from instant_admin_api.api.schema import list_indexing_jobs as operation

    kwargs = operation._get_kwargs(context.app_id, group_id)
    return _call("listIndexingJobs", context, kwargs, read_jobs, is_read=True)


def _call(operation: str, context: Context, kwargs: dict[str, Any], parse: Any, *, is_read: bool) -> Call[Any]:
    request = wire_request(kwargs, context.credentials(needs_token=True))
    return Call(operation, request, parse, is_read=is_read, secrets=context.secrets)


def _read_pulled(body: bytes) -> Pulled:
    attributes = msgspec.json.decode(body)["attrs"]
    return Pulled(schema_of(read_attributes(attributes)), attributes)


def _read_applied(body: bytes) -> Applied:
    reply = msgspec.json.decode(body)
    group = reply["indexing-jobs"]
    return Applied(reply["transaction"].get("id"), None if group is None else str(group["group-id"]))
