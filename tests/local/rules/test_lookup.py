"""Which rule answers for a namespace and an action."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local.errors import Refusal
from instant_admin.local.rules import Rule, Rules, rules_of
from instant_admin.local.rules.lookup import Action

OWN, OWN_DEFAULT, GLOBAL, GLOBAL_DEFAULT = "data.a == 1", "data.a == 2", "data.a == 3", "data.a == 4"


def _code(rule: Rule | None) -> str | bool | None:
    return None if rule is None else rule.display_code


@pytest.mark.parametrize(
    ("own", "default", "expected"),
    [
        ({"update": OWN, "$default": OWN_DEFAULT}, {"update": GLOBAL, "$default": GLOBAL_DEFAULT}, OWN),
        ({"view": OWN, "$default": OWN_DEFAULT}, {"update": GLOBAL, "$default": GLOBAL_DEFAULT}, OWN_DEFAULT),
        ({"view": OWN}, {"update": GLOBAL, "$default": GLOBAL_DEFAULT}, GLOBAL),
        ({"view": OWN}, {"view": GLOBAL, "$default": GLOBAL_DEFAULT}, GLOBAL_DEFAULT),
        ({"view": OWN}, {"view": GLOBAL}, None),
        ({"update": None, "$default": None}, {"update": None, "$default": GLOBAL_DEFAULT}, GLOBAL_DEFAULT),
        ({"update": False, "$default": OWN_DEFAULT}, {}, False),
        ({"$default": True}, {"update": GLOBAL}, True),
        ("a text", {"update": GLOBAL}, GLOBAL),
        (None, None, None),
    ],
)
def test_the_nearest_rule_wins_and_null_is_none(own: object, default: object, expected: object) -> None:
    rules = Rules({"goals": {"allow": own}, "$default": {"allow": default}})
    assert _code(rules.find("goals", "update")) == expected


@pytest.mark.parametrize("code", [{"goals": "text"}, {"goals": None}, {"goals": []}, {"$default": 5}])
def test_what_is_no_object_holds_no_rules(code: dict[str, Any]) -> None:
    rules = Rules(code)
    assert rules.find("goals", "view") is None
    assert rules.find_link("goals", "link", "owner", "goals") is None
    assert rules.find_field("goals", "title") is None


@pytest.mark.parametrize(
    ("etype", "action", "expected"),
    [
        ("$users", "create", None),
        ("$users", "delete", "false"),
        ("$files", "view", "false"),
        ("$streams", "create", "false"),
        ("$magicCodes", "view", "false"),
        ("goals", "delete", None),
        ("attrs", "create", None),
    ],
)
def test_system_namespaces_have_rules_of_their_own(etype: str, action: Action, expected: object) -> None:
    rule = Rules({}).find(etype, action)
    assert (None if rule is None else rule.program.source) == expected


def test_a_rule_that_is_built_in_is_shown_by_a_name() -> None:
    shown = {action: _code(Rules({}).find("$files", action)) for action in ("view", "delete")}
    assert shown == {"view": "false", "delete": "disallow_delete_on_system_tables"}


@pytest.mark.parametrize("etype", ["$users", "$files", "$streams", "attrs"])
def test_the_global_default_comes_before_what_is_built_in(etype: str) -> None:
    assert _code(Rules({"$default": {"allow": {"$default": GLOBAL_DEFAULT}}}).find(etype, "create")) == GLOBAL_DEFAULT


def test_links_and_attributes_are_looked_up_in_their_namespace_only() -> None:
    allow = {"link": {"owner": OWN}, "unlink": {"$default": OWN}, "$default": OWN}
    rules = Rules({"$default": {"allow": allow, "fields": {"title": OWN}}})
    assert rules.find_link("goals", "link", "owner", "goals") is None
    assert rules.find_link("goals", "unlink", "owner", "goals") is None
    assert rules.find_field("goals", "title") is None


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"owner": OWN, "$default": OWN_DEFAULT}, OWN),
        ({"todos": OWN, "$default": OWN_DEFAULT}, OWN_DEFAULT),
        ({"owner": None, "$default": OWN_DEFAULT}, OWN_DEFAULT),
        ({"owner": False}, False),
        ({"todos": OWN}, None),
        ("text", None),
    ],
)
def test_a_label_of_its_own_wins_over_the_default_for_links(links: object, expected: object) -> None:
    rules = Rules({"goals": {"allow": {"link": links, "unlink": links, "$default": "false"}}})
    assert _code(rules.find_link("goals", "link", "owner", "goals")) == expected
    assert _code(rules.find_link("goals", "unlink", "owner", "goals")) == expected


def test_a_link_rule_names_the_namespace_where_the_link_is_stored() -> None:
    rule = Rules({"users": {"allow": {"link": {"goals": OWN}}}}).find_link("users", "link", "goals", "goals")
    assert rule is not None
    assert rule.shown() == {"etype": "goals", "action": "link", "code": OWN, "display-code": OWN}


def test_a_link_rule_has_the_binds_of_that_namespace() -> None:
    code = {
        "users": {"bind": {"mine": "false"}, "allow": {"link": {"goals": "mine"}}},
        "goals": {"bind": {"mine": "data.id == auth.id"}},
    }
    rule = Rules(code).find_link("users", "link", "goals", "goals")
    assert rule is not None
    assert rule.shown()["code"] == "cel.bind(mine, data.id == auth.id, mine)"


def test_code_has_the_binds_around_it_and_the_display_code_not() -> None:
    code = {
        "goals": {"bind": ["mine", "auth.id == data.owner"], "allow": {"view": "mine"}},
        "$default": {"bind": {"mine": "false", "other": "true"}, "allow": {"update": "other && mine"}},
    }
    view, update = Rules(code).find("goals", "view"), Rules(code).find("goals", "update")
    assert view is not None
    assert update is not None
    assert view.shown()["code"] == "cel.bind(mine, auth.id == data.owner, mine)"
    assert view.shown()["display-code"] == "mine"
    assert "auth.id == data.owner" in update.shown()["code"]


def test_there_is_no_rule_for_an_id() -> None:
    assert Rules({"goals": {"fields": {"id": "false"}}}).find_field("goals", "id") is None


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ({"goals": {"allow": {"$default": "nope("}}}, ["goals", "allow", "$default"]),
        ({"$default": {"allow": {"view": "nope("}}}, ["$default", "allow", "view"]),
        ({"$default": {"allow": {"$default": 5}}}, ["$default", "allow", "$default"]),
        ({"goals": {"allow": {"$default": ""}}}, ["goals", "allow", "$default"]),
        ({"goals": {"allow": {"$default": "newData.x == 1"}}}, ["goals", "allow", "$default"]),
        ({"goals": {"bind": ["odd"], "allow": {"$default": "odd"}}}, ["goals", "allow", "$default"]),
    ],
)
def test_a_rule_that_does_not_compile_is_refused_when_it_is_needed(code: dict[str, Any], path: list[str]) -> None:
    with pytest.raises(Refusal) as caught:
        Rules(code).find("goals", "view")
    assert caught.value.type == "validation-failed"
    hint = caught.value.hint
    assert isinstance(hint, dict)
    assert (hint["data-type"], hint["input"]) == ("permission", path)
    assert hint["errors"][0]["message"]


def test_other_rules_still_work_beside_one_that_does_not_compile() -> None:
    rules = Rules({"goals": {"allow": {"view": "true", "$default": "nope("}}})
    assert _code(rules.find("goals", "view")) == "true"


def test_the_same_text_of_rules_is_compiled_once() -> None:
    text = '{"goals": {"allow": {"view": "data.a == 1"}}}'
    assert rules_of(text).find("goals", "view") is rules_of(text).find("goals", "view")
