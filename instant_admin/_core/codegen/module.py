"""The whole module: what it imports, the types of every namespace, and the clients that know them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from instant_admin._core.codegen.layout import INDENT, line, literal_alias, quoted, signature, typed_dict
from instant_admin._core.codegen.names import is_attribute_name, name_stems
from instant_admin._core.codegen.namespace import NamespaceTypes
from instant_admin._core.schema.values import Schema
from instant_admin._core.validation.tables import Tables, compile_schema

T = TypeVar("T")

DEFAULT_PATH_DEPTH = 2

_IMPORTS: dict[str, tuple[str, ...]] = {
    "collections.abc": ("Mapping", "Sequence"),
    "datetime": ("datetime",),
    "typing": ("Any", "Literal", "Never", "NotRequired", "Protocol", "TypeAlias", "TypedDict", "overload"),
    "instant_admin": ("AsyncInstantAdmin", "InstantAdmin"),
    "instant_admin.typed": (
        "DateValue",
        "Direction",
        "LinkTarget",
        "LinkTargets",
        "NamespaceBuilder",
        "PageOptions",
        "StoredDate",
        "TransactionChunk",
        "WhereAny",
        "WhereBoolean",
        "WhereDate",
        "WhereId",
        "WhereIndexedBoolean",
        "WhereIndexedDate",
        "WhereIndexedNumber",
        "WhereIndexedText",
        "WhereNumber",
        "WhereText",
    ),
}
_OWN = ("AsyncClient", "Client", "Namespace", "Query", "Rows", "Tx")
_STANDARD = ("collections.abc", "datetime", "typing")
_WORD = re.compile(r"\w+")
_LABELS = re.compile(
    r"""
    ^\ *\"{3}.*                                                           # docstrings
    | ^\ +(?: "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | \w+ )(?: : | ,$ )  # keys, and items of lists
    | (?<=Literal)\[.*\]                                                 # names to choose from
    """,
    re.MULTILINE | re.VERBOSE,
)
"""What stands in a module beside types: the schema's own names, which may be spelt like something to import."""


def module_source(
    schema: Schema, *, command: str, use_dates: bool = False, path_depth: int = DEFAULT_PATH_DEPTH
) -> str:
    """The source of a module with the types of a schema, the same for schemas that are equal.

    Args:
        schema: It.
        command: What makes the module, for its docstring.
        use_dates: Whether the clients are made with `use_dates=True`, so that dates come as datetimes.
        path_depth: How many links the path of a condition may follow.
    """
    tables = _sorted(compile_schema(schema, with_system=True))
    imported = [name for imports in _IMPORTS.values() for name in imports]
    stems = name_stems(tables, (*imported, *_OWN))
    sections = [literal_alias("Namespace", tables)]
    for namespace in tables.values():
        sections += NamespaceTypes(namespace, tables, stems, use_dates, path_depth).sections()
    sections += [_query(stems), _rows(stems), _tx(stems), _CLIENTS]
    body = _join(sections)
    return f'"""{_header(command)}"""\n\nfrom __future__ import annotations\n\n{_imports(body)}\n{body}'


def _sorted(tables: Tables) -> Tables:
    """The same in the order of names, the system's last, since schemas are equal in any order of their parts."""
    names = sorted(filter(None, tables), key=lambda name: (name.startswith("$"), name))
    return {
        name: replace(tables[name], attributes=_by_label(tables[name].attributes), links=_by_label(tables[name].links))
        for name in names
    }


def _by_label(parts: Mapping[str, T]) -> dict[str, T]:
    """In the order of labels. Empty ones are left out: a TypedDict has no such keys."""
    return {label: parts[label] for label in sorted(parts) if label}


def _header(command: str) -> str:
    shown = command.replace("\\", "\\\\").replace('"', '\\"')
    return (
        "The app's schema as types, for type checkers and editors.\n\n"
        f"Made by `{shown}`.\nDo not edit it: change the schema, and make it again.\n"
    )


def _join(sections: Sequence[str]) -> str:
    """One blank line between sections, two beside classes."""
    text = sections[0]
    for before, section in pairwise(sections):
        is_beside_class = before.startswith("class ") or section.startswith("class ")
        text += ("\n\n" if is_beside_class else "\n") + section
    return text


def _imports(body: str) -> str:
    used = set(_WORD.findall(_LABELS.sub("", body)))
    blocks: list[str] = []
    for module, names in _IMPORTS.items():
        wanted = [name for name in names if name in used]
        if not wanted:
            continue
        members = "".join(f"{INDENT}{name},\n" for name in wanted)
        blocks.append(f"from {module} import " + (f"(\n{members})\n" if len(wanted) > 1 else f"{wanted[0]}\n"))
        if module == _STANDARD[-1]:
            blocks.append("\n")
    return "".join(blocks)


def _query(stems: Mapping[str, str]) -> str:
    asked = {name: f"{stem}Query" for name, stem in stems.items()}
    about = "A query: what is asked of each namespace."
    return typed_dict("Query", about, {"$$ruleParams": "Mapping[str, Any]", **asked}, total=False)


def _rows(stems: Mapping[str, str]) -> str:
    rows = {name: f"list[{stem}Row]" for name, stem in stems.items()}
    return typed_dict("Rows", "A query's result: the entities of each namespace that it asks for.", rows)


def _tx(stems: Mapping[str, str]) -> str:
    return "".join(_tx_lines(stems))


def _tx_lines(stems: Mapping[str, str]) -> Iterator[str]:
    yield "class Tx(Protocol):\n"
    yield f'{INDENT}"""Where transactions begin."""\n'
    for name, stem in stems.items():
        yield f"\n{INDENT}@overload\n"
        yield signature("__getitem__", ["self", f"namespace: Literal[{quoted(name)}]", "/"], f"{stem}Builder")
    builders = {f"{stem}Builder" for stem in stems.values()}
    attributes = [name for name in stems if is_attribute_name(name) and name[0] != "_" and name not in builders]
    yield "\n" if attributes else ""
    for name in attributes:
        yield line(f"{INDENT}{name}: {stems[name]}Builder")


_CLIENTS = '''\
Client: TypeAlias = InstantAdmin[Query, Rows, Tx]
"""The blocking client of an app with this schema: `Client(app_id, admin_token)`, `Client.local()`."""

AsyncClient: TypeAlias = AsyncInstantAdmin[Query, Rows, Tx]
"""The awaitable one."""
'''
