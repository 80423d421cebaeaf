"""Reading files from their signed addresses: whole or in part, without credentials, as an object store answers."""

from __future__ import annotations

import re
from typing import NamedTuple

from instant_admin.local import coerce
from instant_admin.local.errors import Refusal
from instant_admin.local.files.records import DEFAULT_DISPOSITION, DEFAULT_TYPE, File, find_file
from instant_admin.local.files.urls import PREFIX, Signed, is_valid
from instant_admin.local.router import Call, Router
from instant_admin.local.wire import Reply

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


def register(router: Router) -> None:
    """Add the route."""
    router.add("GET", PREFIX + "{app_id}/{location_id}/{expires}/{signature}", download)


def download(call: Call) -> Reply:
    """The body of a file, or the part of it that `range` asks for."""
    instance, asked = call.instance, _signed(call)
    app = instance.store.find_app(asked.app_id)
    if app is None or not is_valid(asked, app.admin_token, instance.now_ms()):
        raise Refusal("permission-denied", "This address is expired or was not given out here.", {}, status=403)
    with instance.store.read(app) as unit:
        file = find_file(unit, location_id=asked.location_id)
    if file is None or not instance.blobs.has(app.key, file.location_id):
        raise Refusal("record-not-found", "The file was deleted or replaced.", {"record-type": "file"}, status=404)
    headers = _headers(file)
    part = _part(call, file, headers["etag"])
    if part is None:
        return Reply(416, {**headers, "content-length": "0", "content-range": f"bytes */{file.size}"})
    headers["content-length"] = str(part.end - part.start)
    if part.is_asked:
        headers["content-range"] = f"bytes {part.start}-{part.end - 1}/{file.size}"
    pieces = instance.blobs.open(app.key, file.location_id, part.start, part.end)
    return Reply(206 if part.is_asked else 200, headers, pieces=pieces)


class _Part(NamedTuple):
    """Bytes of a file: from `start` to the one before `end`."""

    start: int
    end: int
    is_asked: bool


def _signed(call: Call) -> Signed:
    given = call.path_parameters
    expires = given["expires"]
    if not (expires.isascii() and expires.isdigit()) or coerce.as_uuid(given["location_id"]) is None:
        raise Refusal("permission-denied", "This is no address of a file.", {}, status=403)
    return Signed(given["app_id"], given["location_id"], int(expires[:18]), given["signature"])


def _headers(file: File) -> dict[str, str]:
    return {
        "content-type": str(file.values.get("content-type", DEFAULT_TYPE)),
        "content-disposition": str(file.values.get("content-disposition", DEFAULT_DISPOSITION)),
        "etag": f'"{file.location_id}"',
        "accept-ranges": "bytes",
    }


def _part(call: Call, file: File, etag: str) -> _Part | None:
    """What is asked for; None for a range that the file does not have."""
    whole = _Part(0, file.size, is_asked=False)
    asked = _RANGE.fullmatch(call.request.headers.get("range", ""))
    condition = call.request.headers.get("if-range", etag)
    if asked is None or condition != etag or not any(asked.groups()):
        return whole
    first, last = asked.groups()
    if not first:
        start, end = max(file.size - int(last), 0), file.size
    else:
        start, end = int(first), min(int(last) + 1, file.size) if last else file.size
        if last and int(last) < start:
            return whole  # no range at all, which counts as none (RFC 9110)
    return _Part(start, end, is_asked=True) if start < end else None
