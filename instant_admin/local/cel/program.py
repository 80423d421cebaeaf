"""Compiled rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, cast

from instant_admin.local.cel.ast import Call, Name, Node, walk
from instant_admin.local.cel.checker import check
from instant_admin.local.cel.compiler import compile_tree
from instant_admin.local.cel.environment import Environment
from instant_admin.local.cel.errors import CompileError, InternalFailure, Issue
from instant_admin.local.cel.parser import parse
from instant_admin.local.cel.push import push_issues
from instant_admin.local.cel.values import RateLimits

_PROGRAMS_KEPT = 1024


class Program:
    """A compiled rule, to be evaluated any number of times."""

    def __init__(self, source: str, environment: Environment) -> None:
        self.source = source
        self._tree: Node = parse(source)
        try:
            check(self._tree, source, environment)
            self._evaluate = compile_tree(self._tree, environment)
        except RecursionError:
            raise CompileError([Issue(1, 0, "The rule nests too deeply for the stack that is left.")]) from None
        nodes = list(walk(self._tree))
        self.uses_ref = any(isinstance(node, Call) and node.function == "ref" for node in nodes)
        self._uses_limits = any(isinstance(node, Name) and node.name == "rateLimit" for node in nodes)

    def evaluate(self, activation: Mapping[str, object]) -> object:
        """The value of the rule, in the forms of the language; `as_json` turns it into one for people.

        Raises:
            EvaluationError: It cannot be evaluated on these values.
            InternalFailure: The server fails with a 500.
            Refusal: A `ref` or `limit` refused.
        """
        scope = cast("dict[str, Any]", activation)
        if self._uses_limits and "rateLimit" in scope:
            scope = {**scope, "rateLimit": RateLimits(scope["rateLimit"])}
        try:
            return self._evaluate(scope)
        except RecursionError:
            raise InternalFailure("The rule nests too deeply for the stack that is left.") from None

    def push_issues(self, rate_limits: Collection[str] = ()) -> list[Issue]:
        """What a push refuses although it would evaluate: unknown rate limits, `auth.ref` of odd paths."""
        return push_issues(self._tree, self.source, rate_limits)


@lru_cache(maxsize=_PROGRAMS_KEPT)
def compile_rule(source: str, environment: Environment) -> Program:
    """Compile a rule.

    Raises:
        CompileError: It is refused.
    """
    return Program(source, environment)


def is_allowed(value: object) -> bool:
    """Whether the value of a rule allows: only null and false deny."""
    return value is not None and value is not False
