"""What a schema push would do, for people to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from instant_admin._core.schema.attributes import ID_LABEL, WireAttribute, WireObject, read_attributes, schema_of
from instant_admin._core.schema.difference import ChangedPart, ChangeKind, SchemaChange, SchemaDifference
from instant_admin._core.schema.jobs import IndexingJob
from instant_admin._core.schema.steps import Step, after_steps, attribute_of
from instant_admin.errors import DestructiveChangeError, InvalidArgumentError

_MARK = "!"
_KINDS: dict[str, ChangeKind] = {"add-attr": "add", "delete-attr": "remove"}


@dataclass(frozen=True, slots=True)
class SchemaPlan:
    """What a push would do. False if it would do nothing; `print` shows it, with `!` before what destroys data."""

    changes: SchemaDifference
    """Each change; those of which `destroys_data` is true need `allow_destructive=True`."""
    steps: tuple[Step, ...] = field(default=(), compare=False, repr=False)
    """The same as the server takes it."""

    @property
    def destroys_data(self) -> bool:
        """Whether values that are stored are gone after it."""
        return self.changes.destroys_data

    def __bool__(self) -> bool:
        return bool(self.steps)

    def __str__(self) -> str:
        lines = [f"{_MARK if change.destroys_data else ' '} {change}" for change in self.changes]
        if self.destroys_data:
            lines.append(f"Lines with {_MARK} destroy data.")
        return "\n".join(lines) or "no changes"


@dataclass(frozen=True, slots=True)
class SchemaPushResult:
    """A schema push that is done."""

    plan: SchemaPlan
    """What was done. False if the app had the schema already."""
    jobs: tuple[IndexingJob, ...] = ()
    """What the server did in the background, all of it completed."""


def check_destruction(plan: SchemaPlan, allow_destructive: object) -> None:
    """Refuse a plan that would destroy data, unless that is wanted.

    Raises:
        DestructiveChangeError: It would.
        InvalidArgumentError: What says so is no truth value.
    """
    if not isinstance(allow_destructive, bool):
        raise InvalidArgumentError(f"allow_destructive must be True or False, got {allow_destructive!r:.80}.")
    if plan.destroys_data and not allow_destructive:
        lost = "".join(f"\n  {_MARK} {change}" for change in plan.changes if change.destroys_data)
        raise DestructiveChangeError(
            f"The push would destroy data:{lost}\nPass additive=True to leave alone what the schema does not name, or "
            "allow_destructive=True to delete it.",
            plan=plan,
        )


def make_plan(attributes: Sequence[WireObject], steps: Sequence[Step]) -> SchemaPlan:
    """The plan that does the steps.

    Args:
        attributes: Those that there are, as the server shows them.
        steps: What is to be done to them.

    Raises:
        ValueError, KeyError, TypeError: Something has another shape.
    """
    before, after = read_attributes(attributes), read_attributes(after_steps(attributes, steps))
    differences = schema_of(before).diff(schema_of(after))
    # The system's namespaces are there in any case.
    changes = [change for change in differences if not (change.part == "entity" and change.name.startswith("$"))]
    known = {attribute.id: attribute for attribute in (*before, *after)}
    return SchemaPlan(SchemaDifference((*changes, *_unseen(steps, changes, known))), tuple(steps))


def _unseen(
    steps: Sequence[Step], changes: Sequence[SchemaChange], known: dict[str, WireAttribute]
) -> Iterator[SchemaChange]:
    """What steps do that is nothing in terms of schemas, so that no step goes untold."""
    told = {change.name for change in changes}
    for operation, parameters in steps:
        id = attribute_of(operation, parameters)
        attribute = known.get(id)
        name = attribute.name if attribute else id
        if name in told or (attribute and attribute.label == ID_LABEL and attribute.etype in told):
            continue
        part: ChangedPart = "link" if attribute and attribute.reverse else "attribute"
        yield SchemaChange(_KINDS.get(operation, "change"), part, name)
