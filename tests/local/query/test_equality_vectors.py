"""When values are equal: verdicts of a real server, over untyped attributes with and without index and uniqueness."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from instant_admin.local import LocalInstant
from instant_admin.local.store.equality import equality_key
from tests.local.support import AdminCalls

_FILE = Path(__file__).parents[2] / "vectors" / "equality.public.json"
VECTORS: list[dict[str, Any]] = json.loads(_FILE.read_text())["vectors"]
QUERIED = [vector for vector in VECTORS if vector["op"] != "jsonb="]
COMPARED = [vector for vector in VECTORS if vector["op"] == "jsonb="]
KINDS = {"plain": (False, False), "indexed": (False, True), "unique": (True, False), "both": (True, True)}
ENTITY = "0b0f1a52-4a35-4a0e-8d0d-3c0f0a4d1c11"


@pytest.fixture(scope="module")
def admin() -> Iterator[AdminCalls]:
    entities = {
        name: {
            "attrs": {"v": {"valueType": "any", "required": False, "config": {"unique": unique, "indexed": indexed}}}
        }
        for name, (unique, indexed) in KINDS.items()
    }
    with LocalInstant() as instance:
        yield AdminCalls(instance, instance.create_app(schema={"entities": entities, "links": {}}))


def _query(admin: AdminCalls, vector: dict[str, Any], namespace: str) -> list[str] | None:
    """The ids found; None where the query is refused."""
    wrapped = {"eq": "%s", "$in": '{"$in": [%s]}', "$not": '{"$not": %s}'}[vector["op"]] % vector["where"]
    body = f'{{"query": {{"{namespace}": {{"$": {{"where": {{"v": {wrapped}}}}}}}}}}}'
    answer = admin.post("/admin/query", body.encode(), content_type="application/json")
    return None if answer.status == 400 else [entity["id"] for entity in answer.body[namespace]]


@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["id"]) for vector in QUERIED])
def test_a_where_finds_what_a_real_server_finds(admin: AdminCalls, vector: dict[str, Any]) -> None:
    if "refused_attrs" in vector:
        assert [name for name in KINDS if _query(admin, vector, name) is None] == sorted(
            vector["refused_attrs"], key=list(KINDS).index
        )
        return
    namespaces = vector.get("attrs", list(KINDS))
    for namespace in namespaces:
        step = f'["update", "{namespace}", "{ENTITY}", {{"v": {vector["stored"]}}}]'
        stored = admin.post("/admin/transact", f'{{"steps": [{step}]}}'.encode(), content_type="application/json")
        assert stored.status == 200, stored
    found = {namespace: _query(admin, vector, namespace) == [ENTITY] for namespace in namespaces}
    expected = vector.get("match_by_attr") or dict.fromkeys(namespaces, vector["match"])
    assert found == {namespace: expected[namespace] for namespace in namespaces}


@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["id"]) for vector in COMPARED])
def test_json_values_are_equal_as_in_the_database(vector: dict[str, Any]) -> None:
    one, other = json.loads(vector["where"]), json.loads(vector["stored"])
    assert (equality_key(one) == equality_key(other)) == vector["match"]
