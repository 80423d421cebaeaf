"""Making and changing webhooks: what is stored, what is refused, and in which order."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.schema.pushes import attribute, compiled, do
from tests.local.shapes import eid, new_app, value, write
from tests.local.support import Answer, Clock, call
from tests.local.webhooks.hooked import ALL, PUBLIC_URL, Hooks, reasons


def test_webhooks_are_listed_newest_first(hooks: Hooks, clock: Clock) -> None:
    ids = []
    for number in range(3):
        ids.append(hooks.make(f"{PUBLIC_URL}/{number}"))
        clock.advance(number)
    assert [hook["id"] for hook in hooks.all()] == ids[::-1]


def test_namespace_given_twice_counts_once(hooks: Hooks) -> None:
    assert hooks.try_making(namespaces=["todos", "goals", "todos"]).body["webhook"]["namespaces"] == ["goals", "todos"]


@pytest.mark.parametrize("etype", ["$users", "$files", "$magicCodes"])
def test_system_namespace_is_a_namespace(hooks: Hooks, etype: str) -> None:
    assert hooks.try_making(namespaces=[etype]).body["webhook"]["namespaces"] == [etype]


def test_webhook_follows_a_namespace_that_is_renamed(hooks: Hooks) -> None:
    hooks.make(namespaces=["goals", "todos"])
    for label, described in compiled(hooks.admin)["blobs"]["todos"].items():
        identity = [described["forward-identity"][0], "tasks", label]
        assert do(hooks.admin, ["update-attr", {"id": described["id"], "forward-identity": identity}]).status == 200
    assert [hook["namespaces"] for hook in hooks.all()] == [["goals", "tasks"]]


def test_namespaces_that_are_gone_are_missing_and_without_any_there_is_null(hooks: Hooks) -> None:
    hooks.make(namespaces=["goals", "todos"])
    hooks.make(namespaces=["todos"])
    assert do(hooks.admin, ["delete-attr", attribute(hooks.admin, "todos.id")["id"]]).status == 200
    assert [hook["namespaces"] for hook in hooks.all()] == [None, ["goals"]]


def test_same_webhook_is_refused_while_the_first_one_is_active(hooks: Hooks) -> None:
    first = hooks.make(namespaces=["goals", "todos"], actions=["create", "update"])
    again = hooks.try_making(namespaces=["todos", "goals"], actions=["update", "create"])
    assert (again.type, again.hint["data-type"], reasons(again)) == (
        "validation-failed",
        "webhooks",
        ["A webhook already exists with all of the same properties"],
    )
    assert again.hint["errors"][0]["hint"] == {"webhook-id": first}
    hooks.post(f"/{first}/disable", {})
    assert hooks.try_making(namespaces=["goals", "todos"], actions=["create", "update"]).status == 200


@pytest.mark.parametrize(
    "difference", [{"url": f"{PUBLIC_URL}/2"}, {"namespaces": ["todos"]}, {"actions": ["create"]}], ids=str
)
def test_webhook_that_differs_in_one_thing_is_another_one(hooks: Hooks, difference: dict[str, Any]) -> None:
    hooks.make()
    assert hooks.try_making(**difference).status == 200


def test_empty_update_changes_nothing_but_is_refused_beside_an_equal_active_webhook(hooks: Hooks) -> None:
    first = hooks.make()
    assert hooks.post(f"/{first}", {}).body["webhook"]["sink"] == {"url": PUBLIC_URL}
    hooks.post(f"/{first}/disable", {})
    second = hooks.make()
    refused = hooks.post(f"/{first}", {})
    assert refused.hint["errors"][0]["hint"] == {"webhook-id": second}


def test_webhook_cannot_be_enabled_beside_an_equal_active_one(hooks: Hooks) -> None:
    first = hooks.make()
    hooks.post(f"/{first}/disable", {})
    second = hooks.make()
    refused = hooks.post(f"/{first}/enable", {})
    assert refused.hint["errors"][0]["hint"] == {"webhook-id": second}
    hooks.post(f"/{second}/disable", {})
    assert hooks.post(f"/{first}/enable", {}).body["webhook"]["status"] == "active"


def test_update_changes_what_is_given_and_ignores_what_it_does_not_know(hooks: Hooks, clock: Clock) -> None:
    id = hooks.make(actions=["create"])
    clock.advance(60)
    changed = hooks.post(f"/{id}", {"url": f" {PUBLIC_URL}/2 ", "status": "disabled"}).body["webhook"]
    assert (changed["sink"]["url"], changed["actions"], changed["status"]) == (f"{PUBLIC_URL}/2", ["create"], "active")
    assert changed["created_at"] < changed["updated_at"]
    assert hooks.all() == [changed]


@pytest.mark.parametrize(("key", "given"), [("url", None), ("namespaces", None), ("actions", None)])
def test_null_in_an_update_counts_as_missing(hooks: Hooks, key: str, given: object) -> None:
    answer = hooks.post(f"/{hooks.make()}", {key: given})
    assert (answer.type, answer.hint["in"]) == ("param-missing", ["body", key])


def test_bad_value_wins_over_an_unknown_webhook(hooks: Hooks) -> None:
    answer = hooks.post(f"/{eid(1)}", {"namespaces": ["planets"]})
    assert reasons(answer) == ["Could not find matching table for planets"]


BAD = {"url": "http://hooks.example.com", "namespaces": ["planets"], "actions": []}
GOOD = {"url": PUBLIC_URL, "namespaces": ["goals"], "actions": ["create"]}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (BAD, "The Webhook url must be https"),
        (BAD | {"url": PUBLIC_URL}, "Could not find matching table for planets"),
        (BAD | {"url": PUBLIC_URL, "namespaces": []}, "Webhook must have at least one table."),
        (GOOD | {"actions": []}, "Webhook must have at least one action."),
    ],
)
def test_address_is_checked_before_namespaces_and_those_before_actions(
    hooks: Hooks, given: dict[str, Any], reason: str
) -> None:
    answer = hooks.post("", given)
    assert (answer.hint["data-type"], answer.hint["input"], reasons(answer)) == ("webhook", given, [reason])


def test_shape_of_every_parameter_is_checked_before_any_value(hooks: Hooks) -> None:
    answer = hooks.post("", BAD | {"actions": "create"})
    assert (answer.type, answer.hint["in"]) == ("param-malformed", ["body", "actions"])


def test_hundred_webhooks_may_be_active(hooks: Hooks) -> None:
    ids = [hooks.make(f"{PUBLIC_URL}/{number}") for number in range(100)]

    def is_full(answer: Answer) -> bool:
        return answer.status == 400 and reasons(answer) == ["An app may not have more than 100 active webhooks."]

    assert is_full(hooks.try_making())
    assert is_full(hooks.try_making(f"{PUBLIC_URL}/0"))  # before the duplicate is looked for
    assert is_full(hooks.post(f"/{ids[0]}/enable", {}))  # even though it is active
    assert is_full(hooks.post(f"/{eid(1)}/enable", {}))
    hooks.post(f"/{ids[0]}/disable", {})
    assert hooks.try_making().status == 200


def test_one_event_path_takes_encoded_slashes(hooks: Hooks) -> None:
    id = hooks.make()
    write(hooks.admin, ["update", "goals", eid(1), {"title": "a"}])
    (event,) = hooks.events(id)
    encoded = event["isn"].replace("/", "%2F")
    assert hooks.admin.get(f"{hooks.path}/{id}/events/{encoded}").body == {"event": event}


def test_reset_takes_webhooks_and_events_away(hooks: Hooks) -> None:
    id = hooks.make()
    write(hooks.admin, ["update", "goals", eid(1), {"title": "a"}])
    assert len(hooks.events(id)) == 1
    hooks.admin.instance.control.reset(hooks.admin.app)
    assert (hooks.all(), hooks.events(id)) == ([], [])


def test_snapshot_brings_webhooks_and_events_back(hooks: Hooks) -> None:
    control = hooks.admin.instance.control
    id = hooks.make()
    write(hooks.admin, ["update", "goals", eid(1), {"title": "a"}])
    before = (hooks.all(), hooks.events(id))
    kept = control.snapshot(hooks.admin.app)
    hooks.admin.call("DELETE", f"{hooks.path}/{id}")
    write(hooks.admin, ["update", "goals", eid(1), {"title": "b"}])
    control.restore(kept)
    assert (hooks.all(), hooks.events(id)) == before
    assert hooks.told(id) == [[("goals", "create", eid(1))]]


def test_webhooks_outlive_the_process(tmp_path: Path) -> None:
    path = tmp_path / "dev.sqlite"
    with LocalInstant(path) as instance:
        hooks = Hooks(new_app(instance, goals={"title": value("string")}))
        hooks.make()
        before = (hooks.all(), call(instance, "GET", "/.well-known/webhooks/jwks.json").body)
    with LocalInstant(path) as instance:
        hooks.admin.instance = instance
        assert (hooks.all(), call(instance, "GET", "/.well-known/webhooks/jwks.json").body) == before


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "{hooks}"),
        ("POST", "{hooks}"),
        ("GET", "/.well-known/webhooks/jwks.json"),
        ("GET", "/webhooks/payload/{app}/{id}/0/1/2"),
    ],
)
def test_without_cryptography_webhooks_are_refused_with_the_reason(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric.ed25519", None)
    filled = path.format(hooks=hooks.path, app=hooks.admin.app.app_id, id=eid(1))
    body = {"url": PUBLIC_URL, "namespaces": ["goals"], "actions": ALL} if method == "POST" else None
    answer = hooks.admin.call(method, filled, body)
    assert (answer.status, answer.type) == (400, "not-supported-locally")
    assert "pip install 'instant-admin[webhooks]'" in answer.body["message"]
