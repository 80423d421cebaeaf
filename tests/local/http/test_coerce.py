"""Single parameters are read by the server's common rules."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import coerce

ID = "96f839ea-b06a-50c3-971d-f2203e64dede"


@pytest.mark.parametrize("value", [None, False])
def test_null_and_false_are_absences(value: object) -> None:
    assert not coerce.is_given(value)
    assert not coerce.as_flag(value)


@pytest.mark.parametrize("value", [True, 0, "", "false", [], {}])
def test_every_other_value_is_given_and_true_as_a_flag(value: object) -> None:
    assert coerce.is_given(value)
    assert coerce.as_flag(value)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (ID, ID),
        (f" {ID.upper()}\n", ID),
        (ID[:-1], None),
        (ID + "0", None),
        ("", None),
        ("z" * 36, None),
        (ID.replace("-", "0"), None),
        (5, None),
        (True, None),
        ([ID], None),
        ("096f839ea-b06a-50c3-971d-f2203e64ded", "96f839ea-b06a-50c3-971d-0f2203e64ded"),
    ],
)
def test_uuid(value: object, read: str | None) -> None:
    assert coerce.as_uuid(value) == read


@pytest.mark.parametrize(
    ("value", "read"),
    [("a", "a"), ("  a b\t", "a b"), (5, "5"), (0.5, "0.5"), ("", None), (" \n", None), (True, None), (["a"], None)],
)
def test_non_blank_text(value: object, read: str | None) -> None:
    assert coerce.as_non_blank(value) == read


@pytest.mark.parametrize(
    "value", ["o'brien@example.com", "a.b-c_d@sub.example.com", "a!#$%&*/=?^`{|}~@b.co", "a@1.b.co"]
)
def test_address(value: str) -> None:
    assert coerce.as_email(f"\t {value.upper()}\n") == value


@pytest.mark.parametrize(
    "value",
    [
        "ann",
        "ann@example",
        "@example.com",
        "ann@",
        "a..b@example.com",
        ".a@example.com",
        "a.@example.com",
        "a@-example.com",
        "a@example-.com",
        "a@example.com.",
        "a b@example.com",
        '"a"@example.com',
        "a@exa_mple.com",
        "ä@example.com",
        "a@example.com\n@example.com",
        "",
        5,
        True,
        ["a@b.co"],
    ],
)
def test_no_address(value: Any) -> None:
    assert coerce.as_email(value) is None


def test_no_break_spaces_are_no_blanks() -> None:
    assert coerce.trim("\u2003a\u00a0 ") == "a\u00a0"
