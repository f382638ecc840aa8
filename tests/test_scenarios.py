"""Every estate in fixtures/ prints what reports/ shows: `make golden` writes it anew.

A `scenario.toml` holds

    shows = "what a reader learns from it"
    command = ["scan", "fixtures/NAME"]    # run at the top of the checkout; --format is added
    exit = 1
    formats = ["text", "json"]     # reports/<scenario>.<format>
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CHECKOUT, in_a_process

FIXTURES = CHECKOUT / "fixtures"
REPORTS = CHECKOUT / "reports"


def _scenarios() -> list[tuple[str, Path, dict[str, Any]]]:
    """(name, folder, contents) of every scenario: a fixture has a scenario.toml, and as many scenario-NAME.toml as it likes."""
    found = []
    for path in sorted(FIXTURES.glob("*/scenario*.toml")):
        extra = path.stem.removeprefix("scenario").removeprefix("-")
        name = f"{path.parent.name}-{extra}" if extra else path.parent.name
        found.append((name, path.parent, tomllib.loads(path.read_text("utf-8"))))
    return found


SCENARIOS = _scenarios()
CASES = [(name, contents, format_) for name, _, contents in SCENARIOS for format_ in contents["formats"]]


@pytest.mark.parametrize(("name", "contents", "format_"), CASES, ids=[f"{case[0]}.{case[2]}" for case in CASES])
def test_report(name: str, contents: dict[str, Any], format_: str, request: pytest.FixtureRequest) -> None:
    ran = in_a_process(*contents["command"], "--format", format_, cwd=CHECKOUT)
    assert (ran.code, ran.err) == (contents["exit"], "")
    golden = REPORTS / f"{name}.{format_}"
    if request.config.getoption("--golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(ran.out, encoding="utf-8")
    expected = golden.read_text("utf-8")
    difference = difflib.unified_diff(expected.splitlines(), ran.out.splitlines(), str(golden), "now", lineterm="", n=1)
    assert ran.out == expected, "\n".join(difference) + "\n(make golden accepts this)"


def test_every_fixture_is_a_scenario_and_every_report_has_one() -> None:
    assert {folder for _, folder, _ in SCENARIOS} == {path for path in FIXTURES.iterdir() if path.is_dir()}
    assert {path.name for path in REPORTS.iterdir()} == {f"{name}.{format_}" for name, _, format_ in CASES}


def test_scenarios_say_what_they_show() -> None:
    assert all(contents.keys() == {"shows", "command", "exit", "formats"} and contents["shows"] for _, _, contents in SCENARIOS)
