"""Recursion that leaves Python's stack alone.

A rule may nest 250 levels deep, each of several calls, wherever on the stack it is compiled. So functions that call
themselves through others are generators here: `yield from the(self.function(...))` is such a call, and `run` keeps the
stack of those that wait.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any, TypeVar

T = TypeVar("T")

Steps = Generator[Generator[Any, Any, Any], Any, T]
"""A function that is run in steps, with its result."""


def the(call: Steps[T]) -> Steps[T]:
    """The result of a call."""
    result: T = yield call
    return result


def all_of(calls: Iterable[Steps[T]]) -> Steps[list[T]]:
    """The results of several calls, made in turn."""
    results: list[T] = []
    for call in calls:
        results.append((yield call))  # noqa: PERF401 - a comprehension cannot yield
    return results


def run(call: Steps[T]) -> T:
    """Make a call and all that it leads to."""
    waiting: list[Steps[Any]] = [call]
    result: Any = None
    while waiting:
        try:
            called = waiting[-1].send(result)
        except StopIteration as returned:
            waiting.pop()
            result = returned.value
        else:
            waiting.append(called)
            result = None
    return result  # type: ignore[no-any-return]  # the last to return is `call`
