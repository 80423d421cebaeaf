"""Source text laid out so that `ruff format` leaves it alone: what has a bracket of its own has one item a line.

A comma after the last item keeps it so, whatever the line length is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from instant_admin._core.codegen.names import is_attribute_name

INDENT = "    "
_WIDTH = 88
"""The shortest line length in use: that of black, and of ruff where nothing else is said."""
_SKIP = "  # fmt: skip"
"""Where lines are longer, line lengths would decide what they look like."""
_NAME = re.compile(r"[^\W\d]\w*")
_SPEAKABLE = re.compile(r"[\w$ .:/-]+")


def quoted(text: str) -> str:
    """A text as a literal, in double quotes where it holds none."""
    shown = repr(text)
    return shown if '"' in text or shown[0] == '"' else f'"{shown[1:-1]}"'


def spoken(name: str) -> str:
    """A name as comments have it."""
    return f"`{name}`" if _SPEAKABLE.fullmatch(name) else "a namespace with an odd name"


def literal_alias(name: str, values: Iterable[str]) -> str:
    """An alias of a `Literal`, or of `Never` where there is nothing to choose from."""
    shown = [quoted(value) for value in values]
    if not shown:
        return line(f"{name}: TypeAlias = Never")
    return subscript_alias(name, "Literal", shown)


def subscript_alias(name: str, generic: str, arguments: Iterable[str]) -> str:
    """An alias such as `GoalsChunk: TypeAlias = TransactionChunk[...]`."""
    given = list(arguments)
    if len(given) == 1:  # where a comma after the last one would be taken for a tuple's
        return line(f"{name}: TypeAlias = {generic}[{given[0]}]")
    start = f"{name}: TypeAlias = {generic}[\n"
    items = "".join(f"{INDENT}{argument},\n" for argument in given)
    return f"{start}{items}]{_SKIP if len(start) > _WIDTH else ''}\n"


def line(text: str) -> str:
    """A line that nothing breaks, however long its names are."""
    return f"{text}{_SKIP if len(text) > _WIDTH else ''}\n"


def signature(name: str, parameters: Iterable[str], returned: str) -> str:
    """A method of a protocol, with one parameter a line where the whole is too long."""
    given = list(parameters)
    whole = f"{INDENT}def {name}({', '.join(given)}) -> {returned}: ..."
    lines = [f"{INDENT * 2}{parameter},\n" for parameter in given]
    if len(whole) <= _WIDTH or max(map(len, lines)) > _WIDTH:
        return line(whole)
    return f"{INDENT}def {name}(\n{''.join(lines)}{INDENT}) -> {returned}: ...\n"


def typed_dict(
    name: str,
    about: str,
    fields: Mapping[str, str],
    *,
    base: str = "",
    inherited: Mapping[str, str] | None = None,
    total: bool = True,
) -> str:
    """A TypedDict: a class where its keys can be attributes of one, else a call.

    Args:
        name: Its name.
        about: What it is, for its docstring.
        fields: Types by key.
        base: A TypedDict that it extends.
        inherited: The keys of that.
        total: Whether every key has to be there, but for those that say otherwise.
    """
    used = {word for type_text in fields.values() for word in _NAME.findall(type_text)}
    if all(is_attribute_name(key) and key not in used for key in fields):
        bases = (base or "TypedDict") + ("" if total else ", total=False")
        body = "".join(line(f"{INDENT}{key}: {type_text}") for key, type_text in fields.items())
        return line(f"class {name}({bases}):") + f'{INDENT}"""{about}"""\n' + (f"\n{body}" if body else "")
    # A call takes no base, and its types are evaluated: those that come later have to be in quotes.
    every = {**(inherited or {}), **fields}
    body = "".join(f"{INDENT * 2}{quoted(key)}: {quoted(type_text)},\n" for key, type_text in every.items())
    end = "" if total else f"{INDENT}total=False,\n"
    return f'{name} = TypedDict(\n{INDENT}"{name}",\n{INDENT}{{\n{body}{INDENT}}},\n{end})\n"""{about}"""\n'
