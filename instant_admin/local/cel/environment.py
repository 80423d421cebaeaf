"""Which variables a rule may name, and their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from instant_admin.local.cel.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DYN,
    INT,
    NULL,
    RATE_LIMIT,
    REQUEST,
    STRING,
    TIMESTAMP,
    UINT,
    Type,
    list_of,
    map_of,
    type_of,
)

_RECORD = map_of(STRING, DYN)
_EVERYWHERE = {
    "data": _RECORD,
    "auth": _RECORD,
    "ruleParams": _RECORD,
    "request": REQUEST,
    "rateLimit": map_of(STRING, RATE_LIMIT),
}
_BY_ACTION = {
    "create": {"newData": _RECORD},
    "update": {"newData": _RECORD},
    "link": {"newData": _RECORD, "linkedData": _RECORD, "actions": _RECORD},
    "unlink": {"newData": _RECORD, "linkedData": _RECORD},
}

TYPE_NAMES = {
    "bool": type_of(BOOL),
    "int": type_of(INT),
    "uint": type_of(UINT),
    "double": type_of(DOUBLE),
    "string": type_of(STRING),
    "bytes": type_of(BYTES),
    "list": type_of(list_of(DYN)),
    "map": type_of(map_of(DYN, DYN)),
    "null_type": type_of(NULL),
    "type": type_of(type_of(DYN)),
    "dyn": type_of(DYN),
    TIMESTAMP.name: type_of(TIMESTAMP),
}
"""Names that stand for types, and the types of these types."""


@dataclass(frozen=True)
class Environment:
    """The variables of rules for one action: `view`, `create`, `update`, `delete`, `link` or `unlink`."""

    action: str
    variables: Mapping[str, Type] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "variables", {**_EVERYWHERE, **_BY_ACTION.get(self.action, {})})
