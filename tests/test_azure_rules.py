"""Rules for Azure find the same in the plan and the state of an estate as in its code: there what nobody wrote is empty, and references are ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import testing
from auditor.engine import rulebook
from auditor.engine.rule_file import rule_files
from auditor.engine.runner import run
from auditor.model.graph import Graph
from auditor.model.resource import Facet
from auditor.model.rule import Rule
from tests.azure_twins import Shapes, planned, recorded, shapes_of

ROOT = rulebook.builtin_root()
FILES = [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in rule_files(ROOT / "azure")]


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    """The attributes that the pages of all rules write."""
    rules = [rulebook.load_file(ROOT, path) for path in rule_files(ROOT / "azure")]
    return shapes_of([graph for rule in rules for example in rule.page.examples for graph in testing.read(example).graphs])


@pytest.mark.parametrize("path", FILES)
def test_a_state_tells_what_the_code_told(path: Path, shapes: Shapes) -> None:
    rule = rulebook.load_file(ROOT, path)
    if Facet.RECORDED not in rule.facets:
        return  # it judges how something is written, which a state does not say
    for example in rule.page.examples:
        for graph in testing.read(example).graphs:
            assert found(rule, recorded(graph, shapes)) == found(rule, graph), example.name


@pytest.mark.parametrize("path", FILES)
def test_a_plan_tells_what_the_code_told(path: Path, shapes: Shapes) -> None:
    rule = rulebook.load_file(ROOT, path)
    if Facet.PLANNED not in rule.facets:
        return
    for example in rule.page.examples:
        for graph in testing.read(example).graphs:
            assert found(rule, planned(graph, shapes)) == found(rule, graph), example.name


def found(rule: Rule, graph: Graph) -> set[str]:
    """The resources with findings; where nothing is decided, nothing is the same."""
    results = run([rule], graph)
    assert not results.errors
    assert not results.unsure
    return {finding.resource for finding in results.findings}
