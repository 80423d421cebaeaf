# Derived from tests/client/_async/test_live_local.py by scripts/generate_sync.py (make sync). Do not edit.
"""Live queries against the local Instant, in this process and over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from instant_admin import (
    AppDisabledError,
    AuthenticationError,
    InstantAdmin,
    InstantError,
    PermissionEvaluationError,
    UpdateTimeoutError,
    ValidationFailedError,
    new_id,
)
from instant_admin.local import LocalApp, LocalInstant, Request
from tests.client._sync.flavour import live_queries_running, together

SOON = 10.0
ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
QUERY: dict[str, Any] = {"goals": {}}
RULES = {"goals": {"allow": {"view": "data.owner == auth.email"}}}
FAILING_RULES = {"goals": {"allow": {"view": "data.title.size() > 2"}}}


def attribute(*, indexed: bool) -> dict[str, Any]:
    return {"valueType": "string", "required": False, "config": {"indexed": indexed, "unique": False}}


SCHEMA: dict[str, Any] = {
    "entities": {
        "goals": {
            "attrs": {
                "title": attribute(indexed=True),
                "owner": attribute(indexed=False),
            }
        },
        "todos": {"attrs": {"title": attribute(indexed=True)}},
    },
    "links": {
        "goalsTodos": {
            "forward": {"on": "goals", "has": "many", "label": "todos"},
            "reverse": {"on": "todos", "has": "one", "label": "goal"},
        }
    },
}


@pytest.fixture(params=["in process", "over HTTP"])
def db(request: pytest.FixtureRequest) -> InstantAdmin:
    """A client of an app of its own; each test closes it."""
    if request.param == "in process":
        return opened(request.getfixturevalue("instance"))[0]
    served = request.getfixturevalue("served")
    made = httpx.post(f"{served.url}/dash/apps/ephemeral", json={"title": "live", "schema": SCHEMA}).json()["app"]
    return InstantAdmin(made["id"], made["admin-token"], base_url=served.url)


def opened(instance: LocalInstant, **settings: Any) -> tuple[InstantAdmin, LocalApp]:
    """A client of an app of its own, and that app."""
    app = instance.create_app(schema=SCHEMA, **settings)
    return InstantAdmin.local(instance=instance, app=app), app


def titles(update: Any) -> list[str]:
    return sorted(row["title"] for row in update.data["goals"])


def test_writes_are_told_one_by_one(db: InstantAdmin) -> None:
    goal = new_id()
    with db:
        db.transact(db.tx.goals[goal].update({"title": "a"}))
        with db.subscribe_query(QUERY) as live:
            seen = [live.next(timeout=SOON)]
            for chunk in (
                db.tx.goals[new_id()].update({"title": "b"}),
                db.tx.goals[goal].update({"title": "c"}),
                db.tx.goals[goal].delete(),
            ):
                written = db.transact(chunk)
                seen.append(live.next(timeout=SOON))
                assert seen[-1].tx_id == written.tx_id
    assert [titles(update) for update in seen] == [["a"], ["a", "b"], ["b", "c"], ["b"]]


def test_writes_elsewhere_are_no_news(db: InstantAdmin) -> None:
    with db, db.subscribe_query(QUERY) as live:
        assert titles(live.next(timeout=SOON)) == []
        db.transact(db.tx.todos[new_id()].update({"title": "x"}))
        db.transact(db.tx.goals[new_id()].update({"title": "mine"}))
        assert titles(live.next(timeout=SOON)) == ["mine"]
        with pytest.raises(UpdateTimeoutError):
            live.next(timeout=0)


def test_nested_links_are_followed(db: InstantAdmin) -> None:
    goal, todo = new_id(), new_id()
    with db:
        db.transact(
            [
                db.tx.goals[goal].update({"title": "a"}),
                db.tx.todos[todo].update({"title": "b"}).link({"goal": goal}),
            ]
        )
        with db.subscribe_query({"goals": {"todos": {}}}) as live:
            first = live.next(timeout=SOON)
            db.transact(db.tx.todos[todo].update({"title": "c"}))
            then = live.next(timeout=SOON)
    assert [update.data["goals"][0]["todos"][0]["title"] for update in (first, then)] == ["b", "c"]


def test_pages_and_counts_are_told_and_change(db: InstantAdmin) -> None:
    page = {"goals": {"$": {"limit": 1, "order": {"serverCreatedAt": "asc"}}}}
    count = {"goals": {"$": {"aggregate": "count"}}}
    with db:
        db.transact(db.tx.goals[new_id()].update({"title": "a"}))
        with db.subscribe_query(page) as pages, db.subscribe_query(count) as counts:
            before = [pages.next(timeout=SOON), counts.next(timeout=SOON)]
            db.transact(db.tx.goals[new_id()].update({"title": "b"}))
            after = [pages.next(timeout=SOON), counts.next(timeout=SOON)]
    assert before[0].data == after[0].data
    assert [update.page_info["goals"].has_next_page for update in (before[0], after[0])] == [False, True]
    assert [update.aggregate["goals"]["count"] for update in (before[1], after[1])] == [1, 2]


def test_all_pages_can_be_read_one_by_one(db: InstantAdmin) -> None:
    with db:
        db.transact([db.tx.goals[new_id()].update({"title": str(n)}) for n in range(5)])
        found: list[str] = []
        cursor = None
        while True:
            options = {"first": 2, "order": {"title": "asc"}}
            page = db.query_page({"goals": {"$": options | ({"after": cursor} if cursor else {})}})
            found += titles(page)
            if not page.page_info["goals"].has_next_page:
                break
            cursor = page.page_info["goals"].end_cursor
    assert found == ["0", "1", "2", "3", "4"]


def test_invalid_query_is_raised(db: InstantAdmin) -> None:
    wrong: dict[str, Any] = {"goals": {"$": {"order": {"owner": "asc"}}}}
    with db:
        with db.subscribe_query(wrong) as live:
            with pytest.raises(ValidationFailedError):
                live.next(timeout=SOON)
            assert live.status == "closed"
        with pytest.raises(ValidationFailedError):
            db.query_page(wrong)


def test_unknown_user_is_raised(db: InstantAdmin) -> None:
    with db, db.as_user(email="nobody@example.com").subscribe_query(QUERY) as live:
        with pytest.raises(AuthenticationError):
            live.next(timeout=SOON)


def test_who_is_slow_gets_the_newest_result_at_last(db: InstantAdmin) -> None:
    with db, db.subscribe_query(QUERY) as live:
        live.next(timeout=SOON)
        for number in range(30):
            db.transact(db.tx.goals[ID].update({"title": str(number)}))
        while titles(live.next(timeout=SOON)) != ["29"]:
            pass
        db.transact(db.tx.goals[ID].delete())
        assert titles(live.next(timeout=SOON)) == []


def test_two_hundred_live_queries_follow_one_write(db: InstantAdmin) -> None:
    with db:
        lives = [db.subscribe_query(QUERY) for _ in range(200)]
        for live in lives:
            live.__enter__()
        for live in lives:
            assert titles(live.next(timeout=60)) == []
        rows = together(20, lambda _: db.query(QUERY, timeout=60))
        db.transact(db.tx.goals[new_id()].update({"title": "a"}), timeout=60)
        for live in lives:
            assert titles(live.next(timeout=60)) == ["a"]
        for live in lives:
            live.close()
        assert live_queries_running() == 0
    assert rows == [{"goals": []}] * 20


def test_user_sees_what_rules_show(instance: LocalInstant) -> None:
    db, _ = opened(instance, rules=RULES)
    with db:
        db.auth.create_token("ana@example.com")
        ana = db.as_user(email="ana@example.com")
        with ana.subscribe_query(QUERY) as live, db.as_user(guest=True).subscribe_query(QUERY) as nobody:
            assert titles(live.next(timeout=SOON)) == titles(nobody.next(timeout=SOON)) == []
            db.transact(db.tx.goals[new_id()].update({"title": "hers", "owner": "ana@example.com"}))
            assert titles(live.next(timeout=SOON)) == ["hers"]
            with pytest.raises(UpdateTimeoutError):
                nobody.next(timeout=0.05)


def test_rule_that_fails_at_a_refresh_is_raised(instance: LocalInstant) -> None:
    db, _ = opened(instance, rules=FAILING_RULES)
    with db, db.as_user(guest=True).subscribe_query(QUERY) as live:
        assert titles(live.next(timeout=SOON)) == []
        db.transact(db.tx.goals[new_id()].update({"owner": "a goal without a title"}))
        with pytest.raises(PermissionEvaluationError) as caught:
            live.next(timeout=SOON)
        assert caught.value.hint["rule"] == ["goals", "view"]
    assert live_queries_running() == 0


def test_disabled_app_ends_its_live_queries(instance: LocalInstant) -> None:
    db, app = opened(instance)

    def turn(status: str) -> None:
        path = f"/dash/apps/ephemeral/{app.app_id}/status"
        body = f'{{"admin-token": "{app.admin_token}", "status": "{status}"}}'.encode()
        assert instance.handle(Request("POST", path, (), {"content-type": "application/json"}, body)).status == 200

    with db, db.subscribe_query(QUERY) as live:
        live.next(timeout=SOON)
        turn("read-only")
        with pytest.raises(UpdateTimeoutError):
            live.next(timeout=0.05)
        turn("disabled")
        with pytest.raises(AppDisabledError):
            live.next(timeout=SOON)


FAULTS: dict[str, dict[str, Any]] = {
    "a restart": {"status": 503},
    "a lost connection": {"drop": True},
    "a rate limit": {"status": 429},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_fault_when_connecting_is_borne(instance: LocalInstant, fault: dict[str, Any]) -> None:
    db, _ = opened(instance)
    instance.control.fail_next("/admin/subscribe-query", **fault)
    with db, db.subscribe_query(QUERY) as live:
        assert titles(live.next(timeout=SOON)) == []
    instance.control.fail_next("/admin/subscribe-query", status=400)
    with InstantAdmin.local(instance=instance) as other, other.subscribe_query(QUERY) as live:
        with pytest.raises(InstantError):
            live.next(timeout=SOON)


def test_restart_of_the_server_is_no_news_unless_something_changed(instance: LocalInstant) -> None:
    db, app = opened(instance)
    statuses: list[str] = []
    with db, db.subscribe_query(QUERY, on_status=statuses.append) as live:
        assert titles(live.next(timeout=SOON)) == []
        for title in ("a", "b"):
            instance.control.end_streams(app)
            db.transact(db.tx.goals[ID].update({"title": title}))
            assert titles(live.next(timeout=SOON)) == [title]
    assert statuses == ["live", "reconnecting", "live", "reconnecting", "live", "closed"]


def test_dates_are_read_as_in_other_calls(instance: LocalInstant) -> None:
    date = {"valueType": "date", "required": False, "config": {"indexed": True, "unique": False}}
    schema: dict[str, Any] = {"entities": {"goals": {"attrs": {"due": date}}}, "links": {}}
    due = datetime(2026, 1, 31, 9, 5, tzinfo=UTC)
    with InstantAdmin.local(instance=instance, schema=schema, use_dates=True) as db:
        db.transact(db.tx.goals[ID].update({"due": due}))
        with db.subscribe_query(QUERY) as live:
            assert (live.next(timeout=SOON)).data["goals"][0]["due"] == due
        assert (db.query_page(QUERY)).data["goals"][0]["due"] == due
