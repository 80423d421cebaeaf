# Derived from tests/client/_async/test_acting_as_users.py by scripts/generate_sync.py (make sync). Do not edit.
"""`as_user` changes who calls, and nothing else: not the connections, not other clients, not calls of the app."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin import ConfigurationError, InstantAdmin, InvalidArgumentError
from tests.client._sync.flavour import connect, together
from tests.client.values import APP, OTHER_APP, SIGNED_IN, TOKEN, USER_TOKEN, every_engine
from tests.support.fake_server import Answer, FakeServer, Received, reply

IDENTITY = ("as-email", "as-token", "as-guest")


def identity(request: Received) -> dict[str, str]:
    return {name: value for name, value in request.headers.items() if name in IDENTITY}


IDENTITIES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "address": ({"email": "a@b.co"}, {"as-email": "a@b.co"}),
    "address in capitals and with blanks": ({"email": " A@B.co\n"}, {"as-email": "a@b.co"}),
    "token": ({"token": USER_TOKEN}, {"as-token": USER_TOKEN}),
    "token with a line break at its end": ({"token": f"{USER_TOKEN}\n"}, {"as-token": USER_TOKEN}),
    "guest": ({"guest": True}, {"as-guest": "true"}),
}
every_identity = pytest.mark.parametrize(("given", "sent"), IDENTITIES.values(), ids=IDENTITIES)


@every_identity
@every_engine
def test_identity_travels_in_one_header(
    server: FakeServer, engine: str, given: dict[str, Any], sent: dict[str, str]
) -> None:
    with connect(server, engine) as db:
        db.query({"goals": {}})
        db.as_user(**given).query({"goals": {}})
        db.query({"goals": {}})
    assert [identity(each) for each in server.received] == [{}, sent, {}]
    assert {each.headers["authorization"] for each in server.received} == {f"Bearer {TOKEN}"}
    assert {each.headers["app-id"] for each in server.received} == {APP}


def test_every_call_on_data_acts_as_the_user(server: FakeServer) -> None:
    with connect(server) as db:
        user_db = db.as_user(email="a@b.co")
        server.script(reply({}), reply({"tx-id": 1}))
        user_db.query({})
        user_db.transact([])
        server.script(reply({"result": {}, "check-results": []}))
        user_db.debug_query({})
        server.script(reply({"tx-id": 1, "all-checks-ok?": True, "committed?": False, "check-results": []}))
        user_db.debug_transact([])
    assert [identity(each) for each in server.received] == [{"as-email": "a@b.co"}] * 4


def test_users_tokens_and_rooms_belong_to_the_app_itself(server: FakeServer) -> None:
    server.always(reply({**SIGNED_IN, "code": "123456", "deleted": None, "sessions": None}))
    with connect(server) as db:
        user_db = db.as_user(token=USER_TOKEN)
        user_db.auth.generate_magic_code("a@b.co")
        user_db.auth.send_magic_code("a@b.co")
        user_db.auth.check_magic_code("a@b.co", "123456")
        user_db.auth.create_token("a@b.co")
        user_db.auth.sign_in("a@b.co")
        user_db.auth.sign_in_guest()
        user_db.auth.get_user("a@b.co")
        user_db.auth.delete_user("a@b.co")
        user_db.auth.sign_out("a@b.co")
        user_db.rooms.get_presence("chat", "1")
    assert len(server.received) == 10
    assert [identity(each) for each in server.received] == [{}] * 10
    assert {each.headers["authorization"] for each in server.received} == {f"Bearer {TOKEN}"}


def test_as_user_of_as_user_replaces(server: FakeServer) -> None:
    with connect(server) as db:
        user_db = db.as_user(email="a@b.co")
        user_db.as_user(guest=True).query({})
        user_db.as_user(guest=True).as_user(token=USER_TOKEN).query({})
        user_db.query({})
    assert [identity(each) for each in server.received] == [
        {"as-guest": "true"},
        {"as-token": USER_TOKEN},
        {"as-email": "a@b.co"},
    ]


@every_engine
def test_users_share_the_connections_of_their_client_and_do_not_close_them(server: FakeServer, engine: str) -> None:
    with connect(server, engine) as db:
        db.query({})
        with db.as_user(guest=True) as user_db:
            user_db.query({})
        user_db.query({})
        db.as_user(email="a@b.co").close()
        db.query({})
    assert server.connections == 1
    assert len(server.received) == 4


def test_user_of_a_closed_client_is_refused_clearly(server: FakeServer) -> None:
    with connect(server) as db:
        user_db = db.as_user(guest=True)
    with pytest.raises(ConfigurationError, match="This client is closed"):
        user_db.query({})
    assert server.connections == 0


@pytest.mark.parametrize("given", [{"token": USER_TOKEN}, {"guest": True}], ids=["token", "guest"])
def test_without_an_admin_token_users_tokens_and_guests_work(server: FakeServer, given: dict[str, Any]) -> None:
    server.script(reply({}), reply({"tx-id": 1}))
    with connect(server, admin_token=None) as db:
        user_db = db.as_user(**given)
        user_db.query({})
        user_db.transact([])
    assert ["authorization" in each.headers for each in server.received] == [False, False]
    assert all(identity(each) for each in server.received)


@pytest.mark.parametrize("admin_token", [TOKEN, None], ids=["with a token", "without"])
def test_verify_token_sends_no_credential_of_the_app(server: FakeServer, admin_token: str | None) -> None:
    server.always(reply(SIGNED_IN))
    with connect(server, admin_token=admin_token) as db:
        db.auth.verify_token(USER_TOKEN)
        db.as_user(email="a@b.co").auth.verify_token(USER_TOKEN)
    for each in server.received:
        assert each.path == "/runtime/auth/verify_refresh_token"
        assert "authorization" not in each.headers
        assert identity(each) == {}
        assert each.json == {"app-id": APP, "refresh-token": USER_TOKEN}


def test_without_an_admin_token_the_other_calls_say_what_is_missing(server: FakeServer) -> None:
    missing = "needs the app's admin token: pass admin_token=... or set INSTANT_APP_ADMIN_TOKEN"
    with connect(server, admin_token=None) as db:
        guest_db = db.as_user(guest=True)
        with pytest.raises(ConfigurationError, match=missing):
            db.query({})
        with pytest.raises(ConfigurationError, match=missing):
            db.transact([])
        with pytest.raises(ConfigurationError, match=missing):
            db.as_user(email="a@b.co").query({})
        with pytest.raises(ConfigurationError, match=missing):
            guest_db.debug_query({})
        with pytest.raises(ConfigurationError, match=missing):
            guest_db.debug_transact([])
        with pytest.raises(ConfigurationError, match=missing):
            guest_db.auth.get_user("a@b.co")
        with pytest.raises(ConfigurationError, match=missing):
            guest_db.auth.sign_in_guest()
        with pytest.raises(ConfigurationError, match=missing):
            guest_db.rooms.get_presence("chat", "1")
    assert server.connections == 0


REFUSED: dict[str, dict[str, Any]] = {
    "nobody": {},
    "two": {"email": "a@b.co", "guest": True},
    "all": {"email": "a@b.co", "token": USER_TOKEN, "guest": True},
    "guest that is no truth value": {"guest": "yes"},
    "guest that is 1": {"guest": 1},
    "only a denied guest": {"guest": False},
    "blank address": {"email": " "},
    "blank token": {"token": ""},
    "address with a line break": {"email": "a@b.co\r\nauthorization: x"},
    "token with a line break": {"token": "x\r\nauthorization: y"},
    "address beyond Latin-1": {"email": "żółw@b.co"},
    "address of another type": {"email": 5},
    "token of bytes": {"token": b"x"},
}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_as_user_takes_exactly_one_identity_that_can_be_sent(server: FakeServer, given: dict[str, Any]) -> None:
    with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match="as_user"):
            db.as_user(**given)


def test_debug_calls_need_a_user(server: FakeServer) -> None:
    with connect(server) as db:
        with pytest.raises(ConfigurationError, match=r"debug_query .* call it on db.as_user"):
            db.debug_query({})
        with pytest.raises(ConfigurationError, match=r"debug_transact .* call it on db.as_user"):
            db.debug_transact([])
    assert server.connections == 0


def echo(request: Received) -> Answer:
    """Who called, as a row."""
    sent = {name: request.headers.get(name) for name in (*IDENTITY, "app-id", "authorization", "cookie")}
    return reply({"caller": [sent]}, headers={"set-cookie": f"who={identity(request)}"})


@every_engine
def test_concurrent_calls_never_mix_identities(server: FakeServer, engine: str) -> None:
    server.always(echo)
    with connect(server, engine) as db, connect(server, engine, app_id=OTHER_APP, admin_token="other") as other:

        def call(index: int) -> dict[str, Any]:
            match index % 4:
                case 0:
                    rows = db.query({})
                case 1:
                    rows = db.as_user(email=f"user{index}@b.co").query({})
                case 2:
                    rows = other.as_user(token=USER_TOKEN).query({})
                case _:
                    rows = other.as_user(guest=True).query({})
            return rows["caller"][0]

        callers = together(48, call)
    for index, caller in enumerate(callers):
        assert caller["as-email"] == (f"user{index}@b.co" if index % 4 == 1 else None)
        assert caller["as-token"] == (USER_TOKEN if index % 4 == 2 else None)
        assert caller["as-guest"] == ("true" if index % 4 == 3 else None)
        assert caller["app-id"] == (APP if index % 4 < 2 else OTHER_APP)
        assert caller["authorization"] == f"Bearer {TOKEN if index % 4 < 2 else 'other'}"


@pytest.mark.parametrize("engine", ["httpx", "pyreqwest"])
def test_cookie_of_one_users_reply_does_not_travel_with_anothers_call(server: FakeServer, engine: str) -> None:
    server.always(echo)
    with connect(server, engine) as db:
        db.as_user(email="a@b.co").query({})
        rows = db.as_user(email="c@d.co").query({})
    assert rows["caller"][0]["cookie"] is None


class Tenant(InstantAdmin):
    """A client with a constructor and a state of its own."""

    def __init__(self, tenant: str, url: str) -> None:
        super().__init__(APP, TOKEN, base_url=url)
        self.tenant = tenant


def test_subclass_stays_itself(server: FakeServer) -> None:
    with Tenant("acme", server.url) as db:
        user_db = db.as_user(guest=True)
        assert isinstance(user_db, Tenant)
        assert user_db.tenant == "acme"
        user_db.query({})
    assert identity(server.last) == {"as-guest": "true"}
