# Derived from tests/client/_async/test_promises.py by scripts/generate_sync.py (make sync). Do not edit.
"""What other SDKs of Instant get wrong, where no other file of this folder says it."""

from __future__ import annotations

import dataclasses
import enum
import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

import instant_admin
from instant_admin import InvalidArgumentError, TransactionChunk, TransactResult
from tests.client._sync.flavour import connect
from tests.client.values import ID
from tests.support.fake_server import FakeServer, reply


class Size(enum.Enum):
    LARGE = "large"


@dataclasses.dataclass
class Goal:
    title: str
    due: date


VALUES: dict[str, tuple[Any, Any]] = {
    "a UUID": (UUID(ID), ID),
    "an enum": (Size.LARGE, "large"),
    "a dataclass": (Goal("Get fit", date(2026, 5, 1)), {"title": "Get fit", "due": "2026-05-01"}),
    "an aware datetime": (datetime(2026, 5, 1, 12, tzinfo=UTC), "2026-05-01T12:00:00.000Z"),
    "a tuple": ((1, (2,)), [1, [2]]),
}


@pytest.mark.parametrize(("value", "sent"), VALUES.values(), ids=VALUES)
def test_values_of_python_travel_in_queries_and_transactions_alike(server: FakeServer, value: Any, sent: Any) -> None:
    server.script(reply({}), reply({"tx-id": 1}))
    with connect(server) as db:
        db.query({"goals": {"$": {"where": {"x": value}}}}, rule_params={"x": value})
        db.transact(db.tx.goals[UUID(ID)].update({"x": value}))
    query, transact = (each.json for each in server.received)
    assert query["query"] == {"$$ruleParams": {"x": sent}, "goals": {"$": {"where": {"x": sent}}}}
    assert transact["steps"] == [["update", "goals", ID, {"x": sent}]]


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}, b"x", object(), Decimal(1), datetime(2026, 1, 1)])
def test_value_that_cannot_travel_is_an_error_of_ours_that_names_its_path(server: FakeServer, value: Any) -> None:
    with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match=r"goals\.update\.deep\[1\]"):
            db.tx.goals[ID].update({"deep": [0, value]})
        with pytest.raises(InvalidArgumentError, match=r"query\.goals\.\$\.where\.deep\[1\]"):
            db.query({"goals": {"$": {"where": {"deep": [0, value]}}}})
    assert server.connections == 0


def test_converter_reaches_queries_transactions_and_extra_fields(server: FakeServer) -> None:
    server.script(reply({}), reply({"tx-id": 1}), reply({"user": {"id": ID, "refresh_token": "t"}}))
    with connect(server, converter=str) as db:
        db.query({"goals": {"$": {"where": {"x": Decimal("1.10")}}}})
        db.transact(db.tx.goals[ID].update({"x": Decimal("1.10")}))
        db.auth.sign_in_guest(extra_fields={"x": Decimal("1.10")})
    assert server.received[0].json["query"]["goals"]["$"]["where"] == {"x": "1.10"}
    assert server.received[1].json["steps"][0][3] == {"x": "1.10"}
    assert server.received[2].json == {"extra-fields": {"x": "1.10"}}


def test_nested_and_lazy_lists_of_chunks_are_flattened_in_order(server: FakeServer) -> None:
    server.always(reply({"tx-id": 1}))
    with connect(server) as db:
        chunks = [db.tx.goals[ID].update({"n": n}) for n in range(4)]
        db.transact([chunks[0], [chunks[1], (chunks[2],)], iter([chunks[3]])])
        db.transact(chunk for chunk in chunks)
    assert [[step[3]["n"] for step in each.json["steps"]] for each in server.received] == [[0, 1, 2, 3]] * 2


def test_malformed_text_of_a_lookup_is_an_error_of_ours(server: FakeServer) -> None:
    with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match="is no lookup"):
            db.tx.goals["lookup__slug__{broken"]
        with pytest.raises(InvalidArgumentError, match="is no lookup"):
            db.tx.goals[ID].link({"todos": "lookup__slug"})


def test_lookup_by_an_attribute_with_two_underscores_works(server: FakeServer) -> None:
    server.always(reply({"tx-id": 1}))
    with connect(server) as db:
        db.transact(db.tx.goals.lookup("my__slug", "fit").link({"todos": instant_admin.lookup("a__b", 1)}))
    assert server.last.json["steps"] == [["link", "goals", ["my__slug", "fit"], {"todos": {"a__b": 1}}]]


def test_debug_calls_have_one_naming_and_check_their_arguments(server: FakeServer) -> None:
    checks = [{"entity": "goals", "id": ID, "check": True}]
    server.script(
        reply({"result": {"goals": []}, "check-results": checks, "rule-wheres": {"goals": {}}}),
        reply({"tx-id": 5, "all-checks-ok?": False, "committed?": False, "check-results": checks}),
    )
    with connect(server) as db:
        guest_db = db.as_user(guest=True)
        query = guest_db.debug_query({"goals": {}}, rules={}, rule_params={"k": 1}, ip="1.2.3.4", origin="x.com")
        transact = guest_db.debug_transact([], rules={}, ip="1.2.3.4", origin="x.com", commit=True)
        with pytest.raises(InvalidArgumentError, match=r"no option 'wher'\. Did you mean 'where'"):
            guest_db.debug_query({"goals": {"$": {"wher": {}}}})
        with pytest.raises(InvalidArgumentError, match="lacks an entity id"):
            guest_db.debug_transact(db.tx.goals)
    assert query.check_results == transact.check_results == checks
    assert (query.result, query.rule_wheres) == ({"goals": []}, {"goals": {}})
    assert (transact.tx_id, transact.all_checks_ok, transact.committed) == (5, False, False)
    overrides = {"rules-override": {}, "ip-override": "1.2.3.4", "origin-override": "x.com"}
    assert server.received[0].json == {
        "query": {"$$ruleParams": {"k": 1}, "goals": {}},
        "inference?": False,
        **overrides,
    }
    assert server.received[1].json == {"steps": [], "dangerously-commit-tx": True, **overrides}


def test_results_are_values_with_types(server: FakeServer) -> None:
    server.script(reply({"tx-id": 12}))
    with connect(server) as db:
        result = db.transact(TransactionChunk.from_steps([["delete", "goals", ID, None]]))
    assert result == TransactResult(tx_id=12)
    assert repr(result) == "TransactResult(tx_id=12)"
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.tx_id = 13  # type: ignore[misc]  # that is what is tested


def test_code_keeps_its_zeros(server: FakeServer) -> None:
    server.always(reply({"code": "004217"}))
    with connect(server) as db:
        assert db.auth.generate_magic_code("a@b.co") == "004217"


COOKIES: dict[str, Any] = {
    "no cookie": {},
    "another app's": {
        "cookie": "instant_user_99999999-9999-4999-8999-999999999999=%7B%22refresh_token%22%3A%22x%22%7D"
    },
    "broken JSON": {"cookie": "instant_user_{app}=%7Bbroken"},
    "null": {"cookie": "instant_user_{app}=null"},
    "no token": {"cookie": "instant_user_{app}=%7B%7D"},
    "a token of another type": {"cookie": "instant_user_{app}=%7B%22refresh_token%22%3A5%7D"},
    "bad percent encoding": {"cookie": "instant_user_{app}=%FF"},
    "an empty one": {"cookie": "instant_user_{app}="},
}


@pytest.mark.parametrize("headers", COOKIES.values(), ids=COOKIES)
def test_session_cookie_that_is_none_asks_nobody(server: FakeServer, headers: dict[str, str]) -> None:
    with connect(server) as db:
        given = {name: value.replace("{app}", db.app_id) for name, value in headers.items()}
        assert db.auth.get_user_from_request(given) is None
    assert server.connections == 0
