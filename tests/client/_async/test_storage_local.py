"""Files of a local Instant in this process: as over a socket, piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from instant_admin import (
    AsyncInstantAdmin,
    InvalidArgumentError,
    NoReplyError,
    PermissionDeniedError,
    RecordNotFoundError,
)
from instant_admin.local import LocalInstant

CONTENT = bytes(range(256)) * 8000


async def test_day_with_files(instance: LocalInstant, tmp_path: Path) -> None:
    (tmp_path / "from").write_bytes(CONTENT)
    async with AsyncInstantAdmin.local(instance=instance) as db:
        first = await db.storage.upload_file("photos/a.png", tmp_path / "from")
        second = await db.storage.upload_file("photos/a.png", iter([CONTENT, b"!"]), file_size=len(CONTENT) + 1)
        assert (first.id, second.size) == (second.id, len(CONTENT) + 1)
        assert first.location_id != second.location_id
        await db.transact(db.tx["$files"][first.id].update({"path": "\u017c/\U0001f600", "caption": "Sea"}))
        done = await db.storage.download("\u017c/\U0001f600", tmp_path / "to")
        assert done.read_bytes() == CONTENT + b"!"
        async with db.storage.open("\u017c/\U0001f600") as file:
            assert (await file.read(3), file.content_type) == (CONTENT[:3], "image/png")
        assert [(file.path, file.size) for file in await db.storage.list()] == [("\u017c/\U0001f600", second.size)]
        assert await db.storage.delete("\u017c/\U0001f600") == first.id
        with pytest.raises(RecordNotFoundError):
            await db.storage.download("\u017c/\U0001f600", tmp_path / "to")


async def test_user_does_with_files_what_the_rules_say(instance: LocalInstant, tmp_path: Path) -> None:
    own = "data.path.startsWith('pub/')"
    rules: dict[str, Any] = {"$files": {"allow": {"create": own, "view": own, "delete": own}}}
    app = instance.create_app(rules=rules)
    async with AsyncInstantAdmin.local(instance=instance, app=app) as db:
        await db.storage.upload_file("private/a", b"x")
        guest = db.as_user(guest=True).storage
        await guest.upload_file("pub/a", b"pub")
        async with guest.open("pub/a") as file:
            assert await file.read() == b"pub"
        assert [file.path for file in await guest.list()] == ["pub/a"]
        with pytest.raises(PermissionDeniedError):
            await guest.upload_file("private/b", b"x")
        with pytest.raises(PermissionDeniedError):
            await guest.delete_many(["pub/a", "private/a"])
        with pytest.raises(RecordNotFoundError):
            await guest.download("private/a", tmp_path / "to")
        assert len(await db.storage.list()) == 2


class Own(Exception):
    """The caller's."""


async def test_upload_that_breaks_off_stores_nothing(instance: LocalInstant) -> None:
    def failing() -> Iterator[bytes]:
        yield CONTENT
        raise Own

    async with AsyncInstantAdmin.local(instance=instance) as db:
        with pytest.raises(Own):
            await db.storage.upload_file("a", failing(), file_size=len(CONTENT) + 1)
        with pytest.raises(InvalidArgumentError):
            await db.storage.upload_file("a", iter([CONTENT]), file_size=len(CONTENT) + 1)
        assert await db.storage.list() == []


async def test_faults_that_a_test_asks_for_happen_to_files_too(instance: LocalInstant, tmp_path: Path) -> None:
    async with AsyncInstantAdmin.local(instance=instance) as db:
        instance.control.fail_next("/admin/storage/upload", drop=True)
        with pytest.raises(NoReplyError):
            await db.storage.upload_file("a", CONTENT)
        await db.storage.upload_file("a", CONTENT)
        instance.control.fail_next(drop=True, times=2)
        with pytest.raises(NoReplyError):
            await db.storage.download("a", tmp_path / "to")
        assert list(tmp_path.iterdir()) == []


# async only: nothing else runs beside a blocking call
async def test_cancelled_upload_stores_nothing(instance: LocalInstant) -> None:
    waiting = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield CONTENT
        waiting.set()
        await asyncio.Event().wait()

    async with AsyncInstantAdmin.local(instance=instance) as db:
        task = asyncio.create_task(db.storage.upload_file("a", endless(), file_size=len(CONTENT) + 1))
        await waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await db.storage.list() == []


async def test_other_tasks_run_while_a_file_is_sent(instance: LocalInstant) -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with AsyncInstantAdmin.local(instance=instance) as db:
        other = asyncio.create_task(count())
        await db.storage.upload_file("a", CONTENT)
        other.cancel()
    assert turns > 1


# end of async only
