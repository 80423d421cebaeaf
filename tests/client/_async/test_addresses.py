"""Where calls go, and with which headers."""

from __future__ import annotations

import socket
from typing import Any

import pytest

import instant_admin
from instant_admin import AsyncInstantAdmin, ConfigurationError
from tests.client._async.flavour import WRONG_HTTP_CLIENTS, connect, open_http_client
from tests.client.values import APP, OTHER_APP, TOKEN, every_engine
from tests.support.fake_server import FakeServer, reply


@pytest.mark.parametrize(
    ("suffix", "path"),
    [("", "/admin/query"), ("/", "/admin/query"), ("/base", "/base/admin/query"), ("/a/b/", "/a/b/admin/query")],
)
@every_engine
async def test_base_url_may_have_a_path_and_a_slash(server: FakeServer, engine: str, suffix: str, path: str) -> None:
    async with connect(server.url + suffix, engine) as db:
        await db.query({"goals": {}})
    assert (server.last.method, server.last.path) == ("POST", path)


@every_engine
async def test_base_url_may_be_an_ipv6_address(engine: str) -> None:
    try:
        opened = FakeServer(socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    with opened as server:
        async with connect(server, engine) as db:
            await db.query({"goals": {}})
    assert server.last.headers["host"] == f"[::1]:{server.port}"


@every_engine
async def test_request_holds_what_the_contract_asks_for_and_nothing_else_of_ours(
    server: FakeServer, engine: str
) -> None:
    server.script(reply({}), reply({"user": None}))
    async with connect(server, engine) as db:
        await db.query({"goals": {}})
        await db.auth.get_user("a+b@c.co")
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


async def test_names_of_rooms_are_escaped(server: FakeServer) -> None:
    server.always(reply({"sessions": None}))
    async with connect(server) as db:
        assert await db.rooms.get_presence("a&b=c", "r/1?x #é\n") == {}
    assert server.last.query == {"app_id": APP, "room-type": "a&b=c", "room-id": "r/1?x #é\n"}


async def test_everything_can_come_from_the_environment(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSTANT_APP_ID", f" {APP}\n")
    monkeypatch.setenv("INSTANT_ADMIN_TOKEN", "the older name")
    monkeypatch.setenv("INSTANT_API_URI", f"{server.url}/\n")
    async with AsyncInstantAdmin() as db:
        await db.query({"goals": {}})
        monkeypatch.setenv("INSTANT_APP_ADMIN_TOKEN", f"{TOKEN}\r\n")
        await db.query({"goals": {}})
    async with AsyncInstantAdmin() as db:
        await db.query({"goals": {}})
    async with AsyncInstantAdmin(OTHER_APP, "given") as db:
        await db.query({"goals": {}})
    assert [(each.headers["app-id"], each.headers["authorization"]) for each in server.received] == [
        (APP, "Bearer the older name"),
        (APP, "Bearer the older name"),
        (APP, f"Bearer {TOKEN}"),
        (OTHER_APP, "Bearer given"),
    ]


@every_engine
async def test_token_with_a_line_break_at_its_end_is_trimmed(server: FakeServer, engine: str) -> None:
    async with connect(server, engine, app_id=f"{APP}\n", admin_token=f" {TOKEN}\r\n") as db:
        await db.query({"goals": {}})
    assert server.last.headers["authorization"] == f"Bearer {TOKEN}"
    assert server.last.query["app_id"] == APP


@pytest.mark.parametrize("engine", ["httpx", "an httpx client", "an httpx2 client"])
async def test_headers_travel_as_latin_1(server: FakeServer, engine: str) -> None:
    async with connect(server, engine) as db:
        await db.as_user(email="josé@b.co").query({})
    assert server.last.headers["as-email"] == "josé@b.co"


async def test_pyreqwest_refuses_a_header_it_would_send_as_other_text(server: FakeServer) -> None:
    async with connect(server, "pyreqwest") as db:
        with pytest.raises(instant_admin.InvalidArgumentError, match="as-email: pyreqwest sends headers in ASCII only"):
            await db.as_user(email="josé@b.co").query({})
    assert server.connections == 0


@pytest.mark.parametrize("library", ["an httpx client", "an httpx2 client"])
async def test_http_client_handed_in_is_used_as_it_is_and_stays_open(server: FakeServer, library: str) -> None:
    async with open_http_client(library, headers={"x-mine": "1", "authorization": "Bearer wrong"}) as http_client:
        async with AsyncInstantAdmin(APP, TOKEN, base_url=server.url, http_client=http_client) as db:
            assert db.engine_name == library.split()[1]
            await db.query({})
        assert not http_client.is_closed
        await http_client.get(server.url)
    assert server.received[0].headers["x-mine"] == "1"
    assert server.received[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert server.connections == 1


@pytest.mark.parametrize("library", ["an httpx client", "an httpx2 client"])
async def test_http_client_that_was_closed_is_named_as_the_trouble(server: FakeServer, library: str) -> None:
    async with open_http_client(library) as http_client:
        db = AsyncInstantAdmin(APP, TOKEN, base_url=server.url, http_client=http_client)
    async with db:
        with pytest.raises(ConfigurationError, match="The http_client handed in is closed"):
            await db.query({})


@pytest.mark.parametrize("given", [*(cls() for cls in WRONG_HTTP_CLIENTS), object(), "httpx", 5])
async def test_http_client_of_another_flavour_or_kind_is_refused(server: FakeServer, given: Any) -> None:
    with pytest.raises(ConfigurationError, match="http_client must be an httpx"):
        AsyncInstantAdmin(APP, TOKEN, base_url=server.url, http_client=given)


async def test_engine_and_http_client_contradict_each_other(server: FakeServer) -> None:
    async with open_http_client("an httpx client") as http_client:
        with pytest.raises(ConfigurationError, match="http_client is sent through httpx"):
            AsyncInstantAdmin(APP, TOKEN, base_url=server.url, http_client=http_client, engine="pyreqwest")


@pytest.mark.parametrize("engine", ["httpx", "pyreqwest"])
async def test_engine_can_be_chosen(server: FakeServer, engine: str) -> None:
    async with connect(server, engine) as db:
        assert db.engine_name == engine
        assert repr(db).endswith(f"InstantAdmin(app_id={APP!r}, engine={engine!r})")
