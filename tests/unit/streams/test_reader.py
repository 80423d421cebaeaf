"""The state machine of a reader: when it subscribes, from where, and what ends it."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin import APIError, InstantError, NoReplyError, StreamError, ValidationFailedError
from instant_admin._core.api_errors import read_api_error_object
from instant_admin._core.streams import limits
from instant_admin._core.streams.messages import Appended, Part, Refused
from instant_admin._core.streams.reader import ReaderMachine

ID = "44444444-4444-4444-8444-444444444449"


class Driver:
    """A reader, and the session it is told of."""

    def __init__(self, client_id: str | None = "log", stream_id: str | None = None, offset: int = 0) -> None:
        self.machine = ReaderMachine(client_id, stream_id, offset, None)
        self.now = 0.0

    def push(self) -> list[dict[str, Any]]:
        """What it pushes when it is due, without names that change."""
        self.now = max(self.now, self.machine.due or 0)
        return [
            {key: value for key, value in message.items() if not key.endswith("event-id")}
            for message in self.machine.take(self.now)
        ]

    def hear(self, offset: int | None = None, content: str = "", parts: tuple[int, ...] = (), **more: Any) -> None:
        given: dict[str, Any] = {
            "is_done": False,
            "abort_reason": None,
            "error_type": None,
            "may_retry": False,
            "stream_id": ID,
            **more,
        }
        found = [Part(f"http://host/{size}", size) for size in parts]
        message = Appended(self.machine.event_id, offset=offset, parts=found, content=content, **given)
        self.machine.receive(message, self.now, 0.0)

    def fetch(self, *pieces: bytes, error: InstantError | None = None) -> None:
        fetch = self.machine.next_fetch
        assert fetch is not None
        for piece in pieces:
            assert self.machine.fetched(fetch, piece)
        self.machine.fetch_ended(fetch, error, self.now, 0.0)


def subscribe(**more: Any) -> dict[str, Any]:
    return {"op": "subscribe-stream", **{key.replace("_", "-"): value for key, value in more.items()}}


def refusal(type: str | None, status: int = 400) -> APIError:
    return read_api_error_object(status, {"type": type, "message": "No."}, secrets=(), impersonated=False)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"client_id": "log"}, subscribe(client_id="log")),
        ({"client_id": None, "stream_id": ID}, subscribe(stream_id=ID)),
        ({"client_id": "log", "stream_id": ID}, subscribe(stream_id=ID, client_id="log")),
        ({"client_id": "log", "offset": 4}, subscribe(client_id="log", offset=4)),
    ],
)
def test_subscription_is_sent_once(given: dict[str, Any], sent: dict[str, Any]) -> None:
    driver = Driver(**given)
    assert (driver.push(), driver.push()) == ([sent], [])


def test_later_subscriptions_name_the_stream_that_was_found() -> None:
    driver = Driver()
    driver.push()
    driver.hear(0, "abc")
    driver.machine.disconnected()
    assert driver.push() == [subscribe(stream_id=ID, client_id="log", offset=3)]


def test_stream_is_at_its_end_when_it_is_done_and_all_is_taken() -> None:
    driver = Driver()
    driver.push()
    driver.hear(0, "abc", is_done=True, abort_reason="why")
    assert not driver.machine.is_at_end
    assert (driver.machine.take_text(), driver.machine.is_at_end, driver.machine.abort_reason) == ("abc", True, "why")
    driver.machine.disconnected()
    assert driver.push() == []


def test_stream_is_not_at_its_end_while_a_part_is_missing() -> None:
    driver = Driver()
    driver.push()
    driver.hear(0, parts=(3,), is_done=True)
    assert (driver.machine.has_text, driver.machine.is_at_end) == (False, False)
    driver.fetch(b"ab", b"c")
    assert (driver.machine.take_text(), driver.machine.is_at_end) == ("abc", True)


@pytest.mark.parametrize("error", [None, NoReplyError("reset"), refusal("param-malformed", 403)])
def test_part_that_breaks_off_is_asked_for_again_even_after_the_end(error: InstantError | None) -> None:
    driver = Driver()
    driver.push()
    driver.hear(0, parts=(3, 3), is_done=True)
    driver.fetch(b"abc")
    driver.fetch(b"d", error=error)
    assert (driver.machine.is_at_end, driver.machine.next_fetch) == (False, None)
    assert driver.push() == [subscribe(stream_id=ID, client_id="log", offset=3)]
    driver.hear(3, parts=(3,), is_done=True)
    driver.fetch(b"def")
    assert (driver.machine.take_text(), driver.machine.is_at_end) == ("abcdef", True)


def test_subscription_that_goes_on_is_ended_before_the_next_one() -> None:
    driver = Driver()
    driver.push()
    driver.hear(0, parts=(3,))
    driver.fetch(error=NoReplyError("reset"))
    assert [message["op"] for message in driver.push()] == ["unsubscribe-stream", "subscribe-stream"]


def test_part_that_never_comes_is_the_end_by_an_error() -> None:
    driver = Driver()
    for _ in range(limits.MOST_FETCHES + 1):
        assert driver.machine.error is None
        driver.push()
        driver.hear(0, parts=(3,), is_done=True)
        driver.fetch(error=NoReplyError("reset"))
    assert isinstance(driver.machine.error, NoReplyError)


def test_parts_that_come_bit_by_bit_are_waited_for() -> None:
    driver = Driver()
    size = 3 * limits.MOST_FETCHES
    for count in range(1, size):
        driver.push()
        driver.hear(0, parts=(size,), is_done=True)
        driver.fetch(b"x" * count, error=NoReplyError("reset"))
    assert (driver.machine.error, driver.machine.take_text()) == (None, "x" * (size - 1))


def test_server_may_ask_for_another_subscription_as_often_as_it_likes() -> None:
    driver = Driver()
    for _ in range(3 * limits.MOST_FETCHES):
        assert driver.push()
        driver.hear(error_type="writer-disconnected", may_retry=True)
    assert driver.machine.error is None


def test_subscription_that_is_over_for_good_is_an_error_that_says_why() -> None:
    driver = Driver()
    driver.push()
    driver.hear(error_type="instance-missing")
    assert "instance-missing" in str(driver.machine.error)


@pytest.mark.parametrize(
    ("error", "expected"),
    [(refusal("validation-failed"), ValidationFailedError), (refusal("permission-denied"), APIError)],
)
def test_refusal_that_cannot_heal_ends_it(error: APIError, expected: type[APIError]) -> None:
    driver = Driver()
    driver.push()
    driver.machine.receive(Refused(driver.machine.event_id, "subscribe-stream", error), 0, 0)
    assert isinstance(driver.machine.error, expected)


@pytest.mark.parametrize("error", [refusal(None, 500), refusal("rate-limited"), refusal("operation-timed-out", 500)])
def test_refusal_that_may_heal_is_followed_by_another_subscription(error: APIError) -> None:
    driver = Driver()
    driver.push()
    driver.machine.receive(Refused(driver.machine.event_id, "subscribe-stream", error), 0, 0)
    assert driver.machine.take(0) == []
    assert driver.push() == [subscribe(client_id="log")]


def test_gap_is_an_error_after_what_has_come() -> None:
    driver = Driver()
    driver.push()
    driver.hear(0, "abc")
    driver.hear(4, "e")
    assert (driver.machine.take_text(), type(driver.machine.error)) == ("abc", StreamError)


def test_messages_of_a_former_subscription_are_ignored() -> None:
    driver = Driver()
    driver.push()
    former = driver.machine.event_id
    driver.machine.disconnected()
    driver.push()
    late = Appended(former, ID, 0, [], "late", is_done=True, abort_reason=None, error_type=None, may_retry=False)
    driver.machine.receive(late, 0, 0)
    assert (driver.machine.has_text, driver.machine.is_at_end) == (False, False)


def test_flood_is_left_until_the_caller_has_taken_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AHEAD_BYTES", 4)
    driver = Driver()
    driver.push()
    driver.hear(0, "abcdefghi")
    assert [message["op"] for message in driver.push()] == ["unsubscribe-stream"]
    driver.hear(9, "dropped")
    assert driver.push() == []
    assert driver.machine.take_text() == "abcdefghi"
    assert driver.push() == [subscribe(stream_id=ID, client_id="log", offset=9)]


def test_leaving_unsubscribes_where_there_is_a_subscription() -> None:
    driver = Driver()
    driver.push()
    driver.machine.leave()
    assert ([message["op"] for message in driver.push()], driver.machine.is_over) == (["unsubscribe-stream"], True)


@pytest.mark.parametrize("is_done", [True, False])
def test_leaving_is_quiet_where_there_is_none(is_done: bool) -> None:
    driver = Driver()
    if is_done:
        driver.push()
        driver.hear(0, "abc", is_done=True)
    driver.machine.leave()
    assert (driver.machine.is_over, driver.push()) == (True, [])
