"""In "upstream" mode queries and transactions get the verdicts of the JavaScript SDK."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from instant_admin import InstantAdmin, InvalidArgumentError, Schema, TransactionChunk
from tests.support.stub_engine import plug_in, reply
from tests.support.vectors import load

APP = "11111111-1111-4111-8111-111111111111"
QUERIES: dict[str, dict[str, Any]] = {vector["id"]: vector for vector in load("query_validation")["vectors"]}
TRANSACTIONS: dict[str, dict[str, Any]] = {v["id"]: v for v in load("transaction_validation")["vectors"]}

_INHERITED = "a name that all JavaScript objects inherit is unknown here, and there counts as known or ends in a crash"
_MALFORMED = "steps of a form that the server takes in no case cannot be made"
_LOOKUP_TEXT = "an entity's lookup in the form of a text is read, and sent as a pair"
_NESTED = "lists of chunks may be nested"


def _is_inherited(vector: dict[str, Any]) -> bool:
    return "prototype" in vector["tags"]


def _is_malformed(vector: dict[str, Any]) -> bool:
    try:
        TransactionChunk.from_steps(vector.get("steps") or [])
    except InvalidArgumentError:
        return True
    return False


def _has_lookup_text(vector: dict[str, Any]) -> bool:
    steps = [step for step in vector.get("steps") or [] if isinstance(step, list) and len(step) > 2]
    return any(str(step[2]).startswith("lookup__") for step in steps)


# Deliberate differences: why -> (which vectors, whether they are accepted here).
DIFFERENCES: dict[str, tuple[Callable[[dict[str, Any]], bool], bool]] = {
    _INHERITED: (_is_inherited, False),
    _MALFORMED: (lambda vector: vector["accept"] and _is_malformed(vector), False),
    _LOOKUP_TEXT: (lambda v: not (v["accept"] or _is_malformed(v)) and _has_lookup_text(v), True),
    _NESTED: (lambda vector: vector.get("chunks") == [[]], True),
}


@cache
def _schema(part: str, name: str) -> Schema:
    return Schema.from_json(load(part)["schemas"][name])


def _open(part: str, vector: dict[str, Any]) -> InstantAdmin:
    name = vector["schema"]
    return InstantAdmin(APP, "token", validate="upstream", schema=None if name is None else _schema(part, name))


def _verdict(call: Callable[[], object]) -> tuple[bool, str | None]:
    try:
        call()
    except InvalidArgumentError as error:
        return False, error.path
    return True, None


def _query(monkeypatch: pytest.MonkeyPatch, vector: dict[str, Any]) -> tuple[bool, str | None]:
    plug_in(monkeypatch, reply({}))
    with _open("query_validation", vector) as db:
        return _verdict(lambda: db.query(vector["query"]))


def _transact(monkeypatch: pytest.MonkeyPatch, vector: dict[str, Any]) -> bool:
    plug_in(monkeypatch, reply({"tx-id": 1}))

    def call() -> None:
        chunks = vector["chunks"] if vector["steps"] is None else TransactionChunk.from_steps(vector["steps"])
        db.transact(chunks)

    with _open("transaction_validation", vector) as db:
        return _verdict(call)[0]


def _line(vector: dict[str, Any]) -> str | None:
    return next((why for why, (applies, _) in DIFFERENCES.items() if applies(vector)), None)


def _path(path: str | None) -> str | None:
    """Paths with JavaScript's text of an object in them, "or[[object Object]]", have the index here."""
    return path and re.sub(r"\b(and|or)\[.*?\]+", r"\1[]", path)


@pytest.mark.parametrize("vector", [v for v in QUERIES.values() if _line(v) is None], ids=lambda v: v["id"])
def test_query_gets_the_same_verdict_at_the_same_path(monkeypatch: pytest.MonkeyPatch, vector: dict[str, Any]) -> None:
    accepted, path = _query(monkeypatch, vector)
    assert (accepted, _path(path)) == (vector["accept"], _path(vector["path"]))


@pytest.mark.parametrize("vector", [v for v in TRANSACTIONS.values() if _line(v) is None], ids=lambda v: v["id"])
def test_transaction_gets_the_same_verdict(monkeypatch: pytest.MonkeyPatch, vector: dict[str, Any]) -> None:
    assert _transact(monkeypatch, vector) == vector["accept"]


@pytest.mark.parametrize("vector", [v for v in QUERIES.values() if _line(v) is not None], ids=lambda v: v["id"])
def test_query_differs_where_it_is_meant_to(monkeypatch: pytest.MonkeyPatch, vector: dict[str, Any]) -> None:
    assert _query(monkeypatch, vector)[0] == DIFFERENCES[_line(vector) or ""][1]


@pytest.mark.parametrize("vector", [v for v in TRANSACTIONS.values() if _line(v) is not None], ids=lambda v: v["id"])
def test_transaction_differs_where_it_is_meant_to(monkeypatch: pytest.MonkeyPatch, vector: dict[str, Any]) -> None:
    assert _transact(monkeypatch, vector) == DIFFERENCES[_line(vector) or ""][1]


def test_every_line_of_the_differences_is_needed() -> None:
    vectors = [*QUERIES.values(), *TRANSACTIONS.values()]
    assert {_line(vector) for vector in vectors} - {None} == DIFFERENCES.keys()


# What the full checks let pass although JavaScript does not.
LENIENT: dict[str, Callable[[dict[str, Any]], bool]] = {
    "the server takes UUIDs of all versions": lambda vector: "uuid" in vector["tags"],
    _LOOKUP_TEXT: _has_lookup_text,
}


def _is_refused_in_full(vector: dict[str, Any]) -> bool:
    name = vector["schema"]
    part = "query_validation" if "query" in vector else "transaction_validation"
    with InstantAdmin(APP, "token", schema=None if name is None else _schema(part, name)) as db:
        if "query" in vector:
            return not _verdict(lambda: db.query(vector["query"]))[0]
        return not _verdict(lambda: db.transact(TransactionChunk.from_steps(vector["steps"])))[0]


@pytest.mark.parametrize(
    "vector",
    [
        vector
        for vector in (*QUERIES.values(), *TRANSACTIONS.values())
        if not vector["accept"] and "chunks" not in vector and not any(f(vector) for f in LENIENT.values())
    ],
    ids=lambda v: v["id"],
)
def test_full_checks_refuse_what_javascript_refuses(monkeypatch: pytest.MonkeyPatch, vector: dict[str, Any]) -> None:
    plug_in(monkeypatch, reply({"tx-id": 1}))
    assert _is_refused_in_full(vector)
