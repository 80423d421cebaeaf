"""The key of an instance, its signatures, and the tokens that fetch changes."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest

from instant_admin.errors import WebhookVerificationError
from instant_admin.local import LocalInstant
from instant_admin.local.errors import Refusal
from instant_admin.local.webhooks.signing import SigningKey
from instant_admin.webhooks import verify
from tests.local.shapes import done, eid
from tests.local.support import START, call
from tests.local.webhooks.hooked import Hooks

NOW_MS = 1_790_000_000_000
APP, HOOK, ISN = eid(1), eid(2), "0/328/1"
BODY = b'{"payloadUrl": "http://local-instant.invalid/webhooks/payload/x", "token": "t"}'


def key_with(*, negative: bool) -> SigningKey:
    """A key whose id is negative where it is written signed, or is not."""
    keys = (SigningKey(bytes([number] * 32)) for number in range(256))
    return next(key for key in keys if key.signed_id.startswith("-") is negative)


@pytest.mark.parametrize("negative", [True, False])
def test_signature_is_good_whichever_way_the_id_of_the_key_is_written(negative: bool) -> None:
    key = key_with(negative=negative)
    header = key.signature_header(BODY, NOW_MS)
    assert header.startswith(f"t={NOW_MS // 1000},kid={key.signed_id},v1=")
    published = key.published()
    assert int(published["kid"]) == int(key.signed_id) % 2**32
    assert verify(BODY, header, jwks={"keys": [published]}, now=NOW_MS / 1000).token == "t"


def test_signature_of_another_body_is_none() -> None:
    key = key_with(negative=True)
    with pytest.raises(WebhookVerificationError, match="does not fit"):
        verify(BODY + b" ", key.signature_header(BODY, NOW_MS), jwks={"keys": [key.published()]}, now=NOW_MS / 1000)


def test_secret_is_in_no_repr() -> None:
    key = SigningKey(bytes([7] * 32))
    assert repr(key) == f"SigningKey({key.signed_id})"


def _forged(change: dict[str, Any]) -> str:
    """A token whose claims were changed after it had been signed."""
    header, claims, signature = key_with(negative=True).token("o", APP, HOOK, ISN, NOW_MS).split(".")
    read = json.loads(_decoded(claims)) | change
    return f"{header}.{urlsafe_b64encode(json.dumps(read).encode()).rstrip(b'=').decode()}.{signature}"


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_token_says_what_it_is_for() -> None:
    key = key_with(negative=True)
    header, claims, _ = key.token("http://here", APP, HOOK, ISN, NOW_MS).split(".")
    assert json.loads(_decoded(header)) == {"kid": key.signed_id, "typ": "JWT", "alg": "EdDSA"}
    assert json.loads(_decoded(claims)) == {
        "iss": "http://here",
        "sub": APP,
        "exp": NOW_MS // 1000 + 3600,
        "app-id": APP,
        "webhook-id": HOOK,
        "isn": ISN,
    }


@pytest.mark.parametrize(
    ("token", "about", "seconds_later"),
    [
        ("a.b.c", (APP, HOOK, ISN), 0),
        ("..", (APP, HOOK, ISN), 0),
        ("ü.ü.ü", (APP, HOOK, ISN), 0),
        (_forged({"exp": NOW_MS}), (APP, HOOK, ISN), 0),
        (key_with(negative=False).token("o", APP, HOOK, ISN, NOW_MS), (APP, HOOK, ISN), 0),
        (key_with(negative=True).token("o", APP, HOOK, ISN, NOW_MS), (APP, HOOK, ISN), 3600),
        (key_with(negative=True).token("o", APP, HOOK, ISN, NOW_MS), (HOOK, HOOK, ISN), 0),
        (key_with(negative=True).token("o", APP, HOOK, ISN, NOW_MS), (APP, APP, ISN), 0),
        (key_with(negative=True).token("o", APP, HOOK, ISN, NOW_MS), (APP, HOOK, "0/328/2"), 0),
    ],
    ids=[
        "made up",
        "empty",
        "no base64",
        "changed",
        "another key's",
        "too old",
        "another app's",
        "another webhook's",
        "another event's",
    ],
)
def test_token_is_refused(token: str, about: tuple[str, str, str], seconds_later: int) -> None:
    with pytest.raises(Refusal) as refused:
        key_with(negative=True).check_token(token, *about, NOW_MS + seconds_later * 1000)
    assert refused.value.type == "validation-failed"
    assert refused.value.hint == {
        "data-type": "jwt",
        "input": "<redacted token>",
        "errors": [{"message": refused.value.hint["errors"][0]["message"]}],
    }
    assert token not in str(refused.value)


def test_token_is_good_until_its_hour_is_over() -> None:
    key = key_with(negative=True)
    key.check_token(key.token("o", APP, HOOK, ISN, NOW_MS), APP, HOOK, ISN, NOW_MS + 3599_000)


def test_token_fetches_the_changes_of_its_event_and_no_others(hooks: Hooks, instance: LocalInstant) -> None:
    id = hooks.make()
    for rank in (1, 2):
        done(hooks.admin, ["update", "goals", eid(1), {"rank": rank}])
    one, other = (event["isn"] for event in hooks.events(id))
    app = hooks.admin.app.app_id
    token = instance.webhooks.key.token("o", app, id, one, int(START * 1000))

    def fetch(isn: str) -> int:
        headers = {"authorization": f"Bearer {token}"}
        return call(instance, "GET", f"/webhooks/payload/{app}/{id}/{isn}", headers=headers).status

    assert (fetch(one), fetch(one.lower()), fetch(other)) == (200, 200, 400)
    instance.advance(3600)
    assert fetch(one) == 400


def test_instances_have_keys_of_their_own(instance: LocalInstant) -> None:
    with LocalInstant() as other:
        assert instance.webhooks.key.published() != other.webhooks.key.published()
