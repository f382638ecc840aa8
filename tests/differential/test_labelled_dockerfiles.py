"""Verdicts on Dockerfiles against the labelled cases of other tools' own test suites."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

BENCH = CHECKOUT.parent / "shared" / "bench"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (BENCH / "score.py").is_file(), reason="the labelled cases are not beside this checkout"),
]


def test_dockerfile_cases(tmp_path: Path) -> None:
    out = tmp_path / "scores.json"
    tool = f"{sys.executable} -m auditor scan {{dir}} --profile audit --format json"
    command = [sys.executable, str(BENCH / "score.py"), "--data", str(BENCH / "data"), "--tool", tool, "--batch"]
    subprocess.run([*command, "--frameworks", "dockerfile", "--out", str(out)], cwd=CHECKOUT, check=True, capture_output=True, timeout=300)
    scores = json.loads(out.read_text())
    total = next(row for row in scores["rows"] if row["corpus"] == "TOTAL")
    assert not scores["errors"]
    assert total["claimed_ids"] >= 25
    assert total["recall_claimed"] >= 0.95, total
    assert total["fp_rate_claimed"] <= 0.01, total
