"""Uploads: whatever holds bytes can be sent, exactly as announced, and again only where that is safe."""

from __future__ import annotations

import array
import asyncio
import io
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from instant_admin import (
    APIError,
    CallAttempt,
    InstantError,
    InvalidArgumentError,
    NoReplyError,
    RateLimitedError,
    UploadedFile,
)
from tests.client._async.flavour import connect, together
from tests.client.values import AT_ONCE, ID, TOKEN, USER_TOKEN, every_engine
from tests.support.fake_server import Answer, FakeServer, dropped, refusal, reply, reset

LOCATION = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
CONTENT = bytes(range(256)) * 4000
"""Several pieces long."""


def stored(size: int) -> Answer:
    return reply({"data": {"id": ID, "location-id": LOCATION, "size": size}})


def _file_at(position: int, content: bytes = CONTENT) -> io.BytesIO:
    file = io.BytesIO(content)
    file.seek(position)
    return file


class Unseekable(io.RawIOBase):
    """A pipe."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def readable(self) -> bool:
        return True

    def read(self, count: int = -1) -> bytes:
        count = len(self._content) if count < 0 else count
        taken, self._content = self._content[:count], self._content[count:]
        return taken


SOURCES: dict[str, tuple[Callable[[Path], Any], bytes]] = {
    "bytes": (lambda _: CONTENT, CONTENT),
    "no bytes": (lambda _: b"", b""),
    "bytearray": (lambda _: bytearray(CONTENT), CONTENT),
    "memoryview": (lambda _: memoryview(CONTENT)[7:], CONTENT[7:]),
    "memoryview of wider items": (lambda _: memoryview(array.array("I", [1, 2])), array.array("I", [1, 2]).tobytes()),
    "memoryview with gaps": (lambda _: memoryview(CONTENT)[::2], CONTENT[::2]),
    "Path": (lambda folder: folder / "file", CONTENT),
    "text path": (lambda folder: str(folder / "file"), CONTENT),
    "open file": (lambda folder: (folder / "file").open("rb"), CONTENT),
    "file object": (lambda _: _file_at(0), CONTENT),
    "file object from where it stands": (lambda _: _file_at(300_000), CONTENT[300_000:]),
    "file object at its end": (lambda _: _file_at(len(CONTENT)), b""),
    "list of pieces": (lambda _: [CONTENT, b"", bytearray(b"a"), memoryview(b"b")], CONTENT + b"ab"),
}


# async only: a blocking program cannot await them
class Upload:
    """What a web framework hands over: a plain file behind methods that are awaited."""

    def __init__(self, content: bytes) -> None:
        self.file = io.BytesIO(content)

    async def read(self, _: int = -1) -> bytes:
        raise AssertionError("the plain file is read instead")


SOURCES["upload of a web framework"] = (lambda _: Upload(CONTENT), CONTENT)


# end of async only


@pytest.mark.parametrize(("make", "content"), SOURCES.values(), ids=SOURCES)
async def test_whatever_holds_bytes_is_sent(
    server: FakeServer, tmp_path: Path, make: Callable[[Path], Any], content: bytes
) -> None:
    (tmp_path / "file").write_bytes(CONTENT)
    server.script(stored(len(content)))
    source = make(tmp_path)
    size = len(content) if isinstance(source, list) else None
    async with connect(server) as db:
        uploaded = await db.storage.upload_file("a.bin", source, file_size=size)
    assert uploaded == UploadedFile(ID, LOCATION, len(content))
    sent = server.last
    assert (sent.method, sent.path, sent.headers["path"]) == ("PUT", "/admin/storage/upload", "a.bin")
    assert sent.headers["content-length"] == str(len(content))
    assert "transfer-encoding" not in sent.headers
    assert sent.body == content
    if hasattr(source, "close"):
        assert not source.closed, "the caller's file stays open"
        source.close()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: iter([CONTENT, b"end"]), id="iterator"),
        pytest.param(lambda: (piece for piece in (CONTENT, b"end")), id="generator"),
        pytest.param(lambda: Unseekable(CONTENT + b"end"), id="file that cannot seek"),
    ],
)
async def test_source_of_unknown_length_needs_its_size(server: FakeServer, make: Callable[[], Any]) -> None:
    server.always(stored(len(CONTENT) + 3))
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match="file_size"):
            await db.storage.upload_file("a.bin", make())
        assert server.received == []
        await db.storage.upload_file("a.bin", make(), file_size=len(CONTENT) + 3)
    assert server.last.body == CONTENT + b"end"


async def test_file_that_goes_on_behind_the_size_given_is_left_there(server: FakeServer) -> None:
    server.script(stored(4))
    file = Unseekable(b"one two")
    async with connect(server) as db:
        await db.storage.upload_file("a.bin", file, file_size=4)
    assert (server.last.body, file.read()) == (b"one ", b"two")


# async only: a blocking program cannot await them
class AwaitedFile:
    """A file object whose methods are awaited."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)

    async def read(self, count: int = -1) -> bytes:
        return self._file.read(count)

    async def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    async def tell(self) -> int:
        return self._file.tell()


async def _pieces() -> AsyncIterator[bytes]:
    yield CONTENT
    yield b"end"


async def test_file_object_that_must_be_awaited_is_sent_from_where_it_stands(server: FakeServer) -> None:
    server.script(stored(3))
    file = AwaitedFile(CONTENT)
    await file.seek(-3, os.SEEK_END)
    async with connect(server) as db:
        await db.storage.upload_file("a.bin", file)
    assert server.last.body == CONTENT[-3:]


async def test_iterator_that_must_be_awaited_is_sent(server: FakeServer) -> None:
    server.script(stored(len(CONTENT) + 3))
    async with connect(server) as db:
        await db.storage.upload_file("a.bin", _pieces(), file_size=len(CONTENT) + 3)
    assert server.last.body == CONTENT + b"end"


async def test_cancelled_upload_ends_at_once(server: FakeServer) -> None:
    begun = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        begun.set()
        yield b"first"
        await asyncio.Event().wait()

    async with connect(server) as db:
        task = asyncio.create_task(db.storage.upload_file("a.bin", endless(), file_size=9))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert all(len(each.body) < 9 for each in server.received)


# end of async only
@pytest.mark.parametrize(
    ("file", "size", "text"),
    [
        pytest.param(b"abc", 4, "has 3 bytes", id="bytes of another size"),
        pytest.param(_file_at(0, b"abc"), 2, "has 3 bytes", id="file of another size"),
        pytest.param(iter([b"abc"]), -1, "number of bytes", id="negative size"),
        pytest.param(iter([b"abc"]), True, "number of bytes", id="flag as size"),
        pytest.param("no such file", None, "cannot read", id="missing file"),
        pytest.param(Path(__file__).parent, None, "cannot read", id="folder"),
        pytest.param("with\0null", None, "cannot read", id="impossible name"),
        pytest.param(io.StringIO("text"), None, "binary mode", id="text file"),
        pytest.param(5, None, "got int", id="number"),
        pytest.param(None, None, "got NoneType", id="nothing"),
    ],
)
async def test_what_cannot_be_sent_is_refused_before_anything_is(
    server: FakeServer, file: Any, size: Any, text: str
) -> None:
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match=text):
            await db.storage.upload_file("a.bin", file, file_size=size)
    assert server.connections == 0


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        pytest.param([b"abc"], "longer", id="one piece too long"),
        pytest.param([b"ab", b"c"], "longer", id="a piece too many"),
        pytest.param([b"a"], "ends 1 bytes before", id="too short"),
        pytest.param([b"a", "b"], "must give bytes", id="text"),
        pytest.param([1, 2], "must give bytes", id="numbers"),
    ],
)
async def test_source_of_another_size_than_announced_never_arrives_whole(
    server: FakeServer, pieces: list[Any], text: str
) -> None:
    async with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(InvalidArgumentError, match=text):
            await db.storage.upload_file("a.bin", iter(pieces), file_size=2)
    assert all(len(each.body) < 2 for each in server.received)


class Own(Exception):
    """The caller's."""


async def test_error_of_the_source_is_the_callers_own(server: FakeServer) -> None:
    def failing() -> Iterator[bytes]:
        yield b"first"
        raise Own

    async with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(Own):
            await db.storage.upload_file("a.bin", failing(), file_size=9)


async def test_progress_is_told_up_to_the_total(server: FakeServer) -> None:
    server.always(stored(len(CONTENT)))
    told: list[tuple[int, int]] = []
    async with connect(server) as db:
        await db.storage.upload_file("a.bin", CONTENT, on_progress=lambda sent, total: told.append((sent, total)))
        await db.storage.upload_file("a.bin", b"", on_progress=lambda sent, total: told.append((sent, total)))
    *several, last, of_nothing = told
    assert len(several) > 1
    assert [sent for sent, _ in told[:-1]] == sorted({sent for sent, _ in told[:-1]})
    assert (last, of_nothing) == ((len(CONTENT), len(CONTENT)), (0, 0))


async def test_progress_can_end_the_upload(server: FakeServer) -> None:
    def end(sent: int, total: int) -> None:
        raise Own

    async with connect(server) as db:
        with pytest.raises(Own):
            await db.storage.upload_file("a.bin", CONTENT, on_progress=end)


async def test_source_that_is_not_there_in_time_ends_the_upload_in_its_own_words(server: FakeServer) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"1"
        raise TimeoutError("no more of it")

    async with connect(server) as db:
        with pytest.raises(TimeoutError, match="no more of it"):
            await db.storage.upload_file("a.bin", pieces(), file_size=2)


@pytest.mark.parametrize(
    ("path", "given", "sent"),
    [
        ("a.png", None, "image/png"),
        ("notes/a.txt", None, "text/plain"),
        ("a.tar.gz", None, "application/gzip"),
        ("a.svgz", None, "application/gzip"),
        ("a", None, "application/octet-stream"),
        ("a.png", "text/plain; charset=utf-8", "text/plain; charset=utf-8"),
        ("a.json", None, "application/json"),
    ],
)
async def test_content_type_is_that_given_or_guessed(
    server: FakeServer, path: str, given: str | None, sent: str
) -> None:
    server.script(stored(1))
    async with connect(server) as db:
        await db.storage.upload_file(path, b"x", content_type=given, content_disposition='attachment; filename="a"')
    assert server.last.headers["content-type"] == sent
    assert server.last.headers["content-disposition"] == 'attachment; filename="a"'


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("  a b.txt\t", "a b.txt"),
        ("/a//b/../c/", "/a//b/../c/"),
        ("caf\u00e9", "caf\u00e9"),
        ("%20", "%20"),
        ("null", "null"),
        ("\u00e9" * 506, "\u00e9" * 506),
        ("a" * 1012, "a" * 1012),
    ],
)
@every_engine
async def test_path_is_sent_as_latin_1(server: FakeServer, engine: str, path: str, sent: str) -> None:
    server.script(stored(1))
    async with connect(server, engine) as db:
        await db.storage.upload_file(path, b"x")
    assert server.last.headers["path"] == sent


@pytest.mark.parametrize(
    "path",
    [
        "", "  ", "a  b", "a\tb", "a\nb", "a\r\nx: y", "a\0b", "\u017c", "\U0001f600", "a\x7fb",
        "a" * 1013, "\u00e9" * 507, b"a", None, 5,
    ],
)  # fmt: skip
async def test_path_that_the_server_cannot_store_is_refused_before_anything_is_sent(
    server: FakeServer, path: Any
) -> None:
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match="path"):
            await db.storage.upload_file(path, "no such file")
    assert server.connections == 0


@pytest.mark.parametrize(
    "options",
    [
        {"content_type": ""},
        {"content_type": "a\nb"},
        {"content_type": "multipart/form-data; boundary=x"},
        {"content_type": "Application/x-www-form-urlencoded"},
        {"content_disposition": " "},
        {"content_disposition": "attachment; filename=\u017c"},
        {"content_disposition": 5},
    ],
)
async def test_header_that_the_server_cannot_take_is_refused_before_anything_is_sent(
    server: FakeServer, options: dict[str, Any]
) -> None:
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match=next(iter(options))):
            await db.storage.upload_file("a", b"x", **options)
    assert server.connections == 0


@pytest.mark.parametrize(
    ("identity", "header"),
    [({"email": "a@b.co"}, "as-email"), ({"token": USER_TOKEN}, "as-token"), ({"guest": True}, "as-guest")],
)
async def test_upload_and_deletes_act_as_the_user(server: FakeServer, identity: Any, header: str) -> None:
    server.script(stored(1), reply({"data": {"id": ID}}), reply({"data": {"ids": [ID]}}), reply({"data": []}))
    async with connect(server) as db:
        files = db.as_user(**identity).storage
        await files.upload_file("a", b"x")
        await files.delete("a")
        await files.delete_many(["a"])
        await files.list()
    assert all(header in each.headers for each in server.received)


async def test_address_of_a_file_is_the_apps_own_affair(server: FakeServer) -> None:
    server.script(reply({"data": "https://files.example/a"}), reply({"data": None}))
    async with connect(server) as db:
        assert await db.as_user(guest=True).storage.get_download_url("a b") == "https://files.example/a"
        assert await db.storage.get_download_url("never") is None
    assert "as-guest" not in server.received[0].headers
    assert server.received[0].query["filename"] == "a b"


@pytest.mark.parametrize("fault", [dropped(), reset(), reply(b"", 503)], ids=["closed", "reset", "503"])
async def test_upload_that_may_have_arrived_is_not_repeated(server: FakeServer, fault: Answer) -> None:
    server.script(fault)
    async with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(InstantError):
            await db.storage.upload_file("a", CONTENT)
    assert len(server.received) <= 1


@pytest.mark.parametrize(
    ("file", "count"),
    [
        pytest.param(CONTENT, 2, id="bytes"),
        pytest.param(_file_at(3), 2, id="file object"),
        pytest.param([CONTENT], 2, id="list"),
        pytest.param(iter([CONTENT]), 1, id="iterator"),
        pytest.param(Unseekable(CONTENT), 1, id="file that cannot seek"),
    ],
)
async def test_refused_upload_is_repeated_where_it_can_be_read_again(server: FakeServer, file: Any, count: int) -> None:
    server.script(refusal("rate-limited", 429), stored(1))
    size = None if isinstance(file, bytes | io.BytesIO) else len(CONTENT)
    async with connect(server, retry=AT_ONCE) as db:
        upload = db.storage.upload_file
        if count == 1:
            with pytest.raises(RateLimitedError):
                await upload("a", file, file_size=size)
        else:
            await upload("a", file, file_size=size)
    assert len(server.received) == count
    assert len({each.body for each in server.received}) == 1
    assert server.last.body in (CONTENT, CONTENT[3:])


async def test_upload_that_never_left_is_repeated_from_an_iterator_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    late: list[FakeServer] = []

    def open_after_the_first_attempt(attempt: CallAttempt) -> None:
        if not late:
            late.append(FakeServer(port=port).__enter__())
            late[0].script(stored(3))

    try:
        async with connect(f"http://127.0.0.1:{port}", retry=AT_ONCE, on_response=open_after_the_first_attempt) as db:
            await db.storage.upload_file("a", iter([b"abc"]), file_size=3)
        assert late[0].last.body == b"abc"
    finally:
        for each in late:
            each.__exit__()


async def test_refusal_says_what_the_server_says_and_no_token(server: FakeServer) -> None:
    server.script(refusal("permission-denied", hint={"input": ["$files", "create"], "echo": TOKEN}))
    async with connect(server) as db:
        with pytest.raises(APIError) as caught:
            await db.storage.upload_file("a", CONTENT)
    assert caught.value.hint == {"input": ["$files", "create"], "echo": "[redacted]"}


async def test_lost_reply_leaves_the_fate_open(server: FakeServer) -> None:
    server.script(dropped())
    async with connect(server) as db:
        with pytest.raises(NoReplyError) as caught:
            await db.storage.upload_file("a", b"x")
    assert caught.value.request_sent


async def test_many_uploads_go_on_at_once(server: FakeServer) -> None:
    server.always(lambda received: stored(len(received.body)))
    async with connect(server) as db:
        done = await together(20, lambda index: db.storage.upload_file(f"{index}", CONTENT[:index]))
    assert [each.size for each in done] == list(range(20))


async def test_missing_file_deleted_is_none(server: FakeServer) -> None:
    server.script(reply({"data": {"id": None}}), reply({"data": {"ids": []}}))
    async with connect(server) as db:
        assert await db.storage.delete(" a b.txt ") is None
        assert await db.storage.delete_many(["never", " exact "]) == []
    assert server.received[0].query["filename"] == " a b.txt "
    assert server.received[1].json == {"filenames": ["never", " exact "]}


@pytest.mark.parametrize("paths", ["a", b"a", 5, None, ["a", 5]])
async def test_delete_many_takes_texts_only(server: FakeServer, paths: Any) -> None:
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match="delete_many"):
            await db.storage.delete_many(paths)
    assert server.connections == 0
