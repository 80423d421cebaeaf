"""Sound queries and chunks of random schemas are accepted; with one fault put in, they are refused at its path."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instant_admin import InvalidArgumentError, Schema, TransactionChunk, i, tx
from instant_admin._core.transactions import collect_steps
from instant_admin._core.validation.queries import check_query
from instant_admin._core.validation.steps import StepCheck
from instant_admin._core.validation.tables import Tables, compile_schema
from instant_admin.schema import Attribute

slow = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)

_names = st.text("abcdefghijklmnopqrstuvwxyzżó -_0123456789", min_size=1, max_size=8).filter(
    lambda name: bool(name.strip()) and name not in ("id", "and", "or", "in")
)
_ids = st.uuids().map(str)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(max_size=5),
    "number": st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "date": st.sampled_from(["2026-01-02", "2026-01-02T03:04:05.678Z", "1/2/2026", 1767323045123]),
    "json": st.text(max_size=5) | st.integers(),
}
_WRONG: dict[str, Any] = {"string": 5, "number": "five", "boolean": 1, "date": True}


@st.composite
def _attributes(draw: st.DrawFn) -> Attribute:
    attribute: Attribute = getattr(i, draw(st.sampled_from(list(_VALUES))))()
    if draw(st.booleans()):
        attribute = attribute.indexed()
    return attribute if draw(st.booleans()) else attribute.optional()


@st.composite
def _schemas(draw: st.DrawFn) -> Schema:
    names = draw(st.lists(_names, min_size=1, max_size=4, unique=True))
    entities = {name: i.entity(draw(st.dictionaries(_names, _attributes(), max_size=4))) for name in names}
    links = {}
    for number in range(draw(st.integers(0, 4))):
        # The number makes labels unique; attributes hold no slash-like mark such as "~".
        sides = [
            {
                "on": draw(st.sampled_from(names)),
                "label": f"~{side}{number}",
                "has": draw(st.sampled_from(["one", "many"])),
            }
            for side in ("f", "r")
        ]
        links[f"link{number}"] = dict(zip(("forward", "reverse"), sides, strict=True))
    return i.schema(entities=entities, links=links)  # type: ignore[arg-type]  # its TypedDict is made above


class _Queries:
    """Draws sound queries, and remembers places where something can be put in or replaced."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any], tables: Tables) -> None:
        self.draw = draw
        self.tables = tables
        self.faults: list[tuple[str, Callable[[], object]]] = []

    def query(self, schema: Schema) -> dict[str, Any]:
        names = self.draw(st.lists(st.sampled_from(list(schema.entities)), min_size=1, max_size=2, unique=True))
        query = {name: self._form(name, name, depth=0) for name in names}
        self.faults.append(("~nowhere", partial(query.update, {"~nowhere": {}})))
        return query

    def _form(self, name: str, path: str, depth: int) -> dict[str, Any]:
        form: dict[str, Any] = {}
        where = self._where(name, f"{path}.$.where")
        if where or self.draw(st.booleans()):
            options: dict[str, Any] = {"where": where} if where else {}
            form["$"] = options
            self.faults.append((f"{path}.$", partial(options.update, {"wher": {}})))
            self.faults.append((f"{path}.$.limit", partial(options.update, {"limit": 0})))
            self.faults.append((f"{path}.$.order", partial(options.update, {"order": "asc"})))
        for label, link in self.tables[name].links.items():
            if depth < 3 and self.draw(st.booleans()):
                form[label] = self._form(link.target, f"{path}.{label}", depth + 1)
        self.faults.append((f"{path}.~nothing", partial(form.update, {"~nothing": {}})))
        return form

    def _where(self, name: str, path: str) -> dict[str, Any]:
        where: dict[str, Any] = {}
        for label, attribute in self.tables[name].attributes.items():
            if self.draw(st.booleans()):
                where[label] = self._condition(attribute)
                here = f"{path}.{label}"
                if attribute.value_type in _WRONG:
                    wrong = _WRONG[attribute.value_type]
                    self.faults.append((here, partial(where.update, {label: wrong})))
                self.faults.append((f"{here}.$like_", partial(where.update, {label: {"$like_": "x"}})))
                self.faults.append((here, partial(where.update, {label: {"$isNull": True, "$ne": True}})))
        for label in self.tables[name].links:
            if self.draw(st.booleans()):
                where[label] = self.draw(_ids | st.just({"$isNull": False}))
                self.faults.append((f"{path}.{label}", partial(where.update, {label: "no id"})))
        if where and self.draw(st.booleans()):
            self.faults.append((f"{path}.~no", partial(where.update, {"~no": 1})))
        return where

    def _condition(self, attribute: Attribute) -> Any:
        values = _VALUES[attribute.value_type]
        forms = [
            values,
            st.lists(values, max_size=3).map(lambda members: {"$in": members}),
            values.map(lambda v: {"$ne": v}),
        ]
        if attribute.is_indexed and attribute.value_type != "json":
            forms.append(values.map(lambda value: {"$gte": value}))
        return self.draw(st.one_of(forms))


@slow
@given(st.data())
def test_one_fault_in_a_sound_query_is_found(data: st.DataObject) -> None:
    schema = data.draw(_schemas())
    tables = compile_schema(schema, with_system=True)
    queries = _Queries(data.draw, tables)
    query = queries.query(schema)
    check_query(query, tables)
    check_query(query, None)
    path, put_in = data.draw(st.sampled_from(queries.faults))
    put_in()
    with pytest.raises(InvalidArgumentError) as caught:
        check_query(query, tables)
    assert (caught.value.path or "").startswith(path)


@slow
@given(st.data())
def test_one_fault_in_a_sound_chunk_is_found(data: st.DataObject) -> None:
    schema = data.draw(_schemas())
    check = StepCheck(compile_schema(schema, with_system=True))
    name = data.draw(st.sampled_from(list(schema.entities)))
    attributes = schema.entities[name].attributes
    values = {label: data.draw(_VALUES[attribute.value_type]) for label, attribute in attributes.items()}
    chunk = _chunk(name, data.draw(st.uuids()), values)
    check.check(collect_steps([chunk, chunk]))
    faults = {label: _WRONG[attributes[label].value_type] for label in values if attributes[label].value_type in _WRONG}
    label, wrong = data.draw(st.sampled_from([*faults.items(), ("~unknown", 1)]))
    with pytest.raises(InvalidArgumentError) as caught:
        check.check(collect_steps([chunk, _chunk(name, data.draw(st.uuids()), {**values, label: wrong})]))
    assert caught.value.path == f"{name}.update.{label}"
    assert "step 1" in str(caught.value)


def _chunk(name: str, entity: UUID, values: dict[str, Any]) -> TransactionChunk:
    return tx[name][entity].update(values)
