"""Whatever is written as a rule, only the errors of the language come out."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from instant_admin.local import evaluate_rule
from instant_admin.local.cel import CompileError, Environment, compile_rule
from instant_admin.local.cel.library import LIBRARY

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcn"), inner, max_size=3),
    max_leaves=6,
)
ATOMS = st.sampled_from(
    [
        *("data.a", "data.b", "data.n", "data", "auth.id", "auth", "request", "request.time", "x", "int", "rateLimit"),
        *("1", "-1", "2u", "1.5", "0.0", "9223372036854775807", "true", "false", "null", "[]", "{}", "'a'", "''"),
        *("b'a'", "timestamp(0)", "duration('1s')", "duration('-1.5s')", "timestamp(9223372036854775807)"),
        *("'2026-01-01'", "'[a-z'", "'Europe/Berlin'", "ruleParams.a", "data['b']", "newData.a"),
    ]
)
METHODS = sorted(name for name in LIBRARY if name.isalpha())
FUNCTIONS = sorted(name for name in LIBRARY if "_" not in name)
MACROS = ("all", "exists", "exists_one", "map", "filter")
OPERATORS = ("+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "in", "&&", "||")


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of smaller ones."""
    return st.one_of(
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, inner, inner).map(lambda parts: "({} ? {} : {})".format(*parts)),
        st.tuples(inner, st.sampled_from(METHODS), st.lists(inner, max_size=2)).map(
            lambda parts: f"{parts[0]}.{parts[1]}({', '.join(parts[2])})"
        ),
        st.tuples(st.sampled_from(FUNCTIONS), st.lists(inner, max_size=3)).map(
            lambda parts: f"{parts[0]}({', '.join(parts[1])})"
        ),
        st.tuples(inner, st.sampled_from(MACROS), inner).map(lambda parts: f"{parts[0]}.{parts[1]}(x, {parts[2]})"),
        st.tuples(inner, inner).map(lambda parts: "cel.bind(x, {}, {})".format(*parts)),
        st.tuples(inner, inner).map(lambda parts: "{}[{}]".format(*parts)),
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.lists(st.tuples(inner, inner), max_size=2).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
        inner.map("!{}".format),
        inner.map("-{}".format),
        inner.map("dyn({})".format),
        inner.map("{}.a".format),
        inner.map("has({}.a)".format),
    )


RULES = st.recursive(ATOMS, grown, max_leaves=8)
RECORDS = st.dictionaries(st.sampled_from("abn"), JSON, max_size=3)


@given(rule=RULES, data=RECORDS, params=RECORDS)
def test_a_made_up_rule_gives_a_verdict(rule: str, data: dict[str, Any], params: dict[str, Any]) -> None:
    verdict = evaluate_rule(
        rule, action="update", data=data, new_data=data, auth=params, rule_params=params, request={"time": "2026-01-02"}
    )
    assert verdict.error is None or not verdict.allowed
    json.dumps(verdict.value)


@given(st.text(st.characters() | st.sampled_from("()[]{}'\"\\.,:?!&|+-*/%<>=0123456789abrux_ \n`"), max_size=40))
def test_any_text_compiles_or_is_refused(text: str) -> None:
    with contextlib.suppress(CompileError):
        compile_rule(text, Environment("view"))


@given(
    pattern=st.text(st.sampled_from("ab(|)[]^$.*+?{}\\dwpLQE1,-:<>P=!i"), max_size=15),
    text=st.text("ab\n1", max_size=8),
)
def test_any_pattern_matches_or_is_an_error(pattern: str, text: str) -> None:
    verdict = evaluate_rule("data.text.matches(data.pattern)", data={"text": text, "pattern": pattern})
    assert verdict.error == "eval" or isinstance(verdict.value, bool)
