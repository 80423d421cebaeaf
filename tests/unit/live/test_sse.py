"""Events are read whatever the pieces they arrive in, and whatever the format allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import UnexpectedReplyError
from instant_admin._core.sse import EventParser, require_event_stream

# Text of a stream -> the data of its events.
STREAMS: dict[str, tuple[bytes, list[bytes]]] = {
    "data as the server writes it": (b'data:{"a":1}\n\n', [b'{"a":1}']),
    "data after a space": (b"data: x\n\n", [b"x"]),
    "only one space belongs to the format": (b"data:  x\n\n", [b" x"]),
    "a colon inside": (b"data:a:b\n\n", [b"a:b"]),
    "several lines are one event": (b"data:[1,\ndata: 2]\n\n", [b"[1,\n2]"]),
    "several events": (b"data:1\n\ndata:2\n\n", [b"1", b"2"]),
    "comments": (b":\n\n: keep-alive\n\ndata:1\n:in between\n\n:\n", [b"1"]),
    "lines end in CR LF": (b"data:1\r\n\r\ndata:2\r\n\r\n", [b"1", b"2"]),
    "lines end in CR": (b"data:1\r\rdata:2\r\r", [b"1", b"2"]),
    "line ends of all kinds": (b"data:1\r\ndata:2\rdata:3\n\r\n", [b"1\n2\n3"]),
    "a byte order mark": (b"\xef\xbb\xbfdata:1\n\n", [b"1"]),
    "names and ids": (b"event:message\nid: 7\ndata:1\n\n", [b"1"]),
    "an unknown field": (b"colour: red\ndata:1\n\n", [b"1"]),
    "a field without a colon": (b"data\nnothing\n\n", [b""]),
    "empty data": (b"data:\n\n", [b""]),
    "no data, no event": (b"event:x\n\n\n\n", []),
    "an event that the end cuts off is none": (b"data:1\n\ndata:2\n", [b"1"]),
    "characters beyond ASCII": ("data:Grüße 🎉\n\n".encode(), ["Grüße 🎉".encode()]),
}


@pytest.mark.parametrize(("text", "events"), STREAMS.values(), ids=STREAMS)
def test_stream_is_read(text: bytes, events: list[bytes]) -> None:
    assert EventParser().feed(text) == events


@pytest.mark.parametrize(("text", "events"), STREAMS.values(), ids=STREAMS)
def test_stream_may_come_byte_by_byte(text: bytes, events: list[bytes]) -> None:
    parser = EventParser()
    found = [event for index in range(len(text)) for event in parser.feed(text[index : index + 1])]
    assert found == events


@given(st.lists(st.sampled_from([text for text, _ in STREAMS.values()]), max_size=4), st.lists(st.integers(0, 120)))
def test_stream_may_be_cut_anywhere(texts: list[bytes], cuts: list[int]) -> None:
    text = b"".join(texts)
    parser, found, start = EventParser(), [], 0
    for cut in [*sorted(cuts), len(text)]:
        found += parser.feed(text[start:cut])
        start = max(start, cut)
    assert found == EventParser().feed(text)


# Text of a stream -> the wait it asks for.
WAITS: dict[str, tuple[bytes, float | None]] = {
    "as the server writes it": (b"retry:500\n\n", 0.5),
    "at once": (b"retry: 0\n\n", 0.0),
    "the last one counts": (b"retry:500\n\nretry:2000\n\n", 2.0),
    "no number": (b"retry:soon\n\n", None),
    "nothing": (b"retry\n\n", None),
    "a negative number": (b"retry:-5\n\n", None),
    "digits of other scripts": ("retry:٣\n\n".encode(), None),
    "a number beyond reason": (b"retry:" + b"9" * 5000 + b"\n\n", None),
}


@pytest.mark.parametrize(("text", "seconds"), WAITS.values(), ids=WAITS)
def test_server_may_say_how_long_to_wait(text: bytes, seconds: float | None) -> None:
    parser = EventParser()
    assert parser.feed(text) == []
    assert parser.retry_seconds == seconds


def test_a_huge_event_comes_in_many_pieces() -> None:
    data = b"x" * 20_000_000
    parser, text = EventParser(), b"data:" + data + b"\n\n"
    pieces = (text[start : start + 65_536] for start in range(0, len(text), 65_536))
    assert [event for piece in pieces for event in parser.feed(piece)] == [data]


@pytest.mark.parametrize("kind", ["text/event-stream", "text/event-stream; charset=UTF-8", "Text/Event-Stream;x"])
def test_stream_of_events_is_known_by_its_type(kind: str) -> None:
    require_event_stream({"content-type": kind})


@pytest.mark.parametrize("headers", [{}, {"content-type": "text/html"}, {"content-type": ""}])
def test_another_reply_is_no_stream_of_events(headers: dict[str, str]) -> None:
    with pytest.raises(UnexpectedReplyError, match="no stream of events"):
        require_event_stream(headers)
