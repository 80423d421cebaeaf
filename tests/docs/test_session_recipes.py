"""The recipes of the guide to sessions keep a user, in the frameworks they are for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from instant_admin._core.cookies import read_session_token
from tests.docs.test_examples import ROOT, blocks

PAGE = ROOT / "docs" / "sessions.md"
TOKEN = "66666666-6666-4666-8666-666666666666"


def _fastapi(names: dict[str, Any], content: dict[str, Any]) -> Any:
    with TestClient(names["fastapi_app"]) as client:
        return client.post("/api/instant", json=content)


def _flask(names: dict[str, Any], content: dict[str, Any]) -> Any:
    return names["flask_app"].test_client().post("/api/instant", json=content)


@pytest.mark.parametrize("post", [_fastapi, _flask], ids=["FastAPI", "Flask"])
def test_recipe_keeps_the_user(post: Callable[[dict[str, Any], dict[str, Any]], Any]) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(blocks(PAGE), str(PAGE), "exec"), names)
    app_id = names["APP_ID"]
    answered = post(names, {"type": "sync-user", "appId": app_id, "user": {"refresh_token": TOKEN}})
    assert answered.status_code == 200
    assert read_session_token({"cookie": answered.headers["set-cookie"]}, app_id) == TOKEN
    assert post(names, {"type": "sync-user", "appId": "other"}).status_code == 403
