"""Which handler gets which change, in which order, and what a failure does."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable
from typing import Any

import pytest

from instant_admin import ConfigurationError, InstantError
from instant_admin.webhooks import WebhookHandlers, WebhookPayload, WebhookRecord
from tests.support.vectors import load

Vector = dict[str, Any]
VECTORS: list[Vector] = load("webhooks")["vectors"]


class HandlerFailed(Exception):
    """What handlers raise here; its text is the handler's name."""


def _records(vector: Vector) -> list[WebhookRecord]:
    return [
        WebhookRecord(r["namespace"], r["action"], r["id"], r["before"], r["after"], r["idempotencyKey"])
        for r in vector["records"]
    ]


def _table(handlers: dict[str, Any]) -> dict[str, Any]:
    """Handlers by `namespace.action`, as the table of the JavaScript SDK."""
    table: dict[str, Any] = {}
    for name, handler in handlers.items():
        namespace, _, action = name.partition(".")
        if action:
            table.setdefault(namespace, {})[action] = handler
        else:
            table[name] = handler
    return table


class Calls:
    """Makes handlers that note each call, and fail as a vector says."""

    def __init__(self, failures: dict[str, str] | None = None) -> None:
        self.seen: list[list[str]] = []
        self.finished: list[list[str]] = []
        self._failures = failures or {}

    def awaited(self, name: str) -> Callable[[WebhookRecord], Any]:
        failure = self._failures.get(name)
        if failure == "sync":
            return self.plain(name)

        async def handler(record: WebhookRecord) -> None:
            self.seen.append([name, record.id])
            if failure == "slow-async":
                await asyncio.sleep(0.02)
            if failure:
                raise HandlerFailed(name)
            await asyncio.sleep(0)
            self.finished.append([name, record.id])

        return handler

    def plain(self, name: str) -> Callable[[WebhookRecord], Any]:
        def handler(record: WebhookRecord) -> None:
            self.seen.append([name, record.id])
            if name in self._failures:
                raise HandlerFailed(name)
            self.finished.append([name, record.id])

        return handler


DISPATCHED = [v for v in VECTORS if v["kind"] == "dispatch"]
COMBINED = [v for v in VECTORS if v["kind"] == "combine"]


@pytest.mark.parametrize("vector", DISPATCHED, ids=lambda v: f"{'+'.join(v['tags'])}-{v['id']}")
async def test_changes_reach_awaited_handlers_as_in_the_javascript_sdk(vector: Vector) -> None:
    calls = Calls(vector["fail"])
    handlers = WebhookHandlers(_table({name: calls.awaited(name) for name in vector["handlers"]}))
    if vector["resolves"]:
        await handlers.dispatch_async(_records(vector))
    else:
        with pytest.raises(HandlerFailed) as caught:
            await handlers.dispatch_async(_records(vector))
        rejected_by = vector["rejected_by"]
        plain = next((name for name, kind in vector["fail"].items() if kind == "sync"), None)
        assert str(caught.value) == (plain if rejected_by == "sync-throw" else rejected_by)
    assert calls.seen == vector["calls"]


@pytest.mark.parametrize(
    "vector", [v for v in DISPATCHED if v["resolves"]], ids=lambda v: f"{'+'.join(v['tags'])}-{v['id']}"
)
def test_changes_reach_plain_handlers_as_in_the_javascript_sdk(vector: Vector) -> None:
    calls = Calls()
    WebhookHandlers(_table({name: calls.plain(name) for name in vector["handlers"]})).dispatch(_records(vector))
    assert calls.seen == vector["calls"]


@pytest.mark.parametrize("vector", COMBINED, ids=lambda v: v["id"])
def test_handlers_combine_as_in_the_javascript_sdk(vector: Vector) -> None:
    calls = Calls()
    combined = WebhookHandlers()
    for entries in vector["entries"]:
        combined |= WebhookHandlers(_table({entry["at"]: calls.plain(entry["name"]) for entry in entries}))
    combined.dispatch(_records(vector))
    assert calls.seen == vector["calls"]


POST = WebhookRecord("posts", "create", "a", None, {"id": "a"}, "k")
COMMENT = WebhookRecord("comments", "delete", "b", {"id": "b"}, None, "l")


def test_decorator_and_table_say_the_same() -> None:
    calls = Calls()
    handlers = WebhookHandlers()
    create, posts, rest = calls.plain("create"), calls.plain("posts"), calls.plain("rest")
    assert handlers.on("posts", "create")(create) is create
    handlers.on("posts")(posts)
    handlers.on()(rest)
    table = WebhookHandlers({"posts": {"create": create, "$default": posts}, "$default": rest})
    for record in (POST, WebhookRecord("posts", "update", "a", {}, {}, "k"), COMMENT):
        assert handlers.find(record) is table.find(record) is not None
    assert WebhookHandlers().find(POST) is None


def test_combining_leaves_both_as_they_were() -> None:
    calls = Calls()
    first, second = WebhookHandlers({"$default": calls.plain("1")}), WebhookHandlers({"$default": calls.plain("2")})
    (first | second).dispatch([POST])
    first.dispatch([POST])
    assert calls.seen == [["2", "a"], ["1", "a"]]


@pytest.mark.parametrize(
    "table",
    [
        {"posts": len},
        {"posts": None},
        {"posts": {"create": None}},
        {"posts": {"create": "announce"}},
        {"$default": {"create": len}},
        {"$default": None},
    ],
)
def test_table_of_another_shape_is_refused(table: Any) -> None:
    with pytest.raises(ConfigurationError):
        WebhookHandlers(table)


def test_second_handler_at_one_place_is_a_mistake() -> None:
    handlers = WebhookHandlers({"posts": {"create": len}})
    with pytest.raises(ConfigurationError, match="already for create of 'posts'"):
        handlers.on("posts", "create")(len)
    with pytest.raises(ConfigurationError, match="needs a namespace"):
        handlers.on(None, "create")(len)


def test_payload_is_dispatched_like_its_records() -> None:
    calls = Calls()
    WebhookHandlers({"$default": calls.plain("all")}).dispatch(WebhookPayload((POST, COMMENT), "key"))
    assert calls.seen == [["all", "a"], ["all", "b"]]


def test_changes_that_are_gone_are_reported(caplog: pytest.LogCaptureFixture) -> None:
    WebhookHandlers({"$default": len}).dispatch(WebhookPayload((), "the key", is_gone=True))
    assert "the key are gone" in caplog.text


def test_failure_of_a_plain_handler_ends_a_blocking_dispatch() -> None:
    calls = Calls({"posts.create": "sync"})
    table = _table({name: calls.plain(name) for name in ("posts.create", "$default")})
    with pytest.raises(HandlerFailed, match=r"posts\.create"):
        WebhookHandlers(table).dispatch([COMMENT, POST, COMMENT])
    assert calls.seen == [["$default", "b"], ["posts.create", "a"]]


class _CallableObject:
    async def __call__(self, record: WebhookRecord) -> None:
        raise AssertionError("nobody awaits it")


async def _function(record: WebhookRecord, *_: object) -> None:
    raise AssertionError("nobody awaits it")


@pytest.mark.parametrize("handler", [_function, functools.partial(_function), _CallableObject()], ids=type)
def test_blocking_dispatch_refuses_an_awaited_handler_before_any_runs(handler: Any) -> None:
    calls = Calls()
    handlers = WebhookHandlers({"comments": {"$default": calls.plain("first")}, "posts": {"create": handler}})
    with pytest.raises(ConfigurationError, match="dispatch_async"):
        handlers.dispatch([COMMENT, POST])
    assert calls.seen == []


def test_blocking_dispatch_refuses_a_coroutine_that_nobody_awaits() -> None:
    handlers = WebhookHandlers({"$default": lambda record: _function(record)})
    with pytest.raises(ConfigurationError, match="dispatch_async"):
        handlers.dispatch([POST])  # without the warning of a coroutine that was never awaited


@pytest.mark.parametrize("wrap", [lambda f: f, lambda f: lambda record: f(record), functools.partial])
async def test_awaited_dispatch_takes_handlers_of_every_kind(wrap: Any) -> None:
    calls = Calls()
    table = {"posts": {"create": wrap(calls.awaited("awaited"))}, "$default": wrap(calls.plain("plain"))}
    await WebhookHandlers(table).dispatch_async([POST, COMMENT, POST])
    assert calls.seen == [["awaited", "a"], ["plain", "b"], ["awaited", "a"]]
    assert sorted(calls.finished) == [["awaited", "a"], ["awaited", "a"], ["plain", "b"]]


async def test_awaited_handlers_run_at_the_same_time() -> None:
    both = asyncio.Barrier(2)

    async def handler(record: WebhookRecord) -> None:
        await both.wait()

    async with asyncio.timeout(5):
        await WebhookHandlers({"$default": handler}).dispatch_async([POST, COMMENT])


async def test_handlers_that_were_begun_are_waited_for_when_a_plain_one_fails() -> None:
    calls = Calls({"posts.create": "sync"})
    table = _table({"$default": calls.awaited("$default"), "posts.create": calls.plain("posts.create")})
    with pytest.raises(HandlerFailed):
        await WebhookHandlers(table).dispatch_async([COMMENT, POST, COMMENT])
    assert calls.seen == [["$default", "b"], ["posts.create", "a"]]
    assert calls.finished == [["$default", "b"]]


async def test_further_failures_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    calls = Calls({"posts.create": "slow-async", "$default": "async"})
    table = _table({name: calls.awaited(name) for name in ("posts.create", "$default")})
    with pytest.raises(HandlerFailed, match="default"):
        await WebhookHandlers(table).dispatch_async([POST, COMMENT])
    [logged] = caplog.records
    assert (logged.levelno, logged.name) == (logging.ERROR, "instant_admin")
    assert "HandlerFailed: posts.create" in caplog.text


async def test_cancelling_the_dispatch_cancels_the_handlers() -> None:
    ended = []

    async def handler(record: WebhookRecord) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(record.id)

    task = asyncio.ensure_future(WebhookHandlers({"$default": handler}).dispatch_async([POST, COMMENT]))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert sorted(ended) == ["a", "b"]


async def test_handler_whose_work_was_cancelled_has_failed() -> None:
    async def handler(record: WebhookRecord) -> None:
        work = asyncio.ensure_future(asyncio.sleep(60))
        work.cancel()
        await work

    with pytest.raises(InstantError, match="cancelled"):
        await WebhookHandlers({"$default": handler}).dispatch_async([POST])


def test_repr_of_a_change_shows_no_data() -> None:
    record = WebhookRecord("posts", "create", "a", {"secret": "s3cr3t"}, {"secret": "s3cr3t"}, "k")
    assert "s3cr3t" not in repr(record)
    assert "posts" in repr(record)
