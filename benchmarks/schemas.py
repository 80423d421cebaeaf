"""What knowing the schema costs: checks of queries and steps before they are sent, and datetimes for dates."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.case import Case
from benchmarks.contenders import APP_ID, TOKEN
from benchmarks.measure import interleave
from instant_admin import InstantAdmin, i, new_id, tx
from instant_admin._core.policy import read_policy
from instant_admin._core.transactions import collect_steps

_LARGE = 100_000
_ROWS = i.entity(
    {
        "title": i.string().indexed(),
        "difficulty": i.number().indexed(),
        "ratio": i.number(),
        "done": i.boolean(),
        "createdAt": i.date().indexed(),
    }
)
_GOALS = i.entity(
    {"title": i.string(), "difficulty": i.number(), "tags": i.json(), "meta": i.json(), "due": i.date().optional()}
)
_SCHEMA = i.schema(
    entities={
        "rows_10": _ROWS,
        f"rows_{_LARGE}": _ROWS,
        "goals": _GOALS,
        "todos": i.entity({"title": i.string()}),
    },
    links={
        f"{name}Todos": {
            "forward": {"on": name, "label": "todos", "has": "many"},
            "reverse": {"on": "todos", "label": name, "has": "one"},
        }
        for name in ("rows_10", f"rows_{_LARGE}")
    },
)
_QUERY: dict[str, Any] = {
    "rows_10": {
        "$": {
            "where": {"done": True, "todos.title": "A first step", "or": [{"difficulty": {"$gte": 3}}, {"title": "x"}]},
            "order": {"createdAt": "desc"},
            "limit": 10,
        },
        "todos": {},
    }
}


def run(base: str) -> Iterator[Case]:
    """The cases."""
    yield _queries(base)
    yield _steps()
    yield _dates(base)


def _queries(base: str) -> Case:
    def client(**settings: Any) -> InstantAdmin:
        return InstantAdmin(APP_ID, TOKEN, base_url=base, schema=_SCHEMA, **settings)

    unchecked, checked = client(validate=False), client()
    values = interleave(
        {"unchecked": lambda: unchecked.query(_QUERY), "checked": lambda: checked.query(_QUERY)}, rounds=15, inner=60
    )
    return Case("a typical query with its checks, blocking", values, goals={"checked": 1.15}, baseline="unchecked")


def _steps() -> Case:
    policy = read_policy(schema=_SCHEMA, validate=True, use_dates=False, strict=False)

    def steps(due: bool) -> list[list[Any]]:
        dates = {"due": "2026-01-31T09:05:00.000Z"} if due else {}
        return collect_steps(
            tx.goals[new_id()].update({"title": f"Goal {n}", "difficulty": n, "tags": ["a"], "meta": {}, **dates})
            for n in range(_LARGE)
        )

    figures = {}
    for name, built in (("checked", steps(due=False)), ("checked, with a date each", steps(due=True))):
        seconds = []
        for _ in range(7):
            started = time.perf_counter()
            policy.hold_steps(built)
            seconds.append(time.perf_counter() - started)
        figures[name] = statistics.median(seconds) / _LARGE * 1e6
    values = {"limit": 1.0, **figures}
    return Case("checks of 100k steps, each", values, unit="us", factor=1.0, goals={"checked": 1.0}, baseline="limit")


def _dates(base: str) -> Case:
    name = f"rows_{_LARGE}"
    plain = InstantAdmin(APP_ID, TOKEN, base_url=base, schema=_SCHEMA)
    dated = InstantAdmin(APP_ID, TOKEN, base_url=base, schema=_SCHEMA, use_dates=True)
    values = interleave(
        {"plain": lambda: plain.query({name: {}}), "datetimes": lambda: dated.query({name: {}})}, rounds=5
    )
    return Case("query of 100k rows with a date each", values, goals={"datetimes": 1.3}, baseline="plain")
