"""Replay recorded exchanges against a server and report every difference.

A recording is one JSON file per scenario:

    {"name": ..., "area": ..., "about": ..., "steps": [step, ...]}

Each step is one of

    {"call":  {"method", "path", "query", "headers", "json" | "base64"},
     "reply": {"status", "content_type", "json" | "text"}, "compare": "exact" | "unordered" | "status"}
    {"sse_open": {"id", "method", "path", "query", "headers", "json"}, "reply": {"status", ...}}
    {"sse_next": {"id", "op"?}, "event": {...}}   the next event of that stream (of that op), without keep-alives and
                                                  repetitions (see `Watched`)
    {"sse_idle": {"id", "seconds"}}               no event arrives within that time
    {"sse_last": {"id", "seconds", "op"?}, "event"}  the last event (of that op) before that much silence; how many come
                                                  before it is open
    {"sse_close": {"id"}}
    {"sleep": seconds}

Values only the server can choose are placeholders: `${uuid:3}`, `${int:1}`, `${time:2}`, `${ms:1}`, `${code:1}`,
`${text:4}` (also the wording of messages, which is each server's own) and `${any:5}` (present, value internal). A
placeholder is bound where it first appears in a reply and must be equal wherever it appears again, in later requests
too. `${new:2}` in a request is a random uuid of the client's own. The first step of every scenario creates a throw-away
app: POST /dash/apps/ephemeral.

Header values are Latin-1 (one character for each byte), since some scenarios send raw bytes.
"""

from __future__ import annotations

import base64
import json
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

PLACEHOLDER = re.compile(r"\$\{([a-z]+):(\d+)\}")
UPPER_CASE = re.compile(r"\$\{[A-Z]+:\d+\}")
"""In requests: `${UUID:3}` is the value of `${uuid:3}` in upper case."""
UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
TIME = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
EARLIEST_MS = 1.6e12
KINDS: dict[str, Callable[[Any], bool]] = {
    "uuid": lambda v: isinstance(v, str) and bool(UUID.match(v)),
    "int": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "ms": lambda v: isinstance(v, int | float) and not isinstance(v, bool) and v > EARLIEST_MS,
    "time": lambda v: isinstance(v, str) and bool(TIME.match(v)),
    "code": lambda v: isinstance(v, str) and bool(re.fullmatch(r"\d{6}", v)),
    "text": lambda v: isinstance(v, str) and v != "",
    "any": lambda v: True,
}
# In the server's replies for its operators; another server may leave them out.
OPTIONAL = {
    "trace-id",
    "processed-isn",
    "duration-ms",
    "instaql-query-hash",
    "instaql-topic?",
    "debug-uri",
    "instant.grouped-queue/put-at",
    "total-delay-ms",
    "ws-ping-latency-ms",
    "instance-id",
}
EVENT_SECONDS = 10.0
"""How long an expected event may take."""

Bound = dict[str, Any]
Reply = tuple[int, bytes]
"""Status and body."""
Send = Callable[[str, str, dict[str, str], dict[str, str], bytes | None], Reply]
"""Method, path, query, headers, body."""
OpenStream = Callable[..., Any]
"""The same arguments; the result has `status`, `next(seconds)` (an event, or None after silence) and `close()`."""


class UnboundError(Exception):
    """A request needs a value that no earlier reply supplied."""


def replay(scenario: dict[str, Any], send: Send, open_stream: OpenStream | None = None) -> list[str]:
    """Run one scenario; the result is empty when every reply equals the recorded one.

    After a difference the scenario goes on, since one wrong reply need not spoil the next, but a request that needs
    a value which never arrived ends it.
    """
    run = _Run(send, open_stream)
    out: list[str] = []
    try:
        for number, step in enumerate(scenario["steps"]):
            try:
                out += [f"step {number}{found}" for found in run.step(step)]
            except (UnboundError, NotImplementedError) as end:
                return [*out, f"step {number}: {end}"]
    finally:
        run.close()
    return out


class _Run:
    """One scenario on its way: what is bound so far, and the open streams."""

    def __init__(self, send: Send, open_stream: OpenStream | None) -> None:
        self._send, self._open_stream = send, open_stream
        self._bound: Bound = {}
        self._streams: dict[str, Watched] = {}

    def close(self) -> None:
        for stream in self._streams.values():
            stream.close()

    def step(self, step: dict[str, Any]) -> list[str]:
        if "call" in step:
            return self._call(step)
        if "sse_open" in step:
            return self._open(step)
        if "sse_next" in step:
            how = step["sse_next"]
            return self._event(step, self._streams[how["id"]].next(EVENT_SECONDS, how.get("op")))
        if "sse_last" in step:
            how = step["sse_last"]
            return self._event(step, self._streams[how["id"]].last(how["seconds"], how.get("op")))
        if "sse_idle" in step:
            event = self._streams[step["sse_idle"]["id"]].next(step["sse_idle"]["seconds"])
            return [] if event is None else [f": expected silence, got {json.dumps(event)[:300]}"]
        if "sse_close" in step:
            self._streams.pop(step["sse_close"]["id"]).close()
        elif "sleep" in step:
            time.sleep(step["sleep"])
        return []

    def _call(self, step: dict[str, Any]) -> list[str]:
        call = fill(step["call"], self._bound)
        body, headers = _body(call)
        reply = self._send(call["method"], call["path"], call.get("query", {}), headers, body)
        found = check_reply(step["reply"], reply, self._bound, step.get("compare", "exact"))
        return [f" {call['method']} {call['path']}: {difference}" for difference in found]

    def _open(self, step: dict[str, Any]) -> list[str]:
        if self._open_stream is None:
            raise NotImplementedError("this run has no stream support")
        call = fill(step["sse_open"], self._bound)
        body, headers = _body(call)
        stream = Watched(self._open_stream(call["method"], call["path"], call.get("query", {}), headers, body))
        self._streams[call["id"]] = stream
        expected = step["reply"]["status"]
        return [] if stream.status == expected else [f": status: expected {expected}, got {stream.status}"]

    def _event(self, step: dict[str, Any], event: Any) -> list[str]:
        if event is None:
            return [f": expected an event, none in {EVENT_SECONDS} s"]
        found = compare(step["event"], event, self._bound, "event", step.get("compare") == "unordered")
        return [f": {difference}" for difference in found]


def fill(value: Any, bound: Bound) -> Any:
    """Replace placeholders in a request by the values bound so far."""
    if isinstance(value, dict):
        return {fill(k, bound): fill(v, bound) for k, v in value.items()}
    if isinstance(value, list):
        return [fill(v, bound) for v in value]
    if not isinstance(value, str) or "${" not in value:
        return value
    value = UPPER_CASE.sub(lambda m: str(fill(m.group(0).lower(), bound)).upper(), value)
    for new in re.findall(r"\$\{new:\d+\}", value):
        bound.setdefault(new, str(uuid.uuid4()))
    if PLACEHOLDER.fullmatch(value):
        return _lookup(value, bound)
    return PLACEHOLDER.sub(lambda m: str(_lookup(m.group(0), bound)), value)


def _lookup(name: str, bound: Bound) -> Any:
    if name not in bound:
        raise UnboundError(f"needs {name}, which no reply supplied")
    return bound[name]


def compare(expected: Any, actual: Any, bound: Bound, at: str = "", unordered: bool = False) -> list[str]:
    """Differences between a recorded value and an observed one, binding placeholders on the way."""
    if isinstance(expected, str) and "${" in expected:
        return _compare_text(expected, actual, bound, at)
    if isinstance(expected, dict):
        return _compare_object(expected, actual, bound, at, unordered)
    if isinstance(expected, list):
        return _compare_list(expected, actual, bound, at, unordered)
    if isinstance(expected, bool) or isinstance(actual, bool) or expected is None or actual is None:
        equal = expected is actual
    else:
        equal = expected == actual
    return [] if equal else [f"{at}: expected {expected!r}, got {actual!r}"]


def _compare_text(expected: str, actual: Any, bound: Bound, at: str) -> list[str]:
    whole = PLACEHOLDER.fullmatch(expected)
    if whole is None:
        return _compare_pattern(expected, actual, bound, at)
    if expected in bound:
        return [] if bound[expected] == actual else [f"{at}: expected {bound[expected]!r} again, got {actual!r}"]
    if not KINDS[whole.group(1)](actual):
        return [f"{at}: expected some {whole.group(1)}, got {actual!r}"]
    bound[expected] = actual
    return []


def _compare_pattern(expected: str, actual: Any, bound: Bound, at: str) -> list[str]:
    """A text with placeholders inside it."""
    pattern, last = "", 0
    names: list[str] = []
    for found in PLACEHOLDER.finditer(expected):
        pattern += re.escape(expected[last : found.start()])
        if found.group(0) in bound:
            pattern += re.escape(str(bound[found.group(0)]))
        else:
            names.append(found.group(0))
            pattern += "(.+?)"
        last = found.end()
    pattern += re.escape(expected[last:])
    got = re.fullmatch(pattern, actual, re.DOTALL) if isinstance(actual, str) else None
    if not got:
        return [f"{at}: expected {expected!r}, got {actual!r}"]
    for name, text in zip(names, got.groups(), strict=True):
        bound.setdefault(name, text)
    return []


def _compare_object(expected: dict[str, Any], actual: Any, bound: Bound, at: str, unordered: bool) -> list[str]:
    if not isinstance(actual, dict):
        return [f"{at}: expected an object, got {actual!r}"]
    out = [f"{at}.{key}: missing" for key in expected if _key(key, bound) not in actual]
    known = {_key(key, bound) for key in expected}
    out += [f"{at}.{key}: unexpected, {actual[key]!r}" for key in actual if key not in known and key not in OPTIONAL]
    for key, want in expected.items():
        if (name := _key(key, bound)) in actual:
            seen = actual[name]
            if key == "check-results" and isinstance(seen, list):  # a busy server may repeat equal checks
                want, seen = _distinct(want), _distinct(seen)
            out += compare(want, seen, bound, f"{at}.{key}", unordered)
    return out


def _compare_list(expected: list[Any], actual: Any, bound: Bound, at: str, unordered: bool) -> list[str]:
    if not isinstance(actual, list):
        return [f"{at}: expected a list, got {actual!r}"]
    if len(expected) != len(actual):
        return [f"{at}: expected {len(expected)} items, got {len(actual)}: {json.dumps(actual)[:300]}"]
    if unordered:
        return _compare_unordered(expected, actual, bound, at)
    pairs = enumerate(zip(expected, actual, strict=True))
    return [difference for i, (want, seen) in pairs for difference in compare(want, seen, bound, f"{at}[{i}]")]


def _compare_unordered(expected: list[Any], actual: list[Any], bound: Bound, at: str) -> list[str]:
    rest = list(actual)
    out: list[str] = []
    for i, want in enumerate(expected):
        for seen in rest:
            trial = dict(bound)
            if not compare(want, seen, trial, at, True):
                bound.update(trial)
                rest.remove(seen)
                break
        else:
            out.append(f"{at}[{i}]: no item equals {json.dumps(want)[:200]}")
    return out


def _distinct(items: list[Any]) -> list[Any]:
    return [item for i, item in enumerate(items) if item not in items[:i]]


def _key(key: str, bound: Bound) -> str:
    """A recorded object key with its bound placeholders filled in."""
    try:
        return str(fill(key, bound))
    except UnboundError:
        return key


def check_reply(expected: dict[str, Any], reply: Reply, bound: Bound, how: str) -> list[str]:
    """Differences between a recorded reply and an observed one."""
    status, body = reply
    if (
        expected["status"] >= 500
    ):  # the real server trips over a caller's mistake there; any refusal is as good or better
        refused = status >= 400
        return [] if refused else [f"status: expected a refusal as {expected['status']}, got {status}: {body[:300]!r}"]
    if status != expected["status"]:
        return [f"status: expected {expected['status']}, got {status}: {body[:300]!r}"]
    if how == "status":
        return []
    if "json" in expected:
        try:
            got = json.loads(body)
        except ValueError:
            return [f"body: expected JSON, got {body[:200]!r}"]
        return compare(expected["json"], got, bound, "body", how == "unordered")
    if "text" in expected:
        return compare(expected["text"], body.decode("utf-8", "replace"), bound, "body")
    return []


def _body(call: dict[str, Any]) -> tuple[bytes | None, dict[str, str]]:
    headers = dict(call.get("headers", {}))
    if "json" in call:
        headers.setdefault("content-type", "application/json")
        return json.dumps(call["json"]).encode(), headers
    if "base64" in call:
        return base64.b64decode(call["base64"]), headers
    return None, headers


class Watched:
    """A stream without the events that say nothing new.

    A real server now and then sends a refresh without computations, or one that repeats a result the client already has
    (its attributes' statistics changed). When it does depends on its caches, so neither is compared: such computations
    are dropped, and the event when none is left.
    """

    def __init__(self, stream: Any) -> None:
        self._stream, self.status, self.close = stream, stream.status, stream.close
        self._known: dict[str, Any] = {}
        self._first = True
        self._early: list[Any] = []

    def next(self, seconds: float, op: str | None = None) -> Any:
        """The next event (of that `op`), or None when none comes within `seconds`."""
        end = time.monotonic() + seconds
        while True:
            event = self._take(max(0.0, end - time.monotonic()))
            if not isinstance(event, dict):
                return event
            event = self._news(event)
            if event is not None and op in (None, event.get("op")):
                return event

    def last(self, seconds: float, op: str | None = None) -> Any:
        """The last event (of that `op`) before `seconds` of silence."""
        event = self.next(EVENT_SECONDS, op)
        while event is not None:
            later = self.next(seconds, op)
            if later is None:
                break
            event = later
        return event

    def _take(self, seconds: float) -> Any:
        """The stream's next event, `sse-init` first: a real server now and then sends the first result ahead of it."""
        if self._early:
            return self._early.pop(0)
        event = self._stream.next(seconds)
        if self._first and isinstance(event, dict) and event.get("op") in ("add-query-ok", "error"):
            init = self._stream.next(1.0)
            if isinstance(init, dict) and init.get("op") == "sse-init":
                event, init = init, event
            self._early += [init] if init is not None else []
        self._first = self._first and event is None
        return event

    def _news(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """The event without what the client knows already; None where nothing is left."""
        if event.get("op") == "add-query-ok":
            self._is_new(event.get("q"), event.get("result"), event.get("result-meta"))
        elif event.get("op") == "refresh-ok":
            fresh = [
                c
                for c in event.get("computations") or []
                if self._is_new(c.get("instaql-query"), c.get("instaql-result"), c.get("result-meta"), False)
            ]
            return {**event, "computations": fresh} if fresh else None
        return event

    def _is_new(self, query: Any, result: Any, meta: Any, first: bool = True) -> bool:
        key, value = json.dumps(query, sort_keys=True), json.dumps([result, meta], sort_keys=True)
        if not first and key not in self._known:
            return False  # a refresh ahead of the first result, which follows
        old, self._known[key] = self._known.get(key), value
        return old != value
