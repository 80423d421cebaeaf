"""What a writer keeps: positions in bytes, chunks cut between characters, nothing lost by sending again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import InvalidArgumentError, StreamError
from instant_admin._core.streams.buffer import WriteBuffer

TEXTS = st.text(alphabet="aé日😀", max_size=8)


def filled(*texts: str, chunk_bytes: int = 100) -> WriteBuffer:
    buffer = WriteBuffer(chunk_bytes)
    for text in texts:
        buffer.put(text)
    return buffer


def test_positions_are_bytes() -> None:
    buffer = filled("é", "日本")
    assert (buffer.begin, buffer.next, buffer.end, buffer.size) == (0, 0, 8, 8)


def test_what_is_taken_counts_as_sent_until_it_is_rewound() -> None:
    buffer = filled("ab", "cd", "ef")
    assert (buffer.take(4), buffer.next) == (["ab", "cd"], 4)
    assert (buffer.take(4), buffer.next) == (["ef"], 6)
    assert buffer.take(4) == []
    buffer.rewind()
    assert (buffer.take(100), buffer.next) == (["ab", "cd", "ef"], 6)


def test_at_least_one_chunk_is_taken() -> None:
    assert filled("abcdef", "g").take(1) == ["abcdef"]


@pytest.mark.parametrize(
    ("position", "left"),
    [(0, ["ab", "cé"]), (1, ["b", "cé"]), (2, ["cé"]), (3, ["é"]), (5, [])],
)
def test_what_is_durable_is_dropped_even_inside_a_chunk(position: int, left: list[str]) -> None:
    buffer = filled("ab", "cé")
    buffer.drop_below(position)
    assert (buffer.begin, buffer.take(100)) == (position, left)


def test_durable_bytes_that_were_rewound_need_not_be_sent_again() -> None:
    buffer = filled("ab", "cd")
    buffer.take(100)
    buffer.rewind()
    buffer.drop_below(2)
    assert (buffer.next, buffer.take(100)) == (2, ["cd"])


@pytest.mark.parametrize(("position", "match"), [(4, "somebody else"), (1, "part of a character")])
def test_impossible_positions_are_errors(position: int, match: str) -> None:
    with pytest.raises(StreamError, match=match):
        filled("日").drop_below(position)


def test_lone_surrogate_is_refused_and_changes_nothing() -> None:
    buffer = filled("a")
    with pytest.raises(InvalidArgumentError, match="surrogate"):
        buffer.put("b\ud800")
    assert (buffer.end, buffer.take(100)) == (1, ["a"])


@given(st.lists(TEXTS, max_size=6), st.integers(1, 5), st.integers(1, 9))
def test_chunks_put_together_are_the_text(texts: list[str], chunk_bytes: int, most: int) -> None:
    buffer = filled(*texts, chunk_bytes=chunk_bytes)
    taken: list[str] = []
    while chunks := buffer.take(most):
        taken += chunks
    assert "".join(taken) == "".join(texts)
    assert all(len(chunk.encode()) <= chunk_bytes + 3 for chunk in taken)


@given(st.lists(TEXTS, max_size=6), st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=10))
def test_whatever_is_dropped_and_rewound_the_rest_is_the_rest(texts: list[str], moves: list[tuple[bool, int]]) -> None:
    text = "".join(texts)
    boundaries = [len(text[:index].encode()) for index in range(len(text) + 1)]
    buffer = filled(*texts, chunk_bytes=5)
    for is_drop, number in moves:
        if is_drop:
            buffer.drop_below(max(buffer.begin, boundaries[number % len(boundaries)]))
        else:
            buffer.take(number)
    buffer.rewind()
    assert "".join(buffer.take(1000)).encode() == text.encode()[buffer.begin :]
