"""The buckets behind `rateLimit`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from instant_admin.local.errors import Refusal
from instant_admin.local.permissions import RateLimits
from instant_admin.local.rules.rate_limits import Bandwidth
from tests.local.support import Clock

Take = Callable[..., bool]
HOUR = 3600


def _limit(clock: Clock, *bandwidths: Bandwidth) -> Take:
    limits = RateLimits(lambda: int(clock() * 1000))
    return limits.of("app", {"posting": bandwidths})["posting"].limit


def _refused(take: Take, *args: object) -> dict[str, object]:
    with pytest.raises(Refusal) as caught:
        take(*args)
    assert (caught.value.type, caught.value.status) == ("rate-limited", 429)
    assert isinstance(caught.value.hint, dict)
    return caught.value.hint


def test_a_greedy_bucket_refills_bit_by_bit(clock: Clock) -> None:
    take = _limit(clock, Bandwidth(4, 4, HOUR, greedy=True))
    assert [take("k") for _ in range(4)] == [True] * 4
    assert _refused(take, "k")["retry-after"] == 900
    clock.advance(900)
    assert take("k")
    assert _refused(take, "k")["remaining-tokens"] == 0


def test_an_interval_bucket_refills_at_the_end_of_a_period(clock: Clock) -> None:
    take = _limit(clock, Bandwidth(2, 2, HOUR, greedy=False))
    take("k")
    clock.advance(1000)
    take("k")
    assert _refused(take, "k")["retry-after"] == HOUR - 1000
    clock.advance(HOUR - 1000)
    assert [take("k"), take("k")] == [True, True]


def test_a_bucket_never_holds_more_than_its_capacity(clock: Clock) -> None:
    take = _limit(clock, Bandwidth(2, 2, HOUR, greedy=True))
    clock.advance(100 * HOUR)
    take("k", 2)
    _refused(take, "k")


def test_a_refused_call_takes_nothing(clock: Clock) -> None:
    take = _limit(clock, Bandwidth(3, 3, HOUR, greedy=True))
    take("k", 2)
    assert _refused(take, "k", 2)["remaining-tokens"] == 1
    assert take("k")


def test_all_bandwidths_must_have_tokens_and_the_longest_wait_is_told(clock: Clock) -> None:
    take = _limit(clock, Bandwidth(1, 1, 60, greedy=True), Bandwidth(2, 2, HOUR, greedy=False))
    take("k")
    assert _refused(take, "k")["retry-after"] == 60
    clock.advance(60)
    take("k")
    assert _refused(take, "k")["retry-after"] == HOUR - 60


def test_more_than_the_capacity_never_comes(clock: Clock) -> None:
    hint = _refused(_limit(clock, Bandwidth(2, 2, HOUR, greedy=True)), "k", 3)
    assert hint["retry-after"] == 9_223_372_037
    assert hint["remaining-tokens"] == 2


@pytest.mark.parametrize("other", ["1", 2, None, True, 1.5, [1]])
def test_each_key_has_a_bucket_of_its_own(clock: Clock, other: object) -> None:
    take = _limit(clock, Bandwidth(1, 1, HOUR, greedy=True))
    assert take(1)
    assert take(other)
    _refused(take, other)


def test_each_app_name_and_definition_has_buckets_of_its_own(clock: Clock) -> None:
    limits = RateLimits(lambda: int(clock() * 1000))
    one, other = (Bandwidth(1, 1, HOUR, greedy=True),), (Bandwidth(1, 1, 60, greedy=True),)
    for app_id, name, definition in [("a", "x", one), ("b", "x", one), ("a", "y", one), ("a", "x", other)]:
        assert limits.of(app_id, {name: definition})[name].limit("k")
    _refused(limits.of("a", {"x": one})["x"].limit, "k")


def test_clearing_an_app_fills_its_buckets_only(clock: Clock) -> None:
    limits = RateLimits(lambda: int(clock() * 1000))
    definition = {"x": (Bandwidth(1, 1, HOUR, greedy=True),)}
    limits.of("a", definition)["x"].limit("k")
    limits.of("b", definition)["x"].limit("k")
    limits.clear("a")
    assert limits.of("a", definition)["x"].limit("k")
    _refused(limits.of("b", definition)["x"].limit, "k")


def test_the_time_to_retry_is_an_instant_of_the_clock(clock: Clock) -> None:
    take = _limit(clock, Bandwidth(1, 1, HOUR, greedy=True))
    take("k")
    assert _refused(take, "k")["retry-at"] == "2026-09-21T15:13:20.000000Z"
