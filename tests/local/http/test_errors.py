"""Refusals have the bodies of the server's error contract."""

from __future__ import annotations

import json
from typing import Any

import pytest

from instant_admin.local import errors
from instant_admin.local.errors import Refusal

APP, TOKEN = "6847a68d-0283-5d1c-92c7-302cec0e90e6", "1bbcfb8a-03ae-5807-b511-0f58310a20f4"
HEADER, PARAMETER = ("headers", "app-id"), ("query-params", "app_id")
BAD_ORDER = 'We only support "asc" or "desc" in the `order` clause. Got "down".'


@pytest.mark.parametrize(
    ("refusal", "status", "body"),
    [
        pytest.param(
            errors.param_missing(("body", "query")),
            400,
            {
                "type": "param-missing",
                "message": 'Missing parameter: ["body" "query"]',
                "hint": {"in": ["body", "query"]},
            },
            id="missing",
        ),
        pytest.param(
            errors.param_missing(HEADER, elsewhere=[PARAMETER]),
            400,
            {
                "type": "param-missing",
                "message": 'Missing parameter: ["headers" "app-id"]',
                "hint": {"in": ["headers", "app-id"], "possible-ins": [["query-params", "app_id"]]},
            },
            id="missing, with another place",
        ),
        pytest.param(
            errors.param_malformed(HEADER, "abc", places=[HEADER, PARAMETER]),
            400,
            {
                "type": "param-malformed",
                "message": 'Malformed parameter: ["headers" "app-id"]',
                "hint": {
                    "in": ["headers", "app-id"],
                    "possible-ins": [["headers", "app-id"], ["query-params", "app_id"]],
                    "original-input": "abc",
                },
            },
            id="malformed",
        ),
        pytest.param(
            errors.validation_failed("query", {"goals": 1}, [{"in": ["goals"], "message": BAD_ORDER}]),
            400,
            {
                "type": "validation-failed",
                "message": f"Validation failed for query: {BAD_ORDER}",
                "hint": {
                    "data-type": "query",
                    "input": {"goals": 1},
                    "errors": [{"in": ["goals"], "message": BAD_ORDER}],
                },
            },
            id="validation",
        ),
        pytest.param(
            errors.validation_failed("steps", [["frob"]], [{"expected": ["delete-attr"], "in": [0, 0]}]),
            400,
            {
                "type": "validation-failed",
                "message": "Validation failed for steps",
                "hint": {
                    "data-type": "steps",
                    "input": [["frob"]],
                    "errors": [{"expected": ["delete-attr"], "in": [0, 0]}],
                },
            },
            id="validation without a text",
        ),
        pytest.param(
            errors.record_not_found("app-user", {"app-id": APP, "email": "x@y.co"}),
            400,
            {
                "type": "record-not-found",
                "message": "Record not found: app-user",
                "hint": {"args": [{"app-id": APP, "email": "x@y.co"}], "record-type": "app-user"},
            },
            id="not found",
        ),
        pytest.param(
            errors.record_not_found("instant-user", {"auth?": True}, status=401),
            401,
            {
                "type": "record-not-found",
                "message": "Record not found: instant-user",
                "hint": {"args": [{"auth?": True}], "record-type": "instant-user"},
            },
            id="session not found",
        ),
        pytest.param(
            errors.record_expired("app-user-magic-code", {"code": "000000"}),
            400,
            {
                "type": "record-expired",
                "message": "Record expired: app-user-magic-code",
                "hint": {"args": [{"code": "000000"}]},
            },
            id="expired",
        ),
        pytest.param(
            errors.permission_denied(("goals", "object")),
            400,
            {
                "type": "permission-denied",
                "message": "Permission denied: not perms-pass?",
                "hint": {"input": ["goals", "object"], "expected": "perms-pass?"},
            },
            id="denied",
        ),
        pytest.param(
            errors.app_read_only(),
            400,
            {
                "type": "app-read-only",
                "message": "This app is in read-only mode.",
                "hint": {"status": "read-only"},
            },
            id="read-only",
        ),
        pytest.param(
            errors.app_disabled(),
            400,
            {
                "type": "app-disabled",
                "message": "This app is currently disabled.",
                "hint": {"status": "disabled"},
            },
            id="disabled",
        ),
        pytest.param(
            errors.rate_limited("Slow down."),
            429,
            {"type": "rate-limited", "message": "Slow down.", "hint": None},
            id="rate limited",
        ),
        pytest.param(
            errors.record_not_unique("ident", "`a` already exists on `b`", etype="b", attr_id=APP),
            400,
            {
                "type": "record-not-unique",
                "message": "`a` already exists on `b`",
                "hint": {"record-type": "ident", "etype": "b", "attr-id": APP},
            },
            id="not unique",
        ),
        pytest.param(
            errors.param_malformed(("body", "x"), [1e400, {"a": -1e400}]),
            400,
            {
                "type": "param-malformed",
                "message": 'Malformed parameter: ["body" "x"]',
                "hint": {"in": ["body", "x"], "original-input": ["Infinity", {"a": "-Infinity"}]},
            },
            id="infinities are texts",
        ),
    ],
)
def test_body_of_a_refusal(refusal: Refusal, status: int, body: dict[str, Any]) -> None:
    reply = refusal.reply()

    assert reply.status == status
    assert reply.headers["content-type"].startswith("application/json")
    assert json.loads(reply.body) == body
