"""Recorded calls play through the real httpx engines: what is sent is held against the cassette, body included."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import vcr
import yaml

from instant_admin import APIError, AsyncInstantAdmin, InstantAdmin, NoReplyError
from instant_admin._core.api_errors import ERROR_CLASSES
from instant_admin.errors import AuthenticationError
from scripts.contract.description import Description
from scripts.make_cassettes import CASSETTES, FACADE, SENT_HEADERS, cassettes
from tests.support.facade_calls import FACADE_CALLS, acting_as

FILES = sorted(CASSETTES.glob("*.yaml"))
OPTIONS: dict[str, Any] = {"engine": "httpx", "retry": None}
APP = "00000003-0000-4000-8000-000000000003"


def _same_headers(one: Any, other: Any) -> None:
    for name in (*SENT_HEADERS, "content-type"):
        assert one.headers.get(name) == other.headers.get(name), name


def _same_body(one: Any, other: Any) -> None:
    assert json.loads(one.body or "null") == json.loads(other.body or "null")


def _recorder() -> Any:
    recorder = vcr.VCR(record_mode="none", match_on=["method", "uri", "sent_headers", "json_body"])
    recorder.register_matcher("sent_headers", _same_headers)
    recorder.register_matcher("json_body", _same_body)
    return recorder


class Step:
    """One interaction, as a call of the facade."""

    def __init__(self, description: Description, interaction: dict[str, Any]) -> None:
        request, response = interaction["request"], interaction["response"]
        url = urlsplit(request["uri"])
        operation = description.find(request["method"], url.path)
        assert operation is not None
        self.call = FACADE_CALLS[operation.id]
        self.query = dict(parse_qsl(url.query))
        self.headers = {name: values[0] for name, values in request["headers"].items()}
        self.body = json.loads(request["body"] or "{}")
        self.status = response["status"]["code"]
        self.reply = json.loads(response["body"]["string"])

    @property
    def client(self) -> tuple[str, str | None]:
        """App and token of the client that makes this call."""
        authorization = self.headers.get("authorization")
        return self.query["app_id"], authorization.removeprefix("Bearer ") if authorization else None

    def start(self, db: Any) -> Any:
        return self.call.make(acting_as(db, self.headers), self.query, self.body)

    def judge(self, outcome: Any) -> None:
        if self.status == 200:
            assert outcome == self.call.result(self.reply)
            return
        assert isinstance(outcome, APIError), outcome
        assert (outcome.status, outcome.type, outcome.message) == (
            self.status,
            self.reply["type"],
            self.reply["message"],
        )
        assert type(outcome) in (ERROR_CLASSES[self.reply["type"]], AuthenticationError)


def _steps(description: Description, file: Path) -> list[Step]:
    return [Step(description, interaction) for interaction in yaml.safe_load(file.read_text())["interactions"]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_cassette_plays_through_the_blocking_engine(description: Description, file: Path) -> None:
    clients: dict[tuple[str, str | None], InstantAdmin] = {}
    with _recorder().use_cassette(str(file)) as cassette, ExitStack() as stack:
        for step in _steps(description, file):
            db = clients.get(step.client) or stack.enter_context(InstantAdmin(*step.client, **OPTIONS))
            clients[step.client] = db
            try:
                outcome = step.start(db)
            except APIError as error:
                outcome = error
            step.judge(outcome)
        assert cassette.all_played


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_cassette_plays_through_the_awaitable_engine(description: Description, file: Path) -> None:
    clients: dict[tuple[str, str | None], AsyncInstantAdmin] = {}
    with _recorder().use_cassette(str(file)) as cassette:
        async with AsyncExitStack() as stack:
            for step in _steps(description, file):
                db = clients.get(step.client)
                if db is None:
                    db = await stack.enter_async_context(AsyncInstantAdmin(*step.client, **OPTIONS))
                    clients[step.client] = db
                try:
                    outcome = await step.start(db)
                except APIError as error:
                    outcome = error
                step.judge(outcome)
        assert cassette.all_played


# Calls of the facade that are on no cassette.
UNRECORDED = {
    "subscribeQuery": "its address holds a random id, and its reply goes on",
    **dict.fromkeys(
        (
            "createWebhook",
            "deleteFile",
            "deleteFiles",
            "deleteWebhook",
            "disableWebhook",
            "enableWebhook",
            "getDownloadUrl",
            "listFiles",
            "listWebhookEvents",
            "listWebhooks",
            "updateWebhook",
            "uploadFile",
        ),
        "files and webhooks play against whole recordings in test_facade_examples.py",
    ),
}

TOKEN = "scrubbed-admin-token-1"
SIGN_OUT = str(CASSETTES / "auth_sign_out_by_email.yaml")
UNLIKE: dict[str, tuple[str, str, Callable[[InstantAdmin], object]]] = {
    "another body": (APP, TOKEN, lambda db: db.auth.sign_in("other@example.com")),
    "a body with more in it": (APP, TOKEN, lambda db: db.auth.sign_in("ann@example.com", extra_fields={"nick": "a"})),
    "another path": (APP, TOKEN, lambda db: db.auth.generate_magic_code("ann@example.com")),
    "another method": (APP, TOKEN, lambda db: db.auth.delete_user("ann@example.com")),
    "another token": (APP, "other", lambda db: db.auth.sign_in("ann@example.com")),
    "another app": ("99999999-9999-4999-8999-999999999999", TOKEN, lambda db: db.auth.sign_in("ann@example.com")),
}


def test_the_call_that_the_others_are_unlike_plays() -> None:
    with _recorder().use_cassette(SIGN_OUT), InstantAdmin(APP, TOKEN, **OPTIONS) as db:
        assert db.auth.sign_in("ann@example.com").created is True


@pytest.mark.parametrize(("app_id", "token", "call"), UNLIKE.values(), ids=UNLIKE)
def test_a_call_unlike_the_cassette_does_not_play(
    app_id: str, token: str, call: Callable[[InstantAdmin], object]
) -> None:
    with (
        _recorder().use_cassette(SIGN_OUT),
        InstantAdmin(app_id, token, **OPTIONS) as db,
        pytest.raises(NoReplyError) as caught,
    ):
        call(db)
    assert isinstance(caught.value.__cause__, vcr.errors.CannotOverwriteExistingCassetteException)


def test_the_cassettes_are_up_to_date() -> None:
    assert {file.name: file.read_text() for file in CASSETTES.glob("*")} == cassettes()


def test_every_call_of_the_facade_is_on_a_cassette(description: Description) -> None:
    requests = [i["request"] for file in FILES for i in yaml.safe_load(file.read_text())["interactions"]]
    found = {o.id for r in requests if (o := description.find(r["method"], urlsplit(r["uri"]).path))}
    assert found == FACADE.keys() == FACADE_CALLS.keys() - UNRECORDED.keys()


def test_the_cassettes_and_the_calls_agree_on_what_the_facade_adds() -> None:
    always = {name: dict(call.always) for name, call in FACADE_CALLS.items() if name not in UNRECORDED}
    assert always == FACADE


def test_no_token_and_no_code_is_on_a_cassette() -> None:
    for file in FILES:
        for interaction in yaml.safe_load(file.read_text())["interactions"]:
            for secret in _secrets(interaction):
                assert secret.startswith("scrubbed-"), file.name


def _secrets(interaction: dict[str, Any]) -> list[str]:
    headers = interaction["request"]["headers"]
    found = [value.removeprefix("Bearer ") for value in headers.get("authorization", [])] + headers.get("as-token", [])
    waiting = [interaction["request"]["body"], interaction["response"]["body"]["string"]]
    waiting = [json.loads(text or "null") for text in waiting]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
            found += [v for k, v in value.items() if k in ("code", "token", "refresh_token", "refresh-token")]
        elif isinstance(value, list):
            waiting += value
    return [secret for secret in found if isinstance(secret, str)]
