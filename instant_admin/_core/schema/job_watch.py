"""Waiting for the indexing jobs of a push: when to ask, when to give up, and what is told of those that failed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

from instant_admin._core.schema.jobs import IndexingJob
from instant_admin.errors import ConfigurationError, IndexingError, IndexingTimeoutError, InstantError

# As the JS tools wait: soon at first, later less often while nothing changes (server contract, schema 4).
_FIRST_WAIT_SECONDS: Final = 0.1
_LONGEST_WAIT_SECONDS: Final = 10.0
_MOST_LOST_ANSWERS: Final = 3
_SHOWN: Final = 3


class JobWatch:
    """Decides when to ask for the jobs of a push again, and when to give up."""

    def __init__(self, wait_seconds: float | None) -> None:
        self._limit = math.inf if wait_seconds is None else wait_seconds
        self._pause = _FIRST_WAIT_SECONDS
        self._lost = 0
        self.jobs: tuple[IndexingJob, ...] = ()

    def pause_seconds(self, spent_seconds: float) -> float:
        """How long to wait before asking.

        Raises:
            IndexingTimeoutError: So much has been waited.
        """
        left = self._limit - spent_seconds
        if left <= 0:
            raise IndexingTimeoutError(
                f"The schema is pushed, but the server has not finished within {self._limit:g} s. Its work goes on."
                + "".join(f"\n  - {job}" for job in self.jobs if not job.is_finished),
                jobs=self.jobs,
            )
        return min(self._pause, left)

    def saw(self, jobs: tuple[IndexingJob, ...]) -> bool:
        """Note an answer, and say whether anything has changed."""
        self._lost = 0
        is_news = jobs != self.jobs
        self.jobs = jobs
        self._pause = _FIRST_WAIT_SECONDS if is_news else min(self._pause * 2, _LONGEST_WAIT_SECONDS)
        return is_news

    def missed(self, error: InstantError) -> None:
        """Note that no answer came.

        Raises:
            InstantError: The error itself, when asking again is of no use, or was of none.
        """
        self._lost += 1
        if not error.is_retryable or self._lost >= _MOST_LOST_ANSWERS:
            raise error
        self._pause = min(self._pause * 2, _LONGEST_WAIT_SECONDS)

    @property
    def is_over(self) -> bool:
        """Whether all have ended."""
        return bool(self.jobs) and all(job.is_finished for job in self.jobs)

    def check(self) -> None:
        """End here if a job failed.

        Raises:
            IndexingError: Names every one, with some of the values that it failed at.
        """
        failed = tuple(job for job in self.jobs if job.is_failed)
        if failed:
            count = "a job" if len(failed) == 1 else f"{len(failed)} jobs"
            raise IndexingError(
                f"The schema is pushed but for {count} that failed; the attributes are as they were:"
                + "".join(f"\n  {line}" for job in failed for line in _lines(job)),
                jobs=failed,
            )


def check_wait(wait_seconds: Any) -> None:
    """Refuse what is no limit.

    Raises:
        ConfigurationError: It is no positive number, nor None.
    """
    is_number = isinstance(wait_seconds, int | float) and not isinstance(wait_seconds, bool)
    if wait_seconds is not None and not (is_number and wait_seconds > 0):
        raise ConfigurationError(f"wait_seconds must be a positive number or None, got {wait_seconds!r:.40}.")


def _lines(job: IndexingJob) -> Iterator[str]:
    yield f"- {job}{':' if job.sample else '.'}"
    for one in job.sample[:_SHOWN]:
        yield f"    {one.value!r:.80} of {one.entity_id}"
    if len(job.sample) > _SHOWN:
        yield f"    and {len(job.sample) - _SHOWN} more, in `jobs[...].sample`"
