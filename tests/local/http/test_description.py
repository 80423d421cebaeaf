"""Replies of the local Instant are what openapi/admin.yaml says: schemathesis makes calls from it and checks them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from scripts.served import serving

DESCRIPTION = Path(__file__).resolve().parents[3] / "openapi" / "admin.yaml"
SECONDS = 50
CALLS_PER_OPERATION = 2
ENDLESS = ("/admin/subscribe-query", "/admin/sse")
"""Streams, which schemathesis reads to their end: recordings hold their events."""
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


def test_replies_conform_to_the_description(tmp_path: Path) -> None:
    with serving() as served:
        options = {
            "--url": served.url,
            "--phases": "fuzzing",
            "--checks": ",".join(CHECKS),
            "--max-examples": str(CALLS_PER_OPERATION),
            "--max-time": str(SECONDS),
            "--request-timeout": "20",
            "--warnings": "off",
        }
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", str(DESCRIPTION)),
                *(part for option in options.items() for part in option),
                *("--header", f"app-id: {served.app_id}", "--header", f"authorization: Bearer {served.admin_token}"),
                *(part for path in ENDLESS for part in ("--exclude-path", path)),
                *("--generation-deterministic", "--no-color"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=2 * SECONDS,
        )

        assert done.returncode == 0, done.stdout + done.stderr
        assert re.search(r"Selected: (\d+)/\d+\s+Tested: \1\b", done.stdout), done.stdout
        assert served.errors() == ""
