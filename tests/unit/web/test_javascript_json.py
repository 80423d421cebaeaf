"""JSON is written as JavaScript writes it."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin._core.web.javascript_json import parse, stringify

# As ECMAScript's Number::toString says.
NUMBERS = [
    ("0", "0"),
    ("-0", "0"),
    ("1.0", "1"),
    ("100", "100"),
    ("-1.50", "-1.5"),
    ("0.1", "0.1"),
    ("0.00012345", "0.00012345"),
    ("-12.034", "-12.034"),
    ("0.000001", "0.000001"),
    ("0.00000123", "0.00000123"),
    ("0.0000001", "1e-7"),
    ("1.5e-7", "1.5e-7"),
    ("1e16", "10000000000000000"),
    ("1e20", "100000000000000000000"),
    ("123456789012345678901", "123456789012345680000"),
    ("1e21", "1e+21"),
    ("1.25e30", "1.25e+30"),
    ("9007199254740993", "9007199254740992"),
    ("5e-324", "5e-324"),
    ("1.7976931348623157e308", "1.7976931348623157e+308"),
    ("1e999", "null"),
    ("-1e999", "null"),
]


@pytest.mark.parametrize(("sent", "written"), NUMBERS)
def test_number_is_written_as_by_javascript(sent: str, written: str) -> None:
    assert stringify(parse(sent.encode())) == written


@given(st.floats(allow_nan=False, allow_infinity=False) | st.floats(-1000, 1000) | st.floats(1e-8, 1e-3))
def test_number_keeps_its_value(number: float) -> None:
    written = stringify(number)
    assert float(written) == number
    assert ("e" in written) == (number != 0 and not 1e-6 <= math.fabs(number) < 1e21)


def test_array_indices_come_first_among_keys() -> None:
    sent = b'{"b":1,"4294967295":2,"10":3,"01":4,"2":5,"4294967294":6,"-1":7,"":8}'
    assert list(json.loads(stringify(parse(sent)))) == ["2", "10", "4294967294", "b", "4294967295", "01", "-1", ""]


def test_last_of_equal_keys_counts_in_the_place_of_the_first() -> None:
    assert stringify(parse(b'{"a":1,"b":2,"a":3}')) == '{"a":3,"b":2}'


def test_only_what_must_be_is_escaped() -> None:
    text = '"\\\b\f\n\r\t\x00\x1f\x7f/\u2028é🐢'
    assert stringify(text) == '"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\x7f/\u2028é🐢"'
    assert stringify(parse(b'"\\ud83d\\udc22 \\udc22\\ud83d"')) == '"🐢 \\udc22\\ud83d"'


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_values)
def test_what_is_written_means_the_same(value: object) -> None:
    sent = json.dumps(value).encode()
    assert json.loads(stringify(parse(sent))) == value


@pytest.mark.parametrize("body", [b"", b" ", b"NaN", b"-Infinity", b"[1,]", b"{'a':1}", b'"\n"', b"01", b"[" * 50_000])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(body)


def test_byte_order_mark_and_broken_text_are_read_as_by_javascript() -> None:
    assert parse(b"\xef\xbb\xbf1") == 1
    assert parse(b'"\xff"') == "\ufffd"
