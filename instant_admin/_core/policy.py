"""What a client knows of its app's schema, and how strictly it keeps to it: an immutable value of the context."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeAlias

from instant_admin._core.schema.values import Schema
from instant_admin._core.validation.queries import check_query
from instant_admin._core.validation.steps import StepCheck
from instant_admin._core.validation.tables import Tables, compile_schema
from instant_admin._core.validation.upstream_steps import check_upstream_steps
from instant_admin.errors import ConfigurationError
from instant_admin.types import QueryRows

Validate: TypeAlias = bool | Literal["upstream"]
"""How much is checked before anything is sent: all, nothing, or what the JS SDK checks."""

_STRICT = ("update", "merge")


@dataclass(frozen=True, slots=True)
class Policy:
    """What calls are held to. Made by `read_policy`."""

    validate: Validate = True
    strict: bool = False
    schema: Schema | None = None
    tables: Tables | None = field(default=None, repr=False, compare=False)
    """The schema's, with what every app has."""
    dates: Tables | None = field(default=None, repr=False, compare=False)
    """The same where dates become datetimes."""
    _steps: StepCheck | None = field(default=None, repr=False, compare=False)

    @property
    def infers(self) -> bool:
        """Whether links that lead to one entity come back as objects."""
        return self.schema is not None

    @property
    def refuses_unknown(self) -> bool:
        """Whether the server refuses attributes that it does not know, instead of making them."""
        return self.schema is not None or self.strict

    def check_query(self, query: dict[str, Any], *, is_debug: bool = False) -> None:
        """Check a query of JSON values.

        Raises:
            InvalidArgumentError: Something in it is wrong; `path` says where.
        """
        if self.validate is True:
            check_query(query, self.tables)
        elif self.validate == "upstream" and not is_debug:
            check_query(query, _upstream(self.schema), upstream=True)

    def hold_steps(self, steps: list[list[Any]], *, is_debug: bool = False) -> list[list[Any]]:
        """The steps as they are sent, checked.

        Raises:
            InvalidArgumentError: One is wrong; `path` says where.
        """
        if self.validate is True:
            if self._steps is not None:
                self._steps.check(steps)
        elif self.validate == "upstream" and not is_debug:
            check_upstream_steps(steps, _upstream(self.schema))
        if not self.strict:
            return steps
        return [[*step[:4], {"upsert": False}] if step[0] in _STRICT else step for step in steps]

    def date_reader(self, query: dict[str, Any]) -> Callable[[QueryRows], None] | None:
        """What makes datetimes of the dates in this query's rows, in place; None where dates stay as they are."""
        if self.dates is None:
            return None
        from instant_admin._core.dates.rows import plan_dates, read_dates

        return partial(read_dates, plan_dates(query, self.dates))


DEFAULT_POLICY = Policy()
"""Of a client that was told nothing."""


def read_policy(*, schema: object, validate: Validate, use_dates: bool, strict: bool) -> Policy:
    """The policy that a client's arguments describe.

    Raises:
        ConfigurationError: One is malformed or contradicts another.
        SchemaError: The schema is malformed.
    """
    for name, value in (("use_dates", use_dates), ("strict", strict)):
        if not isinstance(value, bool):
            raise ConfigurationError(f"{name} must be True or False, got {value!r:.80}.")
    if validate is not True and validate is not False and validate != "upstream":
        raise ConfigurationError(f"validate must be True, False or 'upstream', got {validate!r:.80}.")
    known = _schema(schema)
    if known is None:
        if use_dates:
            raise ConfigurationError("use_dates=True needs schema=..., which says what attributes are dates.")
        return Policy(validate, strict)
    tables = compile_schema(known, with_system=True)
    dates = tables if use_dates else None
    return Policy(validate, strict, known, tables, dates, StepCheck(tables))


def _schema(given: object) -> Schema | None:
    if given is None or isinstance(given, Schema):
        return given
    if isinstance(given, Mapping):
        return Schema.from_json(given)
    raise ConfigurationError(f"schema must be made by i.schema(...) or be its JSON form, got {type(given).__name__}.")


def _upstream(schema: Schema | None) -> Tables | None:
    return None if schema is None else compile_schema(schema, with_system=False)
