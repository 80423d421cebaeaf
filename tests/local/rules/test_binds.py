"""Binds are nested around the rules that use them."""

from __future__ import annotations

import pytest

from instant_admin.local.cel import CompileError
from instant_admin.local.rules.binds import bind_faults, bound_source


@pytest.mark.parametrize(
    ("rule", "own", "default", "code"),
    [
        pytest.param("a == 3", None, None, "a == 3", id="none"),
        pytest.param("data.a", ["a", "1"], None, "data.a", id="a label is no name"),
        pytest.param("a == 1", ["a", "1"], None, "cel.bind(a, 1, a == 1)", id="used"),
        pytest.param("a", ["a", "1"], ["a", "2"], "cel.bind(a, 1, a)", id="the namespace before the default"),
        pytest.param("a", None, {"a": "2"}, "cel.bind(a, 2, a)", id="the default"),
        pytest.param(
            "a == 3",
            {"a": "b + 1", "b": "c + 1", "c": "data.size"},
            None,
            "cel.bind(c, data.size, cel.bind(b, c + 1, cel.bind(a, b + 1, a == 3)))",
            id="each inside those it needs",
        ),
        pytest.param(
            "both",
            ["both", "small && ready", "small", "data.size < 2", "ready", "data.done"],
            None,
            "cel.bind(ready, data.done, cel.bind(small, data.size < 2, cel.bind(both, small && ready, both)))",
            id="recording perm_bind_nested",
        ),
        pytest.param(
            "[1].all(a, true)", ["a", "2"], None, "cel.bind(a, 2, [1].all(a, true))", id="variable of a macro"
        ),
    ],
)
def test_used_binds_are_nested_around_the_rule(rule: str, own: object, default: object, code: str) -> None:
    assert bound_source(rule, own, default) == code


@pytest.mark.parametrize(
    "own",
    [["a"], "a", ["a", "a"], ["a", "b", "b", "a"], ["a", 1], {"a": True}, ["a", "1 +"], {"a": None}],
    ids=str,
)
def test_a_used_bind_that_cannot_be_is_refused(own: object) -> None:
    with pytest.raises(CompileError):
        bound_source("a", own)


@pytest.mark.parametrize("own", [["a", "a"], ["a", "1 +"], {"a": None}, {"a-b": "1"}, [1, 2], [], None], ids=str)
def test_an_unused_bind_may_be_anything(own: object) -> None:
    assert bound_source("true", own) == "true"


def test_repeated_names_are_a_fault_of_their_own() -> None:
    assert [place for place, _ in bind_faults(["a", "1", "b", "2", "a", "3", "a", "4"])] == [("a",)]
    assert [place for place, _ in bind_faults(["a"])] == [()]
    assert list(bind_faults({"a": "1"})) == []
