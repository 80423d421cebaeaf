"""What `LocalInstant.control` does to apps, the clock, the outbox and rooms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from instant_admin import InstantAdmin, RecordExpiredError, new_id
from instant_admin.errors import ConfigurationError, InvalidArgumentError, RateLimitedError
from instant_admin.local import LocalApp, LocalInstant

SCHEMA: dict[str, Any] = {
    "entities": {
        "goals": {
            "attrs": {
                "title": {"valueType": "string", "required": False, "config": {"indexed": True}},
                "slug": {"valueType": "string", "required": False, "config": {"unique": True, "indexed": True}},
            }
        },
        "todos": {"attrs": {"text": {"valueType": "string", "required": False, "config": {}}}},
    },
    "links": {
        "goalTodos": {
            "forward": {"on": "goals", "label": "todos", "has": "many"},
            "reverse": {"on": "todos", "label": "goal", "has": "one"},
        }
    },
}
RULES = {"goals": {"allow": {"view": "data.title != 'secret'"}}}
TREE = {"goals": {"$": {"order": {"title": "asc"}}, "todos": {}}, "$users": {}}


@pytest.fixture
def app(instance: LocalInstant) -> LocalApp:
    return instance.control.create_app(schema=SCHEMA, rules=RULES)


@pytest.fixture
def db(instance: LocalInstant, app: LocalApp) -> Iterator[InstantAdmin]:
    with InstantAdmin.local(instance=instance, app=app) as client:
        yield client


def _fill(db: InstantAdmin) -> dict[str, Any]:
    """Give the app some of everything, and return what queries show of it."""
    todo = new_id()
    db.transact(
        [
            db.tx.todos[todo].update({"text": "Begin"}),
            db.tx.goals[new_id()]
            .update({"title": "b", "slug": "one", "extra": {"n": [1, None]}})
            .link({"todos": todo}),
            db.tx.goals[new_id()].update({"title": "a", "slug": None}),
        ]
    )
    db.auth.create_token("ann@example.com")
    return db.query(TREE)


def test_reset_empties_an_app_and_keeps_schema_and_rules(
    instance: LocalInstant, app: LocalApp, db: InstantAdmin
) -> None:
    _fill(db)
    instance.control.reset(app)

    assert db.query(TREE) == {"goals": [], "$users": []}
    kept = instance.control.dump(app)
    assert kept["rules"] == RULES
    assert {attribute["forward"][2] for attribute in kept["attributes"]} >= {"title", "slug", "todos", "extra"}
    db.transact(db.tx.goals[new_id()].update({"slug": "one"}))  # the unique value is free again


def test_reset_can_take_schema_and_rules_too(instance: LocalInstant, app: LocalApp, db: InstantAdmin) -> None:
    _fill(db)
    instance.control.reset(app, keep_schema=False, keep_rules=False)

    emptied = instance.control.dump(app)
    assert (emptied["attributes"], emptied["rules"]) == ([], None)
    db.transact(db.tx.goals[new_id()].update({"title": 5}))  # no type is left


def test_reset_touches_no_other_app(instance: LocalInstant, app: LocalApp, db: InstantAdmin) -> None:
    other = instance.create_app(schema=SCHEMA)
    with InstantAdmin.local(instance=instance, app=other) as other_db:
        before = _fill(other_db)
        _fill(db)
        instance.control.reset(app, keep_schema=False)

        assert other_db.query(TREE) == before


def test_dump_is_json_and_loads_into_the_same_app(instance: LocalInstant, app: LocalApp, db: InstantAdmin) -> None:
    before = _fill(db)
    written = json.loads(json.dumps(instance.control.dump(app)))
    instance.control.reset(app, keep_schema=False, keep_rules=False)
    instance.control.load(app, written)

    assert db.query(TREE) == before
    assert instance.control.dump(app) == written
    assert len(db.as_user(guest=True).query({"goals": {}})["goals"]) == 2


def test_dump_loads_into_an_app_beside_its_own(instance: LocalInstant, app: LocalApp, db: InstantAdmin) -> None:
    before = _fill(db)
    copy = instance.create_app()
    instance.control.load(copy, instance.control.dump(app))
    with InstantAdmin.local(instance=instance, app=copy) as copy_db:
        assert copy_db.query(TREE) == before
        copy_db.transact(copy_db.tx.goals[new_id()].update({"title": "c"}))

    assert db.query(TREE) == before


def test_loaded_unique_values_are_taken(instance: LocalInstant, app: LocalApp, db: InstantAdmin) -> None:
    _fill(db)
    instance.control.load(app, instance.control.dump(app))

    with pytest.raises(Exception, match="unique"):
        db.transact(db.tx.goals[new_id()].update({"slug": "one"}))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"format": 2}, "format 2"),
        ({"attributes": 5}, "no dump"),
        ({"entities": [{"namespace": "goals", "id": "x", "created_ms": 1, "values": {}}]}, "no UUID"),
        (
            {"entities": [{"namespace": "goals", "id": str(uuid4()), "created_ms": 1, "values": {"nope": 1}}]},
            "goals.nope",
        ),
        ({"links": [{"namespace": "goals", "label": "nope", "source": "x", "target": "x"}]}, "goals.nope"),
        ({"rules": {"goals": {"allow": {"view": "1 +"}}}}, "rules"),
    ],
)
def test_bad_dump_is_refused_and_changes_nothing(
    instance: LocalInstant, app: LocalApp, db: InstantAdmin, changed: dict[str, Any], said: str
) -> None:
    before = _fill(db)
    with pytest.raises(InvalidArgumentError, match=said):
        instance.control.load(app, {**instance.control.dump(app), **changed})

    assert db.query(TREE) == before


def test_snapshot_brings_an_app_back(instance: LocalInstant, app: LocalApp, db: InstantAdmin) -> None:
    before = _fill(db)
    snapshot = instance.control.snapshot(app)
    db.transact([db.tx.goals[new_id()].update({"title": "c", "more": 1}), *_deletions(db)])
    instance.control.restore(snapshot)

    assert db.query(TREE) == before
    assert db.query({"goals": {"$": {"where": {"title": "a"}}}})["goals"][0]["title"] == "a"
    instance.control.reset(app, keep_schema=False, keep_rules=False)
    instance.control.restore(snapshot)
    assert db.query(TREE) == before
    assert instance.control.dump(app)["rules"] == RULES


def _deletions(db: InstantAdmin) -> list[Any]:
    return [db.tx.goals[goal["id"]].delete() for goal in db.query({"goals": {}})["goals"]]


def test_snapshot_survives_that_another_app_grows_meanwhile(
    instance: LocalInstant, app: LocalApp, db: InstantAdmin
) -> None:
    before = _fill(db)
    snapshot = instance.control.snapshot(app)
    instance.control.reset(app, keep_schema=False)
    with InstantAdmin.local(instance=instance, app=instance.create_app(schema=SCHEMA)) as other:
        theirs = _fill(other)
        instance.control.restore(snapshot)

        assert other.query(TREE) == theirs
    assert db.query(TREE) == before


def test_deleted_app_is_gone(instance: LocalInstant) -> None:
    app = instance.default_app()
    instance.control.delete_app(app)

    for call in (instance.control.reset, instance.control.dump, instance.control.delete_app):
        with pytest.raises(InvalidArgumentError, match="no app"):
            call(app)
    assert instance.default_app() != app


def test_restored_app_is_found_by_the_next_process(tmp_path: Path) -> None:
    with LocalInstant(tmp_path / "dev.sqlite") as first:
        app = first.create_app(schema=SCHEMA)
        with InstantAdmin.local(instance=first, app=app) as db:
            before = _fill(db)
            snapshot = first.control.snapshot(app)
            first.control.reset(app)
            first.control.restore(snapshot)
    with LocalInstant(tmp_path / "dev.sqlite") as again, InstantAdmin.local(instance=again, app=app) as db:
        assert db.query(TREE) == before


def test_time_goes_on_as_told(instance: LocalInstant, db: InstantAdmin) -> None:
    code = db.auth.generate_magic_code("ann@example.com")
    instance.control.advance(23 * 3600)
    db.auth.check_magic_code("ann@example.com", code)
    late = db.auth.generate_magic_code("ann@example.com")
    instance.control.advance(25 * 3600)

    with pytest.raises(RecordExpiredError):
        db.auth.check_magic_code("ann@example.com", late)


def test_hourly_limit_is_lifted_by_an_hour_or_a_reset(instance: LocalInstant, app: LocalApp, db: InstantAdmin) -> None:
    def send_all() -> None:
        for _ in range(20):
            db.auth.send_magic_code("ann@example.com")
        with pytest.raises(RateLimitedError):
            db.auth.send_magic_code("ann@example.com")

    send_all()
    instance.control.advance(3600)
    send_all()
    instance.control.reset(app)
    send_all()


@pytest.mark.parametrize("seconds", [-1, 1e12, float("nan"), float("inf")])
def test_clock_refuses_to_go_elsewhere(instance: LocalInstant, seconds: float) -> None:
    with pytest.raises(InvalidArgumentError):
        instance.control.advance(seconds)


def test_clock_goes_back_to_the_time(instance: LocalInstant, db: InstantAdmin) -> None:
    before = instance.now_ms()
    instance.control.advance(1e6)
    db.auth.create_token("ann@example.com")
    instance.control.reset_clock()
    db.auth.create_token("bob@example.com")
    bob = db.auth.get_user("bob@example.com")

    assert instance.now_ms() == before
    assert bob is not None
    assert bob.created_at is not None
    assert bob.created_at[:10] == "2026-09-21"


def test_outbox_has_the_mails_of_an_app(instance: LocalInstant, app: LocalApp, db: InstantAdmin) -> None:
    code = db.auth.send_magic_code("Ann@example.com")
    db.auth.generate_magic_code("bob@example.com")
    (mail,) = instance.control.outbox(app)

    assert (mail.to, mail.code) == ("ann@example.com", code)
    assert code not in repr(mail)
    assert instance.control.outbox(instance.create_app()) == []
    instance.control.reset(app)
    assert instance.control.outbox() == []


def test_seeded_rooms_are_shown(instance: LocalInstant, app: LocalApp, db: InstantAdmin) -> None:
    ann = db.auth.sign_in("ann@example.com").user
    first = instance.control.join_room(app, "lobby", {"name": "Ann"}, user_id=ann.id)
    second = instance.control.join_room(app, "lobby")
    seen = db.rooms.get_presence("chat", "lobby")

    assert set(seen) == {first, second}
    assert seen[first].data == {"name": "Ann"}
    assert seen[first].user is not None
    assert seen[first].user.email == "ann@example.com"
    assert seen[second].user is None
    assert db.rooms.get_presence("chat", "elsewhere") == {}
    db.auth.delete_user("ann@example.com")
    assert db.rooms.get_presence("chat", "lobby")[first].user is None
    for session in (first, second, second):
        instance.control.leave_room(app, "lobby", session)
    assert db.rooms.get_presence("chat", "lobby") == {}


def test_rules_are_traced_while_asked_for(instance: LocalInstant, db: InstantAdmin) -> None:
    db.transact([db.tx.goals[new_id()].update({"title": title}) for title in ("open", "secret")])
    guest = db.as_user(guest=True)
    guest.query({"goals": {}})
    instance.control.start_rule_trace()
    guest.query({"goals": {}})

    seen = [(each.etype, each.action, each.result, each.error) for each in instance.control.rule_trace()]
    assert sorted(seen) == [("goals", "view", False, None), ("goals", "view", True, None)]
    instance.control.start_rule_trace(limit=1)
    guest.query({"goals": {}})
    assert len(instance.control.rule_trace()) == 1
    instance.control.stop_rule_trace()
    assert instance.control.rule_trace() == []


def test_client_of_an_instance_uses_its_default_app_and_leaves_it_open() -> None:
    with LocalInstant() as instance:
        with InstantAdmin.local(instance=instance) as db:
            db.transact(db.tx.goals[new_id()].update({"title": "x"}))
            assert db.app_id == instance.default_app().app_id
        with InstantAdmin.local(instance=instance, schema=SCHEMA) as db:
            assert len(db.query({"goals": {}})["goals"]) == 1


def test_instance_and_path_contradict_each_other(instance: LocalInstant) -> None:
    with pytest.raises(ConfigurationError):
        InstantAdmin.local("dev.sqlite", instance=instance)
    with pytest.raises(ConfigurationError):
        InstantAdmin.local(app=instance.default_app())
