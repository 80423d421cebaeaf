"""What the real server's merge and sizes are, through whole calls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.shapes import Json, done, eid, new_app, rows, value, write
from tests.local.support import AdminCalls

VECTORS = Path(__file__).parents[2] / "vectors"
A = eid(0xA)


def _vectors(name: str) -> list[Any]:
    content: Json = json.loads((VECTORS / f"{name}.public.json").read_text())
    return [pytest.param(vector, id=vector["id"]) for vector in content["vectors"]]


@pytest.mark.parametrize("vector", _vectors("merge"))
def test_merges_leave_what_the_server_leaves(instance: LocalInstant, vector: Json) -> None:
    admin = new_app(instance)
    done(admin, ["update", "t", A, {} if vector.get("old_absent") else {"v": vector["old"]}])
    done(admin, *(["merge", "t", A, {"v": patch}] for patch in vector["patches"]))
    (row,) = rows(admin, "t")
    assert row["v"] == vector["new"]


def _sized(vector: Json) -> Any:
    if "repeat" in vector:
        unit, times = vector["repeat"]
        return unit * times
    for key, item in {"json_array_of_1": 1, "json_array_of_true": True}.items():
        if key in vector:
            return [item] * vector[key]
    if "array_x" in vector:
        return ["x" * vector["array_x"]]
    if "object_a_x" in vector:
        return {"a": "x" * vector["object_a_x"]}
    return vector["value"] if "value" in vector else json.loads(vector["json"])


@pytest.mark.parametrize("vector", _vectors("size"))
@pytest.mark.parametrize("flags", ["i", "u", ""])
def test_values_too_large_for_an_index_are_refused(instance: LocalInstant, vector: Json, flags: str) -> None:
    admin = new_app(instance, t={"v": value("any", flags)})
    answer = write(admin, ["update", "t", A, {"v": _sized(vector)}])
    assert (answer.status == 200) is (vector["accepted"] or not flags)
    if answer.status != 200:
        assert answer.hint["value-too-large?"] is True


@pytest.mark.parametrize("action", ["update", "merge"])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize(("levels", "fine"), [(500, True), (1000, False)])
def test_values_may_be_500_levels_deep(
    admin: AdminCalls, action: str, opening: str, closing: str, levels: int, fine: bool
) -> None:
    nested = opening * levels + "1" + closing * levels
    body = f'{{"steps": [["{action}", "t", "{A}", {{"v": {nested}}}]]}}'
    for _ in range(2):
        answer = admin.post("/admin/transact", body.encode(), content_type="application/json")
        assert (answer.status == 200) is fine
    assert len(rows(admin, "t")) == fine
