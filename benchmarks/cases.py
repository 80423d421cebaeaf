"""What is measured, and the goal for each figure: a ratio to the package `instantdb`, unless a case says otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import contenders, live, local, schemas, streams, transfers
from benchmarks.case import Case, limited
from benchmarks.measure import interleave, interleave_programs, reported_by, run_program
from scripts.served import serving

LARGE = 100_000
_LIMITS = {"growth_mib": 50.0, "longest_stall_ms": 50.0}


def run(base: str) -> Iterator[Case]:
    """Every case, one after the other."""
    yield from _blocking(base)
    yield from _concurrent(base)
    yield from _large(base)
    yield from _starting(base)
    yield _encoding()
    yield from schemas.run(base)
    yield from live.run()
    yield from streams.run()
    yield from _transfers()
    yield from local.run()


def _transfers() -> Iterator[Case]:
    """Files of a gigabyte, against a local Instant in a process of its own, and in this one."""
    with TemporaryDirectory() as folder, serving("--db", f"{folder}/bench.sqlite") as served:
        address = (served.url, served.app_id, served.admin_token)
        figures = {
            name: transfers.measure(way, *(() if way == "process" else address)) for way, name in transfers.WAYS.items()
        }
    for direction in ("upload", "download"):
        rates = {name: found[f"{direction}_mb_per_second"] for name, found in figures.items()}
        yield Case(f"{direction} of 1 GiB, rate", rates, unit="MB/s", factor=1.0, baseline=transfers.WAYS["blocking"])
    yield _within("upload and download of 1 GiB, growth of memory", "growth_mib", "MiB", figures)
    yield _within("upload and download of 1 GiB, longest stall of the event loop", "longest_stall_ms", "ms", figures)


def _within(title: str, figure: str, unit: str, figures: dict[str, dict[str, float]]) -> Case:
    values = {name: found[figure] for name, found in figures.items() if figure in found}
    return limited(title, _LIMITS[figure], values, unit=unit)


def _blocking(base: str) -> Iterator[Case]:
    clients = contenders.blocking(base)
    for rows, inner in ((10, 40), (1000, 10)):
        calls = {name: (lambda query=query, rows=rows: query(rows)) for name, query in clients.items()}
        values = interleave(calls, rounds=15, inner=inner)
        goals = {"ours, httpx": 0.95, "ours, pyreqwest": 0.35} if rows == 10 else {}
        yield Case(f"blocking query, {rows} rows", values, goals=goals)
        if rows == 10:
            yield _layer("our layer over raw pyreqwest, blocking", values)


def _concurrent(base: str) -> Iterator[Case]:
    calls_at_once = 400
    with asyncio.Runner() as runner:
        clients = runner.run(_in_loop(base))
        for rows in (10, 1000):
            calls = {
                name: (lambda query=query, rows=rows: runner.run(contenders.at_once(query, rows, calls_at_once)))
                for name, query in clients.items()
            }
            values = {name: value / calls_at_once for name, value in interleave(calls, rounds=7).items()}
            goals = {"ours, httpx": 1.0, "ours, pyreqwest": 0.10} if rows == 10 else {}
            yield Case(f"{contenders.CONCURRENCY} concurrent queries, {rows} rows, each", values, goals=goals)
            if rows == 10:
                yield _layer("our layer over raw pyreqwest, concurrent", values)


async def _in_loop(base: str) -> dict[str, contenders.AsyncQuery]:
    return contenders.awaitable(base)


def _layer(title: str, values: dict[str, float]) -> Case:
    chosen = {name: values[name] for name in ("raw pyreqwest", "ours, pyreqwest")}
    return Case(title, chosen, goals={"ours, pyreqwest": 1.3}, baseline="raw pyreqwest")


def _large(base: str) -> Iterator[Case]:
    clients = contenders.blocking(base)
    calls = {name: (lambda query=query: query(LARGE)) for name, query in clients.items()}
    goals = {"ours, httpx": 0.80, "ours, pyreqwest": 0.80}
    yield Case("query of 100k rows", interleave(calls, rounds=5), goals=goals)
    peak = contenders.programs(
        f"rows = db.query({{'rows_{LARGE}': {{}}}}); print(1024 * int(open('/proc/self/status').read()"
        ".split('VmHWM:')[1].split()[0]))"  # not ru_maxrss, which starts at the peak of the parent
    )
    values = interleave_programs(peak, base, 3, reported_by)
    goals = {"ours, httpx": 1.0, "ours, pyreqwest": 1.0}
    yield Case("query of 100k rows, peak memory of the process", values, "MiB", 1 / 2**20, goals)
    goals = {"ours, httpx": 0.60, "ours, pyreqwest": 0.60}
    values = interleave(contenders.transacts(base, LARGE), rounds=5)
    yield Case("100k steps built and sent", values, goals=goals)


def _starting(base: str) -> Iterator[Case]:
    first = contenders.programs("db.query({'rows_10': {}})")
    goals = {"ours, httpx": 1.0, "ours, pyreqwest": 0.6}
    yield Case("cold start to the first reply", interleave_programs(first, base, 15, run_program), goals=goals)
    imports = {
        "instantdb": "import time; s = time.perf_counter(); import instantdb; print(time.perf_counter() - s)",
        "ours": "import time; s = time.perf_counter(); import instant_admin; print(time.perf_counter() - s)",
    }
    yield Case("import", interleave_programs(imports, base, 15, reported_by), goals={"ours": 1.0})
    import instantdb

    from instant_admin import InstantAdmin

    making: dict[str, Any] = {
        "instantdb": lambda: instantdb.Instant(
            app_id=contenders.APP_ID, admin_token=contenders.TOKEN, api_uri=base
        ).close(),
        "ours": lambda: InstantAdmin(contenders.APP_ID, contenders.TOKEN, base_url=base).close(),
    }
    yield Case("construction", interleave(making, rounds=15), goals={"ours": 0.5})


def _encoding() -> Case:
    """What checking and copying values costs beside the standard library's encoder."""
    import json

    from instant_admin._core.values import encode_json, to_json_value

    now = datetime.now(UTC)
    plain = [{"title": f"Goal {n}", "difficulty": n, "ratio": n / 7, "meta": {"done": False}} for n in range(10_000)]
    dated = [{**row, "at": now} for row in plain]
    return Case(
        "encoding 10k objects",
        interleave(
            {
                "json.dumps": lambda: json.dumps(plain).encode(),
                "ours": lambda: encode_json(to_json_value(plain, "x")),
                "ours, with a datetime each": lambda: encode_json(to_json_value(dated, "x")),
            },
            rounds=9,
        ),
        goals={"ours": 1.0},
        baseline="json.dumps",
    )
