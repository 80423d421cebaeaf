"""Finding out the types of a rule's expressions, and refusing what cannot be of any type."""

from __future__ import annotations

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
)
from instant_admin.local.cel.environment import TYPE_NAMES, Environment
from instant_admin.local.cel.errors import CompileError, Issue
from instant_admin.local.cel.functions import Overload
from instant_admin.local.cel.lexer import Source
from instant_admin.local.cel.library import LIBRARY
from instant_admin.local.cel.steps import Steps, all_of, run, the
from instant_admin.local.cel.types import (
    BOOL,
    DYN,
    INT,
    REQUEST,
    REQUEST_FIELDS,
    TIMESTAMP,
    UNKNOWN,
    Inference,
    Type,
    list_of,
    map_of,
)

_MESSAGE_FIELDS = {TIMESTAMP.name: {"seconds": INT, "nanos": INT}}
_MARKS = {"-_": "-", "!_": "!", "_[_]": "[]"}


def check(tree: Node, source: str, environment: Environment) -> None:
    """Check a tree, and note at each call which overloads may answer it.

    Raises:
        CompileError: Names or functions are unknown, or types do not fit.
    """
    checker = _Checker(Source(source), environment)
    run(checker.type_of(tree))
    if checker.issues:
        raise CompileError(sorted(checker.issues, key=lambda issue: (issue.line, issue.column)))


class _Checker:
    def __init__(self, source: Source, environment: Environment) -> None:
        self.issues: list[Issue] = []
        self._source = source
        self._inference = Inference()
        self._variables = dict(environment.variables)

    def type_of(self, node: Node) -> Steps[Type]:
        """The type of an expression; what is wrong with it is noted."""
        match node:
            case Literal():
                return node.type
            case Name():
                return self._name(node)
            case Select():
                return (yield from the(self._select(node)))
            case Call():
                return (yield from the(self._call(node)))
            case Logic():
                return (yield from the(self._resolve(node, f"_{node.operator}_", [node.left, node.right])))[0]
            case Choice():
                return (yield from the(self._resolve(node, "_?_:_", [node.condition, node.yes, node.no])))[0]
            case ListOf():
                return list_of((yield from the(self._joined(node.elements))))
            case MapOf():
                key = yield from the(self._joined([key for key, _ in node.entries]))
                return map_of(key, (yield from the(self._joined([value for _, value in node.entries]))))
            case Message():
                return (yield from the(self._message(node)))
            case Macro():
                return (yield from the(self._macro(node)))
            case Bind():
                value = yield from the(self.type_of(node.value))
                return (yield from the(self._with_variable(node.name, value, node.body)))
            case _:
                return UNKNOWN

    def _refuse(self, at: int, message: str) -> Type:
        self.issues.append(self._source.issue(at, message))
        return UNKNOWN

    def _name(self, node: Name) -> Type:
        found = self._variables.get(node.name) or TYPE_NAMES.get(node.name)
        return found or self._refuse(node.at, f"There is no `{node.name}` here.")

    def _select(self, node: Select) -> Steps[Type]:
        qualified = qualified_type(node)
        if qualified is not None and not node.tests:
            return TYPE_NAMES[qualified]
        operand = self._inference.known((yield from the(self.type_of(node.operand))))
        found = self._field(operand, node)
        return BOOL if node.tests else found

    def _field(self, operand: Type, node: Select) -> Type:
        if operand in (DYN, UNKNOWN) or operand.is_free:
            return DYN if operand is not UNKNOWN else UNKNOWN
        if operand.name == "map":
            return operand.parameters[1]
        if operand != REQUEST:
            return self._refuse(node.at, f"{self._shown(operand)} has no fields.")
        found = REQUEST_FIELDS.get(node.label)
        return found or self._refuse(node.at, f"`request` has no `{node.label}`.")

    def _call(self, node: Call) -> Steps[Type]:
        name, arguments = node.function, node.arguments
        if node.target is None:
            result, node.candidates = yield from the(self._resolve(node, name, arguments))
            return result
        if isinstance(node.target, Name) and f"{node.target.name}.{name}" in LIBRARY:
            node.function, node.target = f"{node.target.name}.{name}", None
            return (yield from the(self._call(node)))
        result, node.candidates = yield from the(self._resolve(node, name, [node.target, *arguments], is_method=True))
        return result

    def _resolve(
        self, node: Node, name: str, arguments: list[Node], *, is_method: bool = False
    ) -> Steps[tuple[Type, tuple[Overload, ...]]]:
        given = tuple((yield from all_of(self.type_of(argument) for argument in arguments)))
        overloads = LIBRARY.get(name)
        if overloads is None:
            return self._refuse(node.at, f"There is no function `{name}`."), ()
        result: Type | None = None
        candidates: list[Overload] = []
        for overload in overloads:
            if overload.is_method is not is_method or len(overload.parameters) != len(given):
                continue
            *wanted, its_result = self._inference.instance((*overload.parameters, overload.result))
            if self._inference.fits(given, tuple(wanted)):
                candidates.append(overload)
                its_result = self._inference.resolved(its_result)
                result = its_result if result in (None, its_result) else DYN
        if result is None:
            shown = ", ".join(map(self._shown, given))
            return self._refuse(node.at, f"`{_MARKS.get(name, name.strip('_'))}` does not take ({shown})."), ()
        return result, tuple(candidates)

    def _shown(self, type: Type) -> str:
        return str(self._inference.resolved(type))

    def _joined(self, nodes: list[Node]) -> Steps[Type]:
        found: Type | None = None
        for node in nodes:
            type = yield from the(self.type_of(node))
            found = type if found is None else self._inference.joined(found, type)
        return found or self._inference.fresh()

    def _message(self, node: Message) -> Steps[Type]:
        fields = _MESSAGE_FIELDS.get(node.name)
        if fields is None:
            known = node.name in self._variables or node.name in TYPE_NAMES
            self._refuse(
                node.at, f"`{node.name}` is no type that can be made." if known else f"There is no `{node.name}`."
            )
        for at, label, value in node.fields:
            given = yield from the(self.type_of(value))
            wanted = (fields or {}).get(label)
            if wanted is None or not self._inference.fits((given,), (wanted,)):
                self._refuse(at, f"`{label}` cannot be set.")
        return TIMESTAMP if fields is not None else UNKNOWN

    def _macro(self, node: Macro) -> Steps[Type]:
        range_type = self._inference.known((yield from the(self.type_of(node.range))))
        if range_type.name in ("list", "map"):
            element = range_type.parameters[0]
        elif range_type in (DYN, UNKNOWN) or range_type.is_free:
            element = DYN
        else:
            element = self._refuse(node.range.at, f"{self._shown(range_type)} cannot be iterated.")
        if node.condition is not None:
            self._want_bool(node, (yield from the(self._with_variable(node.variable, element, node.condition))))
        body = yield from the(self._with_variable(node.variable, element, node.body))
        if node.macro == "map":
            return list_of(body)
        self._want_bool(node, body)
        return list_of(element) if node.macro == "filter" else BOOL

    def _want_bool(self, node: Macro, given: Type) -> None:
        if not self._inference.fits((given,), (BOOL,)):
            self._refuse(node.at, f"`{node.macro}` takes a condition, not {self._shown(given)}.")

    def _with_variable(self, name: str, type: Type, body: Node) -> Steps[Type]:
        """The type of an expression in which one more variable is known."""
        outer = self._variables.get(name)
        self._variables[name] = type
        found = yield from the(self.type_of(body))
        if outer is None:
            del self._variables[name]
        else:
            self._variables[name] = outer
        return found


def qualified_type(node: Select) -> str | None:
    """The name of a type with dots in it that a selection spells, if it does."""
    labels = [node.label]
    operand = node.operand
    while isinstance(operand, Select):
        labels.append(operand.label)
        operand = operand.operand
    if not isinstance(operand, Name):
        return None
    spelled = ".".join([operand.name, *reversed(labels)])
    return spelled if spelled in TYPE_NAMES else None
