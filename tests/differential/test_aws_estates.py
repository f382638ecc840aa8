"""Estates that the real AWS provider planned: every attribute that the code declares has the planned value, or is unknown where that is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from auditor.loaders import Loading, Settings
from auditor.loaders.files import Files
from auditor.loaders.terraform import units
from auditor.model.resource import Resource
from auditor.model.value import Unknown, Value
from tests.differential.test_terraform_plan import UNKNOWN, as_json, normal, overlay

ESTATES = Path(__file__).parents[3] / "shared" / "data" / "aws_real"
ADDED_TO = ("subject_alternative_names",)
NAMES = sorted(path.parent.name for path in ESTATES.glob("*/plan_create.json"))

pytestmark = pytest.mark.skipif(not NAMES, reason="the recorded estates are not beside this checkout")


def load(estate: Path) -> Loading:
    """The estate's code, with the variable files of its plan."""
    arguments = yaml.safe_load((estate / "truth.yaml").read_text()).get("plan_args") or []
    files = tuple(argument.removeprefix("-var-file=") for argument in arguments)
    return next(unit for unit in units(Files(estate / "code"), Settings(var_files=files)) if unit.name == ".").load()


def differences(resource: Resource, change: dict[str, Any]) -> Iterator[str]:
    """What differs in the declared attributes of one resource."""
    after = overlay(change["change"]["after"], change["change"]["after_unknown"])
    for name in resource.body.data:
        ours, theirs = resource.body.at(name).value_, after.get(name)
        for path, got, want in compare(ours, theirs, name):
            yield f"{resource.address}.{path}: {got!r}, planned {want!r}"


def compare(value: Value, planned: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """(path, ours, theirs) of every difference, declared parts only."""
    data = value.data
    if isinstance(data, Unknown) and "read from the cloud" in data.reason:
        return  # the plan asked the cloud; we do not
    if planned == UNKNOWN and (data is None or UNKNOWN in json.dumps(as_json(value))):
        return  # null leaves it to the provider; a set with an unknown element is unknown to the provider, known in part to us
    if path in ADDED_TO and isinstance(data, list):
        planned = [item for item in planned if item in as_json(value)]  # the provider adds elements of its own
    if isinstance(data, dict) and isinstance(planned, dict):
        for key in data:
            yield from compare(data[key], planned.get(key), f"{path}.{key}")
    elif isinstance(data, list) and isinstance(planned, list) and len(data) == len(planned):
        for index, item in enumerate(data):
            others = [list(compare(item, other, f"{path}[{index}]")) for other in planned]
            if all(others):  # blocks of a set have no order
                yield from others[index]
    elif same(as_json(value), planned):
        return
    else:
        yield path, as_json(value), planned


def same(ours: Any, theirs: Any) -> bool:
    """Whether two values are one; a JSON text is its content."""
    if ours == theirs or normal(ours) == normal(text(theirs)):
        return True
    if isinstance(ours, str) and isinstance(theirs, str) and ours[:1] in "{[" and ours[:1] == theirs[:1] and ours:
        try:
            return bool(json.loads(ours) == json.loads(theirs))
        except ValueError:
            return False
    return ours in (None, [], "") and theirs in (None, [], "")


def text(data: Any) -> Any:
    """Numbers as `as_json` has them."""
    if isinstance(data, (int, float)) and not isinstance(data, bool):
        return json.dumps(data)
    if isinstance(data, list):
        return [text(item) for item in data]
    if isinstance(data, dict):
        return {key: text(item) for key, item in data.items()}
    return data


@pytest.mark.parametrize("name", NAMES)
def test_declared_attributes_have_the_planned_values(name: str) -> None:
    estate = ESTATES / name
    plan = json.loads((estate / "plan_create.json").read_text())
    planned = {change["address"]: change for change in plan["resource_changes"] if change["mode"] == "managed"}
    loading = load(estate)
    ours = {r.address.text: r for r in loading.resources if r.kind.startswith(("aws_", "terraform_", "random_", "null_"))}
    assert sorted(ours) == sorted(planned)
    found = [line for address, change in planned.items() for line in differences(ours[address], change)]
    assert not found, "\n".join(found) + "\n" + "\n".join(f"{d.span}: {d.message}" for d in loading.diagnostics)


def test_unknown_is_marked() -> None:
    assert overlay({"a": 1}, {"b": True}) == {"a": 1, "b": UNKNOWN}
