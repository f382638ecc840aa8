"""What users install: the wheel holds the rules and the schemas, and works without a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

VOLUME = 'resource "aws_ebs_volume" "a" {\n  size      = 1\n  encrypted = false\n}\n'


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.mark.slow
def test_the_wheel_holds_rules_schemas_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {path.relative_to(CHECKOUT / "rules").as_posix() for path in (CHECKOUT / "rules").rglob("*") if path.suffix in (".py", ".yaml")}
    assert {f"auditor/_rules/{rule}" for rule in rules} <= names
    assert {f"auditor/schemas/{path.name}" for path in (CHECKOUT / "auditor/schemas").glob("*.json")} <= names
    assert "auditor/py.typed" in names
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"auditor"}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


@pytest.mark.slow
def test_it_works_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(VOLUME)
    code = "import sys; from auditor.cli import main; sys.exit(main(['scan', '--rule', 'CKV_AWS_3', '.']))"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    environment = {"PYTHONPATH": str(tmp_path / "installed")}
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "aws-ebs-volume-unencrypted" in done.stdout
