"""Whatever is sent to whatever endpoint, the answer is a reply of the contract: never a 500, never silence."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instant_admin.local import LocalApp, LocalInstant, Reply, Request

DESCRIPTION = Path(__file__).resolve().parents[3] / "openapi" / "admin.yaml"
METHODS = ("get", "put", "post", "delete")
OPERATIONS = [
    (method.upper(), path)
    for path, operations in yaml.safe_load(DESCRIPTION.read_text())["paths"].items()
    for method in METHODS
    if method in operations
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=10), each, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["goals", "$users", "$files", "$$ruleParams", "id", "title", "$", "where", "order", "limit", "a.b"]
)
DEEP = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(NAMES, each, max_size=3),
    max_leaves=8,
)
STEP = st.tuples(
    st.sampled_from(["create", "update", "merge", "link", "unlink", "delete", "ruleParams", "add-attr", "x"]),
    NAMES | JSON,
    st.uuids().map(str) | st.tuples(NAMES, JSON) | JSON,
    st.dictionaries(NAMES, JSON, max_size=3) | JSON,
)
KEYS: dict[str, st.SearchStrategy[Any]] = {
    "query": DEEP,
    "steps": st.lists(STEP, max_size=3) | JSON,
    "inference?": JSON,
    "throw-on-missing-attrs?": JSON,
    "rules-override": DEEP,
    "dangerously-commit-tx": JSON,
    "email": st.sampled_from(["ann@example.com", "x", 5]),
    "code": st.sampled_from(["123456", {"goals": {"allow": {"view": "true"}}}]) | JSON,
    "id": st.uuids().map(str) | JSON,
    "refresh-token": st.uuids().map(str) | JSON,
    "refresh_token": st.uuids().map(str) | JSON,
    "app-id": st.uuids().map(str) | JSON,
    "extra-fields": DEEP,
    "title": st.text(max_size=5) | JSON,
    "schema": JSON | st.dictionaries(st.sampled_from(["entities", "links"]), DEEP),
    "rules": JSON | st.fixed_dictionaries({"code": JSON}),
    "job-type": JSON,
    "attr-id": st.uuids().map(str) | JSON,
    "status": JSON,
    "admin-token": st.uuids().map(str) | JSON,
}
BODY = st.binary(max_size=80) | JSON | st.fixed_dictionaries({}, optional=KEYS)
PARAMETERS = st.dictionaries(
    st.sampled_from(["app_id", "email", "id", "refresh_token", "room-id", "room-type", "filename", "since"]),
    st.text(max_size=40),
    max_size=3,
)
HEADERS = st.dictionaries(
    st.sampled_from(["as-token", "as-email", "as-guest", "content-type", "authorization", "app-id", "path", "origin"]),
    st.text(st.characters(max_codepoint=255), max_size=40),
    max_size=2,
)


@pytest.fixture(scope="module")
def target() -> Iterator[tuple[LocalInstant, LocalApp]]:
    with LocalInstant(control=True) as instance:
        yield instance, instance.create_app()


def _check(reply: Reply) -> None:
    if reply.events is not None:
        reply.events.close()
    assert reply.status in (200, 400, 401, 404, 429), reply.body
    if reply.headers.get("content-type") == "text/plain":
        assert reply.body in (b"Malformed JSON in request body.", b"preflight complete")
    elif reply.status != 200:
        assert json.loads(reply.body)["message"]


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=BODY, parameters=PARAMETERS, headers=HEADERS, part=st.just("") | st.text(max_size=5), is_admin=st.booleans()
)
def test_no_request_brings_it_down(
    target: tuple[LocalInstant, LocalApp],
    caplog: pytest.LogCaptureFixture,
    method: str,
    path: str,
    body: Any,
    parameters: dict[str, str],
    headers: dict[str, str],
    part: str,
    is_admin: bool,
) -> None:
    instance, app = target
    sent = {"content-type": "application/json", "app-id": app.app_id}
    if is_admin:
        sent["authorization"] = f"Bearer {app.admin_token}"
    filled = path.replace("{app_id}", app.app_id)
    for name in ("upload_id", "webhook_id", "isn", "org_id", "group_id", "job_id"):
        filled = filled.replace(f"{{{name}}}", quote(part, safe="") or str(uuid4()))
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    with caplog.at_level(logging.ERROR, "instant_admin.local"):
        _check(instance.handle(Request(method, filled, tuple(parameters.items()), {**sent, **headers}, data)))

    assert not caplog.records, caplog.text


def test_every_operation_of_the_description_has_a_route(target: tuple[LocalInstant, LocalApp]) -> None:
    instance, app = target
    for method, path in OPERATIONS:
        filled = path.replace("{app_id}", app.app_id)
        assert instance.handle(Request(method, filled)).status != 404, (method, path)
