"""What rules see of a request and of the one who sends it."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.permissions.shelves import Library, eid
from tests.local.support import Clock

ANN = "ann@example.com"


@pytest.fixture
def library(instance: LocalInstant) -> Library:
    """One book, to be asked about."""
    library = Library(instance)
    library.write(["update", "books", eid("a"), {"title": "Emma"}])
    return library


def _value(library: Library, rule: str, **headers: str) -> Any:
    """The value of a view rule about the book."""
    body = {"query": {"books": {}}, "rules-override": {"books": {"allow": {"view": rule}}}}
    answer = library.admin.post("/admin/query_perms_check", body, **(headers or {"as-guest": "true"}))
    assert answer.status == 200, answer
    return answer.body["check-results"][0]["check"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, ""),
        ("", ""),
        ("1.1.1.1", ""),
        ("1.1.1.1, 2.2.2.2", "1.1.1.1"),
        ("1.1.1.1,  junk ,3.3.3.3", "junk"),
        ("1.1.1.1,", "1.1.1.1"),
    ],
)
def test_the_address_is_the_last_but_one_it_came_through(library: Library, header: str | None, expected: str) -> None:
    headers = {"as-guest": "true"} | ({} if header is None else {"x-forwarded-for": header})
    assert _value(library, "request.ip", **headers) == expected


def test_overrides_win_over_headers(library: Library) -> None:
    body = {
        "query": {"books": {}},
        "rules-override": {"books": {"allow": {"view": "request.ip + ' ' + request.origin"}}},
        "ip-override": "9.9.9.9",
        "origin-override": "https://other.example",
    }
    headers = {"as-guest": "true", "x-forwarded-for": "1.1.1.1, 2.2.2.2", "origin": "https://a.example"}
    answer = library.admin.post("/admin/query_perms_check", body, **headers)
    assert answer.body["check-results"][0]["check"] == "9.9.9.9 https://other.example"


def test_the_time_is_the_instance_s(library: Library, clock: Clock) -> None:
    before = _value(library, "request.time.getTime()")
    clock.advance(60)
    assert before == (clock() - 60) * 1000
    assert _value(library, "request.time.getTime()") - before == 60_000


def test_nobody_is_an_empty_map(library: Library) -> None:
    assert _value(library, "auth.id == null && auth.email == null && auth.isGuest == null")


def test_a_user_is_its_row_with_its_has_one_links(library: Library) -> None:
    user = library.admin.ok("/admin/refresh_tokens", {"email": ANN})["user"]
    library.write(["update", "$users", user["id"], {"nick": "A"}])
    shown = _value(library, "auth", **{"as-email": ANN})
    expected = {"id": user["id"], "email": ANN, "nick": "A", "isGuest": False, "app_id": library.admin.app.app_id}
    assert expected.items() <= shown.items()


def test_a_guest_with_an_account_says_so(library: Library) -> None:
    token = library.admin.ok("/admin/sign_in_guest", {})["user"]["refresh_token"]
    assert _value(library, "auth.isGuest && auth.type == 'guest' && auth.email == null", **{"as-token": token})


@pytest.mark.parametrize(
    ("rule", "shown"),
    [("0", True), ("''", True), ("[]", True), ("0.0", True), ("null", False), ("false", False), ("data.none", False)],
)
def test_only_null_and_false_deny(library: Library, rule: str, shown: bool) -> None:
    library.rule({"books": {"allow": {"view": rule}}})
    assert len(library.query({"books": {}}).body["books"]) == shown


@pytest.mark.parametrize("path", ["/admin/query_perms_check", "/admin/transact_perms_check"])
def test_a_check_needs_the_admin_token_and_somebody_to_act_as(library: Library, path: str) -> None:
    body = {"query": {}, "steps": []}
    assert library.admin.post(path, body).hint["data-type"] == "non-admin"
    answer = library.admin.post(path, body, **{"as-guest": "true", "authorization": f"Bearer {eid('none')}"})
    assert answer.type == "record-not-found"
