# Derived from tests/client/_async/test_mistakes.py by scripts/generate_sync.py (make sync). Do not edit.
"""Mistakes that can be seen here are explained here: nothing is sent, not even a connection is opened."""

# What type checkers would refuse, too, is what is tested.
# mypy: disable-error-code="arg-type, call-overload"

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from instant_admin import (
    ConfigurationError,
    InstantAdmin,
    InstantError,
    InvalidArgumentError,
    RetryPolicy,
)
from tests.client._sync.flavour import connect
from tests.client.values import ID, USER_TOKEN
from tests.support.fake_server import FakeServer

Mistake = tuple[Callable[[InstantAdmin], object], type[InstantError], str]

CALLS: dict[str, Mistake] = {
    "a list for a query": (lambda db: db.query([{"goals": {}}]), InvalidArgumentError, "query must be an object"),
    "None for a query": (lambda db: db.query(None), InvalidArgumentError, "query must be an object"),
    "text for a query": (lambda db: db.query("goals"), InvalidArgumentError, "query must be an object"),
    "a list where a namespace's form belongs": (
        lambda db: db.query({"goals": []}),
        InvalidArgumentError,
        r"goals: expected an object",
    ),
    "a misspelt option": (
        lambda db: db.query({"goals": {"$": {"were": {}}}}),
        InvalidArgumentError,
        r"goals\.\$: there is no option 'were'. Did you mean 'where'\?",
    ),
    "a naive datetime": (
        lambda db: db.query({"goals": {"$": {"where": {"at": datetime(2026, 1, 2)}}}}),
        InvalidArgumentError,
        r"query\.goals\.\$\.where\.at is a naive datetime",
    ),
    "a Decimal": (
        lambda db: db.query({}, rule_params={"price": Decimal("1.1")}),
        InvalidArgumentError,
        r"rule_params\.price is Decimal.*converter=",
    ),
    "rule parameters that are a list": (
        lambda db: db.query({}, rule_params=["x"]),
        InvalidArgumentError,
        "rule_params must be an object",
    ),
    "a lone surrogate": (
        lambda db: db.query({"goals": {"$": {"where": {"title": "\ud800"}}}}),
        InvalidArgumentError,
        r"request\.query\.goals\.\$\.where\.title holds a lone surrogate",
    ),
    **{
        f"a lone surrogate as {name}": (call, InvalidArgumentError, "holds a lone surrogate")
        for name, call in {
            "an address": lambda db: db.auth.get_user(email="\ud800"),
            "a token": lambda db: db.auth.sign_out(refresh_token="\ud800"),
            "a path": lambda db: db.storage.delete("\ud800"),
            "a cursor": lambda db: db.webhooks.list_events(ID, after="\ud800"),
            "a room": lambda db: db.rooms.get_presence("chat", "\ud800"),
        }.items()
    },
    "a namespace without an entity": (
        lambda db: db.transact(db.tx.goals),
        InvalidArgumentError,
        r"tx\['goals'\] lacks an entity id",
    ),
    "a namespace among chunks": (
        lambda db: db.transact([db.tx.goals[ID].delete(), db.tx.goals]),
        InvalidArgumentError,
        r"tx\['goals'\] lacks an entity id",
    ),
    "the builder itself": (lambda db: db.transact(db.tx), InvalidArgumentError, "takes chunks such as"),
    "a step for a chunk": (lambda db: db.transact([["update", "goals", ID, {}]]), InvalidArgumentError, "takes chunks"),
    "None for chunks": (lambda db: db.transact(None), InvalidArgumentError, "takes chunks such as"),
    "a dict for chunks": (lambda db: db.transact({"a": 1}), InvalidArgumentError, "takes chunks such as"),
    "debug_query as the app": (lambda db: db.debug_query({}), ConfigurationError, "debug_query"),
    "commit that is no truth value": (
        lambda db: db.as_user(guest=True).debug_transact([], commit="yes"),
        InvalidArgumentError,
        "commit must be True or False",
    ),
    "blank ip": (
        lambda db: db.as_user(guest=True).debug_query({}, ip=" "),
        InvalidArgumentError,
        "ip must be text that is not blank",
    ),
    "rules that are text": (
        lambda db: db.as_user(guest=True).debug_query({}, rules="{}"),
        InvalidArgumentError,
        "rules must be an object",
    ),
    "nobody to get": (lambda db: db.auth.get_user(), InvalidArgumentError, "exactly one of email, id, refresh_token"),
    "two to get": (
        lambda db: db.auth.get_user("a@b.co", id=ID),
        InvalidArgumentError,
        "exactly one of email, id, refresh_token; got email, id",
    ),
    "nobody to delete": (lambda db: db.auth.delete_user(), InvalidArgumentError, "delete_user takes exactly one"),
    "three to delete": (
        lambda db: db.auth.delete_user("a@b.co", id=ID, refresh_token=USER_TOKEN),
        InvalidArgumentError,
        "got email, id, refresh_token",
    ),
    "nobody to sign out": (lambda db: db.auth.sign_out(), InvalidArgumentError, "sign_out takes exactly one"),
    "nobody to sign in": (lambda db: db.auth.sign_in(), InvalidArgumentError, "exactly one of email, id; got none"),
    "two to sign in": (lambda db: db.auth.create_token("a@b.co", id=ID), InvalidArgumentError, "got email, id"),
    "an id that is none": (lambda db: db.auth.get_user(id="5"), InvalidArgumentError, "id must be a UUID, got '5'"),
    "a blank address": (lambda db: db.auth.get_user(" "), InvalidArgumentError, "email must be text that is not blank"),
    "a blank token": (lambda db: db.auth.verify_token(""), InvalidArgumentError, "refresh_token must be text"),
    "no token": (lambda db: db.auth.verify_token(None), InvalidArgumentError, "refresh_token must be text"),
    "a blank code": (lambda db: db.auth.check_magic_code("a@b.co", " "), InvalidArgumentError, "code must be text"),
    "a code that is a number": (
        lambda db: db.auth.check_magic_code("a@b.co", 42317),
        InvalidArgumentError,
        "code must be text, so that leading zeros stay, got int",
    ),
    "no address for a code": (lambda db: db.auth.generate_magic_code(""), InvalidArgumentError, "email must be text"),
    "extra fields that are a list": (
        lambda db: db.auth.sign_in_guest(extra_fields=["nick"]),
        InvalidArgumentError,
        "extra_fields must be an object",
    ),
    "a blank room": (lambda db: db.rooms.get_presence("chat", ""), InvalidArgumentError, "room_id must be text"),
    "no request at all": (
        lambda db: db.auth.get_user_from_request(object()),
        InvalidArgumentError,
        "request must be",
    ),
    "a timeout of zero": (lambda db: db.query({}, timeout=0), ConfigurationError, "timeout: total must be a positive"),
    "a timeout of text": (
        lambda db: db.query({}, timeout="5"),
        ConfigurationError,
        "timeout: total must be a positive",
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_call_with_a_mistake_sends_nothing(server: FakeServer, name: str) -> None:
    call, cls, words = CALLS[name]
    with connect(server) as db:
        with pytest.raises(cls, match=words):
            call(db)
    assert server.connections == 0


SETTINGS: dict[str, tuple[dict[str, Any], str]] = {
    "no app id": ({"app_id": None}, "No app id: pass app_id=... or set INSTANT_APP_ID"),
    "blank app id": ({"app_id": " "}, "No app id"),
    "app id that is no UUID": ({"app_id": "my-app"}, "app_id must be a UUID, got 'my-app'"),
    "token with a line break inside": ({"admin_token": "a\nb"}, "admin_token holds characters that cannot be sent"),
    "address without a scheme": ({"base_url": "localhost:8888"}, "base_url must be an http"),
    "address with a login": ({"base_url": "http://u:p@localhost"}, "neither a login nor a query"),
    "unknown engine": ({"engine": "aiohttp"}, "engine must be"),
    "retry that is a number": ({"retry": 3}, "retry must be a RetryPolicy or None"),
    "callback that is none": ({"on_response": "log"}, "on_response must be callable"),
    "negative timeout": ({"timeout": -1}, "timeout: total"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_client_with_a_mistake_is_not_made(server: FakeServer, name: str) -> None:
    given, words = SETTINGS[name]
    with pytest.raises(ConfigurationError, match=words):
        with connect(server, **given):
            pass
    assert server.connections == 0


@pytest.mark.parametrize(
    "given",
    [
        {"max_attempts": 0},
        {"max_attempts": 1.5},
        {"max_attempts": "3"},
        {"max_attempts": True},
        {"initial_seconds": float("nan")},
        {"initial_seconds": -1},
        {"max_seconds": float("inf")},
        {"max_seconds": "5"},
    ],
    ids=str,
)
def test_senseless_retry_policy_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="retry: max_attempts starts at 1"):
        RetryPolicy(**given)


def test_use_after_close_is_refused_clearly(server: FakeServer) -> None:
    with connect(server) as db:
        db.query({})
    db.close()
    with pytest.raises(ConfigurationError, match="This client is closed"):
        db.query({})
    with pytest.raises(ConfigurationError, match="This client is closed"):
        db.auth.verify_token(USER_TOKEN)
    assert len(server.received) == 1


def test_file_of_a_local_instant_that_cannot_be_made_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        InstantAdmin(base_url=f"local:{tmp_path / 'missing' / 'dev.sqlite'}")
