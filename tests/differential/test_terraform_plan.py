"""Whole modules, evaluated by us and planned by the real terraform: no difference in any resource or output."""

from __future__ import annotations

import json
import re
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from auditor.loaders import Loading, Settings
from auditor.loaders.files import Files
from auditor.loaders.terraform import units
from auditor.model.value import Unknown, Value
from tests.differential.terraform_binary import TERRAFORM, environment

MODULES = Path(__file__).with_name("modules.txtar")
UNKNOWN = "(unknown)"

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="terraform 1.11 is not on the PATH; install it from HashiCorp's apt repository")


def read_modules() -> dict[str, dict[str, str]]:
    """name -> path -> text."""
    found: dict[str, dict[str, str]] = {}
    for name, text in re.findall(r"^== (\w+)\n(.*?)(?=^== |\Z)", MODULES.read_text(), re.M | re.S):
        found[name] = dict(re.findall(r"^-- (\S+) --\n(.*?)(?=^-- |\Z)", text, re.M | re.S))
    return found


CASES = read_modules()


def run(folder: Path, *arguments: str) -> str:
    """What terraform prints."""
    assert TERRAFORM is not None
    command = [TERRAFORM, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def planned(folder: Path) -> dict[str, Any]:
    """address or output name -> planned value, unknowns replaced."""
    run(folder, "init", "-backend=false", "-input=false", "-no-color")
    run(folder, "plan", "-refresh=false", "-lock=false", "-input=false", "-out=plan.bin")
    plan = json.loads(run(folder, "show", "-json", "plan.bin"), parse_float=str, parse_int=str)
    found: dict[str, Any] = {}
    for change in plan.get("resource_changes", []):
        after, unknown = change["change"]["after"], change["change"]["after_unknown"]
        found[change["address"]] = overlay(after, unknown).get("input")
    for name, change in plan.get("output_changes", {}).items():
        found[f"output.{name}"] = overlay(change.get("after"), change["after_unknown"])
    return found


def overlay(value: Any, unknown: Any) -> Any:
    """`value` with every unknown part marked."""
    if unknown is True:
        return UNKNOWN
    if isinstance(unknown, dict):
        return {key: overlay((value or {}).get(key), unknown.get(key)) for key in {*(value or {}), *unknown}}
    if isinstance(unknown, list) and isinstance(value, list):
        return [overlay(item, unknown[index] if index < len(unknown) else None) for index, item in enumerate(value)]
    return value


def ours(loading: Loading) -> dict[str, Any]:
    """The same from our own evaluation."""
    found = {r.address.text: as_json(r.body.at("input").value_) for r in loading.resources if r.kind == "terraform_data"}
    outputs = {r.address.text: as_json(r.body.at("value").value_) for r in loading.resources if r.kind == "output" and not r.address.module}
    return found | outputs


def as_json(value: Value) -> Any:
    """Plain data as `terraform show -json` prints it, numbers as text."""
    match value.data:
        case Unknown():
            return UNKNOWN
        case dict() as table:
            return {key: as_json(item) for key, item in table.items()}
        case list() as items:
            return [as_json(item) for item in items]
        case bool() | None | str() as scalar:
            return str(scalar) if isinstance(scalar, str) else scalar
        case int() as number:
            return str(int(number))
        case Fraction() | float() as number:
            return json.dumps(float(number))
        case other:
            raise AssertionError(other)


def normal(data: Any) -> Any:
    """Numbers to the precision of a float, the order of keys aside; nulls and missing attributes alike."""
    if isinstance(data, dict):
        return {key: normal(item) for key, item in sorted(data.items()) if item is not None}
    if isinstance(data, list):
        return [normal(item) for item in data]
    if isinstance(data, str) and re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", data):
        return repr(float(data))
    return data


@pytest.mark.parametrize("name", CASES)
def test_a_module_is_read_as_terraform_plans_it(name: str, tmp_path: Path) -> None:
    for path, text in CASES[name].items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("\n", "\r\n") if name == "windows_lines" else text)
    expected = planned(tmp_path)
    roots = units(Files(tmp_path), Settings())
    assert [unit.name for unit in roots] == ["."]
    loading = roots[0].load()
    found = ours(loading)
    assert {key: normal(value) for key, value in found.items() if value is not None} == {
        key: normal(value) for key, value in expected.items() if value is not None
    }, [f"{d.span}: {d.message}" for d in loading.diagnostics]


def test_there_are_enough_modules() -> None:
    assert len(CASES) >= 60
