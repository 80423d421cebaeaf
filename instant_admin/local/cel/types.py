"""Static types of the language, and which of them may stand where another is wanted.

What is known before evaluation is little: attributes are `dyn`, literals have the type they are written in.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    """A type: its name, and what a list, a map or a `type(...)` is of."""

    name: str
    parameters: tuple[Type, ...] = ()

    def __str__(self) -> str:
        if self.is_free:
            return "dyn"
        if not self.parameters:
            return self.name
        return f"{self.name}({', '.join(str(parameter) for parameter in self.parameters)})"

    @property
    def is_free(self) -> bool:
        """Whether this is a type still to be found out."""
        return self.name.startswith("%")


DYN = Type("dyn")
UNKNOWN = Type("!error")
"""The type of an expression that has been refused: it fits everywhere, so that one mistake is reported once."""
NULL = Type("null")
BOOL = Type("bool")
INT = Type("int")
UINT = Type("uint")
DOUBLE = Type("double")
STRING = Type("string")
BYTES = Type("bytes")
TIMESTAMP = Type("google.protobuf.Timestamp")
DURATION = Type("google.protobuf.Duration")
REQUEST = Type("request")
RATE_LIMIT = Type("rate limit")

A, B = Type("%A"), Type("%B")

_ANYTHING = (DYN, UNKNOWN)
_NULLABLE = (NULL, TIMESTAMP, DURATION, REQUEST)

REQUEST_FIELDS = {"modifiedFields": Type("list", (STRING,)), "ip": STRING, "origin": STRING, "time": TIMESTAMP}


def list_of(element: Type) -> Type:
    """A list."""
    return Type("list", (element,))


def map_of(key: Type, value: Type) -> Type:
    """A map."""
    return Type("map", (key, value))


def type_of(what: Type) -> Type:
    """The type of a type."""
    return Type("type", (what,))


Substitution = dict[Type, Type]
"""What has been found out about free types."""


class Inference:
    """Finds out what free types stand for, while one rule is checked."""

    def __init__(self) -> None:
        self._found: Substitution = {}
        self._fresh = 0

    def fresh(self) -> Type:
        """A new free type."""
        self._fresh += 1
        return Type(f"%{self._fresh}")

    def instance(self, types: tuple[Type, ...]) -> tuple[Type, ...]:
        """The types of a signature, its own free types replaced by new ones."""
        renamed: dict[Type, Type] = {}
        return tuple(self._renamed(each, renamed) for each in types)

    def _renamed(self, type: Type, renamed: dict[Type, Type]) -> Type:
        if type.is_free:
            if type not in renamed:
                renamed[type] = self.fresh()
            return renamed[type]
        if not type.parameters:
            return type
        return Type(type.name, tuple(self._renamed(each, renamed) for each in type.parameters))

    def fits(self, given: tuple[Type, ...], wanted: tuple[Type, ...]) -> bool:
        """Whether values of the given types may stand where the others are wanted; if so, remembers why."""
        trial = dict(self._found)
        if not all(_fits(trial, *pair) for pair in zip(given, wanted, strict=True)):
            return False
        self._found = trial
        return True

    def joined(self, one: Type, other: Type) -> Type:
        """The type of elements of both types in one list."""
        return _more_general(one, other) if self.fits((one,), (other,)) else DYN

    def resolved(self, type: Type) -> Type:
        """The type with everything found out put in."""
        if type.is_free:
            found = self._found.get(type)
            return type if found is None else self.resolved(found)
        if not type.parameters:
            return type
        return Type(type.name, tuple(self.resolved(each) for each in type.parameters))

    def known(self, type: Type) -> Type:
        """The type that a free type is known to stand for; itself where nothing is known."""
        while type.is_free and type in self._found:
            type = self._found[type]
        return type


def _fits(found: Substitution, given: Type, wanted: Type) -> bool:
    if given == wanted:
        return True
    if wanted.is_free:
        fits = _substitutes(found, given, wanted)
        if fits is not None:
            return fits
    if given.is_free:
        return bool(_substitutes(found, wanted, given))
    if given in _ANYTHING or wanted in _ANYTHING:
        return True
    if NULL in (given, wanted):
        return given in _NULLABLE and wanted in _NULLABLE
    if given.name != wanted.name:
        return False
    if given.name == "type":
        return True
    return all(_fits(found, *pair) for pair in zip(given.parameters, wanted.parameters, strict=True))


def _substitutes(found: Substitution, type: Type, free: Type) -> bool | None:
    """Whether the type can stand for the free one; None where that would make it contain itself."""
    known = found.get(free)
    if known is None:
        if _contains(found, type, free):
            return None
        found[free] = type
        return True
    if type == known:
        return True
    if not _fits(found, type, known):
        return False
    general = _more_general(type, known)
    if not _contains(found, general, free):
        found[free] = general
    return True


def _contains(found: Substitution, type: Type, free: Type) -> bool:
    if type == free:
        return True
    if type.is_free:
        known = found.get(type)
        return known is not None and _contains(found, known, free)
    return any(_contains(found, each, free) for each in type.parameters)


def _more_general(one: Type, other: Type) -> Type:
    return one if _is_as_general(one, other) else other


def _is_as_general(one: Type, other: Type) -> bool:
    if one in _ANYTHING or one.is_free:
        return True
    if other in _ANYTHING or other.is_free or one.name != other.name:
        return False
    if one.name == "type":
        return True
    return all(_is_as_general(*pair) for pair in zip(one.parameters, other.parameters, strict=True))
