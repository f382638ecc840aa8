"""The examples of our pages as actionlint judges them: every kind of fault that a rule claims, at the same line, and none in the good ones."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from auditor.engine import rulebook
from auditor.model.rule import Example, Rule

ROOT = Path(__file__).parents[2]
BINARY = shutil.which("actionlint")
KIND = "actionlint:"

pytestmark = pytest.mark.skipif(
    BINARY is None, reason="no actionlint on the PATH: go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
)

LOADED = [rulebook.load_file(ROOT / "rules", path) for path in sorted((ROOT / "rules/pipelines/github").glob("*.py"))]
RULES = [rule for rule in LOADED if any(alias.startswith(KIND) for alias in rule.aliases)]

DIFFERENT = {
    "job-need-unknown": "it names the line of the job, we the need that is wrong",
    "runner-label-unknown": "beside self-hosted a label is one's own; it wants such labels in its configuration",
}
"""Rule -> why its examples are judged otherwise, on purpose."""


def told(tmp_path: Path, example: Example) -> list[dict[str, Any]]:
    for name, text in example.files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    command = [str(BINARY), "-shellcheck=", "-pyflakes=", "-format", "{{json .}}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout or "null") or []
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule, tmp_path: Path) -> None:
    kinds = {alias.removeprefix(KIND).partition("/")[0] for alias in rule.aliases if alias.startswith(KIND)}
    if rule.id.removeprefix("pipelines-github-") in DIFFERENT:
        return
    for example in rule.page.examples:
        if not any(name.startswith(".github/workflows/") for name, _ in example.files):
            continue
        folder = tmp_path / example.name
        lines = {(error["filepath"], error["line"]) for error in told(folder, example) if error["kind"] in kinds}
        marked = example.expected
        assert lines >= marked if example.bad else not lines, (example.name, lines, marked)
