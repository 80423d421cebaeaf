"""Streams send what the JavaScript SDK sends, and make the same of the answers: the oracle's transcripts of streams.

A stream is a conversation, so these run against a server that answers, and not a list of replies.
"""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin import APIError, ConfigurationError, InstantAdmin, InstantError, StreamError
from tests.support.fake_server import Answer, FakeServer, Received, Sequel, reply
from tests.support.fake_streams import FakeSession
from tests.support.live_events import INIT, Message, event, stream
from tests.support.transcripts import scopes, snake
from tests.support.vectors import load, read_value

VECTORS: dict[str, Any] = {
    vector["name"]: vector
    for vector in load("transcripts")["vectors"]
    if vector["call"]["method"].startswith("streams.")
}
ID = "44444444-4444-4444-8444-444444444449"
SOON = 10.0


class Script:
    """Answers as a transcript says."""

    def __init__(self, server: FakeServer, vector: dict[str, Any]) -> None:
        self._url = server.url
        self._vector = vector
        self._session = FakeSession(Sequel(), INIT["session-id"])
        self._size = 0
        server.always(self._answer)

    def _answer(self, request: Received) -> Answer:
        if request.path == "/admin/sse":
            return stream(INIT, sequel=self._session.sequel)
        if request.method == "GET":
            return reply(self._vector["script_file_bodies"][request.path].encode())
        for message in request.json["messages"]:
            getattr(self, snake(f"_{message['op']}").replace("-", "_"))(message)
        return reply({})

    def _start_stream(self, message: Message) -> None:
        about = {"client-event-id": message["client-event-id"], "client-id": message["client-id"]}
        refused = self._vector.get("script_refuse")
        if refused is not None:
            original = {"original-event": {"op": "start-stream"}, "status": 400}
            self._session.sequel.send(event({"op": "error", **refused, **about, **original}))
            return
        offset = self._vector.get("script_start_offset", 0)
        self._session.sequel.send(event({"op": "start-stream-ok", **about, "stream-id": ID, "offset": offset}))

    def _append_stream(self, message: Message) -> None:
        self._size += len("".join(message["chunks"]).encode())
        if message["done"]:
            self._session.say(op="stream-flushed", stream_id=ID, offset=self._size, done=True)

    def _subscribe_stream(self, message: Message) -> None:
        for said in self._vector["script_append"]:
            files = [{**file, "url": file["url"].replace("$ORIGIN", self._url)} for file in said.get("files", [])]
            about = {"op": "stream-append", "client-event-id": message["client-event-id"], "stream-id": ID}
            self._session.sequel.send(event({**said, **about, "files": files}))


def run(server: FakeServer, vector: dict[str, Any]) -> Any:
    """Make a transcript's call here; what came of it, or the error."""
    given = vector["client"]
    options: dict[str, Any] = {snake(key): value for key, value in read_value(vector["call"]["args"][0]).items()}
    try:
        schema = load("transcripts")["schema"] if given["schema"] else None
        with InstantAdmin(given["app_id"], given["admin_token"], base_url=server.url, schema=schema) as db:
            for scope in scopes(vector):
                db = db.as_user(**read_value(scope))
            if vector["call"]["method"] == "streams.createReadStream":
                with db.streams.read(options.pop("client_id", None), **options) as reader:
                    return {"text": reader.read(), "stream_id": reader.stream_id}
            with db.streams.write(**options) as writer:
                stream_id = writer.get_stream_id(SOON)
                for number, (step, *arguments) in enumerate(vector.get("script_drive", [])):
                    if step == "write":
                        writer.write(*arguments)
                        server.wait_for_requests(3 + number)
                    elif arguments:
                        writer.abort(*arguments)
                return {"stream_id": stream_id}
    except InstantError as error:
        return error


def sent(request: Received) -> dict[str, Any]:
    """A request as transcripts have it, with stars for what is random."""
    names = ("app-id", "authorization", "content-type", "as-email", "as-token", "as-guest")
    return {
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "headers": {name: request.headers[name] for name in names if name in request.headers},
        "body": without_random(request.json) if request.body else None,
    }


def without_random(body: Any) -> Any:
    """A body with stars for what is random, and without names and versions of packages."""
    if isinstance(body, dict):
        return {
            key: "*" if key in ("client-event-id", "reconnect-token") else without_random(value)
            for key, value in body.items()
            if key != "versions"
        }
    return [without_random(item) for item in body] if isinstance(body, list) else body


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_stream_sends_and_gives_what_the_javascript_sdk_does(server: FakeServer, vector: dict[str, Any]) -> None:
    Script(server, vector)
    result = run(server, vector)
    expected = [
        {
            "method": request["method"],
            "path": request["path"],
            "query": request["query"],
            "headers": {name: value for name, value in request["headers"].items() if not name.endswith("-version")},
            "body": without_random(request.get("body_json")),
        }
        for request in vector["requests"]
    ]
    # Leaving a writer's block closes the stream here, and leaving a reader's ends the subscription.
    assert [sent(request) for request in server.received][: len(expected)] == expected
    if "error" in vector:
        assert isinstance(result, _error_of(vector))
        assert getattr(result, "hint", None) == vector.get("error_hint")
    else:
        assert result == vector["result"]


def _error_of(vector: dict[str, Any]) -> type[InstantError]:
    if vector["error"] == "Error":
        return ConfigurationError
    return APIError if "script_refuse" in vector else StreamError
