# Derived from tests/client/_async/test_addresses.py by scripts/generate_sync.py (make sync). Do not edit.
"""Where calls go, and with which headers."""

from __future__ import annotations

import socket
from typing import Any

import pytest

import instant_admin
from instant_admin import ConfigurationError, InstantAdmin
from tests.client._sync.flavour import WRONG_HTTP_CLIENTS, connect, open_http_client
from tests.client.values import APP, OTHER_APP, TOKEN, every_engine
from tests.support.fake_server import FakeServer, reply


@pytest.mark.parametrize(
    ("suffix", "path"),
    [("", "/admin/query"), ("/", "/admin/query"), ("/base", "/base/admin/query"), ("/a/b/", "/a/b/admin/query")],
)
@every_engine
def test_base_url_may_have_a_path_and_a_slash(server: FakeServer, engine: str, suffix: str, path: str) -> None:
    with connect(server.url + suffix, engine) as db:
        db.query({"goals": {}})
    assert (server.last.method, server.last.path) == ("POST", path)


@every_engine
def test_base_url_may_be_an_ipv6_address(engine: str) -> None:
    try:
        opened = FakeServer(socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    with opened as server:
        with connect(server, engine) as db:
            db.query({"goals": {}})
    assert server.last.headers["host"] == f"[::1]:{server.port}"


@every_engine
def test_request_holds_what_the_contract_asks_for_and_nothing_else_of_ours(server: FakeServer, engine: str) -> None:
    server.script(reply({}), reply({"user": None}))
    with connect(server, engine) as db:
        db.query({"goals": {}})
        db.auth.get_user("a+b@c.co")
    query, get_user = server.received
    version = instant_admin.__version__
    for each in (query, get_user):
        assert each.query["app_id"] == APP
        sent = {k: v for k, v in each.headers.items() if k not in ("host", "accept", "accept-encoding", "connection")}
        sent.pop("content-length", None)
        assert sent == {
            "app-id": APP,
            "authorization": f"Bearer {TOKEN}",
            "content-type": "application/json",
            "instant-admin-version": f"v{version}",
            "user-agent": f"instant-admin-python/{version}",
        }
    assert query.json == {"query": {"goals": {}}, "inference?": False}
    assert (get_user.method, get_user.body) == ("GET", b"")
    assert get_user.target == f"/admin/users?app_id={APP}&email=a%2Bb%40c.co"


def test_names_of_rooms_are_escaped(server: FakeServer) -> None:
    server.always(reply({"sessions": None}))
    with connect(server) as db:
        assert db.rooms.get_presence("a&b=c", "r/1?x #é\n") == {}
    assert server.last.query == {"app_id": APP, "room-type": "a&b=c", "room-id": "r/1?x #é\n"}


def test_everything_can_come_from_the_environment(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSTANT_APP_ID", f" {APP}\n")
    monkeypatch.setenv("INSTANT_ADMIN_TOKEN", "the older name")
    monkeypatch.setenv("INSTANT_API_URI", f"{server.url}/\n")
    with InstantAdmin() as db:
        db.query({"goals": {}})
        monkeypatch.setenv("INSTANT_APP_ADMIN_TOKEN", f"{TOKEN}\r\n")
        db.query({"goals": {}})
    with InstantAdmin() as db:
        db.query({"goals": {}})
    with InstantAdmin(OTHER_APP, "given") as db:
        db.query({"goals": {}})
    assert [(each.headers["app-id"], each.headers["authorization"]) for each in server.received] == [
        (APP, "Bearer the older name"),
        (APP, "Bearer the older name"),
        (APP, f"Bearer {TOKEN}"),
        (OTHER_APP, "Bearer given"),
    ]


@every_engine
def test_token_with_a_line_break_at_its_end_is_trimmed(server: FakeServer, engine: str) -> None:
    with connect(server, engine, app_id=f"{APP}\n", admin_token=f" {TOKEN}\r\n") as db:
        db.query({"goals": {}})
    assert server.last.headers["authorization"] == f"Bearer {TOKEN}"
    assert server.last.query["app_id"] == APP


@pytest.mark.parametrize("engine", ["httpx", "an httpx client", "an httpx2 client"])
def test_headers_travel_as_latin_1(server: FakeServer, engine: str) -> None:
    with connect(server, engine) as db:
        db.as_user(email="josé@b.co").query({})
    assert server.last.headers["as-email"] == "josé@b.co"


def test_pyreqwest_refuses_a_header_it_would_send_as_other_text(server: FakeServer) -> None:
    with connect(server, "pyreqwest") as db:
        with pytest.raises(instant_admin.InvalidArgumentError, match="as-email: pyreqwest sends headers in ASCII only"):
            db.as_user(email="josé@b.co").query({})
    assert server.connections == 0


@pytest.mark.parametrize("library", ["an httpx client", "an httpx2 client"])
def test_http_client_handed_in_is_used_as_it_is_and_stays_open(server: FakeServer, library: str) -> None:
    with open_http_client(library, headers={"x-mine": "1", "authorization": "Bearer wrong"}) as http_client:
        with InstantAdmin(APP, TOKEN, base_url=server.url, http_client=http_client) as db:
            assert db.engine_name == library.split()[1]
            db.query({})
        assert not http_client.is_closed
        http_client.get(server.url)
    assert server.received[0].headers["x-mine"] == "1"
    assert server.received[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert server.connections == 1


@pytest.mark.parametrize("library", ["an httpx client", "an httpx2 client"])
def test_http_client_that_was_closed_is_named_as_the_trouble(server: FakeServer, library: str) -> None:
    with open_http_client(library) as http_client:
        db = InstantAdmin(APP, TOKEN, base_url=server.url, http_client=http_client)
    with db:
        with pytest.raises(ConfigurationError, match="The http_client handed in is closed"):
            db.query({})


@pytest.mark.parametrize("given", [*(cls() for cls in WRONG_HTTP_CLIENTS), object(), "httpx", 5])
def test_http_client_of_another_flavour_or_kind_is_refused(server: FakeServer, given: Any) -> None:
    with pytest.raises(ConfigurationError, match="http_client must be an httpx"):
        InstantAdmin(APP, TOKEN, base_url=server.url, http_client=given)


def test_engine_and_http_client_contradict_each_other(server: FakeServer) -> None:
    with open_http_client("an httpx client") as http_client:
        with pytest.raises(ConfigurationError, match="http_client is sent through httpx"):
            InstantAdmin(APP, TOKEN, base_url=server.url, http_client=http_client, engine="pyreqwest")


@pytest.mark.parametrize("engine", ["httpx", "pyreqwest"])
def test_engine_can_be_chosen(server: FakeServer, engine: str) -> None:
    with connect(server, engine) as db:
        assert db.engine_name == engine
        assert repr(db).endswith(f"InstantAdmin(app_id={APP!r}, engine={engine!r})")
