"""From a checked tree to Python closures, one for each expression.

A closure takes the scope, a dictionary of the variables; the bodies of macros and binds get one with one entry more.
A bound value is worked out where its name is first read, in the scope there: the server does so too, and fails where
the name is bound again inside itself (vectors, other-ext).
"""

from __future__ import annotations

from typing import Any

from instant_admin.local.cel.ast import (
    Bind,
    Call,
    Choice,
    ListOf,
    Literal,
    Logic,
    Macro,
    MapOf,
    Message,
    Name,
    Node,
    Select,
    walk,
)
from instant_admin.local.cel.checker import qualified_type
from instant_admin.local.cel.environment import Environment
from instant_admin.local.cel.equality import equal
from instant_admin.local.cel.errors import InternalFailure, UnboundError
from instant_admin.local.cel.functions import Dispatch
from instant_admin.local.cel.library import DISPATCH, LIBRARY
from instant_admin.local.cel.logic import Evaluate, both, either, not_boolean
from instant_admin.local.cel.loops import loop
from instant_admin.local.cel.records import Record
from instant_admin.local.cel.steps import Steps, all_of, run, the
from instant_admin.local.cel.times import timestamp_of
from instant_admin.local.cel.values import CelMap, TypeValue, from_record, has, select

Scope = dict[str, Any]

_MISSING = object()
_SAME_TYPE_EQUAL = frozenset({str, int, bool, type(None)})


def compile_tree(tree: Node, environment: Environment) -> Evaluate:
    """The closure of a whole rule."""
    bound = frozenset(node.name for node in walk(tree) if isinstance(node, Bind))
    return run(_Compiler(environment, bound).compile(tree))


class _Lazy:
    """A bound value that has not been worked out, or has been."""

    __slots__ = ("_busy", "_evaluate", "_value")

    def __init__(self, evaluate: Evaluate) -> None:
        self._evaluate = evaluate
        self._value: object = _MISSING
        self._busy = False

    def value(self, scope: Scope) -> object:
        if self._value is not _MISSING:
            return self._value
        if self._busy:
            raise InternalFailure("A bound value depends on itself.")
        self._busy = True
        try:
            self._value = self._evaluate(scope)
        finally:
            self._busy = False
        return self._value


class _Compiler:
    def __init__(self, environment: Environment, bound: frozenset[str]) -> None:
        self._environment = environment
        self._bound = bound
        self._local: list[str] = []

    def compile(self, node: Node) -> Steps[Evaluate]:
        """The closure of an expression."""
        match node:
            case Literal():
                return _constant(node.value)
            case Name():
                return self._name(node.name)
            case Select():
                return (yield from the(self._select(node)))
            case Call():
                return (yield from the(self._call(node)))
            case Logic():
                join = both if node.operator == "&&" else either
                return join(*(yield from all_of(map(self.compile, (node.left, node.right)))))
            case Choice():
                return _choice(*(yield from all_of(map(self.compile, (node.condition, node.yes, node.no)))))
            case ListOf():
                return _list((yield from all_of(map(self.compile, node.elements))))
            case MapOf():
                keys = yield from all_of(self.compile(key) for key, _ in node.entries)
                values = yield from all_of(self.compile(value) for _, value in node.entries)
                return _map(list(zip(keys, values, strict=True)))
            case Message():
                values = yield from all_of(self.compile(value) for _, _, value in node.fields)
                return _timestamp(dict(zip((label for _, label, _ in node.fields), values, strict=True)))
            case Macro():
                return (yield from the(self._macro(node)))
            case Bind():
                return (yield from the(self._bind(node)))
            case _:
                raise AssertionError(node)

    def _name(self, name: str) -> Evaluate:
        if name not in self._local and name not in self._environment.variables:
            return _constant(_type_value(name))
        return _lazy_variable(name) if name in self._bound else _variable(name)

    def _select(self, node: Select) -> Steps[Evaluate]:
        qualified = qualified_type(node)
        if qualified is not None and not node.tests:
            return _constant(_type_value(qualified))
        operand = yield from the(self.compile(node.operand))
        label = node.label
        return _test(operand, label) if node.tests else _selection(operand, label)

    def _call(self, node: Call) -> Steps[Evaluate]:
        nodes = node.arguments if node.target is None else [node.target, *node.arguments]
        arguments = yield from all_of(map(self.compile, nodes))
        name = node.function
        if name in ("_==_", "_!=_"):
            return _equality(*arguments, wanted=name == "_==_")
        everything = len(node.candidates) == len(LIBRARY[name])
        dispatch = DISPATCH[name] if everything else Dispatch(name.strip("_"), node.candidates)
        if len(arguments) == 1:
            return _unary(dispatch, *arguments)
        return _binary(dispatch, *arguments) if len(arguments) == 2 else _nary(dispatch, arguments)

    def _macro(self, node: Macro) -> Steps[Evaluate]:
        range = yield from the(self.compile(node.range))
        self._local.append(node.variable)
        condition = None if node.condition is None else (yield from the(self.compile(node.condition)))
        body = yield from the(self.compile(node.body))
        self._local.pop()
        run = loop(node.macro, node.variable, condition, body)
        return lambda scope: run(range(scope), scope)

    def _bind(self, node: Bind) -> Steps[Evaluate]:
        value = yield from the(self.compile(node.value))
        self._local.append(node.name)
        body = yield from the(self.compile(node.body))
        self._local.pop()
        name = node.name

        def evaluate(scope: Scope) -> object:
            return body({**scope, name: _Lazy(value)})

        return evaluate


def _constant(value: object) -> Evaluate:
    return lambda _scope: value


def _type_value(name: str) -> TypeValue:
    return TypeValue("dyn" if name == "type" else name)


def _variable(name: str) -> Evaluate:
    def evaluate(scope: Scope) -> object:
        try:
            return scope[name]
        except KeyError:
            raise UnboundError(name) from None

    return evaluate


def _lazy_variable(name: str) -> Evaluate:
    plain = _variable(name)

    def evaluate(scope: Scope) -> object:
        found = plain(scope)
        return found.value(scope) if type(found) is _Lazy else found

    return evaluate


def _selection(operand: Evaluate, label: str) -> Evaluate:
    def evaluate(scope: Scope) -> object:
        found = operand(scope)
        if type(found) is Record and found.fields is not None:
            value = found.fields.get(label)
            return from_record(value) if type(value) is int else value
        return select(found, label)

    return evaluate


def _test(operand: Evaluate, label: str) -> Evaluate:
    return lambda scope: has(operand(scope), label)


def _equality(left: Evaluate, right: Evaluate, *, wanted: bool) -> Evaluate:
    def evaluate(scope: Scope) -> bool:
        a, b = left(scope), right(scope)
        if type(a) is type(b) and type(a) in _SAME_TYPE_EQUAL:
            return (a == b) is wanted
        return equal(a, b) is wanted

    return evaluate


def _unary(dispatch: Dispatch, argument: Evaluate) -> Evaluate:
    known, find = dispatch.known, dispatch.find

    def evaluate(scope: Scope) -> object:
        value = argument(scope)
        kinds = (type(value),)
        return (known.get(kinds) or find(kinds))(value)

    return evaluate


def _binary(dispatch: Dispatch, left: Evaluate, right: Evaluate) -> Evaluate:
    known, find = dispatch.known, dispatch.find

    def evaluate(scope: Scope) -> object:
        a, b = left(scope), right(scope)
        kinds = (type(a), type(b))
        return (known.get(kinds) or find(kinds))(a, b)

    return evaluate


def _nary(dispatch: Dispatch, arguments: list[Evaluate]) -> Evaluate:
    known, find = dispatch.known, dispatch.find

    def evaluate(scope: Scope) -> object:
        values = [argument(scope) for argument in arguments]
        kinds = tuple(map(type, values))
        return (known.get(kinds) or find(kinds))(*values)

    return evaluate


def _choice(condition: Evaluate, yes: Evaluate, no: Evaluate) -> Evaluate:
    def evaluate(scope: Scope) -> object:
        chosen = condition(scope)
        if chosen is True:
            return yes(scope)
        if chosen is False:
            return no(scope)
        raise not_boolean(chosen)

    return evaluate


def _list(elements: list[Evaluate]) -> Evaluate:
    return lambda scope: tuple([element(scope) for element in elements])


def _map(entries: list[tuple[Evaluate, Evaluate]]) -> Evaluate:
    return lambda scope: CelMap([(key(scope), value(scope)) for key, value in entries])


def _timestamp(fields: dict[str, Evaluate]) -> Evaluate:
    def evaluate(scope: Scope) -> object:
        given = {label: field(scope) for label, field in fields.items()}
        return timestamp_of(given.get("seconds", 0) * 1_000_000_000 + given.get("nanos", 0))

    return evaluate
