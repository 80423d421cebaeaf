"""Values that the tests of the public surface share."""

from __future__ import annotations

import pytest

from instant_admin import RetryPolicy

APP = "11111111-1111-4111-8111-111111111111"
OTHER_APP = "99999999-9999-4999-8999-999999999999"
TOKEN = "22222222-2222-4222-8222-222222222222"
USER_TOKEN = "66666666-6666-4666-8666-666666666666"
ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"

USER = {"id": ID, "email": "a@b.co", "type": "user", "isGuest": False, "app_id": APP}
SIGNED_IN = {"user": {**USER, "refresh_token": USER_TOKEN}, "created": True}

AT_ONCE = RetryPolicy(initial_seconds=0)
"""Retries without waits of our own."""

ENGINES = ("httpx", "pyreqwest", "an httpx client", "an httpx2 client")
"""Everything that sends over a socket; the last two are clients handed in."""

every_engine = pytest.mark.parametrize("engine", ENGINES)
