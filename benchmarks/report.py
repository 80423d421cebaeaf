"""The figures as a table for people, and as a chart."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from html import escape
from importlib.metadata import version

from benchmarks.case import Case

_WIDTH, _BAR, _LABEL = 860, 16, 300
_COLOURS = {True: "#2f7d5b", False: "#b3402e"}


def markdown(cases: list[Case], seconds: float) -> str:
    """RESULTS.md."""
    packages = ("instantdb", "httpx", "pyreqwest", "msgspec")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    lines = [
        "# Results",
        "",
        "Made by `make bench`: one interleaved run over loopback, medians. A ratio is to the package `instantdb` in",
        "the same run unless the case says otherwise; below 1 is less time or memory.",
        "",
        f"Python {platform.python_version()}, {versions}; {platform.system()} {platform.machine()}; {seconds:.0f} s.",
        "",
        "![Ratios](results.svg)",
        "",
        "| Case | Contender | Value | Ratio | Goal | |",
        "|---|---|---:|---:|---:|---|",
    ]
    for case in cases:
        lines.extend(_rows(case))
    missed = [f"{case.title} ({name})" for case in cases for name in case.misses()]
    lines += ["", f"Goals missed: {', '.join(missed)}." if missed else "All goals are met.", ""]
    return "\n".join(lines)


def _rows(case: Case) -> Iterable[str]:
    for name, value in case.values.items():
        goal = case.goals.get(name)
        verdict = "" if goal is None else "met" if case.ratio(name) <= goal else "**missed**"
        limit = "" if goal is None else f"<= {goal:.2f}"
        shown = f"{value * case.factor:,.2f} {case.unit}"
        yield f"| {case.title} | {name} | {shown} | {case.ratio(name):.2f} | {limit} | {verdict} |"


def chart(cases: list[Case]) -> str:
    """results.svg: a bar per figure that has a goal, with a mark at the goal."""
    bars = [(case, name, goal) for case in cases for name, goal in case.goals.items()]
    height = len(bars) * (_BAR + 8) + 40
    scale = (_WIDTH - _LABEL - 60) / 1.4
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"',
        ' font-family="sans-serif" font-size="11">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        '<text x="10" y="18" font-size="13" fill="#222222">',
        "Ratio to the baseline; the mark is the goal, less is better</text>",
    ]
    for index, (case, name, goal) in enumerate(bars):
        top = 30 + index * (_BAR + 8)
        ratio = case.ratio(name)
        length = min(ratio, 1.4) * scale
        mark = _LABEL + goal * scale
        label = f"{case.title}: {name}"
        colour = _COLOURS[ratio <= goal]
        parts += [
            f'<text x="{_LABEL - 8}" y="{top + 12}" text-anchor="end" fill="#222222">{escape(label[:58])}</text>',
            f'<rect x="{_LABEL}" y="{top}" width="{length:.1f}" height="{_BAR}" fill="{colour}"/>',
            f'<line x1="{mark:.1f}" y1="{top - 2}" x2="{mark:.1f}" y2="{top + _BAR + 2}" stroke="#222222"/>',
            f'<text x="{_LABEL + length + 6:.1f}" y="{top + 12}" fill="#222222">{ratio:.2f}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])
