"""Entity ids and lookups."""

from __future__ import annotations

import copy
import json
import re
from typing import Any
from uuid import UUID, uuid4, uuid5

import msgspec

from instant_admin.errors import InvalidArgumentError
from instant_admin.types import JsonValue

# The server takes only the 36-character form (server contract, data 4.3): "1-1-1-1-1" parses in Java but not here.
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
is_uuid = _UUID.fullmatch
"""Whether a text is a UUID in the form that the server takes: a match or None."""
_STABLE = UUID("5d6c8a2e-6f0b-5b0e-9d3f-0c1d5a7b9e42")
LOOKUP_PREFIX = "lookup__"


def new_id() -> str:
    """A fresh random id for a new entity: a version 4 UUID as text."""
    return str(uuid4())


def stable_id(*parts: object) -> str:
    """The id that always belongs to these parts: for imports and seeds that may run twice.

    `stable_id("stripe", "cus_123")` is the same UUID in every process and on every machine.

    Args:
        parts: What identifies the entity, such as the name of a source and its key there. Compared by their text.

    Raises:
        InvalidArgumentError: No parts.
    """
    if not parts:
        raise InvalidArgumentError("stable_id() needs at least one part, such as a source and its key there.")
    return str(uuid5(_STABLE, json.dumps([str(part) for part in parts])))


def check_uuid(value: object, what: str) -> str:
    """The id as text.

    Raises:
        InvalidArgumentError: It is no UUID.
    """
    if type(value) is str and is_uuid(value):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and is_uuid(value):
        return str.__str__(value)
    raise InvalidArgumentError(
        f"{what} must be a UUID, got {value!r:.80}. For a new entity use new_id(), or stable_id(...) for an id that "
        f"follows from your own key; to find an entity by another attribute use lookup(attribute, value)."
    )


class Lookup:
    """Finds an entity by a unique attribute instead of its id. Made by `lookup(attribute, value)`; immutable."""

    __slots__ = ("_attribute", "_value")

    def __init__(self, attribute: str, value: JsonValue) -> None:
        self._attribute = attribute
        self._value = value

    @property
    def attribute(self) -> str:
        """Label of the unique attribute, or "link.id" to find by a one-to-one link."""
        return self._attribute

    @property
    def value(self) -> JsonValue:
        """Value to find."""
        return copy.deepcopy(self._value)

    def as_pair(self) -> list[JsonValue]:
        """The wire form in place of an entity id."""
        return [self._attribute, self.value]

    def as_link_value(self) -> JsonValue:
        """The wire form in place of a link's target, where a pair would be two targets."""
        if "__" in self._attribute or self._attribute.endswith("_"):
            # The text form cannot hold such a name: it is split at the first double underscore.
            return {self._attribute: self._value}
        return f"{LOOKUP_PREFIX}{self._attribute}__{msgspec.json.encode(self._value).decode()}"

    def __repr__(self) -> str:
        return f"lookup({self._attribute!r}, {self._value!r:.80})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lookup) and self.as_pair() == other.as_pair()

    def __hash__(self) -> int:
        return hash((Lookup, self._attribute))

    def __reduce__(self) -> tuple[Any, ...]:
        return Lookup, (self._attribute, self._value)


def parse_lookup(text: str) -> Lookup | None:
    """The lookup that a text of upstream's form `lookup__attribute__json` stands for; None for other texts.

    Raises:
        InvalidArgumentError: It begins like one but is none.
    """
    if not text.startswith(LOOKUP_PREFIX):
        return None
    attribute, separator, value = text.removeprefix(LOOKUP_PREFIX).partition("__")
    try:
        if not separator:
            raise ValueError
        return Lookup(attribute, msgspec.json.decode(value.encode()))
    except ValueError as cause:
        raise InvalidArgumentError(
            f"{text!r:.80} is no lookup: expected lookup__<attribute>__<json value>. Use lookup(attribute, value)."
        ) from cause
