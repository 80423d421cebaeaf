"""The `tx` chain builder: pure values that say what a transaction does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Generic, TypeAlias

from instant_admin._core.ids import Lookup
from instant_admin._core.raw_steps import WITHOUT_ENTITY, check_step
from instant_admin._core.references import Reference, entity_reference, link_references
from instant_admin._core.type_variables import CreateT, LinksT, UniqueT, UpdateT
from instant_admin._core.values import copy_json, to_json_object, to_json_value
from instant_admin.errors import InvalidArgumentError
from instant_admin.types import Converter, EntityId, JsonValue


def lookup(attribute: str, value: Any) -> Lookup:
    """Name an entity by a unique attribute: `db.tx.users[lookup("email", "a@b.co")]`, or as the target of a link.

    As an entity's id it finds the entity or, when there is none, makes one with that value. As the target of a link
    the entity must exist.

    Args:
        attribute: Label of a unique attribute, or "link.id" for a one-to-one link.
        value: Value to find. None never matches for a write, which then makes another entity.

    Raises:
        InvalidArgumentError: The value cannot travel.
    """
    if not isinstance(attribute, str) or not attribute:
        raise InvalidArgumentError(f"lookup: the attribute must be its name, got {attribute!r:.80}.")
    return Lookup(attribute, to_json_value(value, f"lookup({attribute!r})"))


class TransactionChunk(Generic[CreateT, UpdateT, LinksT]):
    """What a transaction does to one entity: an immutable chain of steps.

    Every method returns a new chunk, so that chunks can be shared, compared, pickled and continued in several ways.
    Made by `db.tx.<namespace>[<entity id>]`. Its type variables say what `create`, `update` and `link` take; only
    modules that `instant-admin types` makes name them.
    """

    __slots__ = ("_convert", "_namespace", "_steps", "_target")

    def __init__(
        self,
        namespace: str | None,
        target: Reference | None,
        steps: tuple[list[Any], ...] = (),
        convert: Converter | None = None,
    ) -> None:
        self._namespace = namespace
        self._target = target
        self._steps = steps
        self._convert = convert

    @staticmethod
    def from_steps(steps: Iterable[Iterable[Any]]) -> TransactionChunk:
        """The chunk that sends these steps, the inverse of `steps`.

        A chunk whose steps all name one entity can be continued. Steps without an entity, "add-attr" and
        "delete-attr", can be sent this way.

        Raises:
            InvalidArgumentError: A step has no shape the server takes.
        """
        copied = tuple(check_step(step, index) for index, step in enumerate(steps))
        entities = [(step[1], step[2]) for step in copied if step[0] not in WITHOUT_ENTITY]
        if entities and len(entities) == len(copied) and all(entity == entities[0] for entity in entities):
            return TransactionChunk(*entities[0], copied)
        return TransactionChunk(None, None, copied)

    @property
    def steps(self) -> list[list[Any]]:
        """The wire form: `[action, namespace, entity id or [attribute, value], arguments, options?]` for each step."""
        return [copy_json(step) for step in self._steps]

    def create(self, attrs: CreateT) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        """Make the entity; the transaction fails if it exists.

        Args:
            attrs: Attributes by label: a mapping, dataclass, attrs class or model. The id stays the chunk's.
        """
        return self._add("create", self._object("create", attrs))

    def update(self, attrs: UpdateT, *, upsert: bool = True) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        """Set attributes, making the entity where it does not exist. None stores null.

        Args:
            attrs: Attributes by label.
            upsert: False to fail where the entity does not exist.
        """
        return self._add("update", self._object("update", attrs), _options(upsert))

    def merge(self, attrs: UpdateT, *, upsert: bool = True) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        """Set attributes, merging objects into stored objects key by key; None inside an object removes its key.

        Args:
            attrs: Attributes by label. Lists and scalars replace what is stored.
            upsert: False to fail where the entity does not exist.
        """
        return self._add("merge", self._object("merge", attrs), _options(upsert))

    def link(self, links: LinksT) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        """Link the entity to others.

        Args:
            links: Entity id, lookup, or list of those, by link label (the forward or the reverse name).
        """
        return self._add("link", self._links("link", links))

    def unlink(self, links: LinksT) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        """Remove links; a pair that is not linked is left alone.

        Args:
            links: Entity id, lookup, or list of those, by link label.
        """
        return self._add("unlink", self._links("unlink", links))

    def delete(self) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        """Remove the entity from its namespace, and what cascades from it. Nothing happens where it does not exist."""
        return self._add("delete", None)

    def rule_params(self, params: Mapping[str, Any]) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        """Give parameters to the permission rules of this entity, as `ruleParams`, for the whole transaction."""
        return self._add("ruleParams", self._object("rule_params", params))

    def _add(
        self, action: str, argument: Any, options: dict[str, bool] | None = None
    ) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        if self._namespace is None:
            raise InvalidArgumentError("This chunk names several entities or none, so it cannot be continued.")
        step = [action, self._namespace, self._target, argument]
        if options is not None:
            step.append(options)
        return TransactionChunk(self._namespace, self._target, (*self._steps, step), self._convert)

    def _object(self, method: str, value: Any) -> dict[str, JsonValue]:
        return to_json_object(value, f"{self._namespace}.{method}", self._convert)

    def _links(self, method: str, links: Any) -> dict[str, JsonValue]:
        return link_references(links, f"{self._namespace}.{method}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TransactionChunk) and self._identity() == other._identity()

    def __hash__(self) -> int:
        # Not by a lookup's value: that can be a list, and equal numbers differ as text.
        entity = self._target if isinstance(self._target, str) else None
        return hash((self._namespace, entity, tuple(step[0] for step in self._steps)))

    def __repr__(self) -> str:
        start = "tx" if self._namespace is None else f"tx[{self._namespace!r}][{self._target!r:.80}]"
        return start + "".join(f".{step[0]}({_shorten(step[3:4])})" for step in self._steps)

    def __reduce__(self) -> tuple[Any, ...]:
        # Without the converter, which need not pickle: it has done its work on the steps that are there.
        return TransactionChunk, (self._namespace, self._target, self._steps)

    def _identity(self) -> tuple[Any, ...]:
        return self._namespace, self._target, self._steps


class NamespaceBuilder(Generic[CreateT, UpdateT, LinksT, UniqueT]):
    """One namespace of a transaction. Name an entity next: `db.tx.goals[entity_id]`."""

    __slots__ = ("_convert", "_namespace")
    __iter__ = None  # item access alone would make this iterable without end

    def __init__(self, namespace: str, convert: Converter | None = None) -> None:
        self._namespace = namespace
        self._convert = convert

    def __getitem__(self, entity: EntityId | Lookup) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        """Start a chunk for one entity.

        Args:
            entity: UUID as text or object, or a lookup.

        Raises:
            InvalidArgumentError: It is neither.
        """
        return TransactionChunk(self._namespace, entity_reference(entity, self._namespace), (), self._convert)

    def lookup(self, attribute: UniqueT, value: Any) -> TransactionChunk[CreateT, UpdateT, LinksT]:
        """Start a chunk for the entity with this value of a unique attribute; see `lookup`."""
        return self[lookup(attribute, value)]

    def __repr__(self) -> str:
        return f"tx[{self._namespace!r}]"

    def __reduce__(self) -> tuple[Any, ...]:
        return NamespaceBuilder, (self._namespace,)


class TransactionBuilder:
    """Where chunks begin: `tx.goals[entity_id]`, or `tx["goals"][entity_id]` for any name."""

    __iter__ = None

    def __init__(self, convert: Converter | None = None) -> None:
        self._convert = convert

    def __getattr__(self, namespace: str) -> NamespaceBuilder:
        if namespace.startswith("_"):  # so that copy, pickle and debuggers do not find namespaces in place of protocols
            raise AttributeError(f"{namespace!r}: names that begin with an underscore need tx[{namespace!r}].")
        # Kept as an attribute, which is found without a call the next time.
        builder = self.__dict__[namespace] = NamespaceBuilder(namespace, self._convert)
        return builder

    def __getitem__(self, namespace: str) -> NamespaceBuilder:
        if not isinstance(namespace, str) or not namespace.strip():
            raise InvalidArgumentError(f"tx[...] takes the name of a namespace, got {namespace!r:.80}.")
        return NamespaceBuilder(namespace, self._convert)

    def __repr__(self) -> str:
        return "tx"

    def __reduce__(self) -> tuple[Any, ...]:
        return TransactionBuilder, ()


AnyChunk: TypeAlias = TransactionChunk[Any, Any, Any]
"""A chunk for any namespace."""

tx: Final = TransactionBuilder()
"""A builder that belongs to no client. A client's own `db.tx` also knows its `converter`."""


def collect_steps(chunks: Any) -> list[list[Any]]:
    """The steps of a chunk, or of any iterable of chunks, nested ones too, in order.

    Raises:
        InvalidArgumentError: Something in it is no chunk.
    """
    steps: list[list[Any]] = []
    try:
        _collect(chunks, steps, "transact()")
    except RecursionError:
        raise InvalidArgumentError("transact(): the list of chunks is nested too deeply, or contains itself.") from None
    return steps


def _collect(chunks: Any, steps: list[list[Any]], where: str) -> None:
    if type(chunks) is TransactionChunk:
        steps.extend(chunks._steps)  # noqa: SLF001  not `steps`, which copies; encoding reads them only
        return
    if isinstance(chunks, NamespaceBuilder):
        raise InvalidArgumentError(f"{where}: {chunks!r} lacks an entity id; write {chunks!r}[new_id()] or [an id].")
    if isinstance(chunks, (str, bytes, Mapping)) or not isinstance(chunks, Iterable):
        raise InvalidArgumentError(
            f"{where} takes chunks such as db.tx.goals[entity_id].update({{...}}), got {chunks!r:.80}."
        )
    for chunk in chunks:
        if type(chunk) is TransactionChunk:
            steps.extend(chunk._steps)  # noqa: SLF001  as above
        else:
            _collect(chunk, steps, where)


def _options(upsert: bool) -> dict[str, bool] | None:
    if not isinstance(upsert, bool):
        raise InvalidArgumentError(f"upsert must be True or False, got {upsert!r:.80}.")
    return None if upsert else {"upsert": False}


def _shorten(arguments: list[Any]) -> str:
    text = "".join(repr(argument) for argument in arguments if argument is not None)
    return text if len(text) <= 120 else text[:117] + "..."
