"""Recorded exchanges with a real server, their placeholders replaced by plausible values."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

PLACEHOLDER = re.compile(r"\$\{([a-zA-Z]+):(\d+)\}")
JSON_TYPE = re.compile(r"application/(json|[^;]+\+json)")


class Anything:
    """A recorded value that is the server's own business: present, of any type."""

    def __repr__(self) -> str:
        return "(anything)"


ANYTHING: Final = Anything()

# How a value that only the server can choose looks; the same number gives the same value within a recording.
VALUES: dict[str, Callable[[int], Any]] = {
    "uuid": lambda n: f"{n:08x}-0000-4000-8000-{n:012x}",
    "new": lambda n: f"{n:08x}-0000-4000-9000-{n:012x}",
    "int": lambda n: 1000 + n,
    "ms": lambda n: 1_769_850_300_000 + n,
    "time": lambda n: f"2026-01-31T09:{n // 60 % 60:02}:{n % 60:02}Z",
    "code": lambda n: f"{n:06}",
    "text": lambda n: f"text-{n}",
    "any": lambda n: ANYTHING,  # noqa: ARG005  all of them alike
}


@dataclass(frozen=True)
class Exchange:
    """One request and its reply; for a stream, the events that were seen too."""

    recording: str
    step: int
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes | None
    given: Any
    status: int
    media_type: str | None
    reply: Any
    has_reply: bool
    is_stream: bool = False
    events: list[Any] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        """Whether the server did what was asked."""
        return self.status == 200


def read_all(folder: Path) -> list[Exchange]:
    """Every exchange of every recording under a folder, in the order of file names."""
    return [exchange for file in sorted(folder.glob("*/*.json")) for exchange in read(file)]


def read(file: Path) -> Iterator[Exchange]:
    """The exchanges of one recording."""
    scenario = json.loads(file.read_text())
    streams: dict[str, Exchange] = {}
    for number, step in enumerate(scenario["steps"]):
        if "call" in step:
            yield _exchange(file.stem, number, step["call"], step["reply"])
        elif "sse_open" in step:
            stream = _exchange(
                file.stem, number, step["sse_open"], step["reply"], is_stream=step["reply"]["status"] == 200
            )
            streams[step["sse_open"]["id"]] = stream
            yield stream
        elif "event" in step:
            opened = step.get("sse_next") or step["sse_last"]
            streams[opened["id"]].events.append(fill(step["event"]))


def fill(value: Any) -> Any:
    """A recorded value with plausible values in place of its placeholders."""
    if isinstance(value, dict):
        return {str(fill(key)): fill(item) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item) for item in value]
    if not isinstance(value, str) or "${" not in value:
        return value
    whole = PLACEHOLDER.fullmatch(value)
    return _value(whole) if whole else PLACEHOLDER.sub(lambda match: str(_value(match)), value)


def read_json(body: bytes) -> Any:
    """A JSON body as the server reads it: what follows the first value does not count, nor does bad UTF-8."""
    text = body.decode("utf-8", "replace").lstrip()
    return json.JSONDecoder(strict=False).raw_decode(text)[0] if text else None


def _value(match: re.Match[str]) -> Any:
    kind, number = match.group(1), int(match.group(2))
    value = VALUES[kind.lower()](number)
    return value.upper() if kind.isupper() else value  # `${UUID:3}` is `${uuid:3}` in upper case


def _exchange(
    recording: str, number: int, call: dict[str, Any], reply: dict[str, Any], *, is_stream: bool = False
) -> Exchange:
    headers = {name.lower(): str(fill(value)) for name, value in call.get("headers", {}).items()}
    query = {name: str(fill(value)) for name, value in call.get("query", {}).items()}
    body, given = None, None
    if "json" in call:
        headers.setdefault("content-type", "application/json")
        given = fill(call["json"])
        body = json.dumps(call["json"]).encode()
    elif "base64" in call:
        body = base64.b64decode(call["base64"])
        content_type = headers.get("content-type", "")
        if content_type.startswith("application/x-www-form-urlencoded"):
            query.update(parse_qsl(body.decode()))  # a form counts as parameters
        elif JSON_TYPE.match(content_type) and reply["status"] == 200 and call["method"] != "PUT":
            given = read_json(body)
    return Exchange(
        recording=recording,
        step=number,
        method=call["method"],
        path=str(fill(call["path"])),
        query=query,
        headers=headers,
        body=body,
        given=given,
        status=reply["status"],
        media_type=reply.get("content_type") or ("text/event-stream" if is_stream else None),
        reply=fill(reply.get("json", reply.get("text"))),
        has_reply="json" in reply or reply.get("text", "") != "",
        is_stream=is_stream,
    )
