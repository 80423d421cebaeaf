"""A day with a local Instant: data, users, rules and rooms through the public surface, end to end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from instant_admin import (
    AsyncInstantAdmin,
    AuthenticationError,
    CallAttempt,
    RecordNotFoundError,
    RecordNotUniqueError,
    Rules,
    ValidationFailedError,
    lookup,
    new_id,
    stable_id,
)

SCHEMA = {
    "entities": {
        "goals": {
            "attrs": {
                "title": {"valueType": "string", "required": False, "config": {"indexed": True, "unique": False}},
                "slug": {"valueType": "string", "required": False, "config": {"indexed": True, "unique": True}},
                "due": {"valueType": "date", "required": False, "config": {"indexed": True, "unique": False}},
            }
        },
        "todos": {
            "attrs": {
                "text": {"valueType": "string", "required": False, "config": {"indexed": False, "unique": False}},
                "done": {"valueType": "boolean", "required": False, "config": {"indexed": True, "unique": False}},
            }
        },
    },
    "links": {
        "goalsTodos": {
            "forward": {"on": "goals", "has": "many", "label": "todos"},
            "reverse": {"on": "todos", "has": "one", "label": "goal"},
        }
    },
    "rooms": {},
}


async def test_data_is_written_linked_queried_and_deleted() -> None:
    async with AsyncInstantAdmin.local(schema=SCHEMA) as db:
        goal, first, second = stable_id("goal", 1), new_id(), new_id()
        result = await db.transact(
            [
                db.tx.goals[goal].update({"title": "Get fit", "slug": "fit", "due": datetime(2026, 5, 1, tzinfo=UTC)}),
                [db.tx.todos[each].update({"text": f"Run {each}", "done": each == first}) for each in (first, second)],
                db.tx.goals[goal].link({"todos": [first, second]}),
            ]
        )
        assert result.tx_id > 0
        rows = await db.query(
            {"goals": {"$": {"where": {"todos.done": True}}, "todos": {"$": {"where": {"done": False}}}}}
        )
        assert [row["title"] for row in rows["goals"]] == ["Get fit"]
        assert [todo["id"] for todo in rows["goals"][0]["todos"]] == [second]

        later = await db.transact(db.tx.goals[lookup("slug", "fit")].merge({"title": "Get fitter"}))
        assert later.tx_id > result.tx_id
        with pytest.raises(RecordNotUniqueError) as taken:
            await db.transact(db.tx.goals[new_id()].create({"slug": "fit"}))
        assert taken.value.type == "record-not-unique"
        with pytest.raises(ValidationFailedError, match="don't exist"):
            await db.transact(db.tx.goals[new_id()].update({"title": "Nobody"}, upsert=False))

        await db.transact([db.tx.goals[goal].unlink({"todos": first}), db.tx.todos[second].delete()])
        rows = await db.query({"goals": {"todos": {}}, "todos": {"$": {"order": {"serverCreatedAt": "asc"}}}})
        assert (rows["goals"][0]["title"], rows["goals"][0]["todos"]) == ("Get fitter", [])
        assert [todo["id"] for todo in rows["todos"]] == [first]


async def test_user_signs_in_by_code_is_found_and_signs_out() -> None:
    async with AsyncInstantAdmin.local() as db:
        code = await db.auth.generate_magic_code("Ann@Example.com")
        user, created = await db.auth.check_magic_code("ann@example.com", code)
        assert (user.email, created) == ("ann@example.com", True)
        assert user.refresh_token is not None
        with pytest.raises(RecordNotFoundError) as used:
            await db.auth.check_magic_code("ann@example.com", code)
        assert used.value.record_type == "app-user-magic-code"
        assert code not in repr(used.value.hint)

        assert (await db.auth.verify_token(user.refresh_token)).id == user.id
        headers = {"Cookie": f'instant_user_{db.app_id}={{"refresh_token":"{user.refresh_token}"}}'}
        for_request = await db.auth.get_user_from_request(headers)
        assert for_request is not None
        assert for_request.id == user.id
        found = await db.auth.get_user(id=user.id)
        assert found is not None
        assert (found.email, found.refresh_token) == ("ann@example.com", None)

        await db.auth.sign_out(refresh_token=user.refresh_token)
        with pytest.raises(RecordNotFoundError):
            await db.auth.verify_token(user.refresh_token)
        assert await db.auth.get_user_from_request(headers) is None
        assert await db.auth.get_user_from_request({"cookie": f"instant_user_{db.app_id}=%7Bbroken"}) is None
        deleted = await db.auth.delete_user("ann@example.com")
        assert deleted is not None
        assert deleted.id == user.id
        assert await db.auth.get_user("ann@example.com") is None
        assert await db.auth.delete_user("ann@example.com") is None


async def test_guest_becomes_a_user_and_keeps_its_id() -> None:
    async with AsyncInstantAdmin.local() as db:
        guest = (await db.auth.sign_in_guest()).user
        assert (guest.is_guest, guest.email) == (True, None)
        code = await db.auth.send_magic_code("bob@example.com")
        user, created = await db.auth.check_magic_code("bob@example.com", code, refresh_token=guest.refresh_token)
        assert (user.id, user.is_guest, created) == (guest.id, False, True)


async def test_tokens_for_a_sign_in_of_ones_own() -> None:
    async with AsyncInstantAdmin.local() as db:
        token = await db.auth.create_token("eve@example.com")
        user, created = await db.auth.sign_in("eve@example.com")
        assert not created
        assert token != user.refresh_token
        by_token = await db.auth.get_user(refresh_token=token)
        assert by_token is not None
        assert by_token.id == user.id
        made = (await db.auth.sign_in(id=new_id())).created
        assert made


MINE: dict[str, Any] = {"goals": {"allow": {"view": "auth.id == data.owner", "create": "false"}}}


@pytest.mark.parametrize("mine", [MINE, Rules(MINE)], ids=["JSON", "Rules"])
async def test_users_act_under_their_own_name(mine: Rules | dict[str, Any]) -> None:
    async with AsyncInstantAdmin.local() as db:
        signed_in = (await db.auth.sign_in("ann@example.com")).user
        await db.transact(db.tx.goals[new_id()].update({"title": "Get fit", "owner": signed_in.id}))
        everyone = (db.as_user(token=signed_in.refresh_token), db.as_user(email="Ann@Example.com"))
        for user_db in everyone:
            seen = await user_db.debug_query({"goals": {}}, rules=mine)
            assert [row["title"] for row in seen.result["goals"]] == ["Get fit"]
        unseen = await db.as_user(guest=True).debug_query({"goals": {}}, rules=mine)
        assert unseen.result == {"goals": []}
        tried = await db.as_user(guest=True).debug_transact(db.tx.goals[new_id()].create({"title": "x"}), rules=mine)
        assert (tried.all_checks_ok, tried.committed) == (False, False)
        assert len((await db.query({"goals": {}}))["goals"]) == 1
        with pytest.raises(AuthenticationError):
            await db.as_user(email="nobody@example.com").query({"goals": {}})


async def test_room_without_sessions_is_empty() -> None:
    async with AsyncInstantAdmin.local() as db:
        assert await db.rooms.get_presence("chat", "lobby") == {}


async def test_file_keeps_the_app_and_its_data(tmp_path: Path) -> None:
    goal = new_id()
    async with AsyncInstantAdmin.local(tmp_path / "dev.sqlite") as db:
        await db.transact(db.tx.goals[goal].update({"title": "Get fit"}))
        app_id = db.app_id
    async with AsyncInstantAdmin.local(tmp_path / "dev.sqlite") as db:
        assert db.app_id == app_id
        assert await db.query({"goals": {}}) == {"goals": [{"id": goal, "title": "Get fit"}]}
    async with AsyncInstantAdmin(base_url=f"local:{tmp_path / 'dev.sqlite'}") as db:
        assert (db.app_id, db.engine_name) == (app_id, "local")
        assert len((await db.query({"goals": {}}))["goals"]) == 1


async def test_local_instants_are_watched_and_closed_like_servers() -> None:
    seen: list[CallAttempt] = []
    async with AsyncInstantAdmin.local(on_response=seen.append) as db:
        await db.query({"goals": {}})
        with pytest.raises(ValidationFailedError):
            await db.query({"goals": {"$": {"where": {"title": None}}}})
    assert [(each.operation, each.status, each.engine) for each in seen] == [
        ("query", 200, "local"),
        ("query", 400, "local"),
    ]
