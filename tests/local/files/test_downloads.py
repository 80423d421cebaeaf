"""Files are read from signed addresses, as from an object store."""

from __future__ import annotations

import pytest

from instant_admin.local import Reply, Request
from tests.local.support import AdminCalls, Clock

BODY = b"0123456789"
DAY = 86_400


@pytest.fixture
def admin(admin: AdminCalls) -> AdminCalls:
    """Calls to an app that has one file."""
    _upload(admin, BODY)
    return admin


def _upload(admin: AdminCalls, body: bytes) -> None:
    headers = {"path": "a.txt", "content-type": "text/css", "content-disposition": "attachment"}
    assert admin.call("PUT", "/admin/storage/upload", body, headers=headers).status == 200


def _url(admin: AdminCalls, **headers: str) -> str:
    found = admin.post("/admin/query", {"query": {"$files": {"$": {"fields": ["url"]}}}}, **headers)
    url: str = found.body["$files"][0]["url"]
    return url


def _get(admin: AdminCalls, url: str, method: str = "GET", **headers: str) -> Reply:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return admin.instance.handle(Request(method, url, headers=sent))


def _body(reply: Reply) -> bytes:
    return b"".join(reply.pieces) if reply.pieces is not None else reply.body


def test_address_needs_no_credentials_and_says_what_was_uploaded(admin: AdminCalls) -> None:
    reply = _get(admin, _url(admin))
    assert (reply.status, _body(reply)) == (200, BODY)
    assert reply.headers["content-type"] == "text/css"
    assert reply.headers["content-disposition"] == "attachment"
    assert reply.headers["content-length"] == "10"
    assert reply.headers["etag"].startswith('"')


def test_address_is_the_same_all_day_and_good_for_a_week(admin: AdminCalls, clock: Clock) -> None:
    clock.seconds = clock.seconds // DAY * DAY
    first = _url(admin)
    clock.advance(DAY - 1)
    assert _url(admin) == first
    clock.advance(1)
    assert _url(admin) != first
    clock.advance(6 * DAY - 1)
    assert _get(admin, first).status == 200
    clock.advance(1)
    assert _get(admin, first).status == 403


def test_address_changes_when_the_file_is_replaced_and_the_old_one_ends(admin: AdminCalls) -> None:
    first = _url(admin)
    _upload(admin, b"new")
    assert _url(admin) != first
    assert _get(admin, first).status == 404


def test_address_leads_to_where_the_caller_reached_the_server(admin: AdminCalls) -> None:
    assert _url(admin, host="127.0.0.1:8888").startswith("http://127.0.0.1:8888/storage/files/")


@pytest.mark.parametrize("position", [3, 4, 5])
def test_changed_address_is_worth_nothing(admin: AdminCalls, position: int) -> None:
    parts = _url(admin).split("/")
    assert len(parts) == 9
    part = parts[position + 2]
    parts[position + 2] = part[:-1] + ("1" if part[-1] != "1" else "2")
    assert _get(admin, "/".join(parts)).status == 403


@pytest.mark.parametrize("end", ["x/1/s", "96f839ea-b06a-50c3-971d-f2203e64dede/x/s", "../1/s"])
def test_malformed_address_is_refused(admin: AdminCalls, end: str) -> None:
    assert _get(admin, f"/storage/files/{admin.app.app_id}/{end}").status == 403


@pytest.mark.parametrize(
    ("asked", "status", "body", "span"),
    [
        ("bytes=0-", 206, BODY, "bytes 0-9/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=4-5", 206, b"45", "bytes 4-5/10"),
        ("bytes=4-99", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, BODY, "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-4", 200, BODY, None),
        ("bytes=-", 200, BODY, None),
        ("bytes=0-1,3-4", 200, BODY, None),
        ("lines=1-2", 200, BODY, None),
    ],
)
def test_part_is_read(admin: AdminCalls, asked: str, status: int, body: bytes, span: str | None) -> None:
    reply = _get(admin, _url(admin), range=asked)
    assert (reply.status, _body(reply)) == (status, body)
    assert reply.headers.get("content-range") == span
    assert reply.headers["content-length"] == str(len(body))


def test_part_of_another_version_is_the_whole(admin: AdminCalls) -> None:
    url = _url(admin)
    etag = _get(admin, url).headers["etag"]
    assert _get(admin, url, range="bytes=4-", if_range=etag).status == 206
    assert _get(admin, url, range="bytes=4-", if_range='"other"').status == 200


def test_head_has_no_body(admin: AdminCalls) -> None:
    reply = _get(admin, _url(admin), "HEAD")
    assert (reply.status, reply.pieces, reply.body) == (200, None, b"")


def test_upload_address_works_once_and_for_five_minutes(admin: AdminCalls, clock: Clock) -> None:
    def begin() -> str:
        url: str = admin.ok("/admin/storage/signed-upload-url", {"filename": "b"})["data"]
        return url

    put = admin.instance.handle
    url = begin()
    assert put(Request("PUT", url, body=b"x")).status == 200
    assert put(Request("PUT", url, body=b"x")).status == 400
    late = begin()
    clock.advance(300)
    assert put(Request("PUT", late, body=b"x")).status == 400


def test_user_sees_addresses_as_the_rules_say(admin: AdminCalls) -> None:
    wanted = {"query": {"$files": {}}}
    assert admin.post("/admin/query", wanted, **{"as-guest": "true"}).body == {"$files": []}
    rules = {"code": {"$files": {"allow": {"view": "data.path == 'a.txt'"}, "fields": {"url": "false"}}}}
    assert admin.post(f"/dash/apps/{admin.app.app_id}/rules", rules).status == 200
    (file,) = admin.post("/admin/query", wanted, **{"as-guest": "true"}).body["$files"]
    assert (file["path"], "url" in file) == ("a.txt", False)
