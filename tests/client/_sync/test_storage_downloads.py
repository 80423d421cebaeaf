# Derived from tests/client/_async/test_storage_downloads.py by scripts/generate_sync.py (make sync). Do not edit.
"""Downloads: whole or not at all, from a host that gets no credentials, going on where a connection broke."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from instant_admin import (
    APIError,
    InstantError,
    InvalidArgumentError,
    NoReplyError,
    RecordNotFoundError,
    UnexpectedReplyError,
)
from tests.client._sync.flavour import connect, open_http_client
from tests.client.values import AT_ONCE, ID, USER_TOKEN
from tests.support.fake_server import Answer, FakeServer, Received, cut, dropped, reply, reset

CONTENT = bytes(range(256)) * 4000
ETAG = '"one"'


@pytest.fixture
def host() -> Iterator[FakeServer]:
    """Where files lie: another server than Instant's."""
    with FakeServer() as opened:
        yield opened


def _found(host: FakeServer, size: int | None = len(CONTENT), path: str = "/a") -> Answer:
    file: dict[str, Any] = {"id": ID, "path": "a", "url": f"{host.url}{path}?X-Amz-Signature=private"}
    return reply({"$files": [file if size is None else {**file, "size": size, "content-type": "text/css"}]})


def _whole(content: bytes = CONTENT, **headers: str) -> Answer:
    return reply(content, headers={"content-type": "text/css", **headers})


def _part(start: int, content: bytes = CONTENT, **headers: str) -> Answer:
    span = f"bytes {start}-{len(content) - 1}/{len(content)}"
    return reply(content[start:], 206, {"etag": ETAG, "content-range": span, **headers})


def test_download_appears_whole_and_replaces_what_was_there(
    server: FakeServer, host: FakeServer, tmp_path: Path
) -> None:
    server.script(_found(host))
    host.script(_whole())
    target = tmp_path / "to"
    target.write_bytes(b"old and longer" * 100_000)
    told: list[tuple[int, int]] = []
    with connect(server) as db:
        done = db.storage.download("a", str(target), on_progress=lambda *progress: told.append(progress))
    assert (done, target.read_bytes()) == (target, CONTENT)
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert list(tmp_path.iterdir()) == [target]
    assert server.last.json["query"]["$files"]["$"]["where"] == {"path": "a"}


def test_file_is_read_piece_by_piece_or_as_asked(server: FakeServer, host: FakeServer) -> None:
    server.always(_found(host))
    host.always(_whole())
    with connect(server) as db:
        with db.storage.open("a") as file:
            assert (file.size, file.content_type) == (None, None)
            first = file.read(1000)
            nothing = file.read(0)
            rest = b""
            for piece in file:
                rest += piece
            assert (file.read(), file.read(10)) == (b"", b"")
            assert (file.size, file.content_type) == (len(CONTENT), "text/css")
        assert (first, nothing, first + rest) == (CONTENT[:1000], b"", CONTENT)
        with db.storage.open("a") as file:
            assert file.read() == CONTENT
        with pytest.raises(InvalidArgumentError, match="closed"):
            file.read()


def test_opening_alone_sends_nothing(server: FakeServer) -> None:
    with connect(server) as db, db.storage.open("a"):
        pass
    assert server.connections == 0


def test_empty_file_is_downloaded(server: FakeServer, host: FakeServer, tmp_path: Path) -> None:
    server.always(_found(host, 0))
    host.always(_whole(b""))
    with connect(server) as db:
        db.storage.download("a", tmp_path / "to")
        with db.storage.open("a") as file:
            assert file.read(5) == b""
    assert (tmp_path / "to").read_bytes() == b""


@pytest.mark.parametrize("engine", ["httpx", "pyreqwest", "an httpx client", "an httpx2 client"])
def test_no_credentials_go_to_the_host(server: FakeServer, host: FakeServer, engine: str) -> None:
    server.script(_found(host))
    host.script(_whole())
    with connect(server, engine) as db, db.as_user(token=USER_TOKEN).storage.open("a") as file:
        file.read()
    assert server.last.headers["as-token"] == USER_TOKEN
    assert not host.last.headers.keys() & {"authorization", "as-token", "app-id", "cookie", "instant-admin-version"}
    assert (host.last.method, host.last.target) == ("GET", "/a?X-Amz-Signature=private")


@pytest.mark.parametrize("library", ["an httpx client", "an httpx2 client"])
def test_host_learns_of_a_client_handed_in_nothing_but_its_name(
    server: FakeServer, host: FakeServer, library: str
) -> None:
    server.script(_found(host))
    host.script(_whole())
    headers = {"authorization": "Basic private", "cookie": "private=1", "x-api-key": "private", "user-agent": "mine"}
    own = {"headers": headers, "auth": ("user", "private"), "cookies": {"b": "private"}, "params": {"key": "private"}}
    with (
        open_http_client(library, **own) as mine,
        connect(server, http_client=mine) as db,
        db.storage.open("a") as file,
    ):
        file.read()
    assert server.last.headers["x-api-key"] == "private"
    assert host.last.headers.keys() <= {"host", "connection", "user-agent", "accept", "accept-encoding"}
    assert (host.last.headers["user-agent"], host.last.target) == ("mine", "/a?X-Amz-Signature=private")


@pytest.mark.parametrize("target", ["", ".", "/", 5, None, "zero\0", "\ud800"], ids=repr)
def test_target_that_is_no_path_of_a_file_is_a_mistake(server: FakeServer, host: FakeServer, target: Any) -> None:
    server.always(_found(host))
    host.always(_whole())
    with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match="download: cannot write to"):
            db.storage.download("a", target)


def test_name_may_be_as_long_as_the_disk_takes_it(server: FakeServer, host: FakeServer, tmp_path: Path) -> None:
    server.script(_found(host))
    host.script(_whole())
    with connect(server) as db:
        done = db.storage.download("a", tmp_path / ("\U0001f600" * 63))
    assert done.read_bytes() == CONTENT


def test_address_that_is_none_is_an_error(server: FakeServer) -> None:
    for url in ("http://[", "http://[x]/a?X-Amz-Signature=private", "http://\u2100.example/"):
        server.script(reply({"$files": [{"id": ID, "path": "a", "url": url}]}))
        with connect(server, retry=None) as db, db.storage.open("a") as file:
            with pytest.raises(NoReplyError) as caught:
                file.read()
        assert "private" not in str(caught.value)


def test_refusal_that_echoes_a_part_of_the_address_is_masked(server: FakeServer, host: FakeServer) -> None:
    server.script(_found(host))
    host.script(reply({"message": "no /a?X-Amz-Signature=private", "hint": {"signature": "private"}}, 403))
    with connect(server) as db, db.storage.open("a") as file:
        with pytest.raises(APIError) as caught:
            file.read()
    assert "private" not in f"{caught.value}{caught.value.hint}"


REDIRECTS = (301, 302, 303, 307, 308)


@pytest.mark.parametrize("status", REDIRECTS)
def test_redirect_is_followed(server: FakeServer, host: FakeServer, status: int) -> None:
    server.script(_found(host))
    host.script(reply(b"", status, {"location": "/b?again"}), _whole())
    with connect(server) as db, db.storage.open("a") as file:
        assert file.read() == CONTENT
    assert host.last.target == "/b?again"


@pytest.mark.parametrize(
    "location", ["", "ftp://files.example/a", "file:///etc/passwd", "/a?X-Amz-Signature=private", "http://[x"]
)
def test_redirect_to_nowhere_is_an_error(server: FakeServer, host: FakeServer, location: str) -> None:
    server.script(_found(host))
    host.always(reply(b"", 302, {"location": location}))
    with connect(server) as db, db.storage.open("a") as file:
        with pytest.raises(UnexpectedReplyError, match="redirects"):
            file.read()


def test_part_that_was_not_asked_for_is_an_error(server: FakeServer, host: FakeServer) -> None:
    server.always(_found(host, size=3))
    for span in ("bytes 1-2/3", "bytes 0-2/4", "bytes", f"bytes {'1' * 5000}-2/3", f"bytes 0-2/{'3' * 5000}"):
        host.script(reply(b"abc", 206, {"content-range": span}))
        with connect(server) as db, db.storage.open("a") as file:
            with pytest.raises(UnexpectedReplyError, match="another part"):
                file.read()


def test_redirects_in_circles_end(server: FakeServer, host: FakeServer) -> None:
    server.script(_found(host))
    host.always(lambda received: reply(b"", 302, {"location": f"/{len(received.target)}{received.target[:30]}"}))
    with connect(server) as db, db.storage.open("a") as file:
        with pytest.raises(UnexpectedReplyError, match="circles"):
            file.read()
    assert len(host.received) < 10


LOST: dict[str, Callable[[int], Answer]] = {
    "closed": lambda count: cut(_whole(etag=ETAG), count),
    "reset": lambda count: cut(_whole(etag=ETAG), count, "reset"),
}


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
def test_broken_download_goes_on_where_it_broke(
    server: FakeServer, host: FakeServer, tmp_path: Path, fault: Callable[[int], Answer]
) -> None:
    server.always(_found(host))

    def answer(received: Received) -> Answer:
        if "range" not in received.headers:
            return fault(600_000)
        start = int(received.headers["range"].removeprefix("bytes=").removesuffix("-"))
        return cut(_part(start), 300_000) if start < 700_000 else _part(start)

    host.always(answer)
    with connect(server, retry=AT_ONCE) as db:
        db.storage.download("a", tmp_path / "to")
        assert (tmp_path / "to").read_bytes() == CONTENT
        assert len(host.received) > 2
        assert {each.headers.get("if-range") for each in host.received[1:]} == {ETAG}
        with db.storage.open("a") as file:
            assert file.read() == CONTENT


@pytest.mark.parametrize("etag", [None, 'W/"weak"'])
def test_broken_download_begins_again_where_the_host_names_no_version(
    server: FakeServer, host: FakeServer, tmp_path: Path, etag: str | None
) -> None:
    headers = {} if etag is None else {"etag": etag}
    server.script(_found(host))
    host.script(cut(_whole(**headers), 700_000), _whole(**headers))
    with connect(server, retry=AT_ONCE) as db:
        db.storage.download("a", tmp_path / "to")
    assert (tmp_path / "to").read_bytes() == CONTENT
    assert "range" not in host.last.headers


def test_host_that_sends_all_again_is_taken_at_its_word(server: FakeServer, host: FakeServer, tmp_path: Path) -> None:
    server.script(_found(host))
    host.script(cut(_whole(etag=ETAG), 700_000), _whole(etag='"two"'))
    with connect(server, retry=AT_ONCE) as db:
        db.storage.download("a", tmp_path / "to")
    assert (tmp_path / "to").read_bytes() == CONTENT


def test_reader_whose_bytes_are_out_does_not_begin_again(server: FakeServer, host: FakeServer) -> None:
    server.script(_found(host))
    host.always(cut(_whole(), 700_000))
    with connect(server, retry=AT_ONCE) as db, db.storage.open("a") as file:
        with pytest.raises(NoReplyError):
            file.read()


def test_reader_refuses_a_host_that_begins_again(server: FakeServer, host: FakeServer) -> None:
    server.script(_found(host))
    host.script(cut(_whole(etag=ETAG), 700_000), _whole(etag='"two"'))
    with connect(server, retry=AT_ONCE) as db, db.storage.open("a") as file:
        with pytest.raises(UnexpectedReplyError, match="changed"):
            file.read()


WRONG: dict[str, Answer] = {
    "another length": _whole(CONTENT + b"x"),
    "less than announced, without a length": Answer(b"HTTP/1.1 200 OK\r\n\r\n" + CONTENT[:-1], "close"),
    "more than announced, without a length": Answer(b"HTTP/1.1 200 OK\r\n\r\n" + CONTENT + b"x", "close"),
    "closed": dropped(),
    "reset": reset(),
    "in the middle closed": cut(_whole(), 500_000),
    "403": reply(b"<Error><Code>AccessDenied</Code></Error>", 403),
    "404": reply(b"", 404),
    "503": reply(b"", 503),
    "an unasked part": _part(5),
}


@pytest.mark.parametrize("fault", WRONG.values(), ids=WRONG)
def test_what_is_not_the_file_leaves_nothing_behind(
    server: FakeServer, host: FakeServer, tmp_path: Path, fault: Answer
) -> None:
    server.always(_found(host))
    host.always(fault)
    target = tmp_path / "to"
    target.write_bytes(b"old")
    with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(InstantError):
            db.storage.download("a", target)
        with db.storage.open("a") as file:
            with pytest.raises(InstantError):
                file.read()
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("fault", [dropped(), reply(b"", 503)], ids=["closed", "503"])
def test_host_that_fails_once_is_asked_again(server: FakeServer, host: FakeServer, fault: Answer) -> None:
    server.script(_found(host))
    host.script(fault, _whole())
    with connect(server, retry=AT_ONCE) as db, db.storage.open("a") as file:
        assert file.read() == CONTENT


def test_part_of_another_file_is_refused(server: FakeServer, host: FakeServer, tmp_path: Path) -> None:
    server.script(_found(host))
    host.script(cut(_whole(etag=ETAG), 700_000), _part(5))
    with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(UnexpectedReplyError, match="another part"):
            db.storage.download("a", tmp_path / "to")


def test_missing_file_is_not_found_and_nothing_is_made(server: FakeServer, tmp_path: Path) -> None:
    server.always(reply({"$files": []}))
    with connect(server) as db:
        with pytest.raises(RecordNotFoundError) as caught:
            db.storage.download("a", tmp_path / "to")
        with db.storage.open("a") as file:
            with pytest.raises(RecordNotFoundError):
                file.read()
    assert caught.value.record_type == "file"
    assert list(tmp_path.iterdir()) == []


def test_target_that_cannot_be_written_is_a_wrong_argument(
    server: FakeServer, host: FakeServer, tmp_path: Path
) -> None:
    server.always(_found(host))
    host.always(_whole())
    (tmp_path / "folder").mkdir()
    with connect(server) as db:
        for target in (tmp_path / "missing" / "to", tmp_path / "folder"):
            with pytest.raises(InvalidArgumentError, match="cannot write"):
                db.storage.download("a", target)
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


class Own(Exception):
    """The caller's."""


def test_progress_can_end_the_download(server: FakeServer, host: FakeServer, tmp_path: Path) -> None:
    def end(*_: int) -> None:
        raise Own

    server.script(_found(host))
    host.script(_whole())
    with connect(server) as db:
        with pytest.raises(Own):
            db.storage.download("a", tmp_path / "to", on_progress=end)
    assert list(tmp_path.iterdir()) == []


def test_signed_address_shows_neither_in_errors_nor_in_logs(
    server: FakeServer, host: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script(_found(host))
    host.script(reply({"message": f"no {host.url}/a?X-Amz-Signature=private"}, 403))
    with connect(server) as db, db.storage.open("a") as file:
        with pytest.raises(APIError) as caught:
            file.read()
    assert caught.value.status == 403
    ours = [record.getMessage() for record in caplog.records if record.name in ("httpx", "httpx2", "instant_admin")]
    assert ours
    assert "private" not in f"{caught.value!r} {caught.value} {caught.value.hint} {ours}"
