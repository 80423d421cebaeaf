"""Rules mean what they mean on a real server: every verdict of the oracle, by area."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import RuleVerdict, evaluate_rule
from instant_admin.local.cel import CompileError, Environment, EvaluationError, Record, Request, compile_rule
from tests.support.vectors import load

VECTORS: list[dict[str, Any]] = load("cel")["vectors"]
TAGS = sorted({vector["tag"] for vector in VECTORS})
REQUEST_TIME = "2026-03-04T05:06:07.089Z"
TEXTS = {"$bytes_b64", "$timestamp", "$duration", "$type"}
OUT_OF_RANGE = {-62135596801: "0000-12-31T23:59:59.999Z", 253402300800: "10000-01-01T00:00:00Z"}


def rule(vector: dict[str, Any]) -> str:
    if "expr" in vector:
        return str(vector["expr"])
    return "".join(text * times for text, times in vector["expr_parts"])


def verdict(vector: dict[str, Any]) -> RuleVerdict:
    return evaluate_rule(
        rule(vector),
        action=vector["action"],
        data=vector["data"],
        auth=vector["auth"],
        new_data=vector.get("newData"),
        linked_data=vector.get("linkedData"),
        actions=vector.get("actions"),
        rule_params=vector.get("ruleParams"),
        request=vector.get("request", {"time": REQUEST_TIME}),
        rate_limits=vector.get("rateLimits"),
        bind=vector.get("bind"),
        default_bind=vector.get("defaultBind"),
    )


def error_of(vector: dict[str, Any]) -> str | None:
    result = vector["result"]
    is_error = isinstance(result, dict) and ("issues" in result or "class" in result)
    return result["error"] if is_error else None


def shown(result: Any) -> Any:
    """A recorded value as a verdict shows it, told apart by types: 1, 1.0 and true differ."""
    match result:
        case {"$uint": digits}:
            return ("int", int(digits))
        case {"$double": text}:
            return ("float", "-0.0") if text == "-0.0" else ("str", text)
        case {"$timestamp_out_of_range": parts}:
            return ("str", OUT_OF_RANGE[parts["seconds"]])
        case {"$message": _}:
            return {}
        case {"$map": entries}:
            return {key_text(key): shown(value) for key, value in entries}
        case dict() if len(result) == 1 and next(iter(result)) in TEXTS:
            return ("str", next(iter(result.values())))
        case dict():
            return {key: shown(value) for key, value in result.items()}
        case list():
            return [shown(item) for item in result]
        case float():
            return ("float", repr(result))
        case _:
            return (type(result).__name__, result)


def key_text(key: Any) -> str:
    match key:
        case {"$uint": digits}:
            return str(digits)
        case bool():
            return str(key).lower()
        case _:
            return str(key)


def keys_look_alike(result: Any) -> bool:
    """Whether an object cannot show a map, since two of its keys are the same text."""
    if not isinstance(result, dict) or "$map" not in result:
        return False
    keys = [key_text(key) for key, _ in result["$map"]]
    return len(set(keys)) < len(keys)


def differs(vector: dict[str, Any]) -> bool:
    seen = verdict(vector)
    error = error_of(vector)
    if keys_look_alike(vector["result"]):
        return seen.allowed is not vector["allowed"]
    if (seen.allowed, seen.push, seen.error) != (vector["allowed"], vector["push"], error):
        return True
    return error is None and shown(seen.value) != shown(vector["result"])


@pytest.mark.parametrize("tag", TAGS)
def test_rules_mean_what_they_mean_on_a_real_server(tag: str) -> None:
    vectors = [vector for vector in VECTORS if vector["tag"] == tag]
    assert [(vector["id"], rule(vector)[:80]) for vector in vectors if differs(vector)] == []


def code_of_failure(vector: dict[str, Any]) -> str | None:
    """The code of the error, with a `ref` that finds nothing."""
    activation: dict[str, Any] = {
        "data": Record(vector["data"], lambda _: ()),
        "auth": Record(vector["auth"], lambda _: ()),
        "ruleParams": Record(vector.get("ruleParams")),
        "request": Request(),
        "rateLimit": {},
        "newData": vector.get("newData"),
        "linkedData": vector.get("linkedData"),
        "actions": vector.get("actions"),
    }
    bound = {name: value for name, value in activation.items() if value is not None}
    try:
        compile_rule(rule(vector), Environment(vector["action"])).evaluate(bound)
    except EvaluationError as failure:
        return failure.code
    return None


def test_failures_have_the_codes_of_a_real_server() -> None:
    failures = [vector for vector in VECTORS if "code" in (vector["result"] if error_of(vector) else {})]
    different = {rule(vector) for vector in failures if code_of_failure(vector) != vector["result"]["code"]}
    # The server evaluates the other side before it complains about a variable without a value.
    assert different == {"newData.x == 1/0"}
    assert len(failures) > 200


def test_faults_are_where_a_real_server_sees_them() -> None:
    def places(vector: dict[str, Any]) -> list[tuple[int, int]]:
        with pytest.raises(CompileError) as refused:
            compile_rule(rule(vector), Environment(vector["action"]))
        return [(issue.line, issue.column) for issue in refused.value.issues]

    checked = [
        vector
        for vector in VECTORS
        if error_of(vector) == "compile"
        and "bind" not in vector
        and all(
            issue["kind"] in ("overload", "undeclared", "no-field-selection") for issue in vector["result"]["issues"]
        )
    ]
    different = [
        rule(vector)
        for vector in checked
        if places(vector) != [(issue["line"], issue["column"]) for issue in vector["result"]["issues"]]
    ]
    assert different == []
    assert len(checked) > 400
