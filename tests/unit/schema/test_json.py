"""Schemas are read from JSON as the server reads them, and what it would misread is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import Schema, SchemaError, i

READ: dict[str, tuple[Any, Schema]] = {
    "nothing": ({}, Schema()),
    "null parts": ({"entities": None, "links": None, "rooms": None}, Schema()),
    "an empty entity": ({"entities": {"a": {}}}, i.schema(entities={"a": i.entity({})})),
    "an entity without attributes": ({"entities": {"a": {"attrs": None}}}, i.schema(entities={"a": i.entity({})})),
    "an empty attribute": (
        {"entities": {"a": {"attrs": {"x": {}}}}},
        i.schema(entities={"a": i.entity({"x": i.any().optional()})}),
    ),
    "a null attribute": (
        {"entities": {"a": {"attrs": {"x": None}}}},
        i.schema(entities={"a": i.entity({"x": i.json().optional()})}),
    ),
    "keys that only JavaScript prints": (
        {"entities": {"a": {"attrs": {"x": {"valueType": "string", "isIndexed": True, "metadata": {}}}, "links": {}}}},
        i.schema(entities={"a": i.entity({"x": i.string().optional()})}),
    ),
    "text": ('{"entities": {"a": {}}}', i.schema(entities={"a": i.entity({})})),
    "bytes": (b'{"entities": {"a": {}}}', i.schema(entities={"a": i.entity({})})),
}


@pytest.mark.parametrize(("content", "schema"), READ.values(), ids=READ)
def test_json_is_read_as_the_server_reads_it(content: Any, schema: Schema) -> None:
    assert Schema.from_json(content) == schema


REFUSED: dict[str, tuple[Any, str]] = {
    "text that is no JSON": ("{", "schema: is no JSON"),
    "a list": ([], "schema: must be an object"),
    "a misspelt part": (
        {"entites": {"a": {}}},
        "entites: a schema has no such part. Did you mean 'entities'? Known: entities, links, rooms.",
    ),
    "what the server shows of a schema": ({"refs": {}, "blobs": {}}, "blobs: a schema has no such part. Known:"),
    "entities that are a number": ({"entities": 5}, "entities: must be an object"),
    "an entity that is text": ({"entities": {"a": "x"}}, "entities.a: must be an object"),
    "a misspelt type": (
        {"entities": {"a": {"attrs": {"x": {"valueType": "sting"}}}}},
        "entities.a.attrs.x.valueType: 'sting' is no type; did you mean 'string'?",
    ),
    "a flag that is text": (
        {"entities": {"a": {"attrs": {"x": {"config": {"unique": "no"}}}}}},
        "entities.a.attrs.x.config.unique: must be true or false, got 'no'",
    ),
    "a requirement that is a number": (
        {"entities": {"a": {"attrs": {"x": {"required": 1}}}}},
        "entities.a.attrs.x.required: must be true or false, got 1",
    ),
    "a link without a reverse side": (
        {"links": {"l": {"forward": {"on": "a", "label": "b", "has": "one"}}}},
        "links.l.reverse: must be an object",
    ),
    "a room whose presence is text": ({"rooms": {"r": {"presence": "x"}}}, "rooms.r.presence: must be an object"),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_misread_is_refused(content: Any, words: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Schema.from_json(content)
    assert words in str(caught.value)


def test_conflicts_of_a_schema_that_is_there_are_no_error_but_can_be_asked_for() -> None:
    end = {"on": "a", "label": "x", "has": "one"}
    schema = Schema.from_json(
        {
            "entities": {"a": {"attrs": {"x": {}}}},
            "links": {"l": {"forward": end, "reverse": {"on": "ghosts", "label": "as", "has": "many"}}},
        }
    )
    assert [conflict.partition(": ")[0] for conflict in schema.conflicts()] == [
        "links.l.reverse.on",
        "links.l.forward.label",
    ]


_attributes = st.builds(
    lambda attribute, *flags: attribute,
    st.sampled_from([i.string(), i.number().optional(), i.date().indexed(), i.json(), i.boolean().unique()]),
)
_entities = st.dictionaries(st.text(), st.dictionaries(st.text(), _attributes).map(i.entity))


@given(_entities)
def test_every_schema_comes_back_from_its_json(entities: dict[str, Any]) -> None:
    schema = Schema.from_json({"entities": {}})
    built = Schema(type(schema.entities)(entities))
    assert Schema.from_json(built.to_json()) == Schema.from_json(json.dumps(built.to_json())) == built
