"""Whatever two schemas are: a push of the second to an app with the first makes it the app's."""

from __future__ import annotations

from hypothesis import event, given, settings

from instant_admin import InstantAdmin, RecordNotUniqueError, Schema, ValidationFailedError
from instant_admin.local import LocalInstant
from instant_admin.schema import SchemaDifference
from tests.support.schema_strategies import schemas

_INSTANCE = LocalInstant()


def fresh() -> InstantAdmin:
    """A client of a new app."""
    return InstantAdmin.local(instance=_INSTANCE, app=_INSTANCE.create_app())


@settings(max_examples=40)
@given(first=schemas(), second=schemas())
def test_plan_after_push_is_empty(first: Schema, second: Schema) -> None:
    with fresh() as db:
        db.schema.push(first)
        assert not db.schema.plan(first)
        planned = db.schema.plan(second)
        event(f"destroys data: {planned.destroys_data}")
        assert str(db.schema.push(second, allow_destructive=True).plan) == str(planned)
        assert not db.schema.plan(second)
        # An entity without attributes and links is nothing to the server.
        assert [change for change in db.schema.pull().diff(second) if change.part != "entity"] == []


@settings(max_examples=40)
@given(first=schemas(), second=schemas())
def test_additive_push_takes_nothing_away(first: Schema, second: Schema) -> None:
    with fresh() as db:
        db.schema.push(first)
        before = db.schema.pull()
        try:
            db.schema.push(second, additive=True)
        except (ValidationFailedError, RecordNotUniqueError):
            event("refused")  # an attribute here is a link there
            assert db.schema.pull() == before
        else:
            assert not db.schema.plan(second, additive=True)
            assert [change for change in before.diff(db.schema.pull()) if change.kind == "remove"] == []


@settings(max_examples=20)
@given(schema=schemas())
def test_what_is_pulled_is_a_schema_that_can_be_pushed(schema: Schema) -> None:
    with fresh() as db, fresh() as other:
        db.schema.push(schema)
        pulled = db.schema.pull()
        assert pulled.conflicts() == ()
        assert not db.schema.plan(pulled)
        other.schema.push(pulled)
        assert db.schema.pull().diff(other.schema.pull()) == SchemaDifference()
