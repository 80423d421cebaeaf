"""Holds recorded exchanges against the description."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from scripts.contract.description import Description, Operation
from scripts.contract.expectations import OUTSIDE, TOLERATED, TRANSPORT_HEADERS, Tolerance
from scripts.contract.recordings import JSON_TYPE, Exchange
from scripts.contract.schemas import Schemas


@dataclass
class Report:
    """What a run found.

    Attributes:
        violations: Where the description and a recording disagree.
        statuses: For each (operation, key of a response, status), the first recording that shows it.
        parameters: For each (operation, place, name), the first recording that shows it.
        fields: For each (reference of a schema, property), the first recording that shows it.
        events: For each reference of an event's schema, the first recording that shows it.
        outside: How many calls went to endpoints that the description leaves out, by reason.
        tolerated: How often each rule of leniency was needed.
        recordings: The names of all recordings.
        requests: How many requests were checked, `replies` and `streamed` likewise for replies and events.
    """

    violations: list[str] = field(default_factory=list)
    statuses: dict[tuple[str, str, int], str] = field(default_factory=dict)
    parameters: dict[tuple[str, str, str], str] = field(default_factory=dict)
    fields: dict[tuple[str, str], str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    outside: Counter[tuple[str, str]] = field(default_factory=Counter)
    tolerated: Counter[str] = field(default_factory=Counter)
    recordings: set[str] = field(default_factory=set)
    requests: int = 0
    replies: int = 0
    streamed: int = 0


class Check:
    """One run over exchanges, against one description."""

    def __init__(self, description: Description) -> None:
        self._description = description
        self._schemas = Schemas(description)
        self.report = Report(fields=self._schemas.seen)

    def run(self, exchanges: Iterable[Exchange]) -> Report:
        """Checks every accepted request, every reply and every event."""
        for exchange in exchanges:
            self.report.recordings.add(exchange.recording)
            operation = self._description.find(exchange.method, exchange.path)
            if operation is None:
                self._note_outside(exchange)
                continue
            problems = [*self._reply(operation, exchange), *self._events(operation, exchange)]
            if exchange.accepted:
                problems += self._request(operation, exchange)
            where = f"{exchange.recording}, step {exchange.step}: {operation.id}"
            self.report.violations += [f"{where}: {problem}" for problem in problems]
        return self.report

    def _note_outside(self, exchange: Exchange) -> None:
        for pattern, reason in OUTSIDE.items():
            if re.fullmatch(pattern, f"{exchange.method} {exchange.path}"):
                self.report.outside[(pattern, reason)] += 1
                return
        self.report.violations.append(
            f"{exchange.recording}, step {exchange.step}: {exchange.method} {exchange.path} is neither described nor "
            "left out for a reason"
        )

    def _reply(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        self.report.replies += 1
        declared = self._description.response(operation, exchange.status)
        if declared is None:
            yield f"status {exchange.status} is not described"
            return
        key, response = declared
        self.report.statuses.setdefault((operation.id, key, exchange.status), exchange.recording)
        if not exchange.has_reply and (exchange.is_stream or exchange.status >= 500):
            return  # a stream's events are checked apart; the body of a failure may be empty
        if exchange.media_type is None or exchange.media_type not in response["content"]:
            yield f"status {exchange.status}: a reply of type {exchange.media_type} is not described"
            return
        reference = self._content(operation, ("responses", key), exchange.media_type)
        for problem in self._schemas.errors(reference, exchange.reply, exchange.recording):
            yield f"reply {exchange.status}: {problem}"

    def _events(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        declared = self._description.response(operation, exchange.status)
        if not exchange.is_stream or declared is None:
            return
        messages = declared[1]["content"].get("text/event-stream", {}).get("x-messages", [])
        by_op = {self._op(message): message["$ref"] for message in messages}
        for event in exchange.events:
            self.report.streamed += 1
            reference = by_op.get(event.get("op"))
            if reference is None:
                yield f"event {event.get('op')} is not described"
                continue
            self.report.events.setdefault(reference, exchange.recording)
            for problem in self._schemas.errors(reference, event, exchange.recording):
                yield f"event {event['op']}: {problem}"

    def _op(self, message: dict[str, Any]) -> object:
        """What names a kind of event."""
        return self._description.resolve(message)["properties"].get("op", {}).get("const")

    def _request(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        self.report.requests += 1
        if operation.needs_credentials and "authorization" not in exchange.headers:
            yield "accepted without credentials, which the description calls for"
        yield from self._parameters(operation, exchange)
        yield from self._body(operation, exchange)

    def _parameters(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        given = {"query": exchange.query, "header": exchange.headers}
        for place, values in given.items():
            declared = operation.parameters_in(place)
            for name in values.keys() - declared.keys():
                if place == "query" or name not in TRANSPORT_HEADERS:
                    yield from self._unless_tolerated(
                        operation, place, name, f"{place} parameter {name} is not described"
                    )
            for name, parameter in declared.items():
                if name in values:
                    self.report.parameters.setdefault((operation.id, place, parameter["name"]), exchange.recording)
                elif parameter.get("required"):
                    yield f"accepted without the {place} parameter {name}"

    def _body(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        content = operation.body_content
        if "application/octet-stream" in content:
            return  # bytes of any media type: nothing to hold them against
        if not content:
            if exchange.given is not None:
                yield "a body was accepted where none is described"
            return
        if exchange.body is None or not JSON_TYPE.match(exchange.headers.get("content-type", "")):
            if operation.node["requestBody"]["required"]:
                yield "accepted without a body"
            return
        # A JSON value that is no object is read as an empty object.
        body = exchange.given if isinstance(exchange.given, dict) else {}
        reference = self._content(operation, ("requestBody",), "application/json")
        for problem in self._schemas.errors(reference, body, exchange.recording):
            yield from self._unless_tolerated(operation, "body", problem, f"request: {problem}")

    def _unless_tolerated(self, operation: Operation, place: str, detail: str, problem: str) -> Iterator[str]:
        rule = _tolerance(operation, place, detail)
        if rule is None:
            yield problem
        else:
            self.report.tolerated[rule.reason] += 1

    def _content(self, operation: Operation, keys: tuple[str, ...], media_type: str) -> str:
        """The reference of a body's schema."""
        holder: Any = operation.node
        pointer = operation.pointer
        for key in keys:
            holder, pointer = holder[key], f"{pointer}/{key}"
            if "$ref" in holder:
                pointer = holder["$ref"]
                holder = self._description.at(pointer)
        schema = holder["content"][media_type]["schema"]
        return str(schema.get("$ref", f"{pointer}/content/{media_type.replace('/', '~1')}/schema"))


def _tolerance(operation: Operation, place: str, detail: str) -> Tolerance | None:
    return next((rule for rule in TOLERATED if rule.covers(operation.path, place, detail)), None)
