"""Schemas and rules that are pushed."""

from __future__ import annotations

from typing import assert_type

from instant_admin import AsyncInstantAdmin, InstantAdmin, Rules, Schema, i, rule
from instant_admin.perms import RulesPushResult
from instant_admin.schema import IndexingJob, SchemaPlan, SchemaPushResult

SCHEMA = i.schema(entities={"goals": i.entity({"title": i.string()})})

RULES = Rules(
    {
        "goals": {
            "allow": {"view": "true", "update": rule("isOwner"), "delete": False, "create": None, "$default": "false"},
            "bind": {"isOwner": "auth.id == data.owner"},
            "fields": {"secret": "isOwner"},
        },
        "todos": {"allow": {"link": {"goal": "true", "$default": "false"}}, "bind": ["a", "true"]},
    },
    rate_limits={"posting": {"limits": [{"capacity": 10, "refill": {"period": "1 hour", "type": "interval"}}]}},
)


def show(jobs: tuple[IndexingJob, ...]) -> None:
    for job in jobs:
        assert_type(job.attribute, str)
        assert_type(job.is_finished, bool)


def blocking(db: InstantAdmin) -> None:
    assert_type(db.schema.pull(), Schema)
    plan = db.schema.plan(SCHEMA, additive=True, timeout=5)
    assert_type(plan, SchemaPlan)
    assert_type(plan.destroys_data, bool)
    assert_type(db.schema.push(SCHEMA.to_json(), allow_destructive=True, on_progress=show), SchemaPushResult)
    db.schema.push(SCHEMA, on_progress=lambda jobs: print(len(jobs)), wait_seconds=60)
    assert_type(db.perms.pull(), Rules | None)
    assert_type(db.perms.push(RULES), RulesPushResult)
    db.perms.push({"goals": {"allow": {"view": "true"}}}, check=False)


async def awaitable(db: AsyncInstantAdmin) -> None:
    assert_type(await db.schema.pull(), Schema)
    assert_type(await db.schema.plan(SCHEMA), SchemaPlan)
    assert_type(await db.schema.push(SCHEMA, on_progress=show), SchemaPushResult)
    await db.schema.rename("goals", "aims")
    assert_type(await db.perms.pull(), Rules | None)
    assert_type(await db.perms.push(RULES), RulesPushResult)
