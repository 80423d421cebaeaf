"""The clients under comparison, each in its own idiom, all against one address."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any

APP_ID = "11111111-1111-4111-8111-111111111111"
TOKEN = "22222222-2222-4222-8222-222222222222"
HEADERS = {"app-id": APP_ID, "authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
CONCURRENCY = 50

Rows = dict[str, list[dict[str, Any]]]
Query = Callable[[int], Rows]
AsyncQuery = Callable[[int], Awaitable[Rows]]


def body(rows: int) -> dict[str, Any]:
    return {"query": {f"rows_{rows}": {}}, "inference?": False}


def url(base: str) -> str:
    return f"{base}/admin/query?app_id={APP_ID}"


def blocking(base: str) -> dict[str, Query]:
    """One call of each client, blocking."""
    import httpx
    import instantdb
    from pyreqwest.client import SyncClientBuilder

    from instant_admin import InstantAdmin

    raw_httpx, raw_pyreqwest = httpx.Client(), SyncClientBuilder().build()
    peer = instantdb.Instant(app_id=APP_ID, admin_token=TOKEN, api_uri=base)
    ours = {name: InstantAdmin(APP_ID, TOKEN, base_url=base, engine=name) for name in ("httpx", "pyreqwest")}

    def httpx_query(rows: int) -> Rows:
        reply: Rows = raw_httpx.post(url(base), headers=HEADERS, json=body(rows)).json()
        return reply

    def pyreqwest_query(rows: int) -> Rows:
        request = raw_pyreqwest.post(url(base)).headers(HEADERS).body_bytes(json.dumps(body(rows)).encode()).build()
        reply: Rows = json.loads(bytes(request.send().bytes()))
        return reply

    return {
        "raw httpx": httpx_query,
        "raw pyreqwest": pyreqwest_query,
        "instantdb": lambda rows: peer.query({f"rows_{rows}": {}}),
        "ours, httpx": lambda rows: ours["httpx"].query({f"rows_{rows}": {}}),
        "ours, pyreqwest": lambda rows: ours["pyreqwest"].query({f"rows_{rows}": {}}),
    }


def awaitable(base: str) -> dict[str, AsyncQuery]:
    """One call of each client, awaitable. To be called in the loop that will use them."""
    import httpx
    import instantdb
    from pyreqwest.client import ClientBuilder

    from instant_admin import AsyncInstantAdmin

    raw_httpx, raw_pyreqwest = httpx.AsyncClient(), ClientBuilder().build()
    peer = instantdb.AsyncInstant(app_id=APP_ID, admin_token=TOKEN, api_uri=base)
    ours = {name: AsyncInstantAdmin(APP_ID, TOKEN, base_url=base, engine=name) for name in ("httpx", "pyreqwest")}

    async def httpx_query(rows: int) -> Rows:
        reply: Rows = (await raw_httpx.post(url(base), headers=HEADERS, json=body(rows))).json()
        return reply

    async def pyreqwest_query(rows: int) -> Rows:
        request = raw_pyreqwest.post(url(base)).headers(HEADERS).body_bytes(json.dumps(body(rows)).encode()).build()
        reply: Rows = json.loads(bytes(await (await request.send()).bytes()))
        return reply

    return {
        "raw httpx": httpx_query,
        "raw pyreqwest": pyreqwest_query,
        "instantdb": lambda rows: peer.query({f"rows_{rows}": {}}),
        "ours, httpx": lambda rows: ours["httpx"].query({f"rows_{rows}": {}}),
        "ours, pyreqwest": lambda rows: ours["pyreqwest"].query({f"rows_{rows}": {}}),
    }


async def at_once(query: AsyncQuery, rows: int, calls: int) -> None:
    """That many calls, CONCURRENCY at a time."""
    remaining = iter(range(calls))

    async def work() -> None:
        for _ in remaining:
            await query(rows)

    await asyncio.gather(*(work() for _ in range(CONCURRENCY)))


def transacts(base: str, steps: int) -> dict[str, Callable[[], object]]:
    """Build that many steps and send them in one call."""
    import instantdb

    from instant_admin import InstantAdmin, new_id

    peer = instantdb.Instant(app_id=APP_ID, admin_token=TOKEN, api_uri=base)
    ours = {name: InstantAdmin(APP_ID, TOKEN, base_url=base, engine=name) for name in ("httpx", "pyreqwest")}
    ids = [new_id() for _ in range(steps)]

    def attributes(number: int) -> dict[str, Any]:
        return {"title": f"Goal {number}", "difficulty": number, "tags": ["a", "b"], "meta": {"done": False}}

    def build(tx: Any) -> list[Any]:
        return [tx.goals[id_].update(attributes(number)) for number, id_ in enumerate(ids)]

    return {
        "instantdb": lambda: peer.transact(build(peer.tx)),
        "ours, httpx": lambda: ours["httpx"].transact(build(ours["httpx"].tx)),
        "ours, pyreqwest": lambda: ours["pyreqwest"].transact(build(ours["pyreqwest"].tx)),
    }


# Programs for processes of their own: the address comes as the first argument.
_OURS = "from instant_admin import InstantAdmin; db = InstantAdmin(%r, %r, base_url=sys.argv[1], engine=%r)"
_PEER = "import instantdb; db = instantdb.Instant(app_id=%r, admin_token=%r, api_uri=sys.argv[1])"
_PROGRAMS = {
    "instantdb": _PEER % (APP_ID, TOKEN),
    "ours, httpx": _OURS % (APP_ID, TOKEN, "httpx"),
    "ours, pyreqwest": _OURS % (APP_ID, TOKEN, "pyreqwest"),
}


def programs(after: str) -> dict[str, str]:
    """Programs that make a client and then do something with `db`."""
    return {name: f"import sys; {start}; {after}" for name, start in _PROGRAMS.items()}


def environment() -> dict[str, str]:
    """For child processes: byte code is cached, as in an installed package."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
