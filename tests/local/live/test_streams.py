"""Streams: what is stored when, what readers get, and what happens when a writer goes away."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from instant_admin.local import LocalInstant
from tests.local.live.clients import Client, session
from tests.local.shapes import done, rows
from tests.local.support import AdminCalls, call, opener, sender

Json = dict[str, Any]
TOKEN = "00000000-0000-4000-8000-0000000000aa"
FLUSH_BYTES = 1024 * 1024


def start(writer: Client, client_id: str = "c1", **fields: Any) -> Json:
    """What comes of starting a stream."""
    events = writer.ask("start-stream", client_id=client_id, reconnect_token=TOKEN, **fields)
    return dict(next(event for event in events if event["op"] in ("start-stream-ok", "error")))


def append(writer: Client, stream: str, offset: int, *chunks: str, **fields: Any) -> list[Json]:
    return writer.ask("append-stream", stream_id=stream, offset=offset, chunks=list(chunks), **fields)


def read(reader: Client, stream: str, offset: int = 0, event: str = "read") -> list[Json]:
    reader.push({"op": "subscribe-stream", "client-event-id": event, "stream-id": stream, "offset": offset})
    return reader.all()


def content(admin: AdminCalls, messages: list[Json]) -> str:
    """What a reader has read, its files fetched."""
    send = sender(admin.instance)
    text = b""
    for message in messages:
        assert message["offset"] == len(text) if "offset" in message else True
        text += b"".join(send("GET", file["url"], {}, {}, None)[1] for file in message.get("files", ()))
        text += message.get("content", "").encode()
    return text.decode()


def test_a_large_buffer_becomes_a_part_and_the_writer_is_told(admin: AdminCalls) -> None:
    writer, reader = session(admin), session(admin)
    stream = start(writer)["stream-id"]
    large = "é" * (FLUSH_BYTES // 2)

    assert append(writer, stream, 0, large[:-1]) == []
    (flushed,) = append(writer, stream, FLUSH_BYTES - 2, "é", "more")

    assert flushed == {"op": "stream-flushed", "stream-id": stream, "offset": FLUSH_BYTES + 4, "done": False}
    append(writer, stream, FLUSH_BYTES + 4, " text")
    (first,) = read(reader, stream)
    assert [file["size"] for file in first["files"]] == [FLUSH_BYTES + 4]
    assert first["content"] == " text"
    assert content(admin, [first]) == f"{large}more text"


def test_a_reader_on_a_part_boundary_gets_no_part_twice(admin: AdminCalls) -> None:
    writer, reader = session(admin), session(admin)
    stream = start(writer)["stream-id"]
    append(writer, stream, 0, "a" * FLUSH_BYTES)
    append(writer, stream, FLUSH_BYTES, "b" * FLUSH_BYTES)
    append(writer, stream, 2 * FLUSH_BYTES, "cd")

    (inside,) = read(reader, stream, 5, "inside")
    (second,) = read(reader, stream, FLUSH_BYTES, "second")
    (end,) = read(reader, stream, 2 * FLUSH_BYTES + 2, "end")

    assert (inside["offset"], len(inside["files"]), inside["content"]) == (0, 2, "cd")
    assert (second["offset"], len(second["files"]), second["content"]) == (FLUSH_BYTES, 1, "cd")
    assert (end["offset"], end["files"], end["content"]) == (2 * FLUSH_BYTES + 2, [], "")


def test_a_finished_stream_of_several_parts_is_read_from_files(admin: AdminCalls) -> None:
    writer, reader = session(admin), session(admin)
    stream = start(writer)["stream-id"]
    append(writer, stream, 0, "a" * FLUSH_BYTES)

    events = append(writer, stream, FLUSH_BYTES, "b", done=True)

    assert events == [{"op": "stream-flushed", "stream-id": stream, "offset": FLUSH_BYTES + 1, "done": True}]
    (whole,) = read(reader, stream)
    assert whole["done"] is True
    assert content(admin, [whole]) == "a" * FLUSH_BYTES + "b"
    (row,) = rows(admin, "$streams")
    assert (row["size"], row["done"]) == (FLUSH_BYTES + 1, True)
    assert [file["path"] for file in rows(admin, "$files")] == [f"$stream/{stream}/0", f"$stream/{stream}/1"]


def test_who_completed_a_stream_is_told_so_and_nobody_else(admin: AdminCalls) -> None:
    writer, other = session(admin), session(admin)
    stream = start(writer)["stream-id"]
    append(writer, stream, 0, "a", done=True)

    assert [event["hint"]["errors"] for event in append(writer, stream, 1, "b")] == [
        [{"message": "Stream is completed."}]
    ]
    assert [event["hint"]["errors"] for event in append(other, stream, 1, "b")] == [[{"message": "Stream is missing."}]]
    (whole,) = read(other, stream)
    assert content(admin, [whole]) == "a"


def test_an_offset_inside_a_chunk_leaves_out_later_chunks_that_are_not_longer(admin: AdminCalls) -> None:
    writer, reader = session(admin), session(admin)
    stream = start(writer)["stream-id"]
    append(writer, stream, 0, "abcdef", "g", "hijklmn")

    (first,) = read(reader, stream, 2)

    assert (first["offset"], first["content"]) == (1, "abcdefhijklmn")


def test_a_writer_that_does_not_return_leaves_what_it_wrote(admin: AdminCalls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("instant_admin.local.live.streams.KEEP_ALIVE_SECONDS", 0.0)
    writer, reader, later = session(admin), session(admin), session(admin)
    stream = start(writer)["stream-id"]
    append(writer, stream, 0, "abc")
    read(reader, stream)

    writer.close()

    (left,) = reader.all()
    assert (left["error"], left["error-type"], left["retry"]) == (True, "writer-disconnected", True)
    (first,) = read(reader, stream, 3, "again")
    assert (first["offset"], first["files"], first["content"]) == (3, [], "")
    (whole,) = read(later, stream)
    assert content(admin, [whole]) == "abc"

    back = session(admin)
    assert start(back)["offset"] == 3
    assert [(event["client-event-id"], event["retry"]) for event in reader.all()] == [("again", True)]
    assert append(back, stream, 3, "def", done=True)[0]["done"] is True


def test_closing_the_instance_stores_what_was_written(tmp_path: Any) -> None:
    path = tmp_path / "kept.sqlite"
    with LocalInstant(path) as instance:
        admin = AdminCalls(instance, instance.default_app())
        writer = session(admin)
        stream = start(writer)["stream-id"]
        append(writer, stream, 0, "abc")
        writer.close()
    with LocalInstant(path) as instance:
        admin = AdminCalls(instance, instance.default_app())
        writer = session(admin)
        assert start(writer)["offset"] == 3
        append(writer, stream, 3, "def")
        assert content(admin, read(session(admin), stream)) == "abcdef"


def test_readers_of_a_stream_that_is_started_again_are_asked_to_begin_anew(admin: AdminCalls) -> None:
    writer, reader, other = session(admin), session(admin), session(admin)
    stream = start(writer)["stream-id"]
    append(writer, stream, 0, "abc")
    read(reader, stream)

    assert start(other)["offset"] == 0

    (event,) = reader.all()
    assert (event["client-event-id"], event["error"], event["retry"]) == ("read", True, True)


def test_a_reader_that_goes_away_hears_nothing_and_holds_nothing_up(admin: AdminCalls) -> None:
    writer, reader = session(admin), session(admin)
    stream = start(writer)["stream-id"]
    read(reader, stream)
    reader.close()

    assert append(writer, stream, 0, "abc", done=True)[0]["offset"] == 3


def test_a_reader_that_falls_behind_is_asked_to_begin_anew(admin: AdminCalls) -> None:
    writer, reader = session(admin), session(admin)
    stream = start(writer)["stream-id"]
    read(reader, stream)
    for number in range(10):
        append(writer, stream, number * FLUSH_BYTES, "x" * FLUSH_BYTES)

    events = reader.all()

    assert len(events) < 11
    assert (events[-1]["error-type"], events[-1]["retry"]) == ("rate-limit", True)


def test_a_stream_that_is_deleted_while_it_is_written_fails_when_it_is_stored(admin: AdminCalls) -> None:
    writer, reader = session(admin), session(admin)
    stream = start(writer)["stream-id"]
    read(reader, stream)
    done(admin, ["delete", "$streams", stream])

    events = append(writer, stream, 0, "abc", done=True)

    assert events == [{"op": "append-failed", "stream-id": stream}]
    assert reader.all()[-1]["error"] is True
    assert append(writer, stream, 3, "def")[0]["type"] == "validation-failed"
    assert start(writer)["stream-id"] != stream, "its client id is free"


def test_deleting_a_finished_stream_deletes_its_files(admin: AdminCalls) -> None:
    writer = session(admin)
    stream = start(writer)["stream-id"]
    append(writer, stream, 0, "abc", done=True)

    done(admin, ["delete", "$streams", stream])

    assert rows(admin, "$files") == rows(admin, "$streams") == []


def test_a_missing_part_is_told(admin: AdminCalls) -> None:
    writer = session(admin)
    stream = start(writer)["stream-id"]
    append(writer, stream, 0, "a" * FLUSH_BYTES)
    append(writer, stream, FLUSH_BYTES, "b", done=True)
    done(admin, ["delete", "$files", next(f["id"] for f in rows(admin, "$files") if f["path"].endswith("/0"))])

    (event,) = read(session(admin), stream)

    assert (event["op"], event["hint"]["data-type"]) == ("error", "stream")


def test_a_stream_that_nobody_started_cannot_be_read(admin: AdminCalls) -> None:
    other = str(uuid4())
    done(admin, ["update", "$streams", ["clientId", "odd"], {}])

    (unknown,) = read(session(admin), other)
    (invalid,) = session(admin).ask("subscribe-stream", client_id="odd")

    assert [event["hint"]["data-type"] for event in (unknown, invalid)] == ["subscribe-stream"] * 2


def test_a_read_only_app_starts_no_stream(admin: AdminCalls) -> None:
    status = {"admin-token": admin.app.admin_token, "status": "read-only"}
    admin.ok(f"/dash/apps/ephemeral/{admin.app.app_id}/status", status)

    assert start(session(admin))["type"] == "app-read-only"


@pytest.mark.parametrize("offset", [None, False, -1, 1.5, "0", True])
def test_an_append_needs_an_offset(admin: AdminCalls, offset: object) -> None:
    writer = session(admin)
    stream = start(writer)["stream-id"]

    (event,) = writer.ask("append-stream", stream_id=stream, chunks=[], offset=offset)

    assert event["hint"]["in"] == ["offset"]


def test_the_first_stream_of_an_app_is_seen_by_its_live_queries(admin: AdminCalls) -> None:
    headers = {"app-id": admin.app.app_id, "authorization": f"Bearer {admin.app.admin_token}"}
    headers["content-type"] = "application/json"
    listener = opener(admin.instance)("POST", "/admin/subscribe-query", {}, headers, b'{"query": {"$streams": {}}}')
    listener.next()
    listener.next()

    start(session(admin))

    event = listener.next()
    assert [row["clientId"] for row in event["computations"][0]["instaql-result"]["$streams"]] == ["c1"]


def test_the_body_of_a_part_needs_no_credentials_but_its_address(admin: AdminCalls) -> None:
    writer = session(admin)
    stream = start(writer)["stream-id"]
    append(writer, stream, 0, "abc", done=True)
    (message,) = read(writer, stream)
    url = message["files"][0]["url"]

    assert sender(admin.instance)("GET", url, {}, {}, None) == (200, b"abc")
    assert call(admin.instance, "GET", url[:-1] + ("0" if url[-1] != "0" else "1")).status >= 400
