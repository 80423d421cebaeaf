"""What is pulled as Python makes what was pulled."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from instant_admin import Rules, Schema, i
from instant_admin.cli.python_source import rules_source, schema_source
from tests.support.schema_strategies import schemas

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=30), inner, max_size=3),
    max_leaves=6,
)


def _run(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(source, "pulled.py", "exec"), names)
    return names


@given(schemas())
def test_source_of_a_schema_makes_it(schema: Schema) -> None:
    assert _run(schema_source(schema))["schema"] == schema


@given(st.text(min_size=1).filter(lambda name: name.strip() and not set(name) & set("/\0$") and name != "id"))
def test_names_of_any_letters_are_kept(name: str) -> None:
    schema = i.schema(entities={name: i.entity({name: i.any()})})
    assert _run(schema_source(schema))["schema"] == schema


@given(st.dictionaries(st.text(max_size=10), _json, max_size=3))
def test_source_of_rules_makes_them(code: dict[str, Any]) -> None:
    rules = Rules.from_json(code)
    assert _run(rules_source(rules))["rules"] == rules
