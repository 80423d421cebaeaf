"""Bodies are read as leniently as the real server reads them, and no more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin.local.body import Body, MalformedJson, read_body, read_parameters
from instant_admin.local.wire import Request

_TEXT = st.characters(exclude_categories=["Cs"])


def _read(data: bytes, content_type: str = "application/json") -> Body:
    return read_body(Request("POST", "/", headers={"content-type": content_type}, body=data))


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/vnd.api+json",
        "application/jsonp",
        "application/a+b+json",
    ],
)
def test_content_type_that_begins_as_json_is_read(content_type: str) -> None:
    assert _read(b'{"a": 1}', content_type) == Body({"a": 1}, is_json=True)


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "text/json", "APPLICATION/JSON", "x/json", " application/json"]
)
def test_other_content_type_is_an_absent_body(content_type: str) -> None:
    assert _read(b'{"a": 1}', content_type) == Body(None, is_json=False)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        pytest.param(b"", None, id="empty"),
        pytest.param(b" \t\r\n", None, id="blank"),
        pytest.param(b'{"a": 1} junk', {"a": 1}, id="junk after it"),
        pytest.param(b'{"a": 1}{', {"a": 1}, id="another value after it"),
        pytest.param(b"[1, 2", [], id="list left open"),
        pytest.param(b"[1 2]", [], id="list with a fault"),
        pytest.param(b'{"a": 1, "a": 2}', {"a": 2}, id="key twice"),
        pytest.param(b'{"a": "x\ny"}', {"a": "x\ny"}, id="raw control character"),
        pytest.param(b'{"a": "\xff b"}', {"a": "\ufffd b"}, id="bad UTF-8"),
        pytest.param(b'{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}, id="surrogate pair"),
        pytest.param(b'{"a": ["\\ud800b"], "\\udc00": 1}', {"a": ["?b"], "?": 1}, id="lone surrogates"),
        pytest.param(b'{"a": 1e400}', {"a": float("inf")}, id="beyond a double"),
        pytest.param(b'{"a": 12345678901234567890123}', {"a": 12345678901234567890123}, id="large integer"),
        pytest.param(b"7", 7, id="number"),
        pytest.param(b"-0.5 1", -0.5, id="another number after it"),
        pytest.param(b"null", None, id="null"),
        pytest.param(b"true,", True, id="comma after a word"),
        pytest.param(b'"a"b', "a", id="junk after a text"),
        pytest.param(b'{"a": 1} // x', {"a": 1}, id="comment after it"),
        pytest.param(b"[01]", [], id="list with a malformed number"),
    ],
)
def test_json_is_read_leniently(data: bytes, value: Any) -> None:
    assert _read(data).value == value


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"{nope",
        b"nope",
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": 1,}',
        b"{'a': 1}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 01}',
        b'{"a": [01]}',
        b'{"a": +1}',
        b'{"a": .5}',
        b'{"a": 1.}',
        b'{"a": 1e}',
        b'{"a": [1,]}',
        b'{"a": 1 /* one */}',
        b"// x\n{}",
        b"01",
        b"1.",
        b"1e",
        b"1,",
        b"0x1",
        b"truex",
        b"null_",
        b"false$",
        b'{"a": 0x10}',
        b'{"a": 1_0}',
        b'{"a": "\\x"}',
        b'{"a":' * 5000,
    ],
)
def test_anything_else_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedJson):
        _read(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(_TEXT),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(_TEXT), inner, max_size=4),
)


@given(_JSON, st.booleans())
def test_strict_json_is_read_as_python_reads_it(value: Any, ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii)
    read = _read(text.encode()).value
    assert repr(read) == repr(json.loads(text))


def test_body_that_is_no_object_has_no_keys() -> None:
    assert [Body(value, is_json=True).get("a") for value in ([1], "a", 5, None, {"a": 2})] == [
        None,
        None,
        None,
        None,
        2,
    ]


def test_parameters_come_from_the_query_and_from_a_form_body() -> None:
    request = Request(
        "DELETE",
        "/",
        query=(("id", "1"), ("email", "q"), ("id", "2")),
        headers={"content-type": "application/x-www-form-urlencoded; charset=utf-8"},
        body=b"email=a%40b.co&x=",
    )

    assert read_parameters(request) == {"id": ["1", "2"], "email": "a@b.co", "x": ""}


def test_parameters_do_not_come_from_a_json_body() -> None:
    request = Request("GET", "/", headers={"content-type": "application/json"}, body=b'{"email": "a@b.co"}')

    assert read_parameters(request) == {}
