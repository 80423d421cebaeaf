"""On whose behalf a call is made: one user at a time, under the app's token or without it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import ConfigurationError, InvalidArgumentError
from instant_admin._core.context import Context

APP = "11111111-1111-4111-8111-111111111111"
SECRET = "22222222-2222-4222-8222-222222222222"
TOKEN = "66666666-6666-4666-8666-666666666666"
AS_APP = Context(APP, SECRET)
WITHOUT = Context(APP, None)
APP_PARAMETERS = {"app_id_header": APP, "app_id_query": APP}

SENT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "an address": ({"email": "ann@example.com"}, {"as_email": "ann@example.com"}),
    "an address in upper case": ({"email": "Ann@Example.COM"}, {"as_email": "ann@example.com"}),
    "an address with blanks": ({"email": " ann@example.com\n"}, {"as_email": "ann@example.com"}),
    "an address of Latin-1": ({"email": "é@example.com"}, {"as_email": "é@example.com"}),
    "a token": ({"token": TOKEN}, {"as_token": TOKEN}),
    "a token with a line break": ({"token": f"{TOKEN}\n"}, {"as_token": TOKEN}),
    "a token keeps its case": ({"token": "aBc"}, {"as_token": "aBc"}),
    "a guest": ({"guest": True}, {"as_guest": True}),
}


def act(context: Context, **identity: Any) -> Context:
    return context.as_user(**({"email": None, "token": None, "guest": False} | identity))


@pytest.mark.parametrize(("identity", "parameters"), SENT.values(), ids=SENT)
def test_user_is_sent(identity: dict[str, Any], parameters: dict[str, Any]) -> None:
    assert act(AS_APP, **identity).user_parameters == {**APP_PARAMETERS, **parameters}
    assert act(AS_APP, **identity).app_parameters == APP_PARAMETERS


def test_the_app_itself_sends_no_user() -> None:
    assert AS_APP.user_parameters == APP_PARAMETERS


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nobody": ({}, "exactly one of email=..., token=... and guest=True"),
    "two": ({"email": "a@b.co", "token": TOKEN}, "exactly one of"),
    "a user and a guest": ({"token": TOKEN, "guest": True}, "exactly one of"),
    "all": ({"email": "a@b.co", "token": TOKEN, "guest": True}, "exactly one of"),
    "a guest that is text": ({"guest": "true"}, "guest must be True or left out, got 'true'"),
    "a guest that is a number": ({"guest": 1}, "guest must be True or left out, got 1"),
    "a guest that is None": ({"guest": None}, "guest must be True or left out, got None"),
    "an empty address": ({"email": ""}, "as_user: email must be text that is not blank, got str"),
    "a blank token": ({"token": " \n"}, "as_user: token must be text that is not blank, got str"),
    "an address of bytes": ({"email": b"a@b.co"}, "as_user: email must be text that is not blank, got bytes"),
    "an address beyond Latin-1": ({"email": "ż@b.co"}, "an HTTP header cannot carry: 'ż@b.co'"),
    "an address with a header in it": ({"email": "a@b.co\r\nx: y"}, "an HTTP header cannot carry: 'a@b.co"),
    "a token with a line break inside": ({"token": "a\nb"}, "an HTTP header cannot carry."),
}


@pytest.mark.parametrize(("identity", "explanation"), REFUSED.values(), ids=REFUSED)
def test_identity_is_refused(identity: dict[str, Any], explanation: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        act(AS_APP, **identity)
    assert explanation in str(caught.value)


def test_acting_as_somebody_changes_nobody_else() -> None:
    one = act(AS_APP, email="a@b.co")
    other = act(one, guest=True)
    assert AS_APP.user_parameters == APP_PARAMETERS
    assert one.user_parameters == {**APP_PARAMETERS, "as_email": "a@b.co"}
    assert other.user_parameters == {**APP_PARAMETERS, "as_guest": True}


CREDENTIALS: dict[str, tuple[Context, bool, bool]] = {
    "the app": (WITHOUT, False, False),
    "an address": (act(WITHOUT, email="a@b.co"), False, False),
    "a token": (act(WITHOUT, token=TOKEN), True, False),
    "a guest": (act(WITHOUT, guest=True), True, False),
}


@pytest.mark.parametrize(("context", "may", "may_if_needed"), CREDENTIALS.values(), ids=CREDENTIALS)
def test_without_the_apps_token_only_tokens_and_guests_may_call(
    context: Context, may: bool, may_if_needed: bool
) -> None:
    for needs_token, allowed in ((False, may), (True, may_if_needed)):
        if allowed:
            assert context.credentials(needs_token=needs_token) == {}
        else:
            with pytest.raises(ConfigurationError, match="needs the app's admin token: pass admin_token"):
                context.credentials(needs_token=needs_token)


@pytest.mark.parametrize("needs_token", [True, False])
def test_the_apps_token_is_sent_whoever_calls(needs_token: bool) -> None:
    for context in (AS_APP, act(AS_APP, email="a@b.co"), act(AS_APP, token=TOKEN), act(AS_APP, guest=True)):
        assert context.credentials(needs_token=needs_token) == {"authorization": f"Bearer {SECRET}"}


def test_tokens_are_known_as_secrets_and_not_shown() -> None:
    context = act(AS_APP, token=TOKEN)
    assert set(context.secrets) == {SECRET, TOKEN}
    assert act(WITHOUT, guest=True).secrets == ()
    assert act(AS_APP, email="a@b.co").secrets == (SECRET,)
    assert repr(context) == f"Context(app_id='{APP}', impersonation=Impersonation(token=[redacted]))"
    assert repr(act(AS_APP, email="a@b.co").impersonation) == "Impersonation(email='a@b.co')"


@given(st.text())
def test_any_address_is_sent_as_a_header_or_refused(email: str) -> None:
    try:
        sent = act(AS_APP, email=email).user_parameters["as_email"]
    except InvalidArgumentError:
        return
    assert sent.encode("latin-1").decode("latin-1") == sent == sent.strip()
    assert "\n" not in sent
    assert "\r" not in sent
