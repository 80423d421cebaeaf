"""What differs in kind between the tests of the two flavours, under equal names. Written by hand on both sides."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx
import httpx2

from instant_admin import InstantAdmin
from tests.client.values import APP, TOKEN
from tests.support.fake_server import FakeServer

T = TypeVar("T")

_LIBRARIES: dict[str, Any] = {"an httpx client": httpx, "an httpx2 client": httpx2}


def open_http_client(engine: str, **options: Any) -> Any:
    """A client to hand in."""
    return _LIBRARIES[engine].Client(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **options)


WRONG_HTTP_CLIENTS = (httpx.AsyncClient, httpx2.AsyncClient)
"""Classes whose instances this flavour refuses."""


@contextmanager
def connect(server: FakeServer | str, engine: str = "auto", **settings: Any) -> Iterator[InstantAdmin]:
    """A client of the server over an engine; settings replace the usual ones."""
    url = server if isinstance(server, str) else server.url
    given: dict[str, Any] = {"app_id": APP, "admin_token": TOKEN, "base_url": url, **settings}
    if engine not in _LIBRARIES:
        with InstantAdmin(engine=engine, **given) as db:
            yield db
        return
    with open_http_client(engine) as http_client, InstantAdmin(http_client=http_client, **given) as db:
        yield db


def together(count: int, call: Callable[[int], T]) -> list[T]:
    """The results of so many calls made at the same time."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(call, range(count)))


def outside(function: Callable[..., T], *arguments: Any) -> T:
    """The result of a function that blocks, while everything else goes on."""
    return function(*arguments)


def live_queries_running() -> int:
    """How many live queries have their thread still."""
    return sum("live query" in thread.name for thread in threading.enumerate())


def streams_running() -> int:
    """How many threads of sessions and streams there are still."""
    return sum("instant-admin streams" in thread.name for thread in threading.enumerate())
