"""A call that is refused, for whatever reason, changes nothing: no data, no schema, no number."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.shapes import Json, by_id, done, eid, link, new_app, rows, value, write
from tests.local.support import AdminCalls

A, B, NEW = eid(0xA), eid(0xB), eid(0xFFF)

_FINE: list[list[Any]] = [
    ["update", "t", NEW, {"n": 1, "fresh": 1}],
    ["merge", "t", A, {"j": {"changed": True}}],
    ["link", "t", A, {"u": NEW, "made": NEW}],
    ["unlink", "t", A, {"u": B}],
    ["delete", "t", B],
]
_REFUSED: dict[str, list[Any]] = {
    "shape": ["frob"],
    "entity id": ["update", "t", "x", {}],
    "lookup": ["update", "t", ["n", 1], {}],
    "action": ["update-attr", {}],
    "existing": ["create", "t", A, {}],
    "missing": ["update", "t", eid(1), {"n": 1}, {"upsert": False}],
    "attribute": ["add-attr", {"id": 1}],
    "reserved namespace": ["update", "$nope", A, {"x": 1}],
    "system column": ["update", "$files", A, {"size": 1}],
    "type": ["update", "t", A, {"n": "x"}],
    "size": ["update", "t", A, {"name": "x" * 1013}],
    "unique": ["update", "t", eid(1), {"name": "a"}],
    "unique by merge": ["merge", "t", eid(1), {"name": "a"}],
    "link value": ["update", "t", A, {"u": 5}],
    "merge of a link": ["merge", "t", A, {"u": NEW}],
    "link target": ["link", "t", A, {"u": {"key": "none"}}],
    "required": ["update", "r", A, {"x": 1}],
    "null byte": ["update", "t", A, {"j": "a\0b"}],
}


def _filled(instance: LocalInstant) -> AdminCalls:
    admin = new_app(
        instance,
        link("t.u", "u.t"),
        t={"n": value("number", "i"), "name": value("string", "ui"), "j": value()},
        u={"key": value("string", "u")},
        r={"must": value("any", "r"), "x": value()},
    )
    done(admin, ["update", "t", A, {"n": 1, "name": "a", "j": {"x": 1}}], ["update", "t", B, {"n": 2, "name": "b"}])
    done(admin, ["link", "t", A, {"u": B}])
    return admin


def _all(admin: AdminCalls) -> Json:
    data = admin.ok("/admin/query", {"query": {etype: {} for etype in ("$users", "u", "r", "made")} | {"t": {"u": {}}}})
    return {"data": data, "schema": admin.get("/admin/schema").body}


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("step", [pytest.param(step, id=name) for name, step in _REFUSED.items()])
def test_nothing_is_left_of_a_refused_call(instance: LocalInstant, step: list[Any], place: str) -> None:
    admin = _filled(instance)
    before, number = _all(admin), done(admin)
    steps = [step, *_FINE] if place == "first" else [*_FINE, step]
    assert write(admin, *steps).status == 400
    assert _all(admin) == before
    assert done(admin) == number + 1
    done(admin, *_FINE)
    assert set(by_id(admin, "t")) == {A, NEW}


@pytest.mark.parametrize("action", ["update", "merge"])
def test_a_call_may_write_some_13_000_values(instance: LocalInstant, action: str) -> None:
    admin = new_app(instance, t={"n": value("number")})
    most = [[action, "t", eid(number), {"n": 1}] for number in range(6553)]  # an id and a value each
    if action == "merge":
        most *= 2  # ids are not merged
    answer = write(admin, *most, *most[:4])
    assert (answer.status, answer.type) == (400, "parameter-limit-exceeded")
    assert answer.hint["doc-urls"]
    assert not rows(admin, "t")
    assert write(admin, *most).status == 200


def test_a_read_only_app_is_not_written_to(instance: LocalInstant) -> None:
    admin = _filled(instance)
    before = _all(admin)
    status = f"/dash/apps/ephemeral/{admin.app.app_id}/status"
    admin.ok(status, {"admin-token": admin.app.admin_token, "status": "read-only"})
    assert write(admin, *_FINE).type == "app-read-only"
    assert _all(admin) == before


def _in_threads(work: Callable[[int], None], count: int) -> None:
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(work, range(count)))


def test_threads_write_one_after_the_other(instance: LocalInstant) -> None:
    admin = new_app(instance, t={"name": value("any", "u")})
    taken: list[int] = []

    def work(number: int) -> None:
        for turn in range(15):
            done(admin, ["update", "t", eid(number * 100 + turn), {"n": turn}], ["merge", "s", A, {f"k{number}": turn}])
        if write(admin, ["update", "t", eid(number), {"name": "only one"}]).status == 200:
            taken.append(number)

    _in_threads(work, 6)
    assert len(rows(admin, "t")) == 90
    assert rows(admin, "s") == [{"id": A, **{f"k{number}": 14 for number in range(6)}}]
    assert len(taken) == 1


def test_two_instances_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "shared.sqlite"
    with LocalInstant(path) as first, LocalInstant(path) as second:
        app = first.create_app()
        one, other = AdminCalls(first, app), AdminCalls(second, app)

        def work(number: int) -> None:
            admin = (one, other)[number]
            for turn in range(25):
                done(admin, ["merge", "t", A, {f"k{number}": turn, f"v{number}-{turn}": 1}])

        _in_threads(work, 2)
        assert rows(one, "t") == rows(other, "t")
        assert len(rows(one, "t")[0]) == 1 + 2 + 50
        numbers = [done(one), done(other), done(one)]
        assert numbers == sorted(set(numbers))


def test_a_file_keeps_what_was_written(tmp_path: Path) -> None:
    with LocalInstant(tmp_path / "kept.sqlite") as instance:
        admin = _filled(instance)
        before = _all(admin)
    with LocalInstant(tmp_path / "kept.sqlite") as instance:
        again = AdminCalls(instance, admin.app)
        assert _all(again) == before
        assert write(again, ["update", "t", NEW, {"name": "a"}]).type == "record-not-unique"
