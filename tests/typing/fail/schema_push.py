"""Schemas and rules that are pushed wrongly. Each error's line ends in mypy's and pyright's name for it."""

from __future__ import annotations

from instant_admin import InstantAdmin, Rules, Schema, rule
from instant_admin.schema import SchemaPlan


def push(db: InstantAdmin, schema: Schema, plan: SchemaPlan) -> None:
    db.schema.push(schema, True)  # expect: call-arg, reportCallIssue
    db.schema.push(schema, allow_destructive="yes")  # expect: arg-type, reportArgumentType
    db.schema.push(plan)  # expect: arg-type, reportArgumentType
    db.perms.push(schema)  # expect: arg-type, reportArgumentType
    plan.steps = ()  # expect: misc, reportAttributeAccessIssue


def write() -> None:
    Rules({"goals": {"allow": {"veiw": "true"}}})  # expect: typeddict-unknown-key, reportArgumentType
    Rules({"goals": {"alow": {"view": "true"}}})  # expect: typeddict-unknown-key, reportArgumentType
    Rules({"goals": {"allow": {"view": 1}}})  # expect: typeddict-item, reportArgumentType
    Rules({"goals": {"allow": {"link": "true"}}})  # expect: typeddict-item, reportArgumentType
    Rules({}, rate_limits={"a": {}})  # expect: typeddict-item, reportArgumentType
    rule(True)  # expect: arg-type, reportArgumentType
