"""The server is asked for its keys rarely, whoever sends what."""

from __future__ import annotations

from instant_admin._core.webhooks.key_cache import KEEP_SECONDS, PAUSE_SECONDS, KeyCache
from tests.support.webhook_signing import JWKS, KEY


def test_unknown_key_is_asked_for_once_and_then_stays_unknown_for_a_while() -> None:
    keys = KeyCache()
    assert keys.find("k1", 1000.0) is None
    assert keys.ask(1000.0)
    assert not keys.ask(1000.0)
    keys.keep(JWKS, 1001.0)
    assert keys.find("k1", 1001.0) == KEY
    assert keys.find("k9", 1001.0) is None
    assert not keys.ask(1000.0 + PAUSE_SECONDS - 1)
    assert keys.ask(1000.0 + PAUSE_SECONDS)


def test_a_thousand_unknown_keys_in_a_minute_cost_two_requests() -> None:
    keys = KeyCache()
    asked = 0
    for index in range(1000):
        now = 1000.0 + index * 0.06
        if keys.find(f"forged{index}", now) is None and keys.ask(now):
            asked += 1
            keys.keep(JWKS, now)
    assert asked == 2


def test_list_is_believed_for_an_hour_so_that_a_withdrawn_key_ends() -> None:
    keys = KeyCache()
    keys.keep(JWKS, 1000.0)
    assert keys.find("k1", 1000.0 + KEEP_SECONDS - 1) == KEY
    assert keys.find("k1", 1000.0 + KEEP_SECONDS) is None


def test_new_list_replaces_the_old_one() -> None:
    keys = KeyCache()
    keys.keep(JWKS, 1000.0)
    keys.keep({"keys": [{**KEY, "kid": "k2"}]}, 1001.0)
    assert keys.find("k1", 1001.0) is None
    assert keys.find("k2", 1001.0) == {**KEY, "kid": "k2"}


def test_built_in_keys_need_no_request_and_stay() -> None:
    keys = KeyCache(JWKS)
    assert keys.find("k1", 1e9) == KEY
    keys.keep({"keys": []}, 1e9)
    assert keys.find("k1", 1e9) == KEY
