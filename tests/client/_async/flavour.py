"""What differs in kind between the tests of the two flavours, under equal names. Written by hand on both sides."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx
import httpx2

from instant_admin import AsyncInstantAdmin
from tests.client.values import APP, TOKEN
from tests.support.fake_server import FakeServer

T = TypeVar("T")

_LIBRARIES: dict[str, Any] = {"an httpx client": httpx, "an httpx2 client": httpx2}


def open_http_client(engine: str, **options: Any) -> Any:
    """A client to hand in."""
    return _LIBRARIES[engine].AsyncClient(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **options)


WRONG_HTTP_CLIENTS = (httpx.Client, httpx2.Client)
"""Classes whose instances this flavour refuses."""


@asynccontextmanager
async def connect(server: FakeServer | str, engine: str = "auto", **settings: Any) -> AsyncIterator[AsyncInstantAdmin]:
    """A client of the server over an engine; settings replace the usual ones."""
    url = server if isinstance(server, str) else server.url
    given: dict[str, Any] = {"app_id": APP, "admin_token": TOKEN, "base_url": url, **settings}
    if engine not in _LIBRARIES:
        async with AsyncInstantAdmin(engine=engine, **given) as db:
            yield db
        return
    async with (
        open_http_client(engine) as http_client,
        AsyncInstantAdmin(http_client=http_client, **given) as db,
    ):
        yield db


async def together(count: int, call: Callable[[int], Awaitable[T]]) -> list[T]:
    """The results of so many calls made at the same time."""
    return await asyncio.gather(*(call(index) for index in range(count)))


async def outside(function: Callable[..., T], *arguments: Any) -> T:
    """The result of a function that blocks, while everything else goes on."""
    return await asyncio.to_thread(function, *arguments)


def live_queries_running() -> int:
    """How many live queries have their task still."""
    return sum("live query" in task.get_name() for task in asyncio.all_tasks())


def streams_running() -> int:
    """How many tasks of sessions and streams there are still."""
    return sum("instant-admin streams" in task.get_name() for task in asyncio.all_tasks())
