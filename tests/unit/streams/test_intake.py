"""What a reader puts together: parts and content in order, nothing twice, no gap, whole characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import StreamError
from instant_admin._core.streams.intake import Fetch, Intake
from instant_admin._core.streams.messages import Part


def fetch_all(intake: Intake, data: bytes) -> None:
    """Fetch every part; `data` is the whole stream."""
    while (fetch := intake.next_fetch) is not None:
        intake.fetched(fetch, data[fetch.begin : fetch.end])
        intake.finish_fetch()


def part(size: int) -> Part:
    return Part(f"http://host/{size}", size)


@pytest.mark.parametrize(
    ("begin", "puts", "expected"),
    [
        (0, [(0, "abc"), (3, "def")], "abcdef"),
        (0, [(0, "abc"), (0, "abcdef")], "abcdef"),
        (0, [(0, "abc"), (1, "bc")], "abc"),
        (2, [(0, "abcdef")], "cdef"),
        (9, [(3, "")], ""),
        (9, [(3, ""), (3, "abcdefgh")], "gh"),
        (0, [(0, "é"), (1, "éx"[1:])], "é"),
    ],
)
def test_overlap_is_left_out(begin: int, puts: list[tuple[int, str]], expected: str) -> None:
    intake = Intake(begin)
    for offset, content in puts:
        intake.put(offset, [], content)
    assert intake.take() == expected


@pytest.mark.parametrize("offset", [1, 100])
def test_gap_is_an_error(offset: int) -> None:
    with pytest.raises(StreamError, match=f"from 0 to {offset}"):
        Intake(0).put(offset, [], "x")


def test_content_waits_for_the_parts_before_it() -> None:
    intake = Intake(0)
    intake.put(0, [part(3), part(2)], "fg")
    intake.put(7, [], "h")
    assert (intake.take(), intake.end, intake.waiting_bytes) == ("", 8, 3)
    fetch_all(intake, b"abcdefgh")
    assert (intake.take(), intake.taken, intake.is_empty) == ("abcdefgh", 8, True)


def test_part_that_is_known_already_is_not_fetched() -> None:
    intake = Intake(4)
    intake.put(0, [part(2), part(2), part(2)], "")
    fetch = intake.next_fetch
    assert fetch is not None
    assert (fetch.begin, fetch.end) == (4, 6)


def test_part_that_begins_before_the_offset_is_skipped_into() -> None:
    intake = Intake(4)
    intake.put(3, [part(3)], "gh")
    fetch_all(intake, b"abcdefgh")
    assert (intake.take(), intake.taken) == ("efgh", 8)


def test_part_is_taken_as_it_comes() -> None:
    intake = Intake(0)
    intake.put(0, [part(4)], "")
    fetch = intake.next_fetch
    assert isinstance(fetch, Fetch)
    intake.fetched(fetch, b"ab")
    assert (intake.take(), intake.taken) == ("ab", 2)
    with pytest.raises(StreamError, match="longer"):
        intake.fetched(fetch, b"cde")


def test_what_breaks_off_is_asked_for_again_from_where_the_part_begins() -> None:
    intake = Intake(0)
    intake.put(0, [part(3), part(3)], "gh")
    first = intake.next_fetch
    assert first is not None
    intake.fetched(first, b"abc")
    intake.finish_fetch()
    second = intake.next_fetch
    assert second is not None
    intake.fetched(second, b"d")
    assert (intake.forget_rest(), intake.seen, intake.waiting_bytes) == (3, 4, 0)
    intake.put(3, [part(3)], "gh")
    fetch_all(intake, b"abcdefgh")
    assert intake.take() == "abcdefgh"


def test_offset_counts_whole_characters_only() -> None:
    intake = Intake(0)
    intake.put(0, [part(4)], "")
    fetch = intake.next_fetch
    assert fetch is not None
    intake.fetched(fetch, "a日".encode()[:3])
    assert (intake.take(), intake.taken) == ("a", 1)
    with pytest.raises(StreamError, match="inside a character"):
        intake.require_whole()
    intake.fetched(fetch, "a日".encode()[3:])
    assert (intake.take(), intake.taken) == ("日", 4)
    intake.require_whole()


@given(st.text(alphabet="aé日😀", max_size=20), st.data())
def test_however_a_stream_is_cut_and_repeated_its_text_is_the_same(text: str, data: st.DataObject) -> None:
    whole = text.encode()
    intake = Intake(0)
    taken = ""
    while intake.end < len(whole):
        begin = data.draw(st.integers(0, intake.end))
        cuts = sorted(data.draw(st.lists(st.integers(begin, len(whole)), min_size=1, max_size=3)))
        sizes = [end - start for start, end in zip([begin, *cuts], cuts, strict=False)]
        intake.put(begin, [part(size) for size in sizes], "")
        fetch_all(intake, whole)
        taken += intake.take()
    assert taken == text
