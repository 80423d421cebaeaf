"""Timing: contenders take turns within one run, so that whatever the machine does hits all of them alike."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from benchmarks.contenders import environment


def interleave(contenders: Mapping[str, Callable[[], object]], rounds: int, inner: int = 1) -> dict[str, float]:
    """Median seconds of one call of each contender.

    Args:
        contenders: What to call.
        rounds: How many turns each takes, after one to warm up.
        inner: Calls per turn.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, call in contenders.items():
            gc.collect()
            started = time.perf_counter()
            for _ in range(inner):
                call()
            if number:
                seconds[name].append((time.perf_counter() - started) / inner)
    return {name: statistics.median(values) for name, values in seconds.items()}


def run_program(program: str, address: str) -> float:
    """Seconds from the start of a process to its end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, address], check=True, env=environment())
    return time.perf_counter() - started


def reported_by(program: str, address: str) -> float:
    """The number that a program prints last."""
    done = subprocess.run(
        [sys.executable, "-c", program, address], check=True, env=environment(), capture_output=True, text=True
    )
    return float(done.stdout.split()[-1])


def interleave_programs(
    programs: Mapping[str, str], address: str, rounds: int, measure: Callable[[str, str], float]
) -> dict[str, float]:
    """Median of what `measure` says of each program."""
    values: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, program in programs.items():
            value = measure(program, address)
            if number:
                values[name].append(value)
    return {name: statistics.median(found) for name, found in values.items()}
