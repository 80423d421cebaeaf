"""`$like` and `$ilike` fit the texts that they fit on a real server."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin.local.values import LikePatternError, like
from tests.support.vectors import load

VECTORS: list[dict[str, Any]] = load("like")["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_a_pattern_fits_as_on_a_real_server(vector: dict[str, Any]) -> None:
    ignore_case = vector["op"] == "$ilike"
    if vector["match"] is None:
        with pytest.raises(LikePatternError):
            like(vector["pattern"], vector["value"], ignore_case=ignore_case)
    else:
        assert like(vector["pattern"], vector["value"], ignore_case=ignore_case) is vector["match"]


@pytest.mark.parametrize(
    ("pattern", "text", "raises"),
    [
        ("a\\", "b", False),
        ("a\\", "a", False),
        ("a\\", "ab", True),
        ("%\\", "", False),
        ("%\\", "x", True),
        ("%b\\", "ab", False),
        ("%b\\", "abb", True),
    ],
)
def test_a_lone_backslash_counts_only_where_a_text_comes_so_far(pattern: str, text: str, raises: bool) -> None:
    if raises:
        with pytest.raises(LikePatternError):
            like(pattern, text)
    else:
        assert not like(pattern, text)


def test_a_pattern_of_many_wildcards_takes_no_time() -> None:
    # Tried naively, this takes longer than anyone waits.
    assert not like("%a" * 30 + "b", "a" * 5000)


@given(st.text())
def test_an_escaped_text_fits_itself_only(text: str) -> None:
    pattern = "".join(f"\\{character}" if character in "%_\\" else character for character in text)
    assert like(pattern, text)
    assert not like(pattern, f"{text}x")


@given(st.text(), st.text(), st.text())
def test_a_percent_sign_stands_for_any_text(start: str, middle: str, end: str) -> None:
    pattern = "%".join(part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for part in (start, end))
    assert like(pattern, start + middle + end)
