"""The HTTP routes of the schema: showing it, planning and applying changes, jobs, soft-deleted attributes.

Evidence: recordings sch_*, http_manage_*, auth_status_other_endpoints.
"""

from __future__ import annotations

from typing import Any, cast

from instant_admin.local import coerce, identity
from instant_admin.local.errors import bad_request, validation_failed
from instant_admin.local.router import Call, Router
from instant_admin.local.schema.apply import apply_schema, apply_steps
from instant_admin.local.schema.attributes import soft_deleted
from instant_admin.local.schema.compiled import bracketed, compiled, hyphenated, shown
from instant_admin.local.schema.definitions import DATA_TYPES
from instant_admin.local.schema.jobs import CHECK_TYPE, JOB_TYPES, as_ended, as_made, find_job, jobs_of_group, run_job
from instant_admin.local.schema.plan import Options, plan
from instant_admin.local.store import App

_GRACE_DAYS = 2
"""How long a soft-deleted attribute is kept."""


def register(router: Router) -> None:
    """Add the routes."""
    router.add("GET", "/admin/schema", show_to_admin)
    router.add("GET", "/admin/soft_deleted_attrs", show_deleted_to_admin)
    router.add("GET", "/superadmin/apps/{app_id}/schema", show)
    router.add("GET", "/dash/apps/{app_id}/schema/pull", pull)
    router.add("GET", "/dash/apps/{app_id}/soft_deleted_attrs", show_deleted)
    for family in ("/dash", "/superadmin"):
        router.add("POST", family + "/apps/{app_id}/schema/push/plan", plan_push)
        router.add("POST", family + "/apps/{app_id}/schema/push/apply", apply_push)
    router.add("POST", "/dash/apps/{app_id}/schema/steps/apply", apply_given_steps)
    router.add("POST", "/dash/apps/{app_id}/indexing-jobs", make_job)
    router.add("GET", "/dash/apps/{app_id}/indexing-jobs/{job_id}", show_job)
    router.add("GET", "/dash/apps/{app_id}/indexing-jobs/group/{group_id}", show_group)


def show_to_admin(call: Call) -> object:
    """The compiled schema."""
    app = identity.admin_app(call)
    with call.instance.store.read(app) as unit:
        return {"schema": compiled(unit.attributes, hyphenated)}


def show(call: Call) -> object:
    """The compiled schema."""
    app = identity.managed_app(call)
    with call.instance.store.read(app) as unit:
        return {"schema": compiled(unit.attributes, bracketed)}


def pull(call: Call) -> object:
    """The compiled schema, all attributes and the app's title."""
    app = identity.managed_app(call)
    with call.instance.store.read(app) as unit:
        return {
            "schema": compiled(unit.attributes, bracketed),
            "attrs": [shown(attribute) for attribute in unit.attributes],
            "app-title": unit.app.title,
        }


def plan_push(call: Call) -> object:
    """What a push would do."""
    app = identity.managed_app(call)
    with call.instance.store.read(app) as unit:
        return plan(unit.attributes, call.body.get("schema"), _options(call))


def apply_push(call: Call) -> object:
    """Do what a push wants."""
    app = identity.managed_app(call)
    with call.instance.store.write(app) as unit:
        return apply_schema(unit, call.body.get("schema"), _options(call))


def apply_given_steps(call: Call) -> object:
    """Do single steps, deletions and renames among them."""
    app = identity.managed_app(call)
    steps = call.required("steps", _as_collection)
    with call.instance.store.write(app) as unit:
        return apply_steps(unit, steps)


def make_job(call: Call) -> object:
    """Do one job; it is answered as waiting."""
    app = identity.managed_app(call)
    attribute_id = call.required("attr-id", coerce.as_uuid)
    type = call.required("job-type", coerce.as_non_blank)
    if type not in JOB_TYPES:
        raise validation_failed("job-type", type, [{"message": f"Unknown job type `{type}`."}])
    data_type = None
    if type == CHECK_TYPE:
        data_type = call.required("checked-data-type", coerce.as_non_blank)
        if data_type not in DATA_TYPES:
            raise bad_request(f"Unknown data type `{data_type}`.")
    with call.instance.store.write(app) as unit:
        return {"job": as_made(unit, run_job(unit, attribute_id, type, data_type))}


def show_job(call: Call) -> object:
    """A job; an empty object where there is none."""
    app = identity.managed_app(call)
    job_id = call.path_uuid("job_id")
    with call.instance.store.read(app) as unit:
        job = find_job(unit, job_id)
        return {"job": {} if job is None else as_ended(unit, job)}


def show_group(call: Call) -> object:
    """The jobs of one push."""
    app = identity.managed_app(call)
    group_id = call.path_uuid("group_id")
    with call.instance.store.read(app) as unit:
        return {"jobs": [as_ended(unit, job) for job in jobs_of_group(unit, group_id)]}


def show_deleted_to_admin(call: Call) -> object:
    """The soft-deleted attributes."""
    return _deleted(call, identity.admin_app(call))


def show_deleted(call: Call) -> object:
    """The soft-deleted attributes."""
    return _deleted(call, identity.managed_app(call))


def _deleted(call: Call, app: App) -> object:
    with call.instance.store.read(app) as unit:
        return {"attrs": [shown(attribute) for attribute in soft_deleted(unit)], "grace-period-days": _GRACE_DAYS}


def _options(call: Call) -> Options:
    return Options(check_types=call.flag("check_types"), background=call.flag("supports_background_updates"))


def _as_collection(value: object) -> Any:
    return cast("Any", value) if isinstance(value, dict | list) else None
