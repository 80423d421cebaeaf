"""Which rules a transaction asks, what they see, and what their answers do."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.permissions.shelves import Checked, Library, asked, eid
from tests.local.support import Answer

OLD, NEW, OTHER, SHELF = eid("old"), eid("new"), eid("other"), eid("shelf")
LINKS_CLOSED = {"allow": {"link": {"$default": "false"}, "unlink": {"$default": "false"}}}


@pytest.fixture
def library(instance: LocalInstant) -> Library:
    """A book that stands on a shelf, with two notes and a tag, and another shelf."""
    library = Library(instance)
    library.write(
        ["update", "shelves", SHELF, {"label": "A"}],
        ["update", "shelves", OTHER, {"label": "B"}],
        ["update", "books", OLD, {"title": "Emma", "meta": {"pages": 10}, "isbn": "1"}],
        ["link", "books", OLD, {"shelf": SHELF, "tags": eid("tag")}],
        ["update", "tags", eid("tag"), {"word": "old"}],
        ["update", "notes", eid("n1"), {"text": "one"}],
        ["update", "notes", eid("n2"), {"text": "two"}],
        ["link", "notes", eid("n1"), {"book": OLD}],
        ["link", "notes", eid("n2"), {"book": OLD}],
    )
    return library


def _denied(answer: Answer) -> list[str]:
    assert answer.type == "permission-denied", answer
    assert answer.hint["expected"] == "perms-pass?"
    subject: list[str] = answer.hint["input"]
    return subject


def _only(checks: list[Checked]) -> Checked:
    assert len(checks) == 1, checks
    return checks[0]


class TestCreateAndUpdate:
    @pytest.mark.parametrize("action", ["create", "update", "merge"])
    def test_making_an_entity_asks_the_create_rule_only(self, library: Library, action: str) -> None:
        checks = library.check([action, "books", NEW, {"title": "Persuasion"}])
        assert asked(checks) == [("create", "books", NEW)]

    @pytest.mark.parametrize("action", ["update", "merge"])
    def test_changing_an_entity_asks_the_update_rule_only(self, library: Library, action: str) -> None:
        checks = library.check([action, "books", OLD, {"title": "Persuasion"}])
        assert asked(checks) == [("update", "books", OLD)]

    def test_a_new_record_is_what_the_steps_say(self, library: Library) -> None:
        check = _only(library.check(["create", "books", NEW, {"title": "P", "meta": None}]))
        expected = {"id": NEW, "title": "P", "meta": None}
        assert check.bindings["data"] == check.bindings["new-data"] == expected

    def test_the_record_before_and_the_sum_of_all_steps_are_seen(self, library: Library) -> None:
        check = _only(
            library.check(
                ["update", "books", OLD, {"title": "One"}],
                ["merge", "books", OLD, {"meta": {"year": 1815}}],
                ["update", "books", OLD, {"title": "Two"}],
                ["unlink", "books", OLD, {"shelf": SHELF}],
                rules={"shelves": {"allow": {"unlink": {"books": "true"}}}},
            )[:1]
        )
        assert check.bindings["data"]["title"] == "Emma"
        new = check.bindings["new-data"]
        assert (new["title"], new["meta"]) == ("Two", {"pages": 10, "year": 1815})
        assert "shelf" not in new
        assert check.bindings["modified-fields"] == ["title", "meta"]

    def test_whatever_is_unlinked_the_new_record_has_nothing_there(self, library: Library) -> None:
        check = library.check(["unlink", "books", OLD, {"shelf": OTHER}])[0]
        assert "shelf" not in check.bindings["new-data"]
        assert check.bindings["modified-fields"] == []

    def test_links_to_many_are_in_new_records_by_the_last_of_them(self, library: Library) -> None:
        check = library.check(["link", "books", OLD, {"tags": [eid("other"), eid("tag")], "shelf": OTHER}])[0]
        assert check.bindings["modified-fields"] == ["tags", "shelf"]
        assert "tags" not in check.bindings["data"]
        assert check.bindings["new-data"]["tags"] == eid("tag")
        assert check.bindings["new-data"]["shelf"] == OTHER

    def test_a_lookup_and_an_id_of_one_entity_are_one(self, library: Library) -> None:
        checks = library.check(
            ["ruleParams", "books", OLD, {"a": 1}],
            ["ruleParams", "books", ["isbn", "1"], {"b": 2}],
            ["update", "books", ["isbn", "1"], {"title": "x"}],
            ["update", "books", OLD, {"meta": 1}],
        )
        check = _only(checks)
        assert check.eid == OLD
        assert check.bindings["rule-params"] == {"a": 1, "b": 2}
        assert check.bindings["modified-fields"] == ["title", "meta"]

    def test_what_a_lookup_makes_is_asked_about_by_its_id_and_has_the_value(self, library: Library) -> None:
        check = _only(library.check(["update", "books", ["isbn", "9"], {"title": "x"}]))
        assert check.action == "create"
        assert check.bindings["data"] == {"id": check.eid, "isbn": "9", "title": "x"}

    def test_an_attribute_made_with_the_lookup_works_too(self, library: Library) -> None:
        checks = library.check(["update", "notes", ["slug", "s"], {"text": "x"}])
        assert [(check.action, check.etype) for check in checks] == [("create", "attrs"), ("create", "notes")]
        assert checks[0].bindings["data"]["unique?"] is True
        assert checks[1].bindings["data"]["slug"] == "s"

    def test_a_rule_about_what_a_null_lookup_makes_cannot_be_asked(self, library: Library) -> None:
        library.rule({"books": {"allow": {"create": "true"}}})
        answer = library.transact(["update", "books", ["isbn", None], {"title": "x"}])
        assert (answer.type, answer.hint["data-type"]) == ("validation-failed", "lookup")

    def test_the_same_id_in_two_namespaces_is_two_entities(self, library: Library) -> None:
        checks = library.check(["update", "books", OLD, {}], ["update", "notes", OLD, {}])
        assert asked(checks) == [("update", "books", OLD), ("create", "notes", OLD)]

    def test_modified_fields_are_those_of_the_id_in_any_namespace(self, library: Library) -> None:
        checks = library.check(["update", "books", OLD, {"title": "x"}], ["update", "notes", OLD, {"text": "y"}])
        assert [check.bindings["modified-fields"] for check in checks] == [["title", "text"]] * 2

    def test_an_entity_that_only_links_made_is_updated(self, library: Library) -> None:
        library.write(["link", "books", NEW, {"shelf": SHELF}])
        check = _only(library.check(["update", "books", NEW, {"title": "x"}]))
        assert (check.action, check.bindings["data"]) == ("update", {"id": NEW, "shelf": SHELF})

    def test_users_cannot_be_made_whatever_the_rules_say(self, library: Library) -> None:
        library.rule({"$default": {"allow": {"$default": "true"}}})
        library.write(["update", "$users", eid("ann"), {"nick": "a"}])
        assert library.transact(["update", "$users", eid("ann"), {"nick": "b"}]).status == 200
        answer = library.transact(["update", "$users", NEW, {"nick": "b"}])
        assert (answer.type, answer.hint["data-type"]) == ("validation-failed", "tx-step")


class TestLinks:
    def test_without_link_rules_the_holder_is_updated_and_the_target_seen(self, library: Library) -> None:
        for step in (
            ["link", "books", OLD, {"shelf": OTHER}],
            ["link", "shelves", OTHER, {"books": OLD}],
            ["unlink", "shelves", OTHER, {"books": OLD}],
        ):
            assert asked(library.check(step)) == [("update", "books", OLD), ("view", "shelves", OTHER)]

    def test_ends_that_are_not_there_are_not_asked_about(self, library: Library) -> None:
        assert asked(library.check(["link", "books", OLD, {"shelf": NEW}])) == [("update", "books", OLD)]
        assert asked(library.check(["link", "books", NEW, {"shelf": eid("no")}])) == [("create", "books", NEW)]
        assert library.check(["unlink", "books", NEW, {"shelf": eid("no")}]) == []

    def test_a_target_that_the_call_makes_is_seen_afterwards(self, library: Library) -> None:
        checks = library.check(["link", "books", OLD, {"shelf": NEW}], ["create", "shelves", NEW, {"label": "C"}])
        assert asked(checks) == [("update", "books", OLD), ("view", "shelves", NEW), ("create", "shelves", NEW)]
        assert checks[1].bindings["data"] == {"id": NEW, "label": "C"}

    @pytest.mark.parametrize(
        ("rules", "expected"),
        [
            ({"books": {"allow": {"link": {"shelf": "true"}}}}, [("link", "books", OLD)]),
            ({"shelves": {"allow": {"link": {"books": "true"}}}}, [("link", "shelves", OTHER)]),
            (
                {"books": {"allow": {"link": {"$default": "true"}}}, "shelves": {"allow": {"link": {"books": "true"}}}},
                [("link", "books", OLD), ("link", "shelves", OTHER)],
            ),
            (
                {"books": {"allow": {"link": {"tags": "true"}}}},
                [("update", "books", OLD), ("view", "shelves", OTHER)],
            ),
        ],
    )
    def test_link_rules_replace_update_and_view(
        self, library: Library, rules: dict[str, Any], expected: list[tuple[str, str, str]]
    ) -> None:
        assert asked(library.check(["link", "books", OLD, {"shelf": OTHER}], rules=rules)) == expected
        assert asked(library.check(["link", "shelves", OTHER, {"books": OLD}], rules=rules)) == expected

    def test_an_update_that_sets_a_link_asks_for_both(self, library: Library) -> None:
        rules = {"books": {"allow": {"link": {"shelf": "false"}}}}
        checks = library.check(["update", "books", OLD, {"shelf": OTHER}], rules=rules)
        assert asked(checks) == [("update", "books", OLD), ("link", "books", OLD)]

    def test_with_a_link_rule_a_link_that_makes_its_holder_asks_no_create_rule(self, library: Library) -> None:
        rules = {"books": {"allow": {"create": "false", "link": {"shelf": "actions.data == 'create'"}}}}
        checks = library.check(["link", "books", NEW, {"shelf": OTHER}], rules=rules)
        assert asked(checks) == [("link", "books", NEW)]
        assert checks[0].passes
        assert checks[0].bindings["actions"] == {"data": "create", "linkedData": "update"}

    def test_the_holder_sees_the_target_as_it_was_and_the_target_the_holder_as_it_will_be(
        self, library: Library
    ) -> None:
        rules = {"books": {"allow": {"link": {"shelf": "true"}}}, "shelves": {"allow": {"link": {"books": "true"}}}}
        steps = [
            ["update", "shelves", OTHER, {"label": "C"}],
            ["link", "books", OLD, {"shelf": OTHER}],
        ]
        holder, target = library.check(*steps, rules=rules)[1:]
        assert holder.bindings["linked-data"] == {"id": OTHER, "label": "B"}
        assert target.bindings["linked-data"]["shelf"] == OTHER
        assert target.bindings["data"] == {"id": OTHER, "label": "B", "$action": "update"}
        assert (holder.bindings["linked-etype"], target.bindings["linked-etype"]) == ("shelves", "books")
        assert target.program["etype"] == "books"

    def test_unlink_rules_have_no_actions(self, library: Library) -> None:
        rules = {"books": {"allow": {"unlink": {"shelf": "linkedData.label == 'A'"}}}}
        check = _only(library.check(["unlink", "books", OLD, {"shelf": SHELF}], rules=rules))
        assert (check.action, check.passes) == ("unlink", True)
        assert "actions" not in check.bindings

    def test_when_a_link_goes_both_ends_see_the_other_as_it_was(self, library: Library) -> None:
        rules = {"books": {"allow": {"unlink": {"shelf": "true"}}}, "shelves": {"allow": {"unlink": {"books": "true"}}}}
        holder, target = library.check(["unlink", "books", OLD, {"shelf": SHELF}], rules=rules)
        assert holder.bindings["linked-data"] == {"id": SHELF, "label": "A"}
        assert target.bindings["linked-data"]["shelf"] == SHELF
        assert target.bindings["data"] == {"id": SHELF, "label": "A"}

    def test_what_the_call_makes_is_not_asked_about_when_a_link_goes(self, library: Library) -> None:
        rules = {"books": {"allow": {"unlink": {"shelf": "false"}}}}
        steps = [["create", "books", NEW, {}], ["unlink", "books", NEW, {"shelf": SHELF}]]
        assert asked(library.check(*steps, rules=rules)) == [("create", "books", NEW)]

    def test_only_a_target_that_was_there_has_the_action_in_its_record(self, library: Library) -> None:
        rules = {"shelves": {"allow": {"link": {"books": "true"}}}}
        steps = [["create", "shelves", NEW, {}], ["link", "books", OLD, {"shelf": NEW}]]
        check = library.check(*steps, rules=rules)[-1]
        assert (check.action, check.bindings["data"]) == ("link", {"id": NEW})

    def test_a_plain_value_is_unlinked_without_asking(self, library: Library) -> None:
        assert library.check(["unlink", "books", OLD, {"title": SHELF}]) == []

    @pytest.mark.parametrize("bad", ["link", "unlink"])
    def test_a_rule_that_does_not_compile_breaks_linking_and_unlinking(self, library: Library, bad: str) -> None:
        library.rule({"shelves": {"allow": {bad: {"books": "nope("}}}})
        for action in ("link", "unlink"):
            answer = library.transact([action, "books", OLD, {"shelf": SHELF}])
            assert answer.hint["input"] == ["shelves", "allow", bad, "books"]
        assert library.transact(["link", "books", OLD, {"tags": eid("tag")}]).status == 200

    def test_paths_of_the_rule_of_a_target_begin_where_the_link_is_stored(self, library: Library) -> None:
        rule = "data.ref('shelf.label') == [] && 'B' in linkedData.ref('shelf.label')"
        library.rule({"shelves": {"allow": {"link": {"books": rule}}}})
        library.write(["link", "books", OLD, {"shelf": OTHER}])
        assert library.transact(["link", "shelves", SHELF, {"books": OLD}]).status == 200

    def test_linked_data_of_nothing_cannot_be_evaluated(self, library: Library) -> None:
        library.rule({"books": {"allow": {"link": {"shelf": "linkedData.label == 'A'"}}}})
        answer = library.transact(["link", "books", OLD, {"shelf": NEW}])
        assert answer.type == "permission-evaluation-failed"
        assert answer.hint["rule"] == ["books", "link"]
        assert answer.hint["error"]["type"] == "INTERNAL_ERROR"

    def test_linking_the_same_twice_is_asked_once(self, library: Library) -> None:
        step = ["link", "books", OLD, {"shelf": OTHER}]
        assert len(library.check(step, step)) == 2
        rules = {"books": {"allow": {"link": {"shelf": "true"}}}}
        assert len(library.check(step, step, rules=rules)) == 1

    def test_links_of_one_entity_to_several_are_asked_one_by_one(self, library: Library) -> None:
        rules = {"books": {"allow": {"link": {"shelf": "true"}}}}
        steps = [["link", "books", OLD, {"shelf": shelf}] for shelf in (OTHER, SHELF)]
        checks = library.check(*steps, rules=rules)
        assert [check.bindings["linked-data"]["label"] for check in checks] == ["B", "A"]

    def test_a_target_given_by_lookup_is_found(self, library: Library) -> None:
        check = library.check(["link", "books", OLD, {"shelf": {"label": "B"}}])
        assert asked(check) == [("update", "books", OLD), ("view", "shelves", OTHER)]
        assert check[0].bindings["new-data"]["shelf"] == OTHER

    def test_parameters_of_both_ends_reach_both_and_the_own_ones_win(self, library: Library) -> None:
        params = [["ruleParams", "books", OLD, {"v": 1, "b": 1}], ["ruleParams", "shelves", OTHER, {"v": 2, "s": 2}]]
        holder, target = library.check(*params, ["link", "books", OLD, {"shelf": OTHER}])
        assert holder.bindings["rule-params"] == {"v": 1, "b": 1, "s": 2}
        assert target.bindings["rule-params"] == {"v": 2, "b": 1, "s": 2}


class TestDeletes:
    def test_a_missing_entity_is_asked_about_with_nothing(self, library: Library) -> None:
        rules = {"books": {"allow": {"delete": "data.id == null && data.ref('shelf.label') == []"}}}
        check = _only(library.check(["delete", "books", NEW], rules=rules))
        assert (check.bindings, check.passes) == ({"data": None, "rule-params": None}, True)

    def test_a_missing_lookup_is_not_asked_about(self, library: Library) -> None:
        assert library.check(["delete", "books", ["isbn", "9"]]) == []

    def test_what_goes_with_an_entity_is_asked_about_too(self, library: Library) -> None:
        checks = library.check(["delete", "books", OLD])
        assert asked(checks)[0] == ("delete", "books", OLD)
        assert sorted(asked(checks)[1:]) == sorted(("delete", "notes", eid(name)) for name in ("n1", "n2"))

    def test_each_is_asked_about_once_however_it_is_reached(self, library: Library) -> None:
        checks = library.check(["delete", "notes", eid("n1")], ["delete", "books", OLD], ["delete", "books", OLD])
        assert len(checks) == 3

    def test_parameters_are_inherited_and_own_ones_win(self, library: Library) -> None:
        checks = library.check(
            ["ruleParams", "books", OLD, {"a": 1, "b": 1}],
            ["ruleParams", "notes", eid("n1"), {"b": 2}],
            ["delete", "books", OLD],
        )
        params = {check.eid: check.bindings["rule-params"] for check in checks}
        assert params == {OLD: {"a": 1, "b": 1}, eid("n1"): {"a": 1, "b": 2}, eid("n2"): {"a": 1, "b": 1}}

    def test_one_denial_among_them_keeps_all(self, library: Library) -> None:
        library.rule({"notes": {"allow": {"delete": "data.text != 'two'"}}})
        assert _denied(library.transact(["delete", "books", OLD])) == ["notes", "object"]
        rows = library.admin.ok("/admin/query", {"query": {"books": {}, "notes": {}}})
        assert (len(rows["books"]), len(rows["notes"])) == (1, 2)


class TestAttributes:
    def test_new_attributes_are_asked_about_first_and_afterwards(self, library: Library) -> None:
        checks = library.check(["update", "books", OLD, {"year": 1}], ["create", "books", NEW, {"year": 1}])
        assert [(check.action, check.etype) for check in checks] == [
            ("update", "books"),
            ("create", "attrs"),
            ("create", "books"),
        ]

    def test_the_definition_is_the_data(self, library: Library) -> None:
        rules = {"attrs": {"allow": {"create": "data['value-type'] == 'blob' && data['cardinality'] == 'one'"}}}
        assert library.check(["update", "books", OLD, {"year": 1}], rules=rules)[-1].passes
        assert not library.check(["link", "books", OLD, {"friends": NEW}], rules=rules)[-1].passes

    def test_a_definition_is_no_new_data(self, library: Library) -> None:
        library.rule({"$default": {"allow": {"create": "newData.title == null"}}})
        answer = library.transact(["update", "books", OLD, {"year": 1}])
        assert answer.hint["rule"] == ["attrs", "create"]
        assert answer.hint["error"]["type"] == "INTERNAL_ERROR"

    def test_a_denied_attribute_is_not_made(self, library: Library) -> None:
        library.rule({"attrs": {"allow": {"create": "false"}}})
        assert _denied(library.transact(["update", "books", OLD, {"year": 1}])) == ["attrs", "attr"]
        assert "year" not in library.admin.get("/admin/schema").body["schema"]["blobs"]["books"]

    def test_only_admins_delete_attributes(self, library: Library) -> None:
        library.rule({"$default": {"allow": {"$default": "true"}}})
        schema = library.admin.get("/admin/schema").body["schema"]
        step = ["delete-attr", schema["blobs"]["books"]["title"]["id"]]
        assert _denied(library.transact(step)) == ["attrs", "attr"]
        check = _only(library.check(step))
        assert (check.action, check.etype, check.eid, check.passes) == ("delete", "attrs", None, False)


class TestOrder:
    def test_an_evaluation_error_goes_before_a_denial_of_the_same_half(self, library: Library) -> None:
        library.rule({"books": {"allow": {"update": "false", "delete": "data.title > 1"}}})
        answer = library.transact(["update", "books", OLD, {}], ["delete", "books", OLD])
        assert answer.type == "permission-evaluation-failed"

    def test_a_denial_before_the_write_goes_before_errors_after_it(self, library: Library) -> None:
        library.rule({"books": {"allow": {"create": "data.title > 1", "update": "false"}}})
        answer = library.transact(["create", "books", NEW, {"title": "x"}], ["update", "books", OLD, {}])
        assert _denied(answer) == ["books", "object"]

    def test_the_first_denial_is_told(self, library: Library) -> None:
        library.rule({"$default": {"allow": {"update": "false", "delete": "false"}}})
        first, second = ["update", "books", OLD, {}], ["delete", "shelves", SHELF]
        assert _denied(library.transact(first, second)) == ["books", "object"]
        assert _denied(library.transact(second, first)) == ["shelves", "object"]

    def test_before_the_write_rules_go_before_types_and_after_it_behind_them(self, library: Library) -> None:
        library.rule({"books": {"allow": {"create": "false", "update": "false"}}})
        assert library.transact(["update", "books", OLD, {"title": 5}]).type == "permission-denied"
        assert library.transact(["create", "books", NEW, {"title": 5}]).type == "validation-failed"

    def test_create_rules_follow_links_that_the_call_makes_update_rules_do_not(self, library: Library) -> None:
        rule = "'B' in data.ref('shelf.label')"
        library.rule({"books": {"allow": {"create": rule, "update": rule}}})
        made = [["create", "books", NEW, {}], ["link", "books", NEW, {"shelf": OTHER}]]
        assert library.transact(*made).status == 200
        moved = [["update", "books", OLD, {}], ["link", "books", OLD, {"shelf": OTHER}]]
        assert _denied(library.transact(*moved)) == ["books", "object"]


class TestChecking:
    def test_nothing_is_kept_unless_it_is_wanted_and_allowed(self, library: Library) -> None:
        step, body = ["create", "books", NEW, {"title": "x", "fresh": 1}], {"dangerously-commit-tx": True}
        library.check(step)
        library.check(step, rules={"books": {"allow": {"create": "false"}}}, **body)
        assert len(library.admin.ok("/admin/query", {"query": {"books": {}}})["books"]) == 1
        assert "fresh" not in library.admin.get("/admin/schema").body["schema"]["blobs"]["books"]
        library.check(step, **body)
        assert len(library.admin.ok("/admin/query", {"query": {"books": {}}})["books"]) == 2

    def test_a_denied_step_does_not_hide_the_errors_behind_it(self, library: Library) -> None:
        body = {
            "steps": [["update", "books", OLD, {"title": "x"}], ["create", "books", NEW, {"title": 5}]],
            "rules-override": {"books": {"allow": {"update": "false"}}},
        }
        answer = library.admin.post("/admin/transact_perms_check", body, **{"as-guest": "true"})
        assert (answer.type, answer.hint["attribute"]) == ("validation-failed", "title")

    def test_the_cause_of_an_error_is_named(self, library: Library) -> None:
        rules = {"books": {"allow": {"update": "data.title > 1"}}}
        body = {"steps": [["update", "books", OLD, {}]], "rules-override": rules}
        named = library.admin.post("/admin/transact_perms_check", body, **{"as-guest": "true"})
        library.rule(rules)
        hidden = library.transact(["update", "books", OLD, {}])
        assert hidden.hint["error"]["hint"] == "You may have a typo"
        assert named.hint["error"]["hint"] != "You may have a typo"
        assert named.hint["error"]["type"] == hidden.hint["error"]["type"] == "OVERLOAD_NOT_FOUND"

    @pytest.mark.parametrize("override", ["x", 5, [], True])
    def test_an_override_of_rules_must_be_an_object(self, library: Library, override: object) -> None:
        body = {"steps": [], "rules-override": override}
        assert library.admin.post("/admin/transact_perms_check", body, **{"as-guest": "true"}).status == 400

    @pytest.mark.parametrize("key", ["ip-override", "origin-override"])
    def test_a_blank_override_is_malformed(self, library: Library, key: str) -> None:
        answer = library.admin.post("/admin/transact_perms_check", {"steps": [], key: " "}, **{"as-guest": "true"})
        assert (answer.type, answer.hint["in"]) == ("param-malformed", ["body", key])
