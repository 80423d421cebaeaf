"""Which transactions make events, and what those tell of."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.schema.pushes import attribute, do
from tests.local.shapes import done, eid, new_app, value, write
from tests.local.support import AdminCalls, Clock
from tests.local.webhooks.hooked import Hooks

A, B, C = eid(0xA), eid(0xB), eid(0xC)
Step = list[Any]

# What is done, when goal A and todo B of goal A exist -> what a webhook for goals and todos is told.
TOLD: dict[str, tuple[list[Step], list[tuple[str, str, str]]]] = {
    "a new entity": ([["update", "goals", C, {"rank": 1}]], [("goals", "create", C)]),
    "another value": ([["update", "goals", A, {"title": "b"}]], [("goals", "update", A)]),
    "a value of another kind": ([["update", "goals", A, {"any": 1}]], [("goals", "update", A)]),
    "true where there was 1": ([["update", "goals", A, {"flag": True}]], [("goals", "update", A)]),
    "a value taken away": ([["update", "goals", A, {"title": None}]], [("goals", "update", A)]),
    "a deletion with what hangs on it": (
        [["delete", "goals", A]],
        [("goals", "delete", A), ("todos", "delete", B)],
    ),
    "several steps on one entity": (
        [["update", "goals", A, {"title": "b"}], ["update", "goals", A, {"rank": 2}]],
        [("goals", "update", A)],
    ),
    "several entities": (
        [["update", "goals", A, {"rank": 2}], ["update", "todos", C, {"text": "t"}], ["delete", "todos", B]],
        [("goals", "update", A), ("todos", "create", C), ("todos", "delete", B)],
    ),
    "a link along with a value": (
        [["update", "goals", A, {"rank": 1}], ["unlink", "todos", B, {"goal": A}]],
        [("goals", "update", A)],
    ),
}

NOTHING: dict[str, list[Step]] = {
    "the same values": [["update", "goals", A, {"title": "a", "flag": 1}]],
    "the same object, written otherwise": [["update", "goals", A, {"any": {"y": [2], "x": 1}}]],
    "a link": [["link", "todos", B, {"goal": A}]],
    "a link taken away": [["unlink", "todos", B, {"goal": A}]],
    "a value and back": [["update", "goals", A, {"title": "b"}], ["update", "goals", A, {"title": "a"}]],
    "deletion of what is not there": [["delete", "goals", C]],
    "another namespace": [["update", "notes", C, {"text": "t"}]],
}


@pytest.fixture
def filled(hooks: Hooks) -> Hooks:
    """A goal with a todo."""
    done(
        hooks.admin,
        ["update", "goals", A, {"title": "a", "flag": 1, "any": {"x": 1, "y": [2]}}],
        ["update", "todos", B, {"text": "t"}],
        ["link", "todos", B, {"goal": A}],
    )
    return hooks


@pytest.mark.parametrize(("steps", "told"), TOLD.values(), ids=TOLD)
def test_one_event_tells_of_all_that_a_transaction_changes(
    filled: Hooks, steps: list[Step], told: list[tuple[str, str, str]]
) -> None:
    id = filled.make(namespaces=["goals", "todos"])
    done(filled.admin, *steps)
    assert filled.told(id) == [told]


@pytest.mark.parametrize("steps", NOTHING.values(), ids=NOTHING)
def test_nothing_is_told_of(filled: Hooks, steps: list[Step]) -> None:
    id = filled.make(namespaces=["goals", "todos"])
    done(filled.admin, *steps)
    assert filled.events(id) == []


def test_transaction_that_is_refused_makes_no_event(filled: Hooks) -> None:
    id = filled.make()
    refused = write(filled.admin, ["update", "goals", A, {"title": "b"}], ["update", "goals", B, {"rank": "no number"}])
    assert (refused.status, filled.events(id)) == (400, [])


def test_states_hold_all_plain_values_before_and_after(filled: Hooks) -> None:
    id = filled.make()
    done(filled.admin, ["update", "goals", A, {"rank": 2}])
    done(filled.admin, ["delete", "goals", A])
    before = {"id": A, "title": "a", "flag": 1, "any": {"x": 1, "y": [2]}}
    assert filled.changes(id) == [[(before, {**before, "rank": 2})], [({**before, "rank": 2}, None)]]


def test_attributes_have_the_names_of_now_and_those_that_are_gone_are_left_out(filled: Hooks) -> None:
    id = filled.make()
    done(filled.admin, ["update", "goals", A, {"rank": 2}])
    title = attribute(filled.admin, "goals.title")
    renamed = {"id": title["id"], "forward-identity": [title["forward-identity"][0], "goals", "headline"]}
    flag, other = attribute(filled.admin, "goals.flag"), attribute(filled.admin, "goals.any")
    steps = [["update-attr", renamed], ["delete-attr", flag["id"]], ["delete-attr", other["id"]]]
    assert do(filled.admin, *steps).status == 200
    assert filled.changes(id) == [[({"id": A, "headline": "a"}, {"id": A, "headline": "a", "rank": 2})]]


def test_each_webhook_has_an_event_of_its_own_with_the_number_of_the_transaction(filled: Hooks) -> None:
    goals, todos = filled.make(namespaces=["goals"]), filled.make(namespaces=["todos"])
    done(filled.admin, ["update", "goals", A, {"rank": 2}], ["update", "todos", B, {"text": "u"}])
    (one,), (other,) = filled.events(goals), filled.events(todos)
    assert one["isn"] == other["isn"]
    assert filled.told(goals) == [[("goals", "update", A)]]
    assert filled.told(todos) == [[("todos", "update", B)]]


@pytest.mark.parametrize("action", ["create", "update", "delete"])
def test_webhook_is_told_of_its_actions_only(filled: Hooks, action: str) -> None:
    id = filled.make(actions=[action])
    done(filled.admin, ["update", "goals", C, {"rank": 1}])
    done(filled.admin, ["update", "goals", C, {"rank": 2}])
    done(filled.admin, ["delete", "goals", C])
    assert filled.told(id) == [[("goals", action, C)]]


def test_disabled_webhook_is_not_told_later_what_it_has_missed(filled: Hooks) -> None:
    id = filled.make()
    filled.post(f"/{id}/disable", {})
    done(filled.admin, ["update", "goals", A, {"rank": 1}])
    filled.post(f"/{id}/enable", {})
    assert filled.events(id) == []
    done(filled.admin, ["update", "goals", A, {"rank": 2}])
    assert len(filled.events(id)) == 1


def test_payload_is_seen_through_the_webhook_as_it_is_now(filled: Hooks) -> None:
    id = filled.make(namespaces=["goals"])
    done(filled.admin, ["update", "goals", A, {"rank": 2}], ["update", "todos", B, {"text": "u"}])
    filled.post(f"/{id}", {"namespaces": ["todos"]})
    assert filled.told(id) == [[("todos", "update", B)]]
    filled.post(f"/{id}", {"actions": ["delete"]})
    assert filled.told(id) == [[]]


def test_keys_of_payload_and_records_stay_the_same_and_differ_from_each_other(filled: Hooks) -> None:
    ids = filled.make(), filled.make(namespaces=["goals", "todos"])
    done(filled.admin, ["update", "goals", A, {"rank": 2}])
    done(filled.admin, ["update", "goals", A, {"rank": 3}])
    found = [filled.payload(id, event["isn"]).body for id in ids for event in filled.events(id)]
    again = [filled.payload(id, event["isn"]).body for id in ids for event in filled.events(id)]
    assert found == again
    assert len({payload["idempotencyKey"] for payload in found}) == 4
    records = [record["idempotencyKey"] for payload in found for record in payload["data"]]
    assert len(set(records)) == 2  # of the change, whoever is told of it


def test_payload_is_not_to_be_kept_by_anybody_on_the_way(filled: Hooks) -> None:
    id = filled.make()
    done(filled.admin, ["update", "goals", A, {"rank": 2}])
    headers = filled.payload(id, filled.events(id)[0]["isn"]).headers
    wanted = ("cache-control", "pragma", "expires", "vary")
    assert [headers[name] for name in wanted] == ["no-store, private", "no-cache", "0", "Authorization"]


def test_event_of_another_app_is_unknown(filled: Hooks, instance: LocalInstant) -> None:
    id = filled.make()
    done(filled.admin, ["update", "goals", A, {"rank": 2}])
    isn = filled.events(id)[0]["isn"]
    other = Hooks(new_app(instance, goals={"title": value("string")}))
    assert other.admin.get(f"{other.path}/{id}/events/{isn}").type == "record-not-found"
    assert other.payload(other.make(), isn).body["data"] is None


def test_unknown_events_have_keys_of_their_own(filled: Hooks) -> None:
    id = filled.make()
    answers = [filled.payload(id, isn).body for isn in ("0/1/A", "0/1/a", "0/1/B", "1/1/A")]
    assert [answer["data"] for answer in answers] == [None] * 4
    keys = [answer["idempotencyKey"] for answer in answers]
    assert (keys[0] == keys[1], len(set(keys))) == (True, 3)


def test_sign_up_change_and_deletion_of_a_user_are_told(hooks: Hooks) -> None:
    id = hooks.make(namespaces=["$users"])
    user = hooks.admin.ok("/admin/refresh_tokens", {"email": "ann@example.com"})["user"]["id"]
    done(hooks.admin, ["update", "$users", user, {"nick": "Ann"}])
    hooks.admin.delete("/admin/users", id=user)
    named = {"id": user, "email": "ann@example.com", "nick": "Ann"}
    unnamed = {"id": user, "email": "ann@example.com"}
    assert hooks.changes(id) == [[(None, unnamed)], [(unnamed, named)], [(named, None)]]


def test_file_is_told_of_with_an_address_to_fetch_it(hooks: Hooks) -> None:
    id = hooks.make(namespaces=["$files"])
    answer = hooks.admin.call(
        "PUT", "/admin/storage/upload", b"content", headers={"path": "a.txt", "content-type": "text/plain"}
    )
    assert answer.status == 200, answer
    ((_, after),) = hooks.changes(id)[0]
    assert after is not None
    assert (after["id"], after["path"]) == (answer.body["data"]["id"], "a.txt")
    assert hooks.admin.get(after["url"]).status == 200


def test_list_of_events_goes_on_after_a_hundred(hooks: Hooks, clock: Clock) -> None:
    id = hooks.make()
    hooks.admin.instance.webhooks.close()  # what becomes of the deliveries does not matter here
    for number in range(230):
        done(hooks.admin, ["update", "goals", A, {"rank": number}])
        clock.advance(1)
    pages, after = [], {}
    while True:
        page = hooks.admin.get(f"{hooks.path}/{id}/events", **after).body
        pages.append([event["isn"] for event in page["events"]])
        after = {"after": page["pageInfo"]["endCursor"]}
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert [len(page) for page in pages] == [100, 100, 30]
    listed = [isn for page in pages for isn in page]
    assert listed == sorted(set(listed), key=lambda isn: int(isn.split("/")[2], 16), reverse=True)


@pytest.mark.parametrize("cursor", ["!!", "AAAA", "aXNuOg", "aXNuOi0x", "ü", ""])
def test_cursor_that_is_none_is_refused(hooks: Hooks, cursor: str) -> None:
    answer = hooks.admin.get(f"{hooks.path}/{hooks.make()}/events", after=cursor)
    assert (answer.type, answer.hint) == ("param-malformed", {"in": ["params", "after"], "original-input": cursor})


def test_events_are_listed_for_sixty_days(hooks: Hooks, clock: Clock) -> None:
    id = hooks.make()
    done(hooks.admin, ["update", "goals", A, {"rank": 1}])
    clock.advance(59 * 24 * 3600)
    assert len(hooks.events(id)) == 1
    clock.advance(2 * 24 * 3600)
    assert hooks.events(id) == []


def test_write_of_somebody_signed_in_is_told_of(hooks: Hooks, admin: AdminCalls) -> None:
    id = hooks.make()
    answer = admin.post("/admin/transact", {"steps": [["update", "goals", A, {"rank": 1}]]}, **{"as-guest": "true"})
    assert answer.status == 200, answer
    assert hooks.told(id) == [[("goals", "create", A)]]
