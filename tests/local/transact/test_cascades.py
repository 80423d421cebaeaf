"""What else a delete deletes: along links that say so, at either end, as they were before the call."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.shapes import Json, by_id, done, eid, link, new_app
from tests.local.support import AdminCalls


def _chain(instance: LocalInstant, links: Json, *steps: list[Any]) -> AdminCalls:
    admin = new_app(instance, links, a={"id": {}}, b={"id": {}})
    done(admin, *(["update", etype, eid(number), {}] for etype in "ab" for number in range(1, 6)), *steps)
    return admin


def _left(admin: AdminCalls, etype: str) -> set[int]:
    return {int(id[-12:], 16) for id in by_id(admin, etype)}


def test_deletes_go_from_target_to_source_and_from_source_to_target(instance: LocalInstant) -> None:
    links = link("a.up", "a.down", "one-many", cascade="f") | link("a.owns", "b.owner", "many-one", cascade="r")
    admin = _chain(
        instance,
        links,
        ["link", "a", eid(2), {"up": eid(1)}],
        ["link", "a", eid(3), {"up": eid(2)}],
        ["link", "a", eid(3), {"owns": [eid(1), eid(2)]}],
    )
    done(admin, ["delete", "a", eid(1)])
    assert (_left(admin, "a"), _left(admin, "b")) == ({4, 5}, {3, 4, 5})


def test_a_cycle_is_deleted_whole_and_once(instance: LocalInstant) -> None:
    admin = _chain(
        instance,
        link("a.up", "a.down", "one-many", cascade="f"),
        *(["link", "a", eid(number), {"up": eid(number % 4 + 1)}] for number in range(1, 5)),
    )
    done(admin, ["delete", "a", eid(3)])
    assert _left(admin, "a") == {5}


def test_an_entity_that_leads_to_itself_is_deleted(instance: LocalInstant) -> None:
    admin = _chain(instance, link("a.up", "a.down", "one-many", cascade="f"), ["link", "a", eid(1), {"up": eid(1)}])
    done(admin, ["delete", "a", eid(1)])
    assert _left(admin, "a") == {2, 3, 4, 5}


def test_links_without_a_rule_only_lose_their_end(instance: LocalInstant) -> None:
    admin = _chain(instance, link("a.to", "b.from"), ["link", "a", eid(1), {"to": [eid(1), eid(2)]}])
    done(admin, ["delete", "b", eid(2)])
    assert [row["id"] for row in by_id(admin, "a", to={})[eid(1)]["to"]] == [eid(1)]
    assert _left(admin, "a") == {1, 2, 3, 4, 5}


def test_a_delete_stays_in_its_namespace_though_ids_are_shared(instance: LocalInstant) -> None:
    links = link("a.up", "a.down", "one-many", cascade="f") | link("b.up", "b.down", "one-many", cascade="f")
    admin = _chain(instance, links, *(["link", etype, eid(2), {"up": eid(1)}] for etype in "ab"))
    done(admin, ["delete", "a", eid(1)])
    assert (_left(admin, "a"), _left(admin, "b")) == ({3, 4, 5}, {1, 2, 3, 4, 5})
    assert by_id(admin, "b")[eid(2)] == {"up": eid(1)}


@pytest.mark.parametrize(
    ("step", "left"),
    [
        (["link", "a", eid(2), {"up": eid(1)}], {2, 3, 4, 5}),
        (["unlink", "a", eid(5), {"up": eid(4)}], {1, 2, 3}),
    ],
)
def test_links_count_as_they_were_before_the_call(instance: LocalInstant, step: list[Any], left: set[int]) -> None:
    admin = _chain(instance, link("a.up", "a.down", "one-many", cascade="f"), ["link", "a", eid(5), {"up": eid(4)}])
    deleted = eid(1) if step[0] == "link" else eid(4)
    done(admin, step, ["delete", "a", deleted])
    assert _left(admin, "a") == left


def test_one_that_does_not_exist_passes_a_delete_on(instance: LocalInstant) -> None:
    ghost = eid(0x99)
    admin = _chain(instance, link("a.up", "a.down", "one-many", cascade="f"), ["link", "a", eid(1), {"up": ghost}])
    done(admin, ["delete", "a", ghost])
    assert _left(admin, "a") == {2, 3, 4, 5}


def test_deleting_a_user_deletes_its_guests_and_sessions(admin: AdminCalls) -> None:
    user = admin.ok("/admin/refresh_tokens", {"email": "ann@example.com"})["user"]
    done(
        admin,
        ["update", "$users", eid(1), {"type": "guest"}],
        ["link", "$users", eid(1), {"linkedPrimaryUser": user["id"]}],
    )
    done(admin, ["delete", "$users", user["id"]])
    assert by_id(admin, "$users") == {}
    body = {"app-id": admin.app.app_id, "refresh-token": user["refresh_token"]}
    assert admin.post("/runtime/auth/verify_refresh_token", body).type == "record-not-found"


def test_what_is_deleted_gives_up_its_unique_values_and_links(instance: LocalInstant) -> None:
    admin = new_app(
        instance,
        link("a.up", "a.down", "one-many", cascade="f"),
        a={"name": {"valueType": "string", "config": {"unique": True}}},
    )
    done(admin, ["update", "a", eid(1), {"name": "x"}], ["update", "a", eid(2), {"name": "y"}])
    done(admin, ["link", "a", eid(2), {"up": eid(1)}])
    done(admin, ["delete", "a", eid(1)])
    done(admin, ["update", "a", eid(2), {"name": "x"}], ["update", "a", eid(3), {"name": "y"}])
    assert by_id(admin, "a") == {eid(2): {"name": "x"}, eid(3): {"name": "y"}}
