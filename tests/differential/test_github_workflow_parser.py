"""Workflows as GitHub's own parser reads them: what it refuses we refuse, and our good examples are workflows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from auditor.engine import rulebook
from tests.github_made import faults_of
from tests.test_github_syntax import CASES

DRIVER = Path(__file__).with_name("actions_workflow_parser.mjs")
RULES = Path(__file__).parents[2] / "rules"


def _package() -> str:
    named = os.environ.get("ACTIONS_WORKFLOW_PARSER", "")
    if named or not shutil.which("npm"):
        return named
    root = subprocess.run(["npm", "root", "-g"], capture_output=True, text=True, check=False).stdout.strip()
    return f"{root}/@actions/workflow-parser"


PACKAGE = _package()

pytestmark = pytest.mark.skipif(
    not shutil.which("node") or not Path(PACKAGE, "dist/index.js").is_file(),
    reason="GitHub's parser is not here: npm install -g @actions/workflow-parser, or name its folder in ACTIONS_WORKFLOW_PARSER",
)

REFUSED = (
    *("empty", "type", "unknown", "missing", "duplicate", "choice", "merge", "step", "call", "schedule", "event", "activity", "filter"),
    *("expression-syntax", "unknown-context", "unavailable-context", "unknown-function", "unavailable-function", "arguments"),
    *("need-unknown", "need-cycle", "id", "id-twice", "permission", "cron-malformed"),
)
"""Faults for which GitHub refuses a file."""


LEFT_TO_LATER = (
    "timeout-minutes: 5 ${{",  # the value is converted when the job starts
    "container: ''",
    "container:\n    steps",
    "runs-on: ubuntu-24.04\n\n",
    "on: schedule",
    "on: [push, schedule]",
    "runs-on: []",
    "background: true",  # steps in parallel are behind a switch of the package
    "- wait:",
    "if: !cancelled()",  # a tag is dropped without a word
    "cron: */15",  # we say so before there is a document
)
"""Parts of texts that the parser lets pass, or that we judge elsewhere."""


def refused(texts: list[str]) -> list[list[str]]:
    """The errors of GitHub's parser for each text."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = subprocess.run(["node", str(DRIVER), PACKAGE], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line)["errors"] for line in done.stdout.splitlines()]


@cache
def examples() -> tuple[tuple[str, str, bool], ...]:
    """(rule, workflow, bad) of every workflow in the pages of rules for pipelines."""
    return tuple(
        (rule.id, text, example.bad)
        for path in sorted((RULES / "pipelines").rglob("*.py"))
        for rule in [rulebook.load_file(RULES, path)]
        for example in rule.page.examples
        for name, text in example.files
        if name.startswith(".github/workflows/")
    )


def differences(texts: list[tuple[str, str]]) -> list[tuple[str, list[str], list[str]]]:
    """(name, our faults, their errors) where only one of us refuses a text."""
    found = []
    for (name, text), theirs in zip(texts, refused([text for _, text in texts]), strict=True):
        if any(part in f"{text}\n" for part in LEFT_TO_LATER):
            continue
        ours = sorted({code for code, _, _ in faults_of(text, *REFUSED)})
        if bool(ours) != bool(theirs):
            found.append((name, ours, theirs[:1]))
    return found


def test_our_cases() -> None:
    assert differences([(text, text) for text, _ in CASES]) == []


def test_examples() -> None:
    assert differences([(name, text) for name, text, _ in examples()]) == []
