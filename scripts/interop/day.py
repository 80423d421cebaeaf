"""A day's work of the PyPI package `instantdb`: every call a backend makes, with its result checked.

INTEROP_URL, INTEROP_APP_ID and INTEROP_ADMIN_TOKEN say where.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

import instantdb
from instantdb import Instant
from instantdb import id as new_id


def refused(call: Callable[[], Any], kind: str) -> None:
    seen = None
    try:
        call()
    except instantdb.InstantAPIError as error:
        seen = error.body["type"]
    assert seen == kind, seen


def write_and_read(db: Instant) -> tuple[str, str]:
    goal, other, todo = str(new_id()), str(new_id()), str(new_id())
    db.transact(
        [
            db.tx.goals[goal].create({"title": "Write", "slug": "write", "rank": 2, "details": {"a": {"b": 1}}}),
            db.tx.goals[other].update({"title": "Read", "slug": "read", "rank": 1}),
            db.tx.todos[todo].update({"text": "Begin"}).link({"goal": goal}),
        ]
    )
    db.transact(db.tx.goals[goal].merge({"details": {"a": {"c": 2}}}))
    found = db.query({"goals": {"$": {"where": {"rank": {"$gte": 1}}, "order": {"rank": "desc"}}, "todos": {}}})
    assert [each["title"] for each in found["goals"]] == ["Write", "Read"], found
    assert found["goals"][0]["details"] == {"a": {"b": 1, "c": 2}}, found
    assert [each["text"] for each in found["goals"][0]["todos"]] == ["Begin"], found
    refused(
        lambda: db.transact(db.tx.goals[str(new_id())].update({"title": "Copy", "slug": "write"})), "record-not-unique"
    )
    refused(lambda: db.transact(db.tx.goals[str(new_id())].update({"title": 5})), "validation-failed")
    return goal, other


def sign_in(db: Instant) -> tuple[dict[str, Any], str]:
    code = db.auth.generate_magic_code("ann@example.com")
    ann, created = db.auth.check_magic_code(email="ann@example.com", code=code)
    assert created
    assert ann["email"] == "ann@example.com"
    refused(lambda: db.auth.check_magic_code(email="ann@example.com", code=code), "record-not-found")
    assert re.fullmatch(r"\d{6}", db.auth.send_magic_code("bob@example.com"))
    assert db.auth.verify_token(ann["refresh_token"])["id"] == ann["id"]
    token = db.auth.create_token(email="bob@example.com")
    bob = db.auth.get_user(email="bob@example.com")
    assert bob is not None
    assert db.auth.verify_token(token)["id"] == bob["id"]
    return ann, bob["id"]


def act_as_users(db: Instant, goal: str, ann: dict[str, Any]) -> None:
    db.transact(db.tx.goals[goal].link({"owner": ann["id"]}))
    as_ann = db.as_user(token=ann["refresh_token"])
    assert [each["title"] for each in as_ann.query({"goals": {}})["goals"]] == ["Write"]
    assert db.as_user(email="bob@example.com").query({"goals": {}})["goals"] == []
    guest = db.as_user(guest=True)
    assert len(guest.query({"goals": {}, "$$ruleParams": {"key": "open"}})["goals"]) == 2
    as_ann.transact(db.tx.goals[goal].update({"rank": 9}))
    refused(lambda: guest.transact(db.tx.goals[goal].update({"rank": 0})), "permission-denied")
    rules = {"goals": {"allow": {"view": "data.rank > 5"}}}
    seen = as_ann.debug_query({"goals": {}}, rules=rules)
    assert [each["title"] for each in seen["result"]["goals"]] == ["Write"], seen
    tried = as_ann.debug_transact(db.tx.goals[goal].delete())
    assert tried["all-checks-ok?"] is False, tried


def main() -> None:
    db = Instant(
        app_id=os.environ["INTEROP_APP_ID"],
        admin_token=os.environ["INTEROP_ADMIN_TOKEN"],
        api_uri=os.environ["INTEROP_URL"],
    )
    with db:
        goal, other = write_and_read(db)
        ann, bob_id = sign_in(db)
        act_as_users(db, goal, ann)
        assert not db.rooms.get_presence("chat", "lobby")
        db.auth.sign_out(email="ann@example.com")
        refused(lambda: db.auth.verify_token(ann["refresh_token"]), "record-not-found")
        deleted = db.auth.delete_user(email="bob@example.com")
        assert deleted is not None
        assert deleted["id"] == bob_id
        assert db.auth.get_user(email="bob@example.com") is None
        db.transact([db.tx.goals[goal].delete(), db.tx.goals[other].delete()])
        assert db.query({"goals": {}}) == {"goals": []}


if __name__ == "__main__":
    main()
