"""Waiting for indexing jobs: when they are asked for again, and what is told of those that fail."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from instant_admin import (
    ConfigurationError,
    IndexingError,
    IndexingTimeoutError,
    NoReplyError,
    RecordNotFoundError,
)
from instant_admin._core.schema.job_watch import JobWatch, check_wait
from instant_admin._core.schema.jobs import IndexingJob, InvalidValue, read_jobs


def job(status: str = "processing", **more: Any) -> IndexingJob:
    return IndexingJob("j1", "goals.title", "index", status, **more)


def test_waits_get_longer_while_nothing_changes_and_start_again_when_something_does() -> None:
    watch = JobWatch(None)
    waits = []
    for done in (1, 1, 1, 1, 2):
        watch.saw((job(work_completed=done),))
        waits.append(watch.pause_seconds(1000))
    assert waits == [0.1, 0.2, 0.4, 0.8, 0.1]
    for _ in range(20):
        watch.saw((job(work_completed=2),))
    assert watch.pause_seconds(1000) == 10


def test_only_news_are_told() -> None:
    watch = JobWatch(None)
    assert [watch.saw((job(status),)) for status in ("waiting", "waiting", "processing", "completed")] == [
        True,
        False,
        True,
        True,
    ]
    assert watch.is_over
    watch.check()


def test_patience_ends_with_what_is_left_to_do() -> None:
    watch = JobWatch(5)
    watch.saw((job(work_completed=1, work_estimate=8), IndexingJob("j2", "goals.due", "unique", "completed")))
    assert watch.pause_seconds(4.95) == pytest.approx(0.05)
    with pytest.raises(IndexingTimeoutError, match=r"within 5 s.*\n  - goals.title: index processing 1/8$") as caught:
        watch.pause_seconds(5)
    assert isinstance(caught.value, TimeoutError)
    assert pickle.loads(pickle.dumps(caught.value)).jobs == watch.jobs


def test_two_lost_answers_are_borne_and_a_third_in_a_row_is_not() -> None:
    watch = JobWatch(None)
    lost = NoReplyError("lost")
    watch.missed(lost)
    watch.missed(lost)
    watch.saw((job(),))
    watch.missed(lost)
    watch.missed(lost)
    with pytest.raises(NoReplyError):
        watch.missed(lost)


def test_a_refusal_is_not_asked_again() -> None:
    with pytest.raises(RecordNotFoundError):
        JobWatch(None).missed(RecordNotFoundError("no such app", status=400))


REASONS: dict[str, tuple[dict[str, Any], str]] = {
    "values that repeat": ({"error": "triple-not-unique-error"}, "index failed, several entities have the same value."),
    "values of other types": (
        {"error": "invalid-triple-error", "data_type": "number", "sample": (InvalidValue("e1", "a", "string"),)},
        "index number failed, there are values of other types:\n      'a' of e1",
    ),
    "a long sample of long values": (
        {
            "error": "triple-too-large-error",
            "sample": tuple(InvalidValue(f"e{n}", "x" * 99, "string") for n in range(5)),
        },
        "index failed, there are values too large for an index:"
        + "".join(f"\n      '{'x' * 79} of e{n}" for n in range(3))
        + "\n      and 2 more, in `jobs[...].sample`",
    ),
    "a reason of tomorrow": ({"error": "lunar-error"}, "index failed, lunar-error."),
    "no reason": ({"status": "cancelled"}, "index failed, cancelled."),
}


@pytest.mark.parametrize("name", REASONS)
def test_failure_is_told(name: str) -> None:
    given, told = REASONS[name]
    failed = job(**{"status": "errored", **given})
    watch = JobWatch(None)
    watch.saw((failed, IndexingJob("j2", "goals.due", "unique", "completed")))
    assert watch.is_over
    with pytest.raises(IndexingError) as caught:
        watch.check()
    assert str(caught.value).endswith(f"\n  - goals.title: {told}")
    assert "goals.due" not in str(caught.value)
    assert caught.value.jobs == (failed,)
    assert pickle.loads(pickle.dumps(caught.value)).jobs == (failed,)


def test_jobs_are_read_in_an_order_of_their_own() -> None:
    def row(id: str, name: str | None, kind: str) -> dict[str, Any]:
        return {"id": id, "attr_id": "a9", "attr_name": name, "job_type": kind, "job_status": "waiting"}

    rows = [row("3", "b.x", "index"), row("2", "a.x", "unique"), row("1", "a.x", "index"), row("0", None, "index")]
    read = read_jobs(json.dumps({"jobs": rows}).encode())
    assert [(one.attribute, one.kind) for one in read] == [
        ("a.x", "index"),
        ("a.x", "unique"),
        ("a9", "index"),
        ("b.x", "index"),
    ]


@pytest.mark.parametrize("value", [0, -1, float("nan"), True, "5", []])
def test_senseless_wait_is_refused(value: object) -> None:
    with pytest.raises(ConfigurationError, match="wait_seconds must be a positive number or None"):
        check_wait(value)
