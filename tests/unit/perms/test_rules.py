"""Permission rules as values, and what is said of their faults."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import InvalidArgumentError, Rules, RulesError, rule
from instant_admin.local.rules import check_rules
from tests.support.vectors import load

OWNED: dict[str, Any] = {
    "goals": {
        "allow": {"view": "true", "update": "isOwner", "delete": False, "link": {"owner": "data.id == linkedData.id"}},
        "bind": ["isOwner", "auth.id in data.ref('owner.id')"],
        "fields": {"secret": "isOwner"},
    },
    "attrs": {"allow": {"create": "false"}},
    "$default": {"allow": {"$default": "false"}},
}
LIMITS: dict[str, Any] = {"posting": {"limits": [{"capacity": 10, "refill": {"period": "1 hour"}}]}}


def test_rules_are_equal_by_content_whatever_the_order() -> None:
    rules = Rules(OWNED, rate_limits=LIMITS)
    again = Rules.from_json(dict(reversed([*OWNED.items(), ("$rateLimits", LIMITS)])))
    assert rules == again
    assert hash(rules) == hash(again)
    assert rules != Rules(OWNED)
    assert rules != OWNED
    for copied in (
        copy.deepcopy(rules),
        pickle.loads(pickle.dumps(rules)),
        Rules.from_json(json.dumps(rules.to_json())),
    ):
        assert copied == rules


def test_rules_do_not_change_with_what_they_were_made_from() -> None:
    content = copy.deepcopy(OWNED)
    rules = Rules(content)
    content["goals"]["allow"]["view"] = "false"
    rules.to_json()["goals"]["allow"]["view"] = "false"
    assert rules.to_json() == OWNED


def test_repr_names_the_namespaces_only() -> None:
    assert repr(Rules(OWNED)) == "Rules(goals, attrs, $default)"


def test_what_is_pulled_can_be_read_whatever_its_faults() -> None:
    rules = Rules.from_json({"goals": {"allow": {"view": "1 +"}}})
    assert len(rules.faults()) == 1


FAULTS: dict[str, tuple[Any, str]] = {
    "a parenthesis that is not closed": (
        {"goals": {"allow": {"view": "auth.id == (data.owner"}}},
        (
            "goals.allow.view, column 23: the end cannot stand here, `)` was expected.\n"
            "    auth.id == (data.owner\n"
            "                          ^"
        ),
    ),
    "a name that is not there": (
        {"goals": {"allow": {"create": "dta.owner == auth.id"}}},
        "goals.allow.create, column 1: There is no `dta` here.\n    dta.owner == auth.id\n    ^",
    ),
    "a name of another action": (
        {"goals": {"allow": {"view": "newData.a == 1"}}},
        "goals.allow.view, column 1: There is no `newData` here.\n    newData.a == 1\n    ^",
    ),
    "the second line of a rule": (
        {"goals": {"allow": {"view": "true &&\n  dta.x == 1 &&\n  true"}}},
        "goals.allow.view, line 2, column 3: There is no `dta` here.\n      dta.x == 1 &&\n      ^",
    ),
    "a bind, told once for all rules that use it": (
        {"goals": {"allow": {"create": "isMe", "update": "true && isMe"}, "bind": {"isMe": "auth.id == dta.id"}}},
        (
            "goals.bind.isMe as goals.allow.create uses it, column 12: There is no `dta` here.\n"
            "    auth.id == dta.id\n"
            "               ^"
        ),
    ),
    "a bind of a bind": (
        {"goals": {"allow": {"view": "b"}, "bind": ["b", "a || true", "a", "auth.id =="]}},
        (
            "goals.bind.a as goals.allow.view uses it, column 11: the end cannot stand here.\n"
            "    auth.id ==\n"
            "              ^"
        ),
    ),
    "a bind of all namespaces": (
        {"goals": {"allow": {"view": "isMe"}}, "$default": {"bind": {"isMe": "nobody"}}},
        "$default.bind.isMe as goals.allow.view uses it, column 1: There is no `nobody` here.\n    nobody\n    ^",
    ),
    "a rule behind its bind": (
        {"goals": {"allow": {"view": "isMe && dta.x"}, "bind": {"isMe": "auth.id == data.id"}}},
        "goals.allow.view, column 9: There is no `dta` here.\n    isMe && dta.x\n            ^",
    ),
    "binds in a circle": (
        {"goals": {"allow": {"view": "a"}, "bind": {"a": "b", "b": "a"}}},
        "goals.allow.view: `a` is bound to itself.",
    ),
    "an odd number of binds": (
        {"goals": {"bind": ["a"]}},
        "goals.bind: `bind` must be an object, or a list of names and expressions in turn.",
    ),
    "a misspelt action, which would leave all open": (
        {"goals": {"allow": {"veiw": "false"}}},
        (
            "goals.allow.veiw: The server knows no such key. Did you mean 'view'? "
            "Known: $default, create, delete, link, unlink, update, view."
        ),
    ),
    "an action without allow": (
        {"goals": {"view": "false"}},
        "goals.view: The server knows no such key. Known: allow, bind, fields.",
    ),
    "a default, which the server does not look at": (
        {"goals": {"allow": {"$default": "1 +"}}},
        "goals.allow.$default, column 4: the end cannot stand here.\n    1 +\n       ^",
    ),
    "a link rule, which the server does not look at": (
        {"goals": {"allow": {"link": {"owner": "linkedDat.id == auth.id"}}}},
        "goals.allow.link.owner, column 1: There is no `linkedDat` here.\n    linkedDat.id == auth.id\n    ^",
    ),
    "a link rule that is a number": (
        {"goals": {"allow": {"unlink": {"owner": 1}}}},
        "goals.allow.unlink.owner: A rule must be a text or a boolean.",
    ),
    "link rules that are a text": (
        {"goals": {"allow": {"link": "true"}}},
        "goals.allow.link: This must be an object, got 'true'.",
    ),
    "a text for a namespace": ({"goals": "true"}, "goals: This must be an object, got 'true'."),
    "a text for allow": ({"goals": {"allow": "true"}}, "goals.allow: This must be an object, got 'true'."),
    "a number for a rule": ({"goals": {"allow": {"view": 1}}}, "goals.allow.view: A rule must be a text or a boolean."),
    "a system namespace, told once": (
        {"$rooms": {"allow": {}}},
        "$rooms.allow.view: The namespace `$rooms` can have no rules.",
    ),
    "users who may be deleted": (
        {"$users": {"allow": {"delete": "true"}}},
        '$users.allow.delete: Users cannot be deleted by rules: this can only be "false".',
    ),
    "a rule about ids": (
        {"goals": {"fields": {"id": "true"}}},
        "goals.fields: The attribute `id` can have no rule.",
    ),
    "a rate limit without limits": (
        {"$rateLimits": {"much": {}}},
        "$rateLimits.much: A rate limit needs `limits`, a list that is not empty.",
    ),
    "a long line, shown around the spot": (
        {"goals": {"allow": {"view": f"{'true || ' * 30}dta"}}},
        f"goals.allow.view, column 241: There is no `dta` here.\n    {('true || ' * 30)[190:]}dta\n    {' ' * 50}^",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told(name: str) -> None:
    code, told = FAULTS[name]
    assert Rules.from_json(code).faults() == (told,)


@pytest.mark.parametrize(
    "code",
    [
        {},
        {"goals": None},
        {"goals": {"allow": None, "bind": None, "fields": None}},
        {"goals": {"allow": {"view": None, "link": None, "$default": True}}},
        {"goals": {"allow": {"link": {"owner": "actions.data == 'create'", "$default": "false"}}}},
        {"goals": {"allow": {"$default": "newData == data"}}},
        {"goals": {"allow": {"create": "rateLimit.posting.limit(auth.id)"}}, "$rateLimits": LIMITS},
        {"goals": {"allow": {"link": {"owner": "rateLimit.posting.limit(auth.id)"}}}, "$rateLimits": LIMITS},
        OWNED,
    ],
    ids=str,
)
def test_sound_rules_have_no_faults(code: dict[str, Any]) -> None:
    assert Rules.from_json(code).faults() == ()


def test_equal_faults_at_several_places_are_all_told() -> None:
    code = {"$rateLimits": {"a": {}, "b": {}}, "$users": {"allow": {"view": 1, "create": 1}}, "x": {"fields": {"a": 1}}}
    assert [fault.partition(":")[0] for fault in Rules.from_json(code).faults()] == [
        "$users.allow.view",
        "$users.allow.create",
        "x.fields.a",
        "$rateLimits.a",
        "$rateLimits.b",
    ]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(RulesError) as caught:
        Rules({"goals": {"allow": {"view": "1 +", "update": "x"}}, "todos": {"allow": {"delete": "("}}})
    assert [problem.partition(",")[0] for problem in caught.value.problems] == [
        "goals.allow.view",
        "goals.allow.update",
        "todos.allow.delete",
    ]
    assert str(caught.value) == "The rules have 3 faults:\n" + "\n".join(caught.value.problems)
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


@pytest.mark.parametrize("vector", load("rule_push")["vectors"], ids=lambda vector: vector["id"])
def test_what_a_server_refuses_is_refused_here(vector: dict[str, Any]) -> None:
    if isinstance(vector["code"], dict) and not vector["accepted"]:
        assert Rules.from_json(vector["code"]).faults()


@pytest.mark.parametrize("content", [[], "[]", "null", "5", None, 5], ids=repr)
def test_rules_are_an_object(content: Any) -> None:
    with pytest.raises(RulesError, match="Rules must be an object"):
        Rules.from_json(content)


def test_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(RulesError, match="The rules are no JSON: Expecting value: line 1"):
        Rules.from_json("{'goals'}".replace("'goals'", '"goals":'))


def test_what_is_no_json_is_named() -> None:
    with pytest.raises(InvalidArgumentError, match=r"rules\.goals\.allow\.view is object"):
        Rules.from_json({"goals": {"allow": {"view": object()}}})


def test_rule_is_the_text_itself() -> None:
    assert rule("auth.id == data.owner") == "auth.id == data.owner"
    assert rule("newData.a == data.a", action="update") == "newData.a == data.a"
    assert rule("isOwner && anything") == "isOwner && anything"  # binds are known to the rules only


WRONG: dict[str, tuple[tuple[Any, ...], dict[str, Any], str]] = {
    "syntax": (("data.ref(",), {}, "rule, column 10: the end cannot stand here.\n    data.ref(\n             ^"),
    "a name of another action": (
        ("newData.a == 1",),
        {"action": "view"},
        "rule, column 1: There is no `newData` here.\n    newData.a == 1\n    ^",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_rule_points_at_the_column(name: str) -> None:
    arguments, options, told = WRONG[name]
    with pytest.raises(RulesError) as caught:
        rule(*arguments, **options)
    assert caught.value.problems == (told,)


def test_rule_takes_texts_and_known_actions() -> None:
    with pytest.raises(InvalidArgumentError, match="rule takes a text, got True"):
        rule(True)  # type: ignore[arg-type]  # that is what is tested
    with pytest.raises(InvalidArgumentError, match=r"'veiw' is no action\. Did you mean 'view'"):
        rule("true", action="veiw")


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["true", "a", "data.a == auth.id", "1 +"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "b", "$default"]), inner),
    max_leaves=6,
)
_namespaces = _values | st.fixed_dictionaries(
    {},
    optional={
        "allow": _values
        | st.fixed_dictionaries({}, optional=dict.fromkeys(("view", "update", "link", "unlink", "$default"), _values)),
        "bind": _values,
        "fields": _values,
    },
)


@given(st.dictionaries(st.sampled_from(["a", "attrs", "$users", "$default", "$rateLimits", "$x"]), _namespaces))
def test_faults_of_anything_can_be_told(code: dict[str, Any]) -> None:
    faults = Rules.from_json(code).faults()
    assert all(isinstance(fault, str) for fault in faults)
    assert len(set(faults)) == len(faults)
    assert faults or not check_rules(code)
