"""Chunks are immutable values, and mistakes in building them are explained where they are made."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import InvalidArgumentError, TransactionChunk, lookup, new_id, tx
from instant_admin._core.transactions import TransactionBuilder, collect_steps
from instant_admin._core.values import encode_json

A = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
B = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
C = "CCCCCCCC-CCCC-4CCC-8CCC-CCCCCCCCCCCC"


@dataclass
class Goal:
    title: str
    rank: int = 1


BUILT: dict[str, tuple[Callable[[], TransactionChunk], list[list[Any]]]] = {
    "attribute access names a namespace": (lambda: tx.goals[A].delete(), [["delete", "goals", A, None]]),
    "item access names any namespace": (lambda: tx["my goals"][A].delete(), [["delete", "my goals", A, None]]),
    "a leading underscore needs item access": (lambda: tx["_goals"][A].delete(), [["delete", "_goals", A, None]]),
    "the name of a method is a namespace too": (lambda: tx.lookup[A].delete(), [["delete", "lookup", A, None]]),
    "a UUID object is an id": (lambda: tx.goals[UUID(A)].delete(), [["delete", "goals", A, None]]),
    "upper-case ids stay as they are": (lambda: tx.goals[C].delete(), [["delete", "goals", C, None]]),
    "lookup finds by attribute": (
        lambda: tx.goals[lookup("slug", "a")].delete(),
        [["delete", "goals", ["slug", "a"], None]],
    ),
    "lookup as a method": (lambda: tx.goals.lookup("slug", 5).delete(), [["delete", "goals", ["slug", 5], None]]),
    "a lookup's value is converted": (
        lambda: tx.goals[lookup("ref", UUID(A))].delete(),
        [["delete", "goals", ["ref", A], None]],
    ),
    "upstream's lookup text": (
        lambda: tx.goals['lookup__slug__"a"'].delete(),
        [["delete", "goals", ["slug", "a"], None]],
    ),
    "upsert=False is sent": (
        lambda: tx.goals[A].update({"a": 1}, upsert=False).merge({"m": {}}, upsert=False),
        [["update", "goals", A, {"a": 1}, {"upsert": False}], ["merge", "goals", A, {"m": {}}, {"upsert": False}]],
    ),
    "a dataclass gives attributes": (
        lambda: tx.goals[A].create(Goal("run")),
        [["create", "goals", A, {"title": "run", "rank": 1}]],
    ),
    "link to one, many, objects and lookups": (
        lambda: tx.goals[A].link({"owner": UUID(B), "todos": [B, UUID(A), lookup("slug", "x")], "tags": (A,)}),
        [["link", "goals", A, {"owner": B, "todos": [B, A, 'lookup__slug__"x"'], "tags": [A]}]],
    ),
    "link by a lookup whose name the text form cannot hold": (
        lambda: tx.goals[A].link({"owner": lookup("a__b", 1), "boss": lookup("c_", None)}),
        [["link", "goals", A, {"owner": {"a__b": 1}, "boss": {"c_": None}}]],
    ),
    "link by upstream's lookup text": (
        lambda: tx.goals[A].link({"owner": "lookup__slug__1"}),
        [["link", "goals", A, {"owner": "lookup__slug__1"}]],
    ),
    "a set of ids": (lambda: tx.goals[A].unlink({"todos": {B}}), [["unlink", "goals", A, {"todos": [B]}]]),
    "rule params": (lambda: tx.goals[A].rule_params({"k": None}), [["ruleParams", "goals", A, {"k": None}]]),
    "steps without an entity": (
        lambda: TransactionChunk.from_steps([["add-attr", {"id": A}], ("delete-attr", B)]),
        [["add-attr", {"id": A}], ["delete-attr", B]],
    ),
    "from_steps reads upstream's lookup text": (
        lambda: TransactionChunk.from_steps([["delete", "goals", "lookup__slug__1"]]),
        [["delete", "goals", ["slug", 1]]],
    ),
    "from_steps takes a generator": (
        lambda: TransactionChunk.from_steps(["delete", "goals", x] for x in (A, B)),
        [["delete", "goals", A], ["delete", "goals", B]],
    ),
    "a chunk from steps goes on": (
        lambda: TransactionChunk.from_steps([["update", "goals", A, {}]]).delete(),
        [["update", "goals", A, {}], ["delete", "goals", A, None]],
    ),
}


@pytest.mark.parametrize(("build", "steps"), BUILT.values(), ids=BUILT)
def test_chain_builds(build: Callable[[], TransactionChunk], steps: list[list[Any]]) -> None:
    assert build().steps == steps


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "text that is no id": (lambda: tx.goals["1"], "new_id"),
    "the advice names stable_id": (lambda: tx.goals["my-key"], "stable_id"),
    "a number as id": (lambda: tx.goals[1], "must be a UUID, got 1"),
    "None as id": (lambda: tx.goals[None], "must be a UUID, got None"),
    "an id with blanks around it": (lambda: tx.goals[f" {A}"], "must be a UUID"),
    "an id with a line break": (lambda: tx.goals[f"{A}\n"], "must be a UUID"),
    "an id in braces": (lambda: tx.goals["{" + A + "}"], "must be a UUID"),
    "an id without dashes": (lambda: tx.goals[A.replace("-", "")], "must be a UUID"),
    "an id of other digits": (lambda: tx.goals[A.replace("4", "٤")], "must be a UUID"),
    "an id with a URN prefix": (lambda: tx.goals[f"urn:uuid:{A}"], "must be a UUID"),
    "a lookup text without value": (lambda: tx.goals["lookup__slug"], "is no lookup"),
    "a lookup text with no JSON": (lambda: tx.goals["lookup__slug__nope"], "is no lookup"),
    "an empty namespace": (lambda: tx[""], "name of a namespace"),
    "a blank namespace": (lambda: tx[" "], "name of a namespace"),
    "a number as namespace": (lambda: tx[5], "name of a namespace"),
    "attributes that are no object": (lambda: tx.goals[A].update([("a", 1)]), "goals.update must be an object"),
    "None as attributes": (lambda: tx.goals[A].create(None), "goals.create must be an object"),
    "a value that cannot travel": (lambda: tx.goals[A].merge({"a": {"b": [1, {2}]}}), r"goals.merge.a.b\[1\] is set"),
    "a lookup as a value": (lambda: tx.goals[A].update({"a": lookup("b", 1)}), "goals.update.a is a lookup"),
    "upsert that is no bool": (lambda: tx.goals[A].update({}, upsert=None), "upsert must be True or False"),
    "links that are no dict": (lambda: tx.goals[A].link([B]), "goals.link takes a dict"),
    "a link to None": (lambda: tx.goals[A].link({"owner": None}), "goals.link.owner: a linked entity's id"),
    "a link to text that is no id": (lambda: tx.goals[A].link({"owner": "bob"}), "goals.link.owner"),
    "a link to a wrong id in a list": (lambda: tx.goals[A].unlink({"owner": [A, "bob"]}), "goals.unlink.owner"),
    "a link label that is no text": (lambda: tx.goals[A].link({5: B}), "link labels are text"),
    "a link to a broken lookup text": (lambda: tx.goals[A].link({"owner": "lookup__x"}), "is no lookup"),
    "lookup without attribute": (lambda: lookup("", 1), "attribute must be its name"),
    "lookup by a number": (lambda: lookup(5, 1), "attribute must be its name"),
    "lookup for NaN": (lambda: lookup("a", float("nan")), "lookup"),
    "steps that are no lists": (lambda: TransactionChunk.from_steps(["delete"]), r"steps\[0\] must be a list"),
    "a step that is empty": (lambda: TransactionChunk.from_steps([[]]), r"steps\[0\] must be a list"),
    "a step of an unknown action": (lambda: TransactionChunk.from_steps([["set", "goals", A]]), "one of create, upd"),
    "a step whose action is a list": (lambda: TransactionChunk.from_steps([[["delete"], "goals", A]]), "one of create"),
    "a step that is too short": (lambda: TransactionChunk.from_steps([["update", "goals", A]]), "takes 4 to 5"),
    "a step that is too long": (lambda: TransactionChunk.from_steps([["create", "g", A, {}, {}]]), "takes 4 to 4"),
    "a step with a blank namespace": (lambda: TransactionChunk.from_steps([["delete", " ", A]]), "its name"),
    "a step with a wrong id": (lambda: TransactionChunk.from_steps([["delete", "goals", "1"]]), "must be a UUID"),
    "a step with a lookup of one item": (
        lambda: TransactionChunk.from_steps([["delete", "goals", ["slug"]]]),
        "neither an entity id nor a lookup",
    ),
    "a step with a lookup by two attributes": (
        lambda: TransactionChunk.from_steps([["delete", "goals", {"a": 1, "b": 2}]]),
        "neither an entity id nor a lookup",
    ),
    "a step whose attributes are a list": (
        lambda: TransactionChunk.from_steps([["update", "goals", A, []]]),
        "update takes an object",
    ),
    "a step that deletes with arguments": (
        lambda: TransactionChunk.from_steps([["delete", "goals", A, "x"]]),
        "delete takes no arguments",
    ),
    "a step that links to text": (
        lambda: TransactionChunk.from_steps([["link", "goals", A, {"todos": [B, "x"]}]]),
        r"link.todos: a linked entity's id must be a UUID",
    ),
    "a step whose options are text": (
        lambda: TransactionChunk.from_steps([["update", "goals", A, {}, "upsert"]]),
        "the options of update are an object",
    ),
    "a step with a number as id": (lambda: TransactionChunk.from_steps([["delete", "goals", 1]]), "neither"),
    "a step with a value that cannot travel": (
        lambda: TransactionChunk.from_steps([["update", "goals", A, {"a": {1}}]]),
        r"steps\[0\]\[3\].a is set",
    ),
    "going on after several entities": (
        lambda: TransactionChunk.from_steps([["delete", "goals", A], ["delete", "goals", B]]).delete(),
        "cannot be continued",
    ),
    "going on after attributes": (lambda: TransactionChunk.from_steps([["delete-attr", A]]).delete(), "cannot be"),
    "going on after nothing": (lambda: TransactionChunk.from_steps([]).delete(), "cannot be continued"),
}


@pytest.mark.parametrize(("build", "explanation"), REFUSED.values(), ids=REFUSED)
def test_mistake_is_explained(build: Callable[[], object], explanation: str) -> None:
    with pytest.raises(InvalidArgumentError, match=explanation) as caught:
        build()
    assert isinstance(caught.value, ValueError)


COLLECTED: dict[str, tuple[Callable[[], Any], list[str]]] = {
    "one chunk": (lambda: tx.goals[A].delete(), [A]),
    "a list": (lambda: [tx.goals[A].delete(), tx.goals[B].delete()], [A, B]),
    "a tuple": (lambda: (tx.goals[B].delete(), tx.goals[A].delete()), [B, A]),
    "a generator": (lambda: (tx.goals[x].delete() for x in (A, B)), [A, B]),
    "nested iterables keep their order": (
        lambda: [[tx.goals[A].delete()], iter([(tx.goals[B].delete(),)]), tx.goals[C].delete()],
        [A, B, C],
    ),
    "nothing": (list, []),
    "a chunk without steps": (lambda: [tx.goals[A]], []),
}


@pytest.mark.parametrize(("chunks", "ids"), COLLECTED.values(), ids=COLLECTED)
def test_chunks_are_flattened(chunks: Callable[[], Any], ids: list[str]) -> None:
    assert [step[2] for step in collect_steps(chunks())] == ids


def _endless() -> list[Any]:
    chunks: list[Any] = []
    chunks.append(chunks)
    return chunks


NO_CHUNKS: dict[str, tuple[Any, str]] = {
    "a namespace, its id forgotten": (tx.goals, r"tx\['goals'\] lacks an entity id"),
    "a namespace in a list": ([tx.goals[A].delete(), tx.goals], "lacks an entity id"),
    "the builder itself": (tx, "takes chunks"),
    "text": ("goals", "takes chunks"),
    "text in a list": (["goals"], "takes chunks"),
    "bytes": (b"goals", "takes chunks"),
    "a dict": ({"goals": {}}, "takes chunks"),
    "None": (None, "takes chunks"),
    "None in a list": ([None], "takes chunks"),
    "a number": (5, "takes chunks"),
    "steps in place of chunks": ([["delete", "goals", A]], "takes chunks"),
    "a list that contains itself": (_endless(), "transact"),
}


@pytest.mark.parametrize(("chunks", "explanation"), NO_CHUNKS.values(), ids=NO_CHUNKS)
def test_what_is_no_chunk_is_refused(chunks: Any, explanation: str) -> None:
    with pytest.raises(InvalidArgumentError, match=explanation):
        collect_steps(chunks)


def test_a_namespace_is_made_once_and_knows_its_converter() -> None:
    builder = TransactionBuilder(lambda value: str(value))
    assert builder.goals is builder.goals
    assert builder.goals[A].update({"price": Decimal(1)}).steps == [["update", "goals", A, {"price": "1"}]]
    assert repr(builder["goals"]) == repr(builder.goals)


def test_builders_do_not_iterate() -> None:
    for builder in (tx, tx.goals):
        with pytest.raises(TypeError):
            iter(builder)  # type: ignore[call-overload]  # that is what is tested
        with pytest.raises(TypeError):
            "x" in builder  # type: ignore[operator]  # noqa: B015  likewise


def test_private_names_are_no_namespaces() -> None:
    with pytest.raises(AttributeError, match=r"need tx\['_private'\]"):
        _ = tx._private
    assert not hasattr(tx, "__len__")


# Chunks as values


def test_later_edits_of_arguments_do_not_reach_a_chunk() -> None:
    attrs: dict[str, Any] = {"meta": {"tags": ["a"]}}
    links = {"todos": [A]}
    chunk = tx.goals[A].update(attrs).link(links).rule_params(attrs)
    before = chunk.steps
    attrs["meta"]["tags"].append("b")
    attrs["more"] = 1
    links["todos"].append(B)
    assert chunk.steps == before


def test_edits_of_steps_do_not_reach_their_chunk() -> None:
    chunk = tx.goals[lookup("slug", {"a": 1})].update({"meta": {"tags": ["a"]}})
    before = chunk.steps
    steps = chunk.steps
    steps[0][2][1]["a"] = 2
    steps[0][3]["meta"]["tags"].append("b")
    steps.clear()
    assert chunk.steps == before


def test_edits_of_given_steps_do_not_reach_a_chunk() -> None:
    steps: list[list[Any]] = [["update", "goals", A, {"meta": {"a": 1}}]]
    chunk = TransactionChunk.from_steps(steps)
    steps[0][3]["meta"]["a"] = 2
    assert chunk.steps == [["update", "goals", A, {"meta": {"a": 1}}]]


def test_edits_of_a_lookups_value_do_not_reach_it() -> None:
    found = lookup("slug", {"a": [1]})
    found.value["a"].append(2)  # type: ignore[index, call-overload, union-attr]  # whatever JSON value it is
    found.as_pair()[1]["a"].append(3)  # type: ignore[index, call-overload, union-attr]  # likewise
    assert found == lookup("slug", {"a": [1]})


EQUAL: dict[str, tuple[Any, Any]] = {
    "the same chain": (tx.goals[A].update({"a": 1}), tx.goals[A].update({"a": 1})),
    "a UUID object and its text": (tx.goals[A], tx.goals[UUID(A)]),
    "lookup and method": (tx.goals[lookup("slug", 1)], tx.goals.lookup("slug", 1)),
    "lookups of equal numbers": (tx.goals[lookup("slug", 1)], tx.goals[lookup("slug", 1.0)]),
    "attributes in another order": (tx.goals[A].update({"a": 1, "b": 2}), tx.goals[A].update({"b": 2, "a": 1})),
    "through steps and back": (
        tx.goals[A].update({"a": 1}).delete(),
        TransactionChunk.from_steps(tx.goals[A].update({"a": 1}).delete().steps),
    ),
    "lookups": (lookup("slug", {"a": [1]}), lookup("slug", {"a": [1]})),
}
UNEQUAL: dict[str, tuple[Any, Any]] = {
    "another entity": (tx.goals[A].delete(), tx.goals[B].delete()),
    "another namespace": (tx.goals[A].delete(), tx.todos[A].delete()),
    "other attributes": (tx.goals[A].update({"a": 1}), tx.goals[A].update({"a": 2})),
    "another order of steps": (
        tx.goals[A].link({"x": B}).unlink({"x": B}),
        tx.goals[A].unlink({"x": B}).link({"x": B}),
    ),
    "options": (tx.goals[A].update({}), tx.goals[A].update({}, upsert=False)),
    "a chunk and its steps": (tx.goals[A].delete(), tx.goals[A].delete().steps),
    "lookups by another attribute": (lookup("a", 1), lookup("b", 1)),
    "a lookup and its pair": (lookup("a", 1), ["a", 1]),
}


@pytest.mark.parametrize(("one", "other"), EQUAL.values(), ids=EQUAL)
def test_equal_values_have_equal_hashes(one: Any, other: Any) -> None:
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other}) == 1


@pytest.mark.parametrize(("one", "other"), UNEQUAL.values(), ids=UNEQUAL)
def test_different_values_are_unequal(one: Any, other: Any) -> None:
    assert one != other


def test_converter_does_not_make_chunks_differ() -> None:
    assert TransactionBuilder(float).goals[A].update({"a": 1}) == tx.goals[A].update({"a": 1})


VALUES = {
    "chunk": tx.goals[A].update({"a": [1, {"b": None}]}).link({"x": [B]}).delete(),
    "chunk of a lookup": tx.goals.lookup("slug", {"a": 1}).delete(),
    "chunk of several entities": TransactionChunk.from_steps([["delete", "a", A], ["delete", "b", B]]),
    "lookup": lookup("slug", ["x"]),
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_value_survives_pickling(value: Any, protocol: int) -> None:
    assert pickle.loads(pickle.dumps(value, protocol)) == value


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_value_survives_copying(value: Any, duplicate: Callable[[Any], Any]) -> None:
    assert duplicate(value) == value


def test_chunk_with_a_converter_that_cannot_be_pickled_survives_pickling() -> None:
    chunk = TransactionBuilder(lambda value: str(value)).goals[A].update({"price": Decimal("1.50")})
    assert pickle.loads(pickle.dumps(chunk)).steps == chunk.steps == [["update", "goals", A, {"price": "1.50"}]]


def test_builders_survive_pickling_and_copying() -> None:
    for duplicate in (copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))):
        assert duplicate(tx).goals[A].delete() == tx.goals[A].delete()
        assert duplicate(tx.goals)[A].delete() == tx.goals[A].delete()


REPRS: dict[str, tuple[Any, str]] = {
    "the builder": (tx, "tx"),
    "a namespace": (tx.goals, "tx['goals']"),
    "a chunk without steps": (tx.goals[A], f"tx['goals']['{A}']"),
    "a chain": (
        tx.goals[A].update({"a": 1}).delete(),
        f"tx['goals']['{A}'].update({{'a': 1}}).delete()",
    ),
    "steps without an entity": (TransactionChunk.from_steps([["delete-attr", A]]), "tx.delete-attr()"),
    "a lookup": (lookup("slug", "a"), "lookup('slug', 'a')"),
}


@pytest.mark.parametrize(("value", "text"), REPRS.values(), ids=REPRS)
def test_repr_shows_how_it_was_made(value: Any, text: str) -> None:
    assert repr(value) == text


def test_repr_of_much_data_is_short() -> None:
    chunk = tx.goals[A].update({"text": "x" * 100_000})
    assert len(repr(chunk)) < 300
    assert len(repr(lookup("a", "x" * 1000))) < 120


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_attrs = st.dictionaries(st.text(), _json, max_size=3)
_calls = st.lists(
    st.tuples(st.sampled_from(["create", "update", "merge", "rule_params"]), _attrs)
    | st.tuples(st.sampled_from(["link", "unlink"]), st.dictionaries(st.text(), st.uuids() | st.lists(st.uuids()))),
    max_size=5,
)


@given(namespace=st.text(min_size=1).filter(str.strip), entity=st.uuids(), calls=_calls)
def test_any_chain_keeps_its_steps_in_order_and_survives_everything(
    namespace: str, entity: UUID, calls: list[tuple[str, Any]]
) -> None:
    chunk = tx[namespace][entity]
    for method, argument in calls:
        longer: TransactionChunk = getattr(chunk, method)(argument)
        assert longer.steps[:-1] == chunk.steps
        chunk = longer
    assert [step[0].replace("ruleParams", "rule_params") for step in chunk.steps] == [method for method, _ in calls]
    assert TransactionChunk.from_steps(chunk.steps).steps == chunk.steps
    assert pickle.loads(pickle.dumps(chunk)) == chunk
    assert hash(copy.deepcopy(chunk)) == hash(chunk)
    assert isinstance(repr(chunk), str)


def test_hundred_thousand_chunks_collect_and_encode() -> None:
    chunks = [tx.goals[new_id()].update({"n": n}) for n in range(1000)]
    steps = collect_steps([chunks] * 100)
    assert len(steps) == 100_000
    assert encode_json(steps).startswith(b'[["update","goals","')
