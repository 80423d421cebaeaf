"""Everything that must hold before a change lands. Runs every check even after one failed, then says which.

python scripts/check.py [name ...]
"""

from __future__ import annotations

import subprocess
import sys
import time

PYTHON = sys.executable
CHECKS: dict[str, list[str]] = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "-q", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "-q", "."],
    "spec lint": [PYTHON, "scripts/lint_spec.py"],
    "generated client": [PYTHON, "scripts/generate_client.py", "--check"],
    "sync flavour": [PYTHON, "scripts/generate_sync.py", "--check"],
    "contract": [PYTHON, "scripts/check_contract.py"],
    "examples": [PYTHON, "scripts/extract_examples.py", "--check"],
    "cassettes": [PYTHON, "scripts/make_cassettes.py", "--check"],
    "docs": [PYTHON, "scripts/check_docs.py"],
    "mypy": [PYTHON, "-m", "mypy"],
    "pyright": [PYTHON, "-m", "pyright"],
    "tests": [
        PYTHON,
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "--cov",
        "--cov-report=term:skip-covered",
        "--cov-fail-under=95",
    ],
}


def main() -> int:
    chosen = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in chosen if name not in CHECKS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are: {', '.join(CHECKS)}")
        return 2
    failed = []
    for name in chosen:
        print(f"== {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run(CHECKS[name], check=False).returncode
        print(f"   {'ok' if code == 0 else 'FAILED'} after {time.monotonic() - started:.1f} s", flush=True)
        if code != 0:
            failed.append(name)
    print(
        f"\n{len(chosen) - len(failed)} of {len(chosen)} checks passed."
        + (f" Failed: {', '.join(failed)}." if failed else "")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
