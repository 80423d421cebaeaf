"""Which engine a client gets, from its settings, what is installed, and what is handed in."""

from __future__ import annotations

import gc
import importlib.util
from collections.abc import Iterator
from typing import Any

import httpx
import httpx2
import pytest

from instant_admin import AsyncInstantAdmin, ConfigurationError, InstantAdmin

APP = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def without_pyreqwest(monkeypatch: pytest.MonkeyPatch) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pyreqwest" else find_spec(name))


@pytest.mark.parametrize("flavour", [InstantAdmin, AsyncInstantAdmin])
@pytest.mark.parametrize(("engine", "name"), [("auto", "pyreqwest"), ("httpx", "httpx"), ("pyreqwest", "pyreqwest")])
def test_engine_is_the_one_asked_for(flavour: type[Any], engine: str, name: str) -> None:
    assert flavour(APP, engine=engine).engine_name == name


@pytest.mark.usefixtures("without_pyreqwest")
def test_auto_is_httpx_where_pyreqwest_is_not_installed() -> None:
    assert InstantAdmin(APP).engine_name == "httpx"


@pytest.mark.usefixtures("without_pyreqwest")
def test_pyreqwest_that_is_not_installed_is_explained() -> None:
    with pytest.raises(ConfigurationError, match=r"pip install 'instant-admin\[fast\]'"):
        InstantAdmin(APP, engine="pyreqwest")


@pytest.fixture(params=[httpx, httpx2], ids=["httpx", "httpx2"])
def clients(request: pytest.FixtureRequest) -> Iterator[tuple[str, Any, Any]]:
    """A library's name, and a blocking and an awaitable client of it that answer by themselves."""
    library: Any = request.param
    transport = library.MockTransport(lambda request: library.Response(200, json={}))
    with library.Client(transport=transport) as blocking:
        yield library.__name__, blocking, library.AsyncClient(transport=transport)


def test_client_handed_in_is_used_and_left_open(clients: tuple[str, Any, Any]) -> None:
    name, blocking, _ = clients
    with InstantAdmin(APP, "t", http_client=blocking) as db:
        assert db.engine_name == name
        assert db.query({}) == {}
    assert not blocking.is_closed


async def test_awaitable_client_handed_in_is_used_and_left_open(clients: tuple[str, Any, Any]) -> None:
    name, _, awaitable = clients
    async with awaitable:
        async with AsyncInstantAdmin(APP, "t", http_client=awaitable) as db:
            assert db.engine_name == name
            assert await db.query({}) == {}
        assert not awaitable.is_closed


def test_client_of_the_other_flavour_is_refused(clients: tuple[str, Any, Any]) -> None:
    _, blocking, awaitable = clients
    with pytest.raises(ConfigurationError, match=r"must be an httpx\.Client or httpx2\.Client, got AsyncClient"):
        InstantAdmin(APP, http_client=awaitable)
    with pytest.raises(ConfigurationError, match=r"must be an httpx\.AsyncClient or httpx2\.AsyncClient, got Client"):
        AsyncInstantAdmin(APP, http_client=blocking)


@pytest.mark.parametrize("given", ["https://a.b", 5, object(), httpx])
def test_what_is_no_client_is_refused(given: object) -> None:
    with pytest.raises(ConfigurationError, match=r"http_client must be an httpx\.Client or httpx2\.Client, got"):
        InstantAdmin(APP, http_client=given)


def test_client_handed_in_and_another_engine_contradict_each_other() -> None:
    with httpx.Client() as client, pytest.raises(ConfigurationError, match="http_client is sent through httpx"):
        InstantAdmin(APP, http_client=client, engine="pyreqwest")


def test_a_client_that_is_never_closed_is_warned_about() -> None:
    with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, json={}))) as client:
        clients = [InstantAdmin(APP, "t", http_client=client)]
        assert clients[0].query({}) == {}
        with pytest.warns(ResourceWarning, match=r"A client was not closed: use `with` or close\(\)"):
            clients.clear()


async def test_an_awaitable_client_that_is_never_closed_is_warned_about() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={}))
    async with httpx.AsyncClient(transport=transport) as client:
        clients = [AsyncInstantAdmin(APP, "t", http_client=client)]
        assert await clients[0].query({}) == {}
        with pytest.warns(ResourceWarning, match=r"A client was not closed: use `async with` or aclose\(\)"):
            clients.clear()


def test_a_client_that_never_called_need_not_be_closed() -> None:
    db = InstantAdmin(APP)
    del db
    gc.collect()
