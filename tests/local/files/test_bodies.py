"""Bodies of files lie on disk beside the database, complete or not at all, as long as a record names them."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from instant_admin.local import LocalInstant, Reply, Request
from instant_admin.local.files.blobs import CHUNK_BYTES, Blobs
from instant_admin.local.wire import ConnectionLost
from tests.local.support import AdminCalls, Answer, call

CONTENT = bytes(range(256)) * 4096


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "dev.sqlite")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def _body(reply: Reply) -> bytes:
    assert reply.pieces is not None
    return b"".join(reply.pieces)


def test_body_is_stored_beside_the_database_and_read_in_pieces(blobs: Blobs, tmp_path: Path) -> None:
    location_id, size = blobs.put(1, [CONTENT, b"end"])
    pieces = list(blobs.open(1, location_id))
    assert (b"".join(pieces), size) == (CONTENT + b"end", len(CONTENT) + 3)
    assert max(map(len, pieces)) == CHUNK_BYTES
    assert _names(tmp_path / "dev.sqlite.files") == [location_id]


def test_part_of_a_body_is_read(blobs: Blobs) -> None:
    location_id, _ = blobs.put(1, [b"0123456789"])
    assert b"".join(blobs.open(1, location_id, 3)) == b"3456789"
    assert b"".join(blobs.open(1, location_id, 3, 5)) == b"34"
    assert b"".join(blobs.open(1, location_id, 10)) == b""


def test_body_that_does_not_come_to_its_end_is_not_stored(blobs: Blobs, tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield CONTENT
        raise ConnectionLost

    with pytest.raises(ConnectionLost):
        blobs.put(1, broken())
    assert _names(tmp_path) == []


def test_missing_body_cannot_be_read(blobs: Blobs) -> None:
    with pytest.raises(FileNotFoundError):
        list(blobs.open(1, "96f839ea-b06a-50c3-971d-f2203e64dede"))


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", "..", "a" * 36])
def test_location_id_is_no_way_out_of_the_folder(blobs: Blobs, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("private")
    blobs.put(1, [b""])
    assert not blobs.has(1, name)
    blobs.delete(1, name)
    assert (tmp_path / "secret").exists()


def test_sweep_takes_old_bodies_that_nobody_names(blobs: Blobs, tmp_path: Path) -> None:
    named, old, new = (blobs.put(1, [b"x"])[0] for _ in range(3))
    folder = tmp_path / "dev.sqlite.files" / "1"
    (folder / "abandoned.part").write_bytes(b"x")
    for name, age in ((named, 3600), (old, 3600), ("abandoned.part", 7 * 86400)):
        os.utime(folder / name, (time.time() - age,) * 2)
    blobs.sweep(1, {named})
    assert set(_names(folder)) == {named, new}


def test_nothing_is_deleted_while_a_snapshot_may_need_it(blobs: Blobs, tmp_path: Path) -> None:
    location_id, _ = blobs.put(1, [b"x"])
    blobs.hold()
    blobs.delete(1, location_id)
    blobs.sweep(1, ())
    blobs.delete_app(1)
    assert blobs.has(1, location_id)


def test_files_outlive_their_instance_and_their_address_does_too(tmp_path: Path) -> None:
    path = tmp_path / "dev.sqlite"
    with LocalInstant(path) as instance:
        admin = AdminCalls(instance, instance.default_app())
        _upload(admin, "a", CONTENT)
        url = _url(admin, "a")
    with LocalInstant(path) as instance:
        assert _body(instance.handle(Request("GET", url))) == CONTENT


def test_bodies_of_an_instance_in_memory_go_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with LocalInstant() as instance:
        assert _names(tmp_path) == []
        _upload(AdminCalls(instance, instance.default_app()), "a", CONTENT)
        assert len(_names(tmp_path)) == 1
    assert list(tmp_path.iterdir()) == []


def test_replaced_and_deleted_bodies_are_gone(tmp_path: Path) -> None:
    with LocalInstant(tmp_path / "dev.sqlite") as instance:
        admin = AdminCalls(instance, instance.default_app())
        _upload(admin, "a", b"old")
        _upload(admin, "a", b"new")
        _upload(admin, "b", b"other")
        assert len(_names(tmp_path / "dev.sqlite.files")) == 2
        admin.delete("/admin/storage/files", filename="a")
        assert len(_names(tmp_path / "dev.sqlite.files")) == 1


def test_refused_upload_leaves_no_body(tmp_path: Path) -> None:
    with LocalInstant(tmp_path / "dev.sqlite") as instance:
        admin = AdminCalls(instance, instance.default_app())
        assert _upload(admin, "a" * 1013, CONTENT).type == "validation-failed"
        assert _names(tmp_path / "dev.sqlite.files") == []


def test_upload_that_breaks_off_stores_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"first"
        raise ConnectionLost

    with LocalInstant(tmp_path / "dev.sqlite") as instance:
        admin = AdminCalls(instance, instance.default_app())
        headers = {"path": "a", "app-id": admin.app.app_id, "authorization": f"Bearer {admin.app.admin_token}"}
        reply = instance.handle(Request("PUT", "/admin/storage/upload", headers=headers, incoming=broken()))
        assert reply.status == 400
        assert admin.ok("/admin/query", {"query": {"$files": {}}}) == {"$files": []}
        assert _names(tmp_path / "dev.sqlite.files") == []


def test_reset_dump_load_and_snapshot_take_files_along() -> None:
    with LocalInstant() as instance:
        admin = AdminCalls(instance, instance.default_app())
        _upload(admin, "a", CONTENT)
        dumped = instance.control.dump(admin.app)
        snapshot = instance.control.snapshot(admin.app)
        instance.control.reset(admin.app)
        assert admin.ok("/admin/query", {"query": {"$files": {}}}) == {"$files": []}
        instance.control.restore(snapshot)
        assert _read(admin, "a") == CONTENT
        other = AdminCalls(instance, instance.create_app())
        instance.control.load(other.app, dumped)
        assert _read(other, "a") == CONTENT
        instance.control.delete_app(admin.app)
        assert _read(other, "a") == CONTENT


def _upload(admin: AdminCalls, path: str, body: bytes, **headers: str) -> Answer:
    return admin.call("PUT", "/admin/storage/upload", body, headers={"path": path, **headers})


def _url(admin: AdminCalls, path: str) -> str:
    url: str = admin.get("/admin/storage/signed-download-url", filename=path).body["data"]
    return url


def _read(admin: AdminCalls, path: str) -> bytes:
    return _body(admin.instance.handle(Request("GET", _url(admin, path))))


def test_forms_are_refused_and_json_is_not() -> None:
    with LocalInstant() as instance:
        admin = AdminCalls(instance, instance.default_app())
        assert _upload(admin, "a", b"a=1", **{"content-type": "application/x-www-form-urlencoded"}).status == 400
        assert _upload(admin, "a", b"{broken", **{"content-type": "application/json"}).status == 200
        assert call(instance, "PUT", "/admin/storage/upload", b"x", headers={"path": "a"}).type == "param-missing"
