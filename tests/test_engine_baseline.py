"""Baselines: what is new, unchanged, moved and fixed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import jsonschema
import pytest

from auditor.app import schemas
from auditor.engine import baseline
from auditor.engine.merge import combine
from auditor.engine.runner import run
from auditor.model.error import ConfigError
from auditor.model.finding import Finding
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Fail, Page, Rule, Severity
from tests.made import graph, resource


def bad(place: Node) -> Iterator[Fail]:
    for path in ("acl", "log"):
        if place.at(path).missing:
            yield Fail(place.at(path), f"no {path}")
    yield from (Fail(item, "open") for item in place.each("cidrs") if item.text == "0.0.0.0/0")


RULE = Rule("aws-bad", Severity.HIGH, frozenset({"aws_x"}), lambda place, *_: bad(place), lambda: Page("", (), ()))


def findings(*resources: Resource) -> tuple[Finding, ...]:
    return combine([run([RULE], graph(*resources))]).findings


def deltas(after: Sequence[Finding], before: Sequence[Finding]) -> tuple[list[str], int]:
    known = baseline.parse(baseline.render(before), "b.json")
    it = baseline.compare(after, known)
    assert it.findings == baseline.compare(after, before).findings
    assert {finding.delta for finding in it.fixed} <= {"fixed"}
    return [finding.delta for finding in it.findings], len(it.fixed)


def test_the_same_again() -> None:
    found = findings(resource("aws_x.a", {"acl": 1, "cidrs": ["0.0.0.0/0"]}))
    assert deltas(found, found) == (["unchanged"] * 2, 0)


def test_a_shift_of_lines_changes_nothing() -> None:
    before = findings(resource("aws_x.a", {"acl": 1, "cidrs": ["0.0.0.0/0"]}))
    after = findings(resource("aws_x.a", {"note": [1, 2, 3], "acl": 1, "cidrs": ["10.0.0.0/8", "0.0.0.0/0"]}))
    assert [f.span.line for f in before] != [f.span.line for f in after]
    assert deltas(after, before) == (["unchanged"] * 2, 0)


def test_another_file_of_the_same_root_is_moved() -> None:
    before, after = (findings(resource("aws_x.a", {"log": 1}, file=file)) for file in ("main.tf", "x.tf"))
    assert deltas(after, before) == (["moved"], 0)


def test_another_folder_is_another_thing() -> None:
    before = findings(resource("aws_x.this", {"bucket": "a"}, file="main.tf"))
    after = findings(resource("aws_x.this", {"bucket": "b"}, file="envs/other.tf", root="envs"))
    assert deltas(after, before) == (["new", "new"], 2)


def test_one_more_of_the_same_is_new() -> None:
    before = findings(resource("aws_x.a", {"acl": 1, "log": 1, "cidrs": ["0.0.0.0/0"]}))
    after = findings(resource("aws_x.a", {"acl": 1, "log": 1, "cidrs": ["0.0.0.0/0", "10.0.0.0/8", "0.0.0.0/0"]}))
    assert sorted(deltas(after, before)[0]) == ["new", "unchanged"]
    assert deltas(before, after) == (["unchanged"], 1)


def test_what_is_gone_is_fixed() -> None:
    before = findings(resource("aws_x.a", {}), resource("aws_x.b", {"log": 1}))
    (fixed,) = baseline.compare(findings(resource("aws_x.a", {})), baseline.parse(baseline.render(before), "b.json")).fixed
    assert (fixed.rule, fixed.resource, fixed.attribute, fixed.severity, fixed.delta) == (
        "aws-bad",
        "aws_x.b",
        "acl",
        Severity.HIGH,
        "fixed",
    )


def test_the_text_is_stable_and_fits_its_schema() -> None:
    found = findings(*(resource(f"aws_x.r{n}", {"cidrs": ["0.0.0.0/0"]}, file="\u00fc.tf") for n in range(3)))
    text = baseline.render(found)
    assert text == baseline.render(found[::-1])
    for some in (text, baseline.render(())):
        jsonschema.validate(json.loads(some), json.loads(schemas.text("baseline")))
    assert len(text.splitlines()) == len(found) + 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{\n,}", "b.json:2: the baseline is not JSON"),
        ("[]", "b.json:1: this is no baseline"),
        ('{"version": "9", "findings": []}', "has version '9'"),
        ('{"version": "1", "findings": [{}]}', "b.json:2: entry 1 of the baseline lacks one of fingerprint"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_what_is_no_baseline(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        baseline.parse(text, "b.json")
    assert said in str(caught.value)
