"""Short ways to push schemas and to read what comes of it."""

from __future__ import annotations

from typing import Any

from tests.local.shapes import Json
from tests.local.support import AdminCalls, Answer


def push(admin: AdminCalls, schema: object, how: str = "apply", family: str = "dash", **flags: Any) -> Answer:
    """A push with both flags set, unless they are given."""
    body = {"schema": schema, "check_types": True, "supports_background_updates": True, **flags}
    return admin.post(f"/{family}/apps/{admin.app.app_id}/schema/push/{how}", body)


def pushed(admin: AdminCalls, schema: object, how: str = "apply", **flags: Any) -> Json:
    """The body of a push that is accepted."""
    answer = push(admin, schema, how, **flags)
    assert answer.status == 200, answer
    body: Json = answer.body
    return body


def told(steps: list[list[Any]]) -> list[str]:
    """Steps as texts: operation, name, and the type that is checked."""
    return [_told(operation, parameters) for operation, parameters in steps]


def _told(operation: str, parameters: Json) -> str:
    _, etype, label = parameters["forward-identity"]
    checked = parameters.get("checked-data-type") if operation == "check-data-type" else None
    return " ".join(filter(None, (operation, f"{etype}.{label}", checked)))


def do(admin: AdminCalls, *steps: list[Any]) -> Answer:
    """Single steps, done as they are."""
    return admin.post(f"/dash/apps/{admin.app.app_id}/schema/steps/apply", {"steps": list(steps)})


def compiled(admin: AdminCalls) -> Json:
    """The compiled schema."""
    schema: Json = admin.get("/admin/schema").body["schema"]
    return schema


def attribute(admin: AdminCalls, name: str) -> Json:
    """A plain attribute of the compiled schema, by `namespace.label`."""
    etype, label = name.split(".")
    found: Json = compiled(admin)["blobs"][etype][label]
    return found


def jobs(admin: AdminCalls, body: Json) -> dict[str, Json]:
    """How the jobs of a push have ended, by type."""
    group = body["indexing-jobs"]["group-id"]
    ended = admin.get(f"/dash/apps/{admin.app.app_id}/indexing-jobs/group/{group}").body["jobs"]
    return {job["job_type"]: job for job in ended}
