"""What shows that the description is true: recordings where there are any, pages of the server contract elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from scripts.contract.check import Report
from scripts.contract.description import Description, Operation, load_yaml
from scripts.contract.expectations import STATUSES, TOLERATED, UNCOVERED

INTRODUCTION = """\
# Evidence for openapi/admin.yaml

Written by `python scripts/check_contract.py --write`, which holds the description against every recorded exchange; do
not edit. "Recording" is a file of `tests/recordings`, the first that shows the thing; everything else is a page of the
server contract, as listed in `citations.yaml`. Placeholders of recordings are filled with plausible values first.

"""


@dataclass(frozen=True)
class Citations:
    """What only the server contract shows, from openapi/citations.yaml.

    Attributes:
        operations: Where the contract describes each operation.
        fields: `Schema.property` (or a pattern of such) to a page, for properties that no recording shows.
        parameters: `operation.name` to a page, likewise.
        statuses: Key of a response to a page, likewise.
        limits: For each operation, what is limited and what shows it.
    """

    operations: dict[str, str]
    fields: dict[str, str]
    parameters: dict[str, str]
    statuses: dict[str, str]
    limits: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Citations:
        """From the file."""
        return cls(**load_yaml(path))

    def of_field(self, name: str) -> str | None:
        """The page that shows a property, if listed."""
        return next((page for pattern, page in self.fields.items() if fnmatchcase(name, pattern)), None)


def fields_of(description: Description) -> Iterator[tuple[str, str, str]]:
    """Every property of every component: schema, reference of the schema, property."""
    for name, schema in description.document["components"]["schemas"].items():
        for key in schema.get("properties", {}):
            yield name, f"#/components/schemas/{name}", key


def gaps(description: Description, report: Report, citations: Citations) -> Iterator[str]:
    """What is described but neither recorded nor cited, and what is expected to be missing but is there."""
    yield from _operation_gaps(description, report, citations)
    yield from _field_gaps(description, report, citations)
    yield from _parameter_gaps(description, report, citations)
    for source in (source for limits in citations.limits.values() for source in limits.values()):
        if source.startswith("recording ") and source.removeprefix("recording ") not in report.recordings:
            yield f"citations.yaml, limits: there is no {source}"
    for rule in TOLERATED:
        if not report.tolerated[rule.reason]:
            yield f"no recording needs the tolerance any more: {rule.reason}"


def _operation_gaps(description: Description, report: Report, citations: Citations) -> Iterator[str]:
    at_work = {operation for operation, key, _ in report.statuses if key == "200"}
    described = {operation.id for operation in description.operations}
    for operation in description.operations:
        missing = [key for key in STATUSES if key not in operation.node["responses"]]
        if missing:
            yield f"{operation.id} does not describe {', '.join(missing)}"
    for name in sorted(described - at_work - UNCOVERED.keys()):
        yield f"no recording shows {name} at work, and it is not listed in expectations.py"
    for name in sorted(UNCOVERED.keys() - (described - at_work)):
        yield f"{name} is listed as uncovered in expectations.py, but is recorded or gone"
    for title, listed in (("operations", citations.operations), ("limits", citations.limits)):
        for name in sorted(listed.keys() - described):
            yield f"citations.yaml, {title}: there is no operation {name}"
    for name in sorted(described - citations.operations.keys()):
        yield f"citations.yaml, operations: {name} is missing"


def _field_gaps(description: Description, report: Report, citations: Citations) -> Iterator[str]:
    used = set()
    for schema, reference, key in fields_of(description):
        name = f"{schema}.{key}"
        matching = [pattern for pattern in citations.fields if fnmatchcase(name, pattern)]
        if (reference, key) in report.fields:
            if name in matching:
                yield f"citations.yaml, fields: {name} is recorded"
        elif matching:
            used.update(matching)
        else:
            yield f"no recording shows the property {name}, and citations.yaml has no page for it"
    for pattern in citations.fields.keys() - used:
        yield f"citations.yaml, fields: {pattern} is not described, or recorded"


def _parameter_gaps(description: Description, report: Report, citations: Citations) -> Iterator[str]:
    used = set()
    for operation in description.operations:
        for parameter in operation.parameters:
            name = f"{operation.id}.{parameter['name']}"
            if parameter["in"] == "path" or parameter_source(report, operation, parameter) is not None:
                continue
            if name in citations.parameters:
                used.add(name)
            else:
                yield f"no recording shows the parameter {name}, and citations.yaml has no page for it"
    for name in citations.parameters.keys() - used:
        yield f"citations.yaml, parameters: {name} is not described, or recorded"


def parameter_source(report: Report, operation: Operation, parameter: dict[str, Any]) -> str | None:
    """What shows a parameter: a recording of the operation, or else of another that takes it too."""
    place, name = parameter["in"], parameter["name"]
    own = report.parameters.get((operation.id, place, name))
    if own is not None:
        return f"recording {own}"
    others = ((other, seen) for (other, p, n), seen in report.parameters.items() if (p, n) == (place, name))
    return next((f"recording {seen} (with {other})" for other, seen in others), None)


def render(description: Description, report: Report, citations: Citations) -> str:
    """The text of openapi/evidence.md."""
    parts = [INTRODUCTION, "## Operations\n"]
    for operation in description.operations:
        parts.append(f"\n### {operation.id}: `{operation.method} {operation.path}`\n\n")
        parts.append(
            f"Server contract, {citations.operations.get(operation.id, '?')}.\n\n| What | Shown by |\n|---|---|\n"
        )
        parts += [f"| {what} | {source} |\n" for what, source in _rows(operation, report, citations)]
    parts.append("\n## Bodies and events\n")
    for name, schema in description.document["components"]["schemas"].items():
        rows = [_field_row(name, key, report, citations) for key in schema.get("properties", {})]
        if rows:
            parts.append(f"\n### {name}\n\n| Field | Shown by |\n|---|---|\n{''.join(rows)}")
    return "".join(parts)


def _rows(operation: Operation, report: Report, citations: Citations) -> Iterator[tuple[str, str]]:
    for key in operation.node["responses"]:
        seen = {status: name for (o, k, status), name in report.statuses.items() if (o, k) == (operation.id, key)}
        for status in sorted(seen):
            yield f"status {status}", f"recording {seen[status]}"
        if not seen:
            reason = UNCOVERED.get(operation.id) if key == "200" else None
            page = citations.operations.get(operation.id, "?") if key == "200" else citations.statuses.get(key, "?")
            yield f"status {key}", f"server contract, {page}" + (f" ({reason})" if reason else "")
    for parameter in operation.parameters:
        if parameter["in"] == "path":
            continue
        page = citations.parameters.get(f"{operation.id}.{parameter['name']}", "?")
        source = parameter_source(report, operation, parameter) or f"server contract, {page}"
        yield f"{parameter['in']} parameter `{parameter['name']}`", source
    for media_type, content in operation.body_content.items():
        yield "request body", f"`{content['schema']['$ref'].split('/')[-1]}`" if "json" in media_type else media_type
    for limit, source in citations.limits.get(operation.id, {}).items():
        yield f"limit: {limit}", source


def _field_row(schema: str, key: str, report: Report, citations: Citations) -> str:
    seen = report.fields.get((f"#/components/schemas/{schema}", key))
    source = f"recording {seen}" if seen else f"server contract, {citations.of_field(f'{schema}.{key}') or '?'}"
    return f"| `{key}` | {source} |\n"
