"""Which rules look at which resources."""

from __future__ import annotations

from auditor.engine.merge import fingerprinted
from auditor.engine.runner import Dispatch, run
from auditor.model.graph import Graph
from auditor.model.resource import Facet
from auditor.model.rule import Fail, Page, Rule, Severity
from tests.made import resource


def rule(name: str, *kinds: str, facets: frozenset[Facet] = frozenset(Facet)) -> Rule:
    return Rule(
        name,
        Severity.LOW,
        frozenset(kinds),
        lambda place, *_: [Fail(place.at("a"), "wrong")],
        lambda: Page("", (), ()),
        facets=facets,
    )


def test_exact_kinds_and_patterns_in_the_order_of_the_rules() -> None:
    dispatch = Dispatch(
        [rule("one", "aws_x"), rule("two", "aws_*"), rule("three", "aws_x", "aws_*"), rule("four", "*", facets=frozenset([Facet.RUNNING]))]
    )
    assert [found.id for found in dispatch.rules(Facet.WRITTEN, "aws_x")] == ["one", "two", "three"]
    assert [found.id for found in dispatch.rules(Facet.WRITTEN, "aws_y")] == ["two", "three"]
    assert [found.id for found in dispatch.rules(Facet.RUNNING, "gcp_z")] == ["four"]
    assert dispatch.rules(Facet.WRITTEN, "gcp_z") == ()


def test_a_fingerprint_is_made_with_the_finding() -> None:
    results = run([rule("one", "aws_x")], Graph([resource("aws_x.a", {"a": 1}), resource("aws_x.b", {"a": 1})]))
    assert all(len(finding.fingerprint) == 32 for finding in results.findings)
    assert fingerprinted(results.findings) == results.findings
    twice = fingerprinted([*results.findings, *results.findings])
    assert len({finding.fingerprint for finding in twice}) == 4
