"""What the full checks say of transactions held to a schema."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from instant_admin import InvalidArgumentError, TransactionChunk, i, lookup, tx
from instant_admin._core.transactions import collect_steps
from instant_admin._core.validation.steps import StepCheck
from instant_admin._core.validation.tables import compile_schema

A, B = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
SCHEMA = i.schema(
    entities={
        "goals": i.entity(
            {
                "title": i.string(),
                "slug": i.string().unique(),
                "rank": i.number(),
                "done": i.boolean(),
                "due": i.date(),
                "meta": i.json(),
            }
        ),
        "todos": i.entity({"title": i.string(), "code": i.number().unique()}),
    },
    links={
        "goalsTodos": {
            "forward": {"on": "todos", "label": "goal", "has": "one"},
            "reverse": {"on": "goals", "label": "todos", "has": "many"},
        }
    },
)


def _check(chunks: Any, check: StepCheck | None = None) -> None:
    (check or StepCheck(compile_schema(SCHEMA, with_system=True))).check(collect_steps(chunks))


GOAL, TODO = tx.goals[A], tx.todos[B]
REFUSED: dict[str, tuple[TransactionChunk, str, str]] = {
    "a misspelt namespace": (tx.gaols[A].update({}), "gaols.update", "no namespace 'gaols'. Did you mean 'goals'?"),
    "a misspelt namespace of a delete": (tx.gaols[A].delete(), "gaols.delete", "Did you mean 'goals'?"),
    "a misspelt namespace of rule parameters": (tx.gaols[A].rule_params({"a": 1}), "gaols.ruleParams", "'goals'?"),
    "a misspelt attribute": (
        GOAL.update({"titel": "x"}),
        "goals.update.titel",
        "no attribute 'titel'. Did you mean 'title'?",
    ),
    "a misspelt attribute of a merge": (GOAL.merge({"mta": {}}), "goals.merge.mta", "Did you mean 'meta'?"),
    "a number for a text": (GOAL.create({"title": 5}), "goals.create.title", "expected a text for goals.title, got 5."),
    "a text for a number": (
        GOAL.update({"rank": "1"}),
        "goals.update.rank",
        "expected a number for goals.rank, got '1'.",
    ),
    "a boolean for a number": (GOAL.update({"rank": True}), "goals.update.rank", "got True."),
    "a number for a boolean": (GOAL.update({"done": 1}), "goals.update.done", "expected True or False for goals.done"),
    "a list for a text": (GOAL.update({"title": ["x"]}), "goals.update.title", "got ['x']."),
    "a boolean for a date": (GOAL.update({"due": False}), "goals.update.due", "a date (a datetime, ISO text or epoch"),
    "a text that is no date": (GOAL.update({"due": "31/12/2026"}), "goals.update.due", "no date that the server reads"),
    "a number that is no date": (GOAL.update({"due": 1e20}), "goals.update.due", "no date that the server reads"),
    "a link among attributes": (
        GOAL.update({"todos": B}),
        "goals.update.todos",
        "is a link; write .link({'todos': ...}).",
    ),
    "a lookup in a link among attributes": (TODO.update({"goal": [A]}), "todos.update.goal", "write .link("),
    "a link that is merged": (TODO.merge({"goal": A}), "todos.merge.goal", "write .link("),
    "a misspelt link": (GOAL.link({"todo": B}), "goals.link.todo", "'goals' has no link 'todo'. Did you mean 'todos'?"),
    "an attribute as a link": (GOAL.unlink({"title": B}), "goals.unlink.title", "is an attribute; write .update("),
    "a lookup by what is not unique": (
        tx.goals[lookup("title", "x")].delete(),
        "goals.delete",
        "goals.title is not unique",
    ),
    "a lookup by what does not exist": (tx.goals[lookup("slgu", "x")].delete(), "goals.delete", "Did you mean 'slug'?"),
    "a link to what does not exist": (
        GOAL.link({"todos": lookup("cod", 5)}),
        "goals.link.todos",
        "'todos' has no attribute 'cod'. Did you mean 'code'?",
    ),
    "a link to one of several that does not exist": (
        GOAL.link({"todos": [B, lookup("title", "x")]}),
        "goals.link.todos",
        "not unique",
    ),
    "a link from steps to what does not exist": (
        TransactionChunk.from_steps([["link", "goals", A, {"todos": [["title", 1], {"title": 1}]}]]),
        "goals.link.todos",
        "not unique",
    ),
}


@pytest.mark.parametrize(("chunk", "path", "words"), REFUSED.values(), ids=REFUSED)
def test_fault_is_told(chunk: TransactionChunk, path: str, words: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        _check(chunk)
    assert caught.value.path == path
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)


ACCEPTED: dict[str, TransactionChunk] = {
    "values of every type": GOAL.create(
        {
            "title": "x",
            "slug": "y",
            "rank": 1.5,
            "done": False,
            "due": datetime(2026, 1, 2, tzinfo=UTC),
            "meta": {"a": [1]},
        }
    ),
    "nulls": GOAL.update(dict.fromkeys(["title", "slug", "rank", "done", "due", "meta"])),
    "dates of every form": GOAL.update({"due": 1767323045123}).merge({"due": "Jan 2, 2026"}).update({"due": "now"}),
    "the id, which is dropped": GOAL.update({"id": A}),
    "nothing": GOAL.update({}),
    "anything as JSON": GOAL.update({"meta": 5}).merge({"meta": [None]}),
    "links both ways": GOAL.link({"todos": [B, lookup("code", 5)]}).unlink({"todos": []}),
    "a forward link among attributes": TODO.update({"goal": A}),
    "lookups": tx.goals[lookup("slug", "x")].update({"title": "y"}).delete(),
    "lookups by id and by link": TransactionChunk.from_steps(
        [["update", "todos", ["goal.id", A], {}], ["delete", "todos", {"id": B}]]
    ),
    "what every app has": tx["$users"][A].update({"email": "a@b.co"}).delete(),
    "rule parameters": GOAL.rule_params({"anything": object.__name__}),
    "steps about attributes": TransactionChunk.from_steps([["delete-attr", A], ["add-attr", {"id": A}]]),
}


@pytest.mark.parametrize("chunk", ACCEPTED.values(), ids=ACCEPTED)
def test_sound_chunk_is_accepted(chunk: TransactionChunk) -> None:
    _check(chunk)


def test_fault_names_the_step_and_the_entity() -> None:
    chunks = [tx.goals[A].update({"title": "x"}), tx.goals[B].update({"title": "y"}), tx.goals[B].update({"title": 5})]
    with pytest.raises(InvalidArgumentError, match=rf"got 5\. \(step 2, entity '{B}'\)"):
        _check(chunks)
