"""What a report says a finding is about."""

from __future__ import annotations

import pytest

from auditor.engine.merge import combine
from auditor.engine.runner import run
from auditor.links import links
from auditor.model.graph import Graph
from auditor.model.rule import Fail, Page, Rule, Severity
from auditor.reporters.parts.document import finding as document
from auditor.reporters.parts.entries import entries, subject
from tests.made import resource

RULE = Rule(
    "acl-public",
    Severity.HIGH,
    frozenset({"aws_bucket"}),
    lambda _, bucket, graph, __: [Fail(graph.attached(bucket, "bucket", "aws_acl")[0].at("acl"), "public")],
    lambda: Page("", (), ()),
)


def test_a_value_of_another_resource_is_named_in_full() -> None:
    bucket = resource("aws_bucket.a", {"name": "a"})
    acl = resource("aws_acl.b", {"bucket": {"$ref": "aws_bucket.a"}, "acl": "public-read"})
    (found,) = combine([run([RULE], Graph([bucket, acl], links()))]).findings
    assert (found.resource, found.attribute, found.owner) == ("aws_bucket.a", "aws_acl.b.acl", "aws_acl.b")
    assert entries([found])[0].about == "aws_bucket.a (by aws_acl.b.acl)"
    assert document(found)["owner"] == "aws_acl.b"


@pytest.mark.parametrize(
    ("resource_", "attribute", "owner", "expected"),
    [
        ("aws_x.a", "", "", "aws_x.a"),
        ("aws_x.a", "port", "", "aws_x.a.port"),
        ("aws_x.a", "[0]", "", "aws_x.a[0]"),
        ("", "port", "", "port"),
        ("aws_x.a", "aws_y.b.port", "aws_y.b", "aws_x.a (by aws_y.b.port)"),
    ],
)
def test_subjects(resource_: str, attribute: str, owner: str, expected: str) -> None:
    assert subject(resource_, attribute, owner) == expected
