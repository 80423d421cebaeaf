# Derived from tests/client/_async/test_secrets.py by scripts/generate_sync.py (make sync). Do not edit.
"""Tokens and codes reach the server, and nothing else: no text, no log line, no error."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

import pytest

from instant_admin import APIError, InstantAdmin, InstantError, User
from tests.client._sync.flavour import connect
from tests.client.values import SIGNED_IN, TOKEN, USER_TOKEN, every_engine
from tests.support.fake_server import Answer, FakeServer, cut, dropped, raw, refusal, reply, stalled

CODE = "847362"
GUEST_TOKEN = "77777777-7777-4777-8777-777777777777"
SECRETS = (TOKEN, USER_TOKEN, CODE, GUEST_TOKEN)

CALLS: dict[str, Callable[[InstantAdmin], object]] = {
    "query": lambda db: db.query({"goals": {}}),
    "query as a user": lambda db: db.as_user(token=USER_TOKEN).query({"goals": {}}),
    "check_magic_code": lambda db: db.auth.check_magic_code("a@b.co", CODE, refresh_token=GUEST_TOKEN),
    "verify_token": lambda db: db.auth.verify_token(USER_TOKEN),
    "get_user": lambda db: db.auth.get_user(refresh_token=USER_TOKEN),
    "delete_user": lambda db: db.auth.delete_user(refresh_token=USER_TOKEN),
    "sign_out": lambda db: db.auth.sign_out(refresh_token=USER_TOKEN),
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


def echoed() -> Answer:
    """A refusal that repeats everything it was sent, as Instant's do."""
    args = [{"token": TOKEN, "code": CODE, f"key {USER_TOKEN}": [GUEST_TOKEN, f"Bearer {TOKEN}"]}]
    text = f"No such {TOKEN}, {USER_TOKEN}, {CODE}, {GUEST_TOKEN}."
    return refusal("record-not-found", message=text, hint={"args": args, "record-type": "app-user"})


FAULTS: dict[str, Answer] = {
    "no reply": dropped(),
    "half a reply": cut(reply({}), -1),
    "garbage": raw(b"garbage\r\n\r\n"),
    "silence": stalled(),
    "another body": reply(b"<html>"),
    "an empty refusal": reply(b"", 500),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@every_call
@every_engine
def test_failing_call_tells_no_secret(
    server: FakeServer,
    engine: str,
    call: Callable[[InstantAdmin], object],
    fault: Answer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.always(fault)
    seen: list[object] = []
    with connect(server, engine, retry=None, timeout=0.2, on_response=seen.append) as db:
        with pytest.raises(InstantError) as caught:
            call(db)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + caplog.text + repr(seen)
    assert [secret for secret in SECRETS if secret in told] == []


@every_call
def test_refusal_that_echoes_secrets_is_masked(
    server: FakeServer, call: Callable[[InstantAdmin], object], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.always(echoed())
    with connect(server) as db:
        with pytest.raises(APIError) as caught:
            call(db)
    sent = f"{server.last.headers}{server.last.target}{server.last.body!r}"
    own = [secret for secret in SECRETS if secret in sent]
    told = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value)) + caplog.text
    assert own
    assert [secret for secret in own if secret in told] == []
    assert "[redacted]" in caught.value.message


def test_reprs_tell_no_secret(server: FakeServer) -> None:
    server.always(reply(SIGNED_IN))
    with connect(server) as db:
        user_db = db.as_user(token=USER_TOKEN)
        signed_in = db.auth.sign_in("a@b.co")
        told = [repr(each) for each in (db, user_db, db.auth, user_db.auth, db.rooms, db.tx, signed_in, signed_in.user)]
        told += [str(signed_in.user), f"{signed_in.user}", f"{vars(db)}", f"{vars(user_db)}", f"{vars(user_db.auth)}"]
    assert signed_in.user.refresh_token == USER_TOKEN
    assert [text for text in told if TOKEN in text or USER_TOKEN in text] == []
    assert "as_user" in repr(user_db)


def test_repr_of_a_user_masks_the_token_and_cuts_long_text() -> None:
    user = User({"id": "1", "refresh_token": USER_TOKEN, "about": "x" * 5000})
    assert USER_TOKEN not in repr(user)
    assert len(repr(user)) < 500


@every_engine
def test_succeeding_call_logs_no_secret_and_no_data(
    server: FakeServer, engine: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.always(reply({**SIGNED_IN, "code": CODE}))
    with connect(server, engine) as db:
        db.auth.get_user(refresh_token=USER_TOKEN)
        db.auth.generate_magic_code("a@b.co")
        db.as_user(token=USER_TOKEN).auth.sign_in("a@b.co", extra_fields={"nick": "zaphod"})
    told = caplog.text + "".join(repr(vars(record)) for record in caplog.records)
    assert "createMagicCode" in told
    assert [word for word in (*SECRETS, "zaphod") if word in told] == []
    assert server.received[0].query["refresh_token"] == USER_TOKEN
