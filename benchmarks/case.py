"""One comparison, and its goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """One comparison."""

    title: str
    values: dict[str, float]
    """By contender."""
    unit: str = "ms"
    factor: float = 1e3
    goals: dict[str, float] = field(default_factory=dict)
    """Highest ratio allowed, by contender."""
    baseline: str = "instantdb"

    def ratio(self, name: str) -> float:
        """The contender's value over the baseline's."""
        return self.values[name] / self.values[self.baseline]

    def misses(self) -> list[str]:
        """Contenders over their goal."""
        return [name for name, goal in self.goals.items() if self.ratio(name) > goal]


def limited(title: str, limit: float, values: Mapping[str, float], *, unit: str = "ms", factor: float = 1.0) -> Case:
    """Figures that have a limit, in their own unit, instead of a contender."""
    named = {"limit": limit, **values}
    return Case(title, named, unit=unit, factor=factor, goals=dict.fromkeys(values, 1.0), baseline="limit")
