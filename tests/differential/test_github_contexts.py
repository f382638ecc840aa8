"""Which contexts and functions each workflow key may use, as actionlint knows it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from auditor.views.github.typing.availability import CONTEXTS, SPECIAL
from tests.github_made import MAIN, faults_of

BINARY = shutil.which("actionlint")

pytestmark = pytest.mark.skipif(
    BINARY is None, reason="no actionlint on the PATH: go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
)

JOB = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    {}\n    steps:\n      - run: make\n"
STEP = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - {}\n        run: make\n"
TOP = "on: push\n{}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n"
CALL = "on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/w.yml@v1\n    {}\n"
ON = "on:\n  workflow_call:\n    {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n"

PLACES = [
    (TOP, "run-name: X"),
    (TOP, "env: {A: X}"),
    (TOP, "concurrency: X"),
    (TOP, "concurrency: {group: X}"),
    (TOP, "defaults: {run: {shell: X}}"),
    (TOP, "defaults: {run: {working-directory: X}}"),
    (JOB, "name: X"),
    (JOB, "if: X"),
    (JOB, "env: {A: X}"),
    (JOB, "concurrency: {group: X}"),
    (JOB, "environment: X"),
    (JOB, "environment: {name: X}"),
    (JOB, "environment: {name: a, url: X}"),
    (JOB, "outputs: {a: X}"),
    (JOB, "timeout-minutes: X"),
    (JOB, "continue-on-error: X"),
    (JOB, "defaults: {run: {shell: X}}"),
    (JOB, "defaults: {run: {working-directory: X}}"),
    (JOB, "strategy: {matrix: {a: X}}"),
    (JOB, "strategy: {matrix: {a: [X]}}"),
    (JOB, "strategy: {max-parallel: X}"),
    (JOB, "strategy: {fail-fast: X}"),
    (JOB, "container: X"),
    (JOB, "container: {image: X}"),
    (JOB, "container: {image: a, options: X}"),
    (JOB, "container: {image: a, env: {A: X}}"),
    (JOB, "container: {image: a, ports: [X]}"),
    (JOB, "container: {image: a, credentials: {username: X, password: X}}"),
    (JOB, "services: {a: {image: X}}"),
    (JOB, "services: {a: {image: b, env: {A: X}}}"),
    (JOB, "services: {a: {image: b, credentials: {username: X, password: X}}}"),
    (STEP, "name: X"),
    (STEP, "if: X"),
    (STEP, "env: {A: X}"),
    (STEP, "shell: X"),
    (STEP, "working-directory: X"),
    (STEP, "timeout-minutes: X"),
    (STEP, "continue-on-error: X"),
    (STEP, "id: X"),
    (CALL, "with: {a: X}"),
    (CALL, "secrets: {a: X}"),
    (CALL, "if: X"),
    (ON, "inputs: {a: {type: string, default: X}}"),
    (ON, "outputs: {a: {value: X}}"),
]
USES = [*(f"{name}.x" for name in sorted(CONTEXTS)), *(f"{name}('x')" if name == "hashfiles" else f"{name}()" for name in sorted(SPECIAL))]


def texts() -> list[tuple[str, str]]:
    """(what is used where, workflow)."""
    return [
        (f"{written} with {use}", frame.replace("{}", written.replace("X", f'"${{{{ {use} }}}}"')))
        for frame, written in PLACES
        for use in USES
    ]


def test_availability(tmp_path: Path) -> None:
    folder = tmp_path / MAIN.rpartition("/")[0]
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    cases = texts()
    for number, (_, text) in enumerate(cases):
        (folder / f"w{number}.yml").write_text(text)
    command = [str(BINARY), "-shellcheck=", "-pyflakes=", "-format", "{{json .}}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    signs = ("not allowed here", 'undefined variable "jobs"')  # it knows no `jobs` outside of a called workflow's outputs
    errors = json.loads(done.stdout)
    refused = {error["filepath"].rpartition("/")[2] for error in errors if any(sign in error["message"] for sign in signs)}
    wrong = []
    for number, (name, text) in enumerate(cases):
        theirs = f"w{number}.yml" in refused
        ours = bool(faults_of(text, "unavailable-context", "unavailable-function"))
        if theirs != ours:
            wrong.append((name, "they refuse it" if theirs else "we refuse it"))
    assert wrong == []
