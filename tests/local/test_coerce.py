"""UUIDs: many at once are judged as each by itself."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin.local.coerce import are_canonical_uuids, canonical_uuid

A = "00000000-0000-4000-8000-00000000000a"
B = "ffffffff-ffff-4fff-bfff-ffffffffffff"

_UUIDS = st.uuids().map(str)
_NEARLY = st.tuples(_UUIDS, st.integers(0, 35), st.sampled_from("0-gAF _\n\u0660\ud800")).map(
    lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] + 1 :]
)


def _is_canonical(value: object) -> bool:
    return isinstance(value, str) and len(value) == 36 and canonical_uuid(value) == value


@given(st.lists(st.one_of(_UUIDS, _NEARLY, st.text(max_size=40), st.none(), st.integers()), max_size=4))
def test_many_are_canonical_where_each_is(values: list[object]) -> None:
    assert are_canonical_uuids(values) == all(map(_is_canonical, values))


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([A.upper()], id="upper case"),
        pytest.param([A.replace("-", "")], id="no hyphens"),
        pytest.param([A[:-1], B + "0"], id="lengths that make up for each other"),
        pytest.param([A[:8] + "-" + A[8:-1]], id="hyphen too many"),
        pytest.param([A[1:9] + "0" + A[9:]], id="hyphen one place early"),
        pytest.param([A[:-2] + "  "], id="blanks, which hexadecimal readers skip"),
        pytest.param([A, UUID(B)], id="no text"),
        pytest.param([A, "1-1-1-1-1"], id="short form"),
    ],
)
def test_one_that_is_not_canonical_is_noticed(values: list[object]) -> None:
    assert not are_canonical_uuids(values)
    assert are_canonical_uuids([A, B])


def test_what_java_reads_is_written_out() -> None:
    assert canonical_uuid("1-1-1-1-1") == "00000001-0001-0001-0001-000000000001"
    assert canonical_uuid(B.upper()) == B
    assert canonical_uuid("g-1-1-1-1") is None
