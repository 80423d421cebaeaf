"""Streams against the local Instant, in this process and over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from instant_admin import (
    AsyncInstantAdmin,
    AuthenticationError,
    PermissionDeniedError,
    StreamError,
    UpdateTimeoutError,
    ValidationFailedError,
)
from instant_admin.local import LocalInstant
from tests.client._async.flavour import together

SOON = 10.0
RULES: dict[str, Any] = {
    "$streams": {"allow": {"create": "ruleParams.key == 'open'", "view": "ruleParams.key != null"}}
}


@pytest.fixture(params=["in process", "over HTTP"])
def db(request: pytest.FixtureRequest) -> AsyncInstantAdmin:
    """A client of an app of its own; each test closes it."""
    if request.param == "in process":
        instance = request.getfixturevalue("instance")
        return AsyncInstantAdmin.local(instance=instance, app=instance.create_app(rules=RULES))
    served = request.getfixturevalue("served")
    wanted = {"title": "streams", "rules": {"code": RULES}}
    made = httpx.post(f"{served.url}/dash/apps/ephemeral", json=wanted).json()["app"]
    return AsyncInstantAdmin(made["id"], made["admin-token"], base_url=served.url)


async def test_stream_is_read_while_and_after_it_is_written(db: AsyncInstantAdmin) -> None:
    async with db:
        async with db.streams.write("log") as writer:
            await writer.write("héllo ")
            stream_id = await writer.get_stream_id(SOON)
            async with db.streams.read("log") as follower:
                assert await follower.next(timeout=SOON) == "héllo "
                await writer.write("wörld")
                assert await follower.next(timeout=SOON) == "wörld"
                await writer.aclose()
                assert await follower.next(timeout=SOON) is None
                assert follower.abort_reason is None
        async with db.streams.read(stream_id=stream_id, byte_offset=7) as reader:
            assert (await reader.read(), reader.stream_id) == ("wörld", stream_id)
        found = (await db.query({"$streams": {}}))["$streams"]
    assert [(row["clientId"], row["size"], row["done"]) for row in found] == [("log", 13, True)]


async def test_abort_reason_reaches_followers_and_late_readers(db: AsyncInstantAdmin) -> None:
    async with db:
        async with db.streams.write("log") as writer:
            await writer.write("x")
            await writer.get_stream_id(SOON)
            async with db.streams.read("log") as follower:
                assert await follower.next(timeout=SOON) == "x"
                await writer.abort("own reason")
                assert (await follower.next(timeout=SOON), follower.abort_reason) == (None, "own reason")
        async with db.streams.read("log") as reader:
            assert (await reader.read(), reader.abort_reason) == ("x", "own reason")


async def test_empty_stream_is_a_stream(db: AsyncInstantAdmin) -> None:
    async with db:
        async with db.streams.write("log"):
            pass
        async with db.streams.read("log") as reader:
            assert (await reader.next(timeout=SOON), reader.is_done) == (None, True)


async def test_long_stream_comes_back_as_it_was(db: AsyncInstantAdmin) -> None:
    text = "日本語😀 and more\n" * 2000
    async with db:
        async with db.streams.write("long") as writer:
            for _ in range(80):
                await writer.write(text)
        assert writer.durable_offset == 80 * len(text.encode())
        async with db.streams.read("long") as reader:
            assert await reader.read() == text * 80
            assert reader.offset == writer.offset


async def test_twenty_writers_and_their_readers_share_two_sessions(db: AsyncInstantAdmin) -> None:
    async with db:

        async def write(index: int) -> None:
            async with db.streams.write(f"log-{index}") as writer:
                for count in range(20):
                    await writer.write(f"{index}:{count} ")

        async def read(index: int) -> str:
            async with db.streams.read(f"log-{index}") as reader:
                return await reader.read()

        await together(20, write)
        texts = await together(20, read)
    assert texts == ["".join(f"{index}:{count} " for count in range(20)) for index in range(20)]


async def test_rules_decide_for_users(db: AsyncInstantAdmin) -> None:
    async with db:
        guest = db.as_user(guest=True)
        with pytest.raises(PermissionDeniedError):
            async with guest.streams.write("no"):
                pass
        async with guest.streams.write("yes", rule_params={"key": "open"}) as writer:
            await writer.write("x")
        with pytest.raises(PermissionDeniedError):
            async with guest.streams.read("yes") as reader:
                await reader.read()
        async with guest.streams.read("yes", rule_params={"key": "any"}) as reader:
            assert await reader.read() == "x"


async def test_errors_of_the_server_are_raised(db: AsyncInstantAdmin) -> None:
    async with db:
        async with db.streams.write("log"):
            pass
        with pytest.raises(ValidationFailedError, match="Reconnect token is invalid"):
            async with db.streams.write("log"):
                pass
        with pytest.raises(ValidationFailedError, match="Stream is missing"):
            async with db.streams.read("nothing") as reader:
                await reader.read()


async def test_session_with_wrong_credentials_is_refused(db: AsyncInstantAdmin) -> None:
    async with db:
        with pytest.raises(AuthenticationError):
            async with db.as_user(email="nobody@b.co").streams.read("log") as reader:
                await reader.read()


async def test_deleted_stream_frees_its_name(db: AsyncInstantAdmin) -> None:
    async with db:
        for text in ("one", "two"):
            async with db.streams.write("log") as writer:
                await writer.write(text)
            async with db.streams.read("log") as reader:
                assert await reader.read() == text
            await db.transact(db.tx["$streams"][await writer.get_stream_id()].delete())


async def test_sessions_that_the_server_ends_lose_nothing(instance: LocalInstant) -> None:
    app = instance.create_app()
    text = "0123456789é" * 3000
    async with AsyncInstantAdmin.local(instance=instance, app=app) as db:
        async with db.streams.write("log") as writer:
            await writer.get_stream_id(SOON)
            async with db.streams.read("log") as reader:
                read = ""
                for count in range(60):
                    await writer.write(text)
                    if count % 20 == 10:
                        while len(read) < len(text) * (count - 5):
                            read += await reader.next(timeout=SOON) or ""
                        instance.control.end_streams(app)
                await writer.aclose()
                read += await reader.read()
        async with db.streams.read("log") as late:
            assert await late.read() == text * 60
    assert read == text * 60


async def test_writer_of_another_process_goes_on_with_the_token(instance: LocalInstant) -> None:
    app = instance.create_app()
    async with AsyncInstantAdmin.local(instance=instance, app=app) as db:
        first = db.streams.write("log")
        await first.__aenter__()
        await first.write("x" * 1_100_000)
        while first.durable_offset == 0:
            async with db.streams.read("log") as reader:
                await reader.next(timeout=SOON)
    async with AsyncInstantAdmin.local(instance=instance, app=app) as db:
        async with db.streams.write("log", reconnect_token=first.reconnect_token) as second:
            await second.get_stream_id(SOON)
            begin = second.offset
            await second.write("y")
        async with db.streams.read("log") as reader:
            assert await reader.read() == "x" * begin + "y"
    assert begin == first.durable_offset > 0


async def test_two_writers_of_one_stream_do_not_both_believe_to_be_alone(instance: LocalInstant) -> None:
    app = instance.create_app()
    async with AsyncInstantAdmin.local(instance=instance, app=app) as db:
        first = db.streams.write("log")
        await first.__aenter__()
        await first.write("first")
        await first.get_stream_id(SOON)
        async with db.streams.write("log", reconnect_token=first.reconnect_token) as second:
            await second.write("second")
        with pytest.raises((StreamError, ValidationFailedError)):  # noqa: PT012  leaving the block raises
            await first.write("more")
            await first.aclose()


async def test_stream_without_its_writer_is_waited_for_as_long_as_the_caller_says(instance: LocalInstant) -> None:
    app = instance.create_app()
    async with AsyncInstantAdmin.local(instance=instance, app=app) as gone:
        writer = gone.streams.write("log")
        await writer.__aenter__()
        await writer.write("x")
        async with gone.streams.read("log") as reader:
            await writer.get_stream_id(SOON)
            await reader.next(timeout=SOON)
    async with AsyncInstantAdmin.local(instance=instance, app=app) as db, db.streams.read("log", timeout=0.1) as reader:
        with pytest.raises(UpdateTimeoutError):
            await reader.read()
