"""What recordings show of schema pushes and rules is what the facade sends, and what it can read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from instant_admin import Rules, Schema, SchemaError
from instant_admin._core import perms_calls, schema_calls
from instant_admin._core.context import Context
from instant_admin._core.schema.jobs import IndexingJob
from instant_admin._core.schema.plan import SchemaPlan
from instant_admin._core.schema.steps import attribute_of
from instant_admin._core.wire import Call
from scripts.contract.description import Description
from scripts.contract.recordings import ANYTHING, Exchange

Json = dict[str, Any]


def _app(exchange: Exchange) -> Context:
    return Context(unquote(exchange.path.split("/")[3]), "22222222-2222-4222-8222-222222222222")


CALLS: dict[str, Callable[[Exchange], Call[Any]]] = {
    "pullSchema": lambda each: schema_calls.pull(_app(each)),
    "planSchemaPush": lambda each: schema_calls.plan(_app(each), each.given["schema"], (), ()),
    "applySchemaSteps": lambda each: schema_calls.apply(_app(each), each.given["steps"]),
    "listIndexingJobs": lambda each: schema_calls.list_jobs(_app(each), each.path.rpartition("/")[2]),
    "getAppRules": lambda each: perms_calls.pull(_app(each)),
    "pushAppRules": lambda each: perms_calls.push(_app(each), each.given["code"]),
}
FLAGS = {"check_types": True, "supports_background_updates": True}


def _recorded(description: Description, exchanges: list[Exchange]) -> list[tuple[str, Exchange]]:
    """What a server accepted, as far as the facade would send it."""
    found = []
    for exchange in exchanges:
        operation = description.find(exchange.method, exchange.path)
        if operation is None or operation.id not in CALLS or exchange.status != 200:
            continue
        given = exchange.given or {}
        if operation.id == "planSchemaPush" and (given | FLAGS != given or not _is_schema(given.get("schema"))):
            continue
        if operation.id == "applySchemaSteps" and not isinstance(given["steps"], list):
            continue
        found.append((operation.id, exchange))
    return found


def _is_schema(given: Any) -> bool:
    try:
        return isinstance(given, dict) and Schema.from_json(given) is not None
    except SchemaError:
        return False


def _settled(value: Any) -> Any:
    """A recorded value, with an empty list where anything may stand."""
    if isinstance(value, dict):
        return {key: _settled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_settled(item) for item in value]
    return [] if value is ANYTHING else value


def test_recorded_calls_are_what_is_sent(description: Description, exchanges: list[Exchange]) -> None:
    played: Counter[str] = Counter()
    for operation, exchange in _recorded(description, exchanges):
        request = CALLS[operation](exchange).request
        assert (request.method, request.target) == (exchange.method, exchange.path), exchange.recording
        assert (json.loads(request.body) if request.body else None) == exchange.given, exchange.recording
        played[operation] += 1
    assert played.keys() == CALLS.keys()


def test_recorded_replies_are_read(description: Description, exchanges: list[Exchange]) -> None:
    for operation, exchange in _recorded(description, exchanges):
        reply = _settled(exchange.reply)
        if operation == "listIndexingJobs" and not reply["jobs"]:
            continue  # a group that the server does not know
        result = CALLS[operation](exchange).parse(json.dumps(reply).encode())
        CHECKS[operation](result, reply, f"{exchange.recording}, step {exchange.step}")


def _check_pulled(result: schema_calls.Pulled, reply: Json, where: str) -> None:
    """The schema that is made of the attributes is the one that the server made of them."""
    compiled = reply["schema"]
    own = {
        (etype, label): attribute
        for etype, labels in compiled["blobs"].items()
        for label, attribute in labels.items()
        if attribute["catalog"] == "user" and label != "id"
    }
    ours = {
        (etype, label): a for etype, entity in result.schema.entities.items() for label, a in entity.attributes.items()
    }
    assert ours.keys() == own.keys(), where
    for name, attribute in ours.items():
        flags = [bool(own[name].get(key)) for key in ("required?", "unique?", "index?")]
        assert [attribute.is_required, attribute.is_unique, attribute.is_indexed] == flags, where
        assert attribute.value_type == own[name].get("checked-data-type", "json"), where
    links = sum(link["catalog"] == "user" for link in compiled["refs"].values())
    assert len(result.schema.links) == links, where


def _check_planned(result: SchemaPlan, reply: Json, where: str) -> None:
    assert bool(result) is bool(reply["steps"]), where
    assert bool(result.changes) is bool(reply["steps"]), where
    assert not result.destroys_data, where
    assert all(attribute_of(*step) for step in result.steps), where


def _check_applied(result: schema_calls.Applied, reply: Json, where: str) -> None:
    assert result.tx_id == reply["transaction"].get("id"), where
    assert (result.group_id is None) is (reply["indexing-jobs"] is None), where


def _check_jobs(result: tuple[IndexingJob, ...], reply: Json, where: str) -> None:
    assert {job.id for job in result} == {job["id"] for job in reply["jobs"]}, where
    for job in result:
        assert job.is_failed is (job.error is not None), where


def _check_rules(result: Json | None, reply: Json, where: str) -> None:
    assert result == reply["perms"], where
    assert result is None or Rules.from_json(result).to_json() == reply["perms"], where


def _check_pushed(result: perms_calls.RulesPushResult, reply: Json, where: str) -> None:
    assert result.changed is (reply["rules"] is not None), where


CHECKS: dict[str, Callable[[Any, Json, str], None]] = {
    "pullSchema": _check_pulled,
    "planSchemaPush": _check_planned,
    "applySchemaSteps": _check_applied,
    "listIndexingJobs": _check_jobs,
    "getAppRules": _check_rules,
    "pushAppRules": _check_pushed,
}
