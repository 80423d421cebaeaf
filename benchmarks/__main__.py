"""Run every case, print the table, and write RESULTS.md and results.svg beside this file."""

from __future__ import annotations

import subprocess
import sys
import time
import warnings
from pathlib import Path

from benchmarks import cases, report

HERE = Path(__file__).parent


def main() -> int:
    warnings.simplefilter("ignore", ResourceWarning)  # the clients live as long as the process
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.stub"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as stub:
        assert stub.stdout is not None
        assert stub.stdin is not None
        base = f"http://127.0.0.1:{stub.stdout.readline().strip()}"
        done = []
        for case in cases.run(base):
            print(f"{case.title}")
            for name in case.values:
                goal = f"   goal {case.goals[name]:.2f}" if name in case.goals else ""
                value = case.values[name] * case.factor
                print(f"    {name:28} {value:12,.2f} {case.unit:3} {case.ratio(name):6.2f}{goal}")
            done.append(case)
        stub.stdin.close()
    (HERE / "RESULTS.md").write_text(report.markdown(done, time.perf_counter() - started))
    (HERE / "results.svg").write_text(report.chart(done))
    missed = [name for case in done for name in case.misses()]
    print("All goals are met." if not missed else f"{len(missed)} goals are missed; see benchmarks/RESULTS.md.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
