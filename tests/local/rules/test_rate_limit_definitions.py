"""How rate limits are defined."""

from __future__ import annotations

import pytest

from instant_admin.local.rules.rate_limits import Bandwidth, read_limits

HOUR = 3600


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"capacity": 5}, Bandwidth(5, 5, HOUR, greedy=True)),
        ({"capacity": 5, "refill": None}, Bandwidth(5, 5, HOUR, greedy=True)),
        ({"capacity": 5, "refill": {"amount": 2, "type": "interval"}}, Bandwidth(5, 2, HOUR, greedy=False)),
        ({"capacity": 1, "refill": {"period": "90 seconds"}}, Bandwidth(1, 1, 90, greedy=True)),
        ({"capacity": 1, "refill": {"period": "1 day", "type": "greedy"}}, Bandwidth(1, 1, 24 * HOUR, greedy=True)),
        ({"capacity": 1, "refill": {"period": "24 hours 30 minutes"}}, Bandwidth(1, 1, 88_200, greedy=True)),
        ({"capacity": 1, "refill": {"period": "PT1H"}}, Bandwidth(1, 1, HOUR, greedy=True)),
        ({"capacity": 1, "refill": {"period": "PT1M30S"}}, Bandwidth(1, 1, 90, greedy=True)),
        ({"capacity": 1, "refill": {"period": "01:30:00"}}, Bandwidth(1, 1, 5400, greedy=True)),
        ({"capacity": 1, "refill": {"period": "1.5 seconds"}}, Bandwidth(1, 1, 1, greedy=True)),
    ],
)
def test_a_limit_has_a_capacity_and_a_way_to_refill(limit: object, expected: Bandwidth) -> None:
    assert read_limits({"limits": [limit]}) == (expected,)


def test_a_bucket_may_have_several_bandwidths() -> None:
    limits = {"limits": [{"capacity": 1}, {"capacity": 9, "refill": {"period": "1 day"}}]}
    assert [bandwidth.capacity for bandwidth in read_limits(limits)] == [1, 9]


@pytest.mark.parametrize("definition", [None, "x", [], {}, {"limits": []}, {"limits": {}}, {"limits": ["x"]}])
def test_a_definition_lists_its_limits(definition: object) -> None:
    with pytest.raises(ValueError, match="limits"):
        read_limits(definition)


@pytest.mark.parametrize(
    "limit",
    [
        {},
        {"capacity": 0},
        {"capacity": -1},
        {"capacity": 1.0},
        {"capacity": "1"},
        {"capacity": True},
        {"capacity": 1, "refill": "x"},
        {"capacity": 1, "refill": {"amount": 0}},
        {"capacity": 1, "refill": {"amount": "2"}},
        {"capacity": 1, "refill": {"type": "slow"}},
        {"capacity": 1, "refill": {"period": "soon"}},
        {"capacity": 1, "refill": {"period": ""}},
        {"capacity": 1, "refill": {"period": 5}},
        {"capacity": 1, "refill": {"period": "0.5 seconds"}},
        {"capacity": 1, "refill": {"period": "25 hours"}},
        {"capacity": 1, "refill": {"period": "-1 hour"}},
        {"capacity": 1, "refill": {"period": "1 hour soon"}},
        {"capacity": 1, "refill": {"period": "PT"}},
    ],
)
def test_what_cannot_be_counted_is_refused(limit: object) -> None:
    with pytest.raises(ValueError, match="`"):
        read_limits({"limits": [limit]})
