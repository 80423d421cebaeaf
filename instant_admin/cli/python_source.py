"""Schemas and rules as Python source, laid out as ruff and black do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from instant_admin.perms import Rules
from instant_admin.schema import Attribute, LinkEnd, Schema

_STEP = "    "
_WIDTH = 88


def schema_source(schema: Schema) -> str:
    """A module that makes `schema`."""
    return "\n".join(
        (
            '"""The schema of the app."""',
            "",
            "from instant_admin import i",
            "",
            "schema = i.schema(",
            *_entities(schema),
            *_links(schema),
            ")",
            "",
        )
    )


def rules_source(rules: Rules) -> str:
    """A module that makes `rules`."""
    return "\n".join(
        (
            '"""The permission rules of the app."""',
            "",
            "from instant_admin import Rules",
            "",
            "rules = Rules.from_json(",
            f"{_STEP}{_literal(rules.to_json(), _STEP)}",
            ")",
            "",
        )
    )


def _entities(schema: Schema) -> Iterator[str]:
    yield f"{_STEP}entities={{"
    for name, entity in schema.entities.items():
        if not entity.attributes:
            yield f"{_STEP * 2}{_quoted(name)}: i.entity({{}}),"
            continue
        yield f"{_STEP * 2}{_quoted(name)}: i.entity("
        yield f"{_STEP * 3}{{"
        for label, attribute in entity.attributes.items():
            yield f"{_STEP * 4}{_quoted(label)}: {_attribute(attribute)},"
        yield f"{_STEP * 3}}}"
        yield f"{_STEP * 2}),"
    yield f"{_STEP}}},"


def _attribute(attribute: Attribute) -> str:
    modifiers = (
        ("optional", not attribute.is_required),
        ("unique", attribute.is_unique),
        ("indexed", attribute.is_indexed),
    )
    return f"i.{attribute.value_type}()" + "".join(f".{name}()" for name, is_set in modifiers if is_set)


def _links(schema: Schema) -> Iterator[str]:
    if not schema.links:
        return
    yield f"{_STEP}links={{"
    for name, link in schema.links.items():
        yield f"{_STEP * 2}{_quoted(name)}: {{"
        yield f'{_STEP * 3}"forward": {_end(link.forward)},'
        yield f'{_STEP * 3}"reverse": {_end(link.reverse)},'
        yield f"{_STEP * 2}}},"
    yield f"{_STEP}}},"


def _end(end: LinkEnd) -> str:
    given: dict[str, Any] = {"on": end.on, "label": end.label, "has": end.has}
    if end.required:
        given["required"] = True
    if end.on_delete is not None:
        given["on_delete"] = end.on_delete
    return _literal(given, _STEP * 3)


def _literal(value: Any, indent: str) -> str:
    """A JSON value as Python, on one line where it fits."""
    if isinstance(value, dict):
        items = [f"{_quoted(key)}: {_literal(item, indent + _STEP)}" for key, item in value.items()]
        return _bracketed("{", items, "}", indent)
    if isinstance(value, list):
        return _bracketed("[", [_literal(item, indent + _STEP) for item in value], "]", indent)
    return _quoted(value) if isinstance(value, str) else repr(value)


def _bracketed(opening: str, items: list[str], closing: str, indent: str) -> str:
    line = f"{opening}{', '.join(items)}{closing}"
    if len(indent) + len(line) <= _WIDTH and "\n" not in line:
        return line
    inner = indent + _STEP
    return f"{opening}\n" + "".join(f"{inner}{item},\n" for item in items) + f"{indent}{closing}"


def _quoted(text: str) -> str:
    """A text as a literal in double quotes, where it holds none."""
    shown = repr(text)
    return shown if '"' in text or shown[0] == '"' else f'"{shown[1:-1]}"'
