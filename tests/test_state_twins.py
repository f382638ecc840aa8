"""Rules find the same in the state of an estate as in its code: what names what is read from ids there, for nothing remembers a reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import testing
from auditor.engine import rulebook
from auditor.engine.rule_file import rule_files
from auditor.engine.runner import run
from auditor.links import links
from auditor.loaders import terraform_state
from auditor.loaders.files import Files
from auditor.model.graph import Graph, Relation
from auditor.model.resource import Facet
from auditor.model.rule import Rule
from tests.state_twin import Twin

ROOT = rulebook.builtin_root()
FILES = [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in rule_files(ROOT / "aws")]


def recorded(graph: Graph) -> Graph:
    """The graph of the state that an apply would leave."""
    name = "terraform.tfstate"
    loading = terraform_state.load(Files.of({name: Twin(graph).document()}), name)
    return Graph(loading.resources, links())


@pytest.mark.parametrize("path", FILES)
def test_a_state_tells_what_the_code_told(path: Path) -> None:
    rule = rulebook.load_file(ROOT, path)
    if not {Facet.WRITTEN, Facet.RECORDED} <= rule.facets:
        return  # it judges how something is written, which a state does not say
    for example in rule.page.examples:
        for graph in testing.read(example).graphs:
            assert found(rule, recorded(graph)) == found(rule, graph), example.name


def found(rule: Rule, graph: Graph) -> set[str]:
    """The resources with findings; for a document that is looked up, or put together in code, those that take it."""
    resources = {resource.address.text: resource for resource in graph.resources}
    places = [resources[finding.resource] for finding in run([rule], graph).findings]
    takers = [edge.source for place in places for edge in graph.into(place, Relation.REFERS) if place.kind.startswith("data.")]
    return {place.address.text for place in (*places, *takers) if place.kind.startswith("aws_")}
