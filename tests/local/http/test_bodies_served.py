"""Bodies that come and go piece by piece, over real sockets: uploads and downloads."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest

from scripts.served import SECONDS, Served, serving

PIECE, PIECES = b"0123456789" * 10_000, 30


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("--control") as server:
        yield server


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    headers = {"app-id": served.app_id, "authorization": f"Bearer {served.admin_token}"}
    with httpx.Client(base_url=served.url, headers=headers, timeout=SECONDS) as opened:
        opened.post(f"/_local/apps/{served.app_id}/reset").raise_for_status()
        yield opened
        assert served.errors() == ""


def _upload(client: httpx.Client, path: str) -> httpx.Response:
    headers = {"path": path, "content-type": "text/plain", "content-length": str(len(PIECE) * PIECES)}
    return client.put("/admin/storage/upload", headers=headers, content=(PIECE for _ in range(PIECES)))


def _files(client: httpx.Client) -> list[dict[str, object]]:
    return list(client.post("/admin/query", json={"query": {"$files": {}}}).json()["$files"])


def test_upload_comes_back_as_it_was(client: httpx.Client) -> None:
    assert _upload(client, "a/b.txt").json()["data"]["size"] == len(PIECE) * PIECES
    (file,) = _files(client)
    got = client.get(str(file["url"]))

    assert got.content == PIECE * PIECES
    assert got.headers["content-length"] == str(len(PIECE) * PIECES)


def test_reader_who_leaves_in_the_middle_harms_nobody(client: httpx.Client) -> None:
    _upload(client, "a/b.txt")
    (file,) = _files(client)
    with client.stream("GET", str(file["url"])) as reply:
        next(reply.iter_raw())

    assert client.get(str(file["url"])).content == PIECE * PIECES


def test_upload_that_breaks_off_leaves_nothing(served: Served, client: httpx.Client) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    head = (
        "PUT /admin/storage/upload HTTP/1.1\r\nhost: x\r\npath: lost.txt\r\ncontent-length: 1000000\r\n"
        f"app-id: {served.app_id}\r\nauthorization: Bearer {served.admin_token}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=SECONDS) as connection:
        connection.sendall(head.encode() + PIECE)

    assert _files(client) == []


def test_lost_reply_of_an_upload_means_that_it_is_there(client: httpx.Client) -> None:
    client.post("/_local/faults", json={"half_body": True, "path": "/admin/storage/upload"}).raise_for_status()
    with pytest.raises(httpx.RemoteProtocolError):
        _upload(client, "a/b.txt")

    assert [file["path"] for file in _files(client)] == ["a/b.txt"]
