"""Hold openapi/admin.yaml against everything that a real server was recorded to accept and to answer.

    python scripts/check_contract.py            exit 1 on any difference
    python scripts/check_contract.py --write    write openapi/evidence.md too

Checked are every accepted request (path, method, parameters, credentials, body), every reply (status, media type,
body) and every event of every stream in tests/recordings; that each status, field and parameter of the description is
either recorded or cited in openapi/citations.yaml; and that openapi/evidence.md is up to date.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for `scripts.contract`, as tests import it

from scripts.contract.check import Check, Report
from scripts.contract.description import Description, load_yaml
from scripts.contract.evidence import Citations, gaps, render
from scripts.contract.expectations import UNCOVERED
from scripts.contract.recordings import read_all

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "openapi/admin.yaml"
CITATIONS = ROOT / "openapi/citations.yaml"
EVIDENCE = ROOT / "openapi/evidence.md"
RECORDINGS = ROOT / "tests/recordings"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write openapi/evidence.md")
    arguments = parser.parse_args()
    description = Description(load_yaml(SPEC))
    citations = Citations.read(CITATIONS)
    exchanges = read_all(RECORDINGS)
    report = Check(description).run(exchanges)
    evidence = render(description, report, citations)
    if arguments.write:
        EVIDENCE.write_text(evidence)
    problems = [*report.violations, *gaps(description, report, citations)]
    if EVIDENCE.read_text() != evidence:
        problems.append("openapi/evidence.md is stale; run: python scripts/check_contract.py --write")
    _summarize(description, report, len(exchanges))
    for problem in problems:
        print(f"  {problem}")
    print(f"{len(problems)} problems")
    return 1 if problems else 0


def _summarize(description: Description, report: Report, exchanges: int) -> None:
    print(f"{exchanges} exchanges, {len(description.operations)} operations")
    print(f"held against the description: {report.requests} accepted requests, {report.replies} replies, ", end="")
    print(f"{report.streamed} events")
    for (_, reason), count in report.outside.items():
        print(f"left out, {count}: {reason}")
    for reason, count in report.tolerated.items():
        print(f"tolerated, {count}: {reason}")
    for name, reason in UNCOVERED.items():
        print(f"not recorded at work: {name} ({reason})")


if __name__ == "__main__":
    sys.exit(main())
