"""Lint openapi/admin.yaml for what the generator drops silently. The rules are in scripts/contract/lint.py.

python scripts/lint_spec.py [FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for `scripts.contract`, as tests import it

from scripts.contract.description import load_yaml
from scripts.contract.lint import lint

SPEC = Path(__file__).resolve().parent.parent / "openapi/admin.yaml"


def main() -> int:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else SPEC
    findings = lint(load_yaml(file))
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
