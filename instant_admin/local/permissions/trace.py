"""A record of the latest evaluations of rules, for those who want to see why something is allowed or not."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation of a rule."""

    etype: str
    action: str
    code: str
    """With its binds around it."""
    result: Any = None
    """The value as JSON; null where it could not be evaluated."""
    error: str | None = None


class RuleTrace:
    """Keeps the latest evaluations while it is switched on. Threads may share it."""

    def __init__(self) -> None:
        self._kept: deque[Evaluation] | None = None

    def start(self, limit: int) -> None:
        """Switch it on, empty.

        Args:
            limit: How many evaluations to keep; older ones are dropped.
        """
        self._kept = deque(maxlen=limit)

    def stop(self) -> None:
        """Switch it off and forget what it kept."""
        self._kept = None

    @property
    def is_on(self) -> bool:
        """Whether evaluations are kept."""
        return self._kept is not None

    def note(self, evaluation: Evaluation) -> None:
        """Keep an evaluation, if it is switched on."""
        kept = self._kept
        if kept is not None:
            kept.append(evaluation)

    def evaluations(self) -> list[Evaluation]:
        """What is kept, the oldest first."""
        return list(self._kept or ())
