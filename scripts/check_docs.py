"""The documentation builds without a complaint, and every public name and error stands in it.

python scripts/check_docs.py
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import instant_admin
from instant_admin import errors, perms, schema, types, webhooks

ROOT = Path(__file__).resolve().parent.parent
WHOLE = (errors, perms, schema, types, webhooks)
"""Modules whose names all stand in the reference, by a directive for the module."""
LINK = re.compile(r"\]\(([^)#]+\.(?:md|svg|py))")


def missing_names() -> list[str]:
    """Public names that no page mentions."""
    text = "\n".join(page.read_text() for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    documented_whole = {name for module in WHOLE for name in module.__all__}
    names = [name for name in instant_admin.__all__ if name not in documented_whole and not name.startswith("__")]
    return [f"no page mentions {name}" for name in names if not re.search(rf"\b{name}\b", text)]


def broken_links() -> list[str]:
    """Links between our own pages that lead nowhere."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")]
    return [
        f"{page.relative_to(ROOT)} links to {target}, which is not there"
        for page in pages
        for target in LINK.findall(page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]


def build() -> list[str]:
    """What the site generator complains about."""
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    told = done.stdout + done.stderr
    return [] if done.returncode == 0 and "No issues found" in told else [told]


def main() -> int:
    problems = [*missing_names(), *broken_links(), *build()]
    print("\n".join(problems) or "The documentation is complete.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
