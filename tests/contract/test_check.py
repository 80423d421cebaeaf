"""The description is true: it agrees with every recording, and any change of it is noticed."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from scripts.contract.check import Check, Report
from scripts.contract.description import Description
from scripts.contract.evidence import Citations, fields_of, gaps, render
from scripts.contract.recordings import ANYTHING, Exchange, fill, read_json

ROOT = Path(__file__).resolve().parent.parent.parent


def problems(description: Description, exchanges: list[Exchange], citations: Citations) -> list[str]:
    report = Check(description).run(exchanges)
    return [*report.violations, *gaps(description, report, citations)]


def test_no_recording_disagrees_with_the_description(report: Report) -> None:
    assert report.violations == []
    assert report.requests > 4000
    assert report.replies > 6000
    assert report.streamed > 600


def test_what_is_described_is_recorded_or_cited(description: Description, report: Report, citations: Citations) -> None:
    assert list(gaps(description, report, citations)) == []


def test_the_evidence_is_up_to_date(description: Description, report: Report, citations: Citations) -> None:
    assert (ROOT / "openapi/evidence.md").read_text() == render(description, report, citations)


def test_every_operation_is_in_the_evidence_with_its_statuses(description: Description) -> None:
    sections = (ROOT / "openapi/evidence.md").read_text().split("\n### ")
    for operation in description.operations:
        section = next(part for part in sections if part.startswith(f"{operation.id}: "))
        assert all(f"\n| status {first}" in section for first in ("200 |", "4", "5")), operation.id
        assert "contract, ?" not in section


def test_every_recorded_type_of_error_is_listed(description: Description, exchanges: list[Exchange]) -> None:
    for status, schema in ((4, "ErrorReply"), (5, "FaultReply")):
        listed = description.at(f"#/components/schemas/{schema}")["properties"]["type"]["description"]
        replies = [e.reply for e in exchanges if e.status // 100 == status and isinstance(e.reply, dict)]
        assert {f"`{reply['type']}`" for reply in replies} <= set(re.findall("`[^`]+`", listed))


@contextmanager
def renamed(holder: dict[str, Any], key: str, new: str | None) -> Iterator[None]:
    """The mapping with one key renamed, or without it, in the same order; put back afterwards."""
    before = dict(holder)
    holder.clear()
    holder.update({(new if name == key else name): value for name, value in before.items() if name != key or new})
    try:
        yield
    finally:
        holder.clear()
        holder.update(before)


def test_a_renamed_property_is_noticed_wherever_it_is(
    description: Description, exchanges: list[Exchange], report: Report, citations: Citations
) -> None:
    recordings = defaultdict(list)
    for exchange in exchanges:
        recordings[exchange.recording].append(exchange)
    unnoticed = []
    for schema, reference, key in list(fields_of(description)):
        node = description.at(reference)
        shown_in = report.fields.get((reference, key))
        with renamed(node["properties"], key, f"{key}x"):
            mutant = Description(description.document)
            if shown_in and not node["additionalProperties"]:
                noticed = Check(mutant).run(recordings[shown_in]).violations != []
            else:
                noticed = any(f"the property {schema}.{key}x" in gap for gap in gaps(mutant, report, citations))
        if not noticed:
            unnoticed.append(f"{schema}.{key}")
    assert unnoticed == []


def test_a_removed_status_is_noticed_wherever_it_is(
    description: Description, exchanges: list[Exchange], report: Report
) -> None:
    first = {}
    for exchange in exchanges:
        operation = description.find(exchange.method, exchange.path)
        if operation is not None:
            first.setdefault((operation.id, exchange.status), exchange)
    for operation_id, key, status in report.statuses:
        operation = next(o for o in description.operations if o.id == operation_id)
        with renamed(operation.node["responses"], key, None):
            found = Check(Description(description.document)).run([first[operation_id, status]]).violations
        assert any(f"status {status} is not described" in problem for problem in found), (operation_id, key)


def test_a_status_that_no_recording_shows_cannot_be_removed_either(
    description: Description, report: Report, citations: Citations
) -> None:
    for operation in description.operations:
        for key in operation.node["responses"]:
            with renamed(operation.node["responses"], key, None):
                found = list(gaps(Description(description.document), report, citations))
            assert f"{operation.id} does not describe {key}" in found


def _without(*path: str) -> Callable[[dict[str, Any]], None]:
    def mutate(document: dict[str, Any]) -> None:
        node = document
        for part in path[:-1]:
            node = node[part]
        del node[path[-1]]

    return mutate


def _replace(value: Any, *path: str) -> Callable[[dict[str, Any]], None]:
    def mutate(document: dict[str, Any]) -> None:
        node = document
        for part in path[:-1]:
            node = node[part]
        node[path[-1]] = value

    return mutate


def _rename(new: str, *path: str) -> Callable[[dict[str, Any]], None]:
    def mutate(document: dict[str, Any]) -> None:
        node = document
        for part in path[:-1]:
            node = node[part]
        node[new] = node.pop(path[-1])

    return mutate


@pytest.mark.parametrize(
    ("mutate", "expected"),
    [
        (_rename("/admin/queries", "paths", "/admin/query"), "POST /admin/query is neither described"),
        (_rename("put", "paths", "/admin/query", "post"), "POST /admin/query is neither described"),
        (_replace("app-identity", "components", "parameters", "AppIdHeader", "name"), "header parameter app-id is not"),
        (_replace("mail", "components", "parameters", "UserEmail", "name"), "query parameter email is not described"),
        (_without("paths", "/admin/users", "get", "parameters"), "query parameter id is not described"),
        (_replace([{"adminToken": []}], "paths", "/admin/query", "post", "security"), "accepted without credentials"),
        (_without("paths", "/admin/query", "post", "requestBody"), "a body was accepted where none is described"),
        (_replace("integer", "components", "schemas", "UploadedFile", "properties", "size", "type"), ""),
        (_replace("string", "components", "schemas", "UploadedFile", "properties", "size", "type"), "data/size: "),
        (_without("components", "schemas", "SignInReply", "properties", "created"), "('created' was unexpected)"),
        (_without("components", "responses", "Refused", "content", "text/plain"), "a reply of type text/plain"),
        (
            _replace(
                [], "paths", "/admin/sse", "post", "responses", "200", "content", "text/event-stream", "x-messages"
            ),
            "event sse-init is not described",
        ),
        (_replace("path-of-file", "components", "parameters", "FilePath", "name"), "header parameter path is not"),
        (_replace(True, "components", "parameters", "UserId", "required"), "accepted without the query parameter id"),
    ],
)
def test_a_changed_description_is_noticed(
    description: Description,
    exchanges: list[Exchange],
    mutate: Callable[[dict[str, Any]], None],
    expected: str,
) -> None:
    document = copy.deepcopy(description.document)
    mutate(document)
    few = [
        exchange for exchange in exchanges if exchange.recording.startswith(("auth_", "http_", "sto_upload", "live_"))
    ]
    found = Check(Description(document)).run(few).violations
    assert any(expected in problem for problem in found) if expected else found == []


@pytest.mark.parametrize(
    ("listed", "key", "expected"),
    [
        ("fields", "User.email", "User.email is recorded"),
        ("fields", "User.nothing", "User.nothing is not described"),
        ("parameters", "query.app_id", "query.app_id is not described, or recorded"),
        ("operations", "fly", "there is no operation fly"),
        ("limits", "fly", "there is no operation fly"),
    ],
)
def test_a_citation_that_nothing_needs_is_noticed(
    description: Description, report: Report, citations: Citations, listed: str, key: str, expected: str
) -> None:
    changed = copy.deepcopy(citations)
    getattr(changed, listed)[key] = {} if listed == "limits" else "data.md section 1"
    assert any(expected in problem for problem in gaps(description, report, changed))


def test_a_limit_must_name_a_recording_that_exists(
    description: Description, report: Report, citations: Citations
) -> None:
    changed = copy.deepcopy(citations)
    changed.limits["query"]["none"] = "recording no_such_thing"
    assert "citations.yaml, limits: there is no recording no_such_thing" in list(gaps(description, report, changed))


def test_an_operation_that_no_recording_shows_at_work_is_reported(
    description: Description, exchanges: list[Exchange], citations: Citations
) -> None:
    found = problems(description, [e for e in exchanges if not e.path.endswith("/jwks.json")], citations)
    assert "no recording shows getWebhookKeys at work, and it is not listed in expectations.py" in found


def test_placeholders_become_plausible_values_equal_where_their_number_is() -> None:
    filled = fill(
        {"${uuid:1}": ["${uuid:1}", "x-${uuid:1}", "${UUID:1}", "${code:7}", "${int:2}", "${any:1}", "plain"]}
    )
    ((key, values),) = filled.items()
    assert values == [key, f"x-{key}", key.upper(), "000007", 1002, ANYTHING, "plain"]


def test_a_body_is_read_as_the_server_reads_it() -> None:
    assert read_json(b'{"a": "\xff\n"} trailing') == {"a": "\ufffd\n"}
    assert read_json(b" ") is None
