"""The latest evaluations of rules."""

from __future__ import annotations

import pytest

from instant_admin.local import LocalInstant
from instant_admin.local.permissions import Evaluation
from tests.local.permissions.shelves import Library, eid


@pytest.fixture
def library(instance: LocalInstant) -> Library:
    """One book."""
    rules = {
        "books": {
            "bind": ["named", "data.title != null"],
            "allow": {"view": "named", "update": "data.title > 1", "create": "data.title"},
        }
    }
    library = Library(instance, rules)
    library.write(["update", "books", eid("a"), {"title": "Emma"}])
    return library


def test_nothing_is_kept_while_it_is_off(library: Library) -> None:
    library.query({"books": {}})
    trace = library.admin.instance.rule_trace
    assert (trace.is_on, trace.evaluations()) == (False, [])


def test_each_evaluation_is_kept_with_its_value_or_error(library: Library) -> None:
    trace = library.admin.instance.rule_trace
    trace.start(10)
    library.query({"books": {}})
    library.transact(["update", "books", eid("a"), {}])
    library.transact(["create", "books", eid("b"), {"title": "x"}])
    view, update, create = trace.evaluations()
    assert view == Evaluation("books", "view", "cel.bind(named, data.title != null, named)", result=True)
    assert (update.action, update.result) == ("update", None)
    assert update.error
    assert (create.result, create.error) == ("x", None)


def test_older_ones_are_dropped_and_stopping_forgets_all(library: Library) -> None:
    trace = library.admin.instance.rule_trace
    trace.start(2)
    for _ in range(3):
        library.query({"books": {}})
    assert len(trace.evaluations()) == 2
    trace.stop()
    assert trace.evaluations() == []


def test_a_rule_that_runs_twice_is_kept_once(library: Library) -> None:
    library.rule({"books": {"allow": {"view": "data.ref('shelf.label') == []"}}})
    trace = library.admin.instance.rule_trace
    trace.start(10)
    library.query({"books": {}})
    assert [evaluation.result for evaluation in trace.evaluations()] == [True]
