"""The recipes of the guide to webhooks take deliveries, in the frameworks they are for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django import conf as django_conf
from django.test import RequestFactory
from starlette.testclient import TestClient

from tests.docs.test_examples import ROOT, blocks
from tests.support.fake_server import FakeServer, reply
from tests.support.web_calls import call_asgi, call_wsgi
from tests.support.webhook_signing import JWKS, delivery_body, payload, record, sign

PAGE = ROOT / "docs" / "webhooks.md"


@dataclass
class Endpoint:
    """The page, run against a server that has three changes to tell of."""

    names: dict[str, Any]
    server: FakeServer

    def post(self, recipe: str, *, is_forged: bool = False) -> int:
        """The status that a recipe answers to a delivery."""
        body = delivery_body(self.server.url)
        headers = {"instant-signature": sign(body)}
        return RECIPES[recipe](self.names, b"{}" if is_forged else body, headers)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """The page's applications, with their clients on a fake server."""
    with FakeServer() as server:
        changes = payload(record(), record("posts", "update", "b"), record("todos", "delete", "c"))
        server.always(lambda request: reply(JWKS if request.path.startswith("/.well-known") else changes))
        monkeypatch.setenv("INSTANT_API_URI", server.url)
        names: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(blocks(PAGE), str(PAGE), "exec"), names)
        yield Endpoint(names, server)
        names["plain_db"].close()


def _fastapi(names: dict[str, Any], body: bytes, headers: dict[str, str]) -> int:
    with TestClient(names["fastapi_app"]) as client:
        return client.post("/webhooks/instant", content=body, headers=headers).status_code


def _flask(names: dict[str, Any], body: bytes, headers: dict[str, str]) -> int:
    return names["flask_app"].test_client().post("/webhooks/instant", data=body, headers=headers).status_code


def _django(names: dict[str, Any], body: bytes, headers: dict[str, str]) -> int:
    if not django_conf.settings.configured:
        django_conf.settings.configure()
    request = RequestFactory().post("/", body, content_type="application/json", headers=headers)
    return names["django_view"](request).status_code


def _asgi(names: dict[str, Any], body: bytes, headers: dict[str, str]) -> int:
    answered = call_asgi(names["asgi"], "POST", headers, [body])
    assert answered is not None
    return 204 if answered.status == 200 else answered.status


def _wsgi(names: dict[str, Any], body: bytes, headers: dict[str, str]) -> int:
    answered = call_wsgi(names["wsgi"], "POST", headers, body)
    return 204 if answered.status == 200 else answered.status


RECIPES = {"FastAPI": _fastapi, "Flask": _flask, "Django": _django, "ASGI": _asgi, "WSGI": _wsgi}
AWAITED = ["new post: Hello", "post b changed from {'id': 'b', 'title': 'Hello'} to {'id': 'b', 'title': 'Hello'}"]


@pytest.mark.parametrize("recipe", RECIPES)
def test_recipe_takes_a_genuine_delivery(endpoint: Endpoint, recipe: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert endpoint.post(recipe) == 204
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == "delete todos c"
    if recipe in ("FastAPI", "ASGI"):
        assert told[:2] == AWAITED
    else:
        assert told[1] == "update posts b"
    assert len(endpoint.server.received) == 2


@pytest.mark.parametrize("recipe", RECIPES)
def test_recipe_refuses_a_forged_delivery(endpoint: Endpoint, recipe: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert endpoint.post(recipe, is_forged=True) == 400
    assert capsys.readouterr().out == ""
    assert len(endpoint.server.received) == 1
