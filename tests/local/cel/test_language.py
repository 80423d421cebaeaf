"""What the oracle's vectors leave open: depth, scope, callbacks, numbers, patterns, times."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local.cel import (
    CompileError,
    Environment,
    EvaluationError,
    InternalFailure,
    Record,
    Request,
    as_json,
    compile_rule,
    is_allowed,
)
from instant_admin.local.errors import Refusal, rate_limited

VIEW = Environment("view")


def value(rule: str, data: dict[str, Any] | None = None, **activation: object) -> object:
    """The value of a view rule as JSON."""
    given: dict[str, object] = {"data": Record(data or {}), "auth": Record({}), **activation}
    return as_json(compile_rule(rule, VIEW).evaluate(given))


def failure(rule: str, data: dict[str, Any] | None = None) -> str:
    """The code of the error that a view rule ends in."""
    with pytest.raises(EvaluationError) as failed:
        value(rule, data)
    return failed.value.code


def issues(rule: str, environment: Environment = VIEW) -> list[tuple[int, int]]:
    """Where a rule is refused."""
    with pytest.raises(CompileError) as refused:
        compile_rule(rule, environment)
    return [(issue.line, issue.column) for issue in refused.value.issues]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("1 + 2 * 3 - 4", 3),
        ("-2 * -3", 6),
        ("!!true", True),
        ("!!1", 1),
        ("1 < 2 == true", True),
        ("false ? 1 : true ? 2 : 3", 2),
        ("{'a': [1, {'b': 2}]}.a[1].b", 2),
        ("'a' + r'\\n' + '''b\n'''", "a\\nb\n"),
        (".data.n", None),
        ("[1, 2,].size()", 2),
        ("[,] == [] && {,} == {}", True),
        ("1 // one\n+ 1", 2),
    ],
)
def test_expressions_are_read_by_precedence(rule: str, expected: object) -> None:
    assert value(rule) == expected


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("data.n +\n  nope", (2, 2)),
        ("'é' + nope", (1, 6)),
        ("1 + 'a'", (1, 2)),
        ("size('a',)", (1, 9)),
        ("[1,,]", (1, 3)),
        ("data.title.foo()", (1, 14)),
        ("request.nope", (1, 7)),
        ("[1].map(x, 1, x)", (1, 7)),
    ],
)
def test_a_fault_is_shown_by_line_and_column_in_characters(rule: str, place: tuple[int, int]) -> None:
    assert issues(rule) == [place]


@pytest.mark.parametrize("action", ["view", "delete"])
def test_new_data_exists_only_where_something_is_written(action: str) -> None:
    assert issues("newData.n == linkedData.n", Environment(action)) == [(1, 0), (1, 13)]
    assert issues("newData.n == linkedData.n", Environment("create")) == [(1, 13)]
    compile_rule("newData.n == linkedData.n", Environment("unlink"))
    compile_rule("actions.data == 'create'", Environment("link"))


@pytest.mark.parametrize("nested", ["({})", "[{}]", "-({})", "size([{}])", "[{}][0]", "{{'a': {}}}", "[1].map(x, {})"])
def test_rules_may_nest_deeply_wherever_they_are_compiled(nested: str) -> None:
    opening, closing = nested.replace("{{", "{").replace("}}", "}").split("{}") if "{}" in nested else ("", "")

    def from_further_down(levels: int) -> object:
        return from_further_down(levels - 1) if levels else value(opening * 100 + "1" + closing * 100)

    from_further_down(300)


def test_more_than_250_levels_are_refused() -> None:
    assert value("(" * 249 + "1" + ")" * 249) == 1
    assert issues("(" * 250 + "1" + ")" * 250) == [(1, 0)]
    assert issues("1" + " + 1" * 251) == [(1, 0)]
    assert value(" && ".join(["true"] * 2000)) is True


def test_a_bound_value_is_read_in_the_scope_where_it_is_needed() -> None:
    assert value("cel.bind(x, data.n, cel.bind(y, x + 1, y * 2))", {"n": 1}) == 4
    assert value("cel.bind(x, 1 / 0, true || x == 1)") is True
    assert value("cel.bind(int, 1, int) == 1 && type(2) == int") is True
    with pytest.raises(InternalFailure):
        value("cel.bind(x, 1, cel.bind(x, x + 1, x))")


def test_a_bound_value_is_worked_out_once() -> None:
    taken: list[object] = []

    class Limit:
        def limit(self, key: object, tokens: int = 1) -> bool:
            taken.append((key, tokens))
            return True

    assert value("cel.bind(ok, rateLimit.a.limit('k', 2), ok && ok)", rateLimit={"a": Limit()}) is True
    assert taken == [("k", 2)]


class Exhausted:
    """A rate limit without tokens."""

    def limit(self, key: object, tokens: int = 1) -> bool:
        raise rate_limited("no tokens", {"key": key, "tokens": tokens})


def test_a_refusal_of_a_limit_is_absorbed_like_an_error() -> None:
    limits = {"a": Exhausted()}
    assert value("rateLimit.a.limit('k') || true", rateLimit=limits) is True
    assert value("[1, 2].exists(x, x == 2 || rateLimit.a.limit('k'))", rateLimit=limits) is True
    with pytest.raises(Refusal):
        value("rateLimit.a.limit('k') || false", rateLimit=limits)


def test_ref_asks_the_record_for_a_path() -> None:
    asked: list[str] = []

    def ref(path: str) -> list[object]:
        asked.append(path)
        return [1, "x", None]

    program = compile_rule("data.ref('a.' + 'b').size()", VIEW)
    assert program.uses_ref
    assert program.evaluate({"data": Record({}, ref)}) == 3
    assert asked == ["a.b"]
    assert not compile_rule("data.reference", VIEW).uses_ref


def test_what_a_push_refuses_still_evaluates() -> None:
    program = compile_rule("auth.ref('posts.id') == [] || rateLimit.nope.limit(1)", VIEW)
    assert [issue.column for issue in program.push_issues(["other"])] == [9, 50]
    assert program.push_issues(["nope"])[0].column == 9
    assert compile_rule("auth.ref('$user.id') == []", VIEW).push_issues() == []


@pytest.mark.parametrize("shown", [0, "", [], 0.0, {}])
def test_only_null_and_false_deny(shown: object) -> None:
    assert is_allowed(shown)
    assert not is_allowed(None)
    assert not is_allowed(False)


def test_the_time_of_a_request_is_read_at_each_mention() -> None:
    times = iter([1.0, 2.5])
    request = Request(now=lambda: next(times))
    assert value("request.time < request.time", request=request) is True


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("data.items.map(o, o.n)", [1, 5_000_000_000]),
        ("data.items.exists(o, o.big > 1)", True),
        ("data.items.map(o, o.n).exists(n, n > 0)", True),
        ("data.items.all(o, has(o.n) && !has(o.m))", True),
        ("data.items.all(o, size(o) == 2)", True),
        ("data.lists.all(l, l.size() == 2 && l[0] == 1)", True),
        ("data.items[0] == 1 || true", InternalFailure),
        ("data.map == {}", InternalFailure),
        ("data.lists + [1]", InternalFailure),
        ("data.nulls == [null]", True),
        ("null in data.nulls", True),
    ],
)
def test_stored_lists_and_maps_can_do_less(rule: str, expected: object) -> None:
    data = {
        "items": [{"n": 1, "big": 5_000_000_000}, {"n": 5_000_000_000, "big": 5_000_000_000}],
        "lists": [[1, 2], [1, 3]],
        "map": {},
        "nulls": [None],
    }
    if expected is InternalFailure:
        with pytest.raises(InternalFailure):
            value(rule, data)
    else:
        assert value(rule, data) == expected


@pytest.mark.parametrize(
    ("rule", "data", "code"),
    [
        ("data.items.exists(o, o.n > 1)", {"items": [{"n": 1}]}, "OVERLOAD_NOT_FOUND"),
        ("data.items.exists(o, o.m == 1)", {"items": [{"n": 1}]}, "ATTRIBUTE_NOT_FOUND"),
        ("data.items.exists(o, o == 1)", {"items": [None]}, "INTERNAL_ERROR"),
        ("data.huge + 1", {"huge": 2**63}, "OVERLOAD_NOT_FOUND"),
        ("-data.low", {"low": -(2**63)}, "NUMERIC_OVERFLOW"),
        ("data.n < 1.5", {"n": 1}, "OVERLOAD_NOT_FOUND"),
    ],
)
def test_stored_numbers_keep_to_their_kind(rule: str, data: dict[str, Any], code: str) -> None:
    assert failure(rule, data) == code


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("dyn(1) == 1.0", True),
        ("dyn(0) == -0.0", False),
        ("dyn(9007199254740993) == 9007199254740992.0", False),
        ("dyn(18446744073709551615u) == -1", False),
        ("dyn(true) == 1", False),
        ("dyn(1) in {1u: 2}", True),
        ("dyn(1) in {1.0: 2}", False),
        ("0.0 / 0.0 in [0.0 / 0.0]", True),
        ("-7 / 2 * 2 + -7 % 2 == -7", True),
        ("math.ceil(-0.5) == 0.0", True),
        ("string(123456789.0)", "1.23456789E8"),
        ("string(-1.5e-7)", "-1.5E-7"),
        ("double(' 0x1.8p1 ')", 3.0),
        ("uint('12') - 12u == 0u", True),
    ],
)
def test_numbers_are_those_of_java(rule: str, expected: object) -> None:
    assert value(rule) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^\w+$", "añb", False),
        (r"(?i)^STRASSE$", "strasse", True),
        (r"a(?i)b|C", "c", True),
        (r"a(?i:b)c", "aBC", False),
        (r"a$", "a\n", False),
        (r"(?m)^b$", "a\nb\nc", True),
        (r"a.b", "a\nb", False),
        (r"^[[:alpha:]_-]+$", "a_-b", True),
        (r"^[^[:^digit:]]+$", "12", True),
        (r"^\p{Greek}+\PL$", "αβ1", True),
        (r"^\pN+$", "١2", True),
        (r"\x{1F600}", "😀", True),
        (r"\Qa.b\E", "a.b", True),
        (r"\Qa.b\E", "axb", False),
        (r"^\141\07?$", "a", True),
        (r"(?P<n>a)(?<m>b)", "ab", True),
        (r"(?U)a{2,3}?", "aaa", True),
        (r"^*", "", True),
        (r"a{,2}", "a{,2}", True),
        (r"[]a]", "]", True),
        (r"[a\-z]", "-", True),
        (r"\bé", "é", False),
    ],
)
def test_patterns_are_those_of_re2(pattern: str, text: str, found: bool) -> None:
    assert value("data.text.matches(data.pattern)", {"text": text, "pattern": pattern}) is found


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"(a)\1", "(?=a)", "(?<!a)b", "(?>a)", "(?z)", "(?P<n>a)(?P<n>b)", "(?P=n)", "(", ")"),
        *("a**", "a*+", "a{1001}", "a{2,1}", "*a", "a|*"),
        *("[", "[z-a]", "[a", "\\", r"\y", r"\8", r"\E", r"\p{Nope}", r"\x{110000}"),
    ],
)
def test_patterns_that_re2_refuses_are_refused(pattern: str) -> None:
    assert failure("'a'.matches(data.pattern)", {"pattern": pattern}) == "INVALID_ARGUMENT"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("timestamp('2024-02-29T12:00:00Z').getDayOfYear()", 59),
        ("timestamp(-1).getMilliseconds()", 999),
        ("timestamp('2026-07-01T00:30:00Z').getHours('+05:30')", 6),
        ("timestamp('2026-07-01T00:30:00Z').getHours('-0:30')", 1),
        ("timestamp('2026-07-01T00:30:00Z').getMinutes('UTC-00:15')", 15),
        ("timestamp('0001-01-01T00:00:00Z').getDayOfWeek()", 1),
        ("timestamp(253402300800000).getFullYear()", 10000),
        ("timestamp('2026-01-01') - timestamp('2026-01-02')", "-86400s"),
        ("duration('1h1m1.001s').getMilliseconds()", 1),
        ("duration('-90m').getHours()", -1),
        ("string(duration('1.000001s'))", "1.000001s"),
        ("google.protobuf.Timestamp{seconds: 1, nanos: 5}", "1970-01-01T00:00:01.000000005Z"),
    ],
)
def test_times_are_those_of_the_server(rule: str, expected: object) -> None:
    assert value(rule) == expected


@pytest.mark.parametrize(
    "zone", ["", "EST", "+1:00:00", "+19:00", "02:60", "Nope/Zone", "../etc/passwd", "America", "x"]
)
def test_unknown_time_zones_are_an_error(zone: str) -> None:
    assert failure("timestamp(0).getHours(data.zone)", {"zone": zone}) == "BAD_FORMAT"


def test_every_value_has_a_form_in_json() -> None:
    rule = "[1u, 1.5, 0.0 / 0.0, b'a', timestamp(0), duration('1s'), int, {1: true, 'a': null}, data]"
    assert value(rule, {"n": [{"m": 1}]}) == [
        1,
        1.5,
        "NaN",
        "YQ==",
        "1970-01-01T00:00:00Z",
        "1s",
        "int",
        {"1": True, "a": None},
        {"n": [{"m": 1}]},
    ]
