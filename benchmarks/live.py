"""Live queries: how long it takes from sending a write to having its update, against a local Instant over HTTP."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from benchmarks.case import Case
from benchmarks.measure import interleave
from scripts.served import Served, serving

_ROWS = (10, 1000)


def run() -> Iterator[Case]:
    """A case for each size of the result."""
    with serving() as served:
        for rows in _ROWS:
            with asyncio.Runner() as runner, ExitStack() as stack:
                writers = _contenders(served, rows, runner, stack)
                values = interleave(writers, rounds=7, inner=20)
            yield Case(
                f"write to update of a live query, {rows} rows",
                values,
                goals={"ours, async": 1.1, "ours, blocking": 1.1},
            )


def _contenders(served: Served, rows: int, runner: asyncio.Runner, stack: ExitStack) -> dict[str, Callable[[], object]]:
    """For each: write one entity of its own namespace, and wait for the update."""
    import instantdb

    from instant_admin import AsyncInstantAdmin, InstantAdmin, new_id

    writer = stack.enter_context(InstantAdmin(served.app_id, served.admin_token, base_url=served.url, engine="httpx"))
    ids = [new_id() for _ in range(rows)]
    numbers = itertools.count(1)  # what is written is never what is there

    def prepare(name: str) -> dict[str, Any]:
        writer.transact(writer.tx[name][entity].update({"title": entity, "number": 0}) for entity in ids)
        return {name: {}}

    def write(name: str) -> object:
        return writer.transact(writer.tx[name][ids[0]].update({"number": next(numbers)}))

    def follow_async(name: str, db: Any, close: str) -> Callable[[], object]:
        live = runner.run(db.subscribe_query(prepare(name)).__aenter__())
        stack.callback(lambda: runner.run(getattr(db, close)()))
        stack.callback(lambda: runner.run(live.aclose()))
        runner.run(anext(live))
        return lambda: (write(name), runner.run(anext(live)))

    own = stack.enter_context(InstantAdmin(served.app_id, served.admin_token, base_url=served.url, engine="httpx"))
    live = stack.enter_context(own.subscribe_query(prepare(f"blocking_{rows}")))
    live.next()
    peer = instantdb.AsyncInstant(app_id=served.app_id, admin_token=served.admin_token, api_uri=served.url)
    ours = AsyncInstantAdmin(served.app_id, served.admin_token, base_url=served.url, engine="httpx")
    return {
        "instantdb": follow_async(f"peer_{rows}", peer, "aclose"),
        "ours, async": follow_async(f"async_{rows}", ours, "aclose"),
        "ours, blocking": lambda: (write(f"blocking_{rows}"), live.next()),
    }
