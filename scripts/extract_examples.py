"""Take examples of each operation, a request and its reply, out of the recordings.

    python scripts/extract_examples.py            write openapi/examples/<operation>/<name>.json
    python scripts/extract_examples.py --check    write nothing; exit 1 when an example is stale, missing or too many

An operation gets one accepted call, the one that says most while it is short, and the first refused call of each type
of error. Placeholders are replaced by plausible values.
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for `scripts.contract`, as tests import it

from scripts.contract.description import Description, Operation, load_yaml
from scripts.contract.recordings import ANYTHING, Exchange, read_all

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "openapi/examples"
SHORT = 1500  # characters of an accepted call
REFUSED = 5  # examples of refused calls per operation

# Recordings that make better reading than the fullest call would.
PREFERRED = {
    "query": "query_library_mix",
    "transact": "tx_link_many",
    "createRefreshToken": "auth_refresh_tokens_extra_fields",
    "subscribeQuery": "live_create_update_delete",
    "openSession": "stream_done",
}

# What a recording leaves open, by key; anything else is null.
OPEN: dict[str, Any] = {
    "current-attrs": [],
    "current-schema": {"refs": {}, "blobs": {}},
    "data": "https://objects.example.com/00000003-0000-4000-8000-000000000003/1/a.txt?expires=1770422400&signature=0c9b",
    "idempotencyKey": "5f0c1f0e-6c0f-5d4e-9d5f-0d6f4b3a2c10",
    "key": "00000003-0000-4000-8000-000000000003/1/00000004-0000-4000-8000-000000000004",
    "kid": "3793245513",
    "x": "qrSkwDaMITRMF9nOgpueqxgaAiuFmJperYE3mkyl8Ow",
}


def examples(description: Description, exchanges: list[Exchange]) -> dict[str, str]:
    """Every example's text by its path below openapi/examples."""
    calls: dict[str, list[Exchange]] = {operation.id: [] for operation in description.operations}
    for exchange in exchanges:
        operation = description.find(exchange.method, exchange.path)
        if operation is not None:
            # Headers without a function are left out.
            known = operation.parameters_in("header").keys() | {"authorization", "content-type"}
            headers = {name: value for name, value in exchange.headers.items() if name in known}
            calls[operation.id].append(replace(exchange, headers=headers))
    found = {}
    for operation in description.operations:
        for name, exchange in _choose(operation, calls[operation.id]):
            text = json.dumps(_example(exchange), indent=2, ensure_ascii=False)
            found[f"{operation.id}/{name}.json"] = f"{text}\n"
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare the committed examples with what comes out")
    arguments = parser.parse_args()
    description = Description(load_yaml(ROOT / "openapi/admin.yaml"))
    wanted = examples(description, read_all(ROOT / "tests/recordings"))
    if arguments.check:
        there = {file.relative_to(EXAMPLES).as_posix(): file.read_text() for file in EXAMPLES.rglob("*.json")}
        stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
        if stale:
            print("openapi/examples is stale; run: python scripts/extract_examples.py", *stale, sep="\n  ")
        return 1 if stale else 0
    shutil.rmtree(EXAMPLES, ignore_errors=True)
    for name, text in wanted.items():
        file = EXAMPLES / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return 0


def _choose(operation: Operation, exchanges: list[Exchange]) -> Iterator[tuple[str, Exchange]]:
    accepted = [exchange for exchange in exchanges if exchange.accepted and _is_ordinary(operation, exchange)]
    preferred = [exchange for exchange in accepted if exchange.recording == PREFERRED.get(operation.id)]
    if accepted:
        yield "accepted", max(preferred or accepted, key=_worth)
    refused: dict[str, Exchange] = {}
    for exchange in exchanges:
        if exchange.status != 200 and isinstance(exchange.reply, dict):
            refused.setdefault(f"{exchange.status}-{exchange.reply['type']}", exchange)
    yield from list(refused.items())[:REFUSED]


def _is_ordinary(operation: Operation, exchange: Exchange) -> bool:
    """Whether a client would send it like that: a JSON body is an object."""
    return "application/json" not in operation.body_content or isinstance(exchange.given, dict)


def _worth(exchange: Exchange) -> tuple[bool, bool, int, bool]:
    """How good an accepted call is as an example: short, without failures, with many different keys, and complete."""
    short = len(json.dumps(_example(exchange))) <= SHORT
    smooth = all(event.get("op") != "error" for event in exchange.events)
    shown = exchange.events if exchange.is_stream else exchange.reply
    return short, smooth, len(set(_keys(shown))), not _has_open(shown)


def _example(exchange: Exchange) -> dict[str, Any]:
    request: dict[str, Any] = {"method": exchange.method, "path": exchange.path}
    if exchange.query:
        request["query"] = exchange.query
    if exchange.headers:
        request["headers"] = exchange.headers
    if exchange.given is not None:
        request["json"] = exchange.given
    elif exchange.body is not None:
        request["base64"] = base64.b64encode(exchange.body).decode()
    reply: dict[str, Any] = {"status": exchange.status}
    if exchange.is_stream:
        reply["events"] = close_open_values(exchange.events)
    elif exchange.has_reply:
        reply["json" if exchange.media_type == "application/json" else "text"] = close_open_values(exchange.reply)
    return {"recording": exchange.recording, "step": exchange.step, "request": request, "reply": reply}


def close_open_values(value: Any, key: str = "") -> Any:
    """A recorded value with something plausible in place of what a recording leaves open."""
    if isinstance(value, dict):
        return {name: close_open_values(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [close_open_values(item) for item in value]
    return OPEN.get(key) if value is ANYTHING else value


def _has_open(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_open, value.values()))
    return any(map(_has_open, value)) if isinstance(value, list) else value is ANYTHING


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _keys(item)


if __name__ == "__main__":
    sys.exit(main())
