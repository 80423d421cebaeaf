# Derived from tests/client/_async/test_storage_local.py by scripts/generate_sync.py (make sync). Do not edit.
"""Files of a local Instant in this process: as over a socket, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from instant_admin import (
    InstantAdmin,
    InvalidArgumentError,
    NoReplyError,
    PermissionDeniedError,
    RecordNotFoundError,
)
from instant_admin.local import LocalInstant

CONTENT = bytes(range(256)) * 8000


def test_day_with_files(instance: LocalInstant, tmp_path: Path) -> None:
    (tmp_path / "from").write_bytes(CONTENT)
    with InstantAdmin.local(instance=instance) as db:
        first = db.storage.upload_file("photos/a.png", tmp_path / "from")
        second = db.storage.upload_file("photos/a.png", iter([CONTENT, b"!"]), file_size=len(CONTENT) + 1)
        assert (first.id, second.size) == (second.id, len(CONTENT) + 1)
        assert first.location_id != second.location_id
        db.transact(db.tx["$files"][first.id].update({"path": "\u017c/\U0001f600", "caption": "Sea"}))
        done = db.storage.download("\u017c/\U0001f600", tmp_path / "to")
        assert done.read_bytes() == CONTENT + b"!"
        with db.storage.open("\u017c/\U0001f600") as file:
            assert (file.read(3), file.content_type) == (CONTENT[:3], "image/png")
        assert [(file.path, file.size) for file in db.storage.list()] == [("\u017c/\U0001f600", second.size)]
        assert db.storage.delete("\u017c/\U0001f600") == first.id
        with pytest.raises(RecordNotFoundError):
            db.storage.download("\u017c/\U0001f600", tmp_path / "to")


def test_user_does_with_files_what_the_rules_say(instance: LocalInstant, tmp_path: Path) -> None:
    own = "data.path.startsWith('pub/')"
    rules: dict[str, Any] = {"$files": {"allow": {"create": own, "view": own, "delete": own}}}
    app = instance.create_app(rules=rules)
    with InstantAdmin.local(instance=instance, app=app) as db:
        db.storage.upload_file("private/a", b"x")
        guest = db.as_user(guest=True).storage
        guest.upload_file("pub/a", b"pub")
        with guest.open("pub/a") as file:
            assert file.read() == b"pub"
        assert [file.path for file in guest.list()] == ["pub/a"]
        with pytest.raises(PermissionDeniedError):
            guest.upload_file("private/b", b"x")
        with pytest.raises(PermissionDeniedError):
            guest.delete_many(["pub/a", "private/a"])
        with pytest.raises(RecordNotFoundError):
            guest.download("private/a", tmp_path / "to")
        assert len(db.storage.list()) == 2


class Own(Exception):
    """The caller's."""


def test_upload_that_breaks_off_stores_nothing(instance: LocalInstant) -> None:
    def failing() -> Iterator[bytes]:
        yield CONTENT
        raise Own

    with InstantAdmin.local(instance=instance) as db:
        with pytest.raises(Own):
            db.storage.upload_file("a", failing(), file_size=len(CONTENT) + 1)
        with pytest.raises(InvalidArgumentError):
            db.storage.upload_file("a", iter([CONTENT]), file_size=len(CONTENT) + 1)
        assert db.storage.list() == []


def test_faults_that_a_test_asks_for_happen_to_files_too(instance: LocalInstant, tmp_path: Path) -> None:
    with InstantAdmin.local(instance=instance) as db:
        instance.control.fail_next("/admin/storage/upload", drop=True)
        with pytest.raises(NoReplyError):
            db.storage.upload_file("a", CONTENT)
        db.storage.upload_file("a", CONTENT)
        instance.control.fail_next(drop=True, times=2)
        with pytest.raises(NoReplyError):
            db.storage.download("a", tmp_path / "to")
        assert list(tmp_path.iterdir()) == []
