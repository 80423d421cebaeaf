"""Clients of a local Instant: whose it is, who shares it, and when it is closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from instant_admin import (
    AsyncInstantAdmin,
    ConfigurationError,
    InstantAdmin,
    InstantError,
    ValidationFailedError,
    new_id,
)

APP = "11111111-1111-4111-8111-111111111111"
SECRET = "22222222-2222-4222-8222-222222222222"
TITLE: dict[str, Any] = {"valueType": "string", "required": False, "config": {"indexed": True, "unique": False}}
SCHEMA: dict[str, Any] = {"entities": {"goals": {"attrs": {"title": TITLE}}}, "links": {}}


def titles(db: InstantAdmin) -> list[str]:
    return sorted(goal["title"] for goal in db.query({"goals": {}})["goals"])


def write(db: InstantAdmin, title: str) -> None:
    db.transact(db.tx.goals[new_id()].update({"title": title}))


def test_each_has_a_memory_of_its_own() -> None:
    with InstantAdmin.local() as one, InstantAdmin.local() as other:
        assert one.app_id != other.app_id
        write(one, "mine")
        assert titles(other) == []
        assert one.engine_name == "local"


def test_a_file_keeps_what_is_written_and_its_app(tmp_path: Path) -> None:
    with InstantAdmin.local(tmp_path / "dev.sqlite") as db:
        write(db, "kept")
        app_id = db.app_id
    with InstantAdmin.local(str(tmp_path / "dev.sqlite")) as db:
        assert (titles(db), db.app_id) == (["kept"], app_id)


def test_clients_of_one_file_see_each_others_writes(tmp_path: Path) -> None:
    path = tmp_path / "dev.sqlite"
    with InstantAdmin.local(path) as one:
        with InstantAdmin(base_url=f"local:{path}") as other:
            write(one, "shared")
            assert titles(other) == ["shared"]
        write(one, "and still open")
        assert len(titles(one)) == 2


def test_the_memory_of_a_process_is_shared_by_address() -> None:
    with InstantAdmin(APP, SECRET, base_url="local:") as one:
        write(one, "shared")
    with InstantAdmin(APP, SECRET, base_url="local:") as other:
        assert "shared" in titles(other)
        assert other.app_id == APP


def test_the_shared_memory_has_an_app_for_those_who_name_none() -> None:
    with InstantAdmin(base_url="local:") as one, InstantAdmin(base_url="local:") as other:
        assert one.app_id == other.app_id != APP


def test_closing_twice_is_fine_and_calls_afterwards_are_refused() -> None:
    db = InstantAdmin.local()
    scoped = db.as_user(guest=True)
    scoped.close()
    assert db.query({"goals": {}}) == {"goals": []}
    db.close()
    db.close()
    for client in (db, scoped):
        with pytest.raises(ConfigurationError, match="closed"):
            client.query({})


def test_schema_is_there_from_the_beginning() -> None:
    with InstantAdmin.local(schema=SCHEMA, validate=False) as db:
        with pytest.raises(ValidationFailedError):
            db.transact(db.tx.goals[new_id()].update({"title": 5}))
        write(db, "text")
        assert titles(db) == ["text"]


def test_schema_that_is_wrong_is_refused_and_nothing_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "dev.sqlite"
    for place in (None, path):
        with pytest.raises(InstantError):
            InstantAdmin.local(place, schema={"entities": 5})
    with InstantAdmin.local(path, schema=SCHEMA) as db:
        write(db, "works afterwards")
        assert titles(db) == ["works afterwards"]


def test_an_instance_of_ones_own_stays_open() -> None:
    from instant_admin.local import LocalInstant

    with LocalInstant() as instance:
        app = instance.create_app()
        with InstantAdmin.local(instance=instance, app=app, schema=SCHEMA) as db:
            assert db.app_id == app.app_id
            write(db, "kept")
        with InstantAdmin.local(instance=instance, app=app) as db:
            assert titles(db) == ["kept"]
        with InstantAdmin.local(instance=instance) as db:
            assert db.app_id == instance.default_app().app_id


def test_arguments_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    from instant_admin.local import LocalInstant

    with LocalInstant() as instance:
        with pytest.raises(ConfigurationError, match="not both"):
            InstantAdmin.local(tmp_path / "x", instance=instance)
        with pytest.raises(ConfigurationError, match="app= names an app of instance="):
            InstantAdmin.local(app=instance.create_app())


async def test_the_awaitable_flavour_has_the_same() -> None:
    async with AsyncInstantAdmin.local(schema=SCHEMA) as db:
        goal = new_id()
        await db.transact(db.tx.goals[goal].update({"title": "a b&c=ż"}))
        rows = await db.query({"goals": {"$": {"where": {"title": "a b&c=ż"}}}})
        assert [row["id"] for row in rows["goals"]] == [goal]
        assert await db.auth.get_user("ann+a@example.com") is None
    with pytest.raises(ConfigurationError, match="closed"):
        await db.query({})
    async with AsyncInstantAdmin(APP, SECRET, base_url="local:") as shared:
        assert (shared.app_id, shared.engine_name) == (APP, "local")
        assert await shared.auth.create_token("ann@example.com")
