from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, settings

from auditor.cli import main

CHECKOUT = Path(__file__).resolve().parent.parent
"""The top folder of the checkout."""

ORACLES = CHECKOUT / ".cache"
"""Where `make oracles` puts the programs that tests compare with."""

os.environ["PATH"] = os.pathsep.join(filter(None, (str(ORACLES / "bin"), os.environ.get("PATH"))))
for _name, _package in (
    ("ACTIONS_EXPRESSIONS", "@actions/expressions"),
    ("ACTIONS_WORKFLOW_PARSER", "@actions/workflow-parser"),
    ("IAM_SIMULATE", "@cloud-copilot/iam-simulate"),
):
    if (_folder := ORACLES / "npm/node_modules" / _package).is_dir():
        os.environ.setdefault(_name, str(_folder))

# No test is timed: on a busy machine an example takes as long as it takes.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write what the scenarios print to reports/ instead of comparing")


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


Auditor: TypeAlias = Callable[..., Ran]
"""The fixture `auditor`: run the command line in this process."""
Write: TypeAlias = Callable[[Mapping[str, str]], Path]
"""The fixture `write`: put files into a fresh folder."""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine that runs the tests reaches the command line."""
    for name in list(os.environ):
        if name.startswith(("TF_", "GIT_", "CI", "GITHUB_", "GITLAB_", "AUDITOR_", "NO_COLOR", "COLUMNS")):
            monkeypatch.delenv(name)


@pytest.fixture
def auditor(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command line in this process: `auditor("scan", path)`."""

    def run(*args: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Write files below a fresh folder, which is returned."""

    def put(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return put


def in_a_process(*args: str | Path, cwd: Path | None = None, stdin: str = "", env: Mapping[str, str] | None = None) -> Ran:
    """Run the command line as a user does, with next to nothing in the environment."""
    done = subprocess.run(
        [sys.executable, "-m", "auditor", *map(str, args)],
        cwd=cwd,
        input=stdin,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "LC_ALL": "C.UTF-8", **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
