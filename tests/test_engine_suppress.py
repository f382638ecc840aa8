"""Suppressions: every form, what it speaks for, and what is said of those that do not work."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from auditor.engine import annotations as on_objects
from auditor.engine import comments, suppress
from auditor.engine.suppress import Applied
from auditor.model.config import Ignore
from auditor.model.diagnostic import Level
from auditor.model.finding import Finding, Outcome
from auditor.model.resource import Origin
from auditor.model.rule import Confidence, Page, Rule, Severity
from auditor.model.source import Block, Comment
from auditor.model.span import Span
from tests.made import resource

TODAY = datetime.date(2026, 6, 1)


def rule(name: str, *aliases: str) -> Rule:
    return Rule(name, Severity.HIGH, frozenset(), lambda *_: (), lambda: Page("", (), ()), aliases=aliases)


RULES = (
    rule("aws-open", "CKV_AWS_24", "AVD-AWS-0107", "aws-vpc-no-public-ingress", "kube-linter:open", "AC_AWS_0214"),
    rule("aws-other", "CKV_AWS_25"),
)

CODE = """\
# top
resource "aws_x" "a" {
  # first
  port = 22
  # above
  cidr = "0.0.0.0/0" # beside
  rule {
    # inside
    size = 1
  }
}

# stacked
# before
module "net" { # header
  source = "./net"
}
"""


def code(**marks: str) -> tuple[str, list[Comment], list[Block]]:
    """The code with the named comments replaced by these texts, the others removed."""
    lines = CODE.splitlines()
    found = []
    for number, line in enumerate(lines, 1):
        before, mark, word = line.partition("# ")
        if mark and word in marks:
            found.append(Comment("main.tf", number, f"# {marks[word]}", not before.strip()))
    blocks = [Block("main.tf", 2, 11, "resource.aws_x.a"), Block("main.tf", 7, 10), Block("main.tf", 15, 17, "module.net")]
    return CODE, found, blocks


def finding(line: int, *, name: str = "aws-open", file: str = "main.tf", block: int = 2, chain: int = 0, **more: Any) -> Finding:
    return Finding(
        name,
        Severity.HIGH,
        Confidence.CERTAIN,
        Outcome.FAIL,
        more.pop("resource", "aws_x.a"),
        "aws_x",
        ".",
        "p",
        "m",
        Span(file, line, 3, line, 9),
        str(line),
        resource_span=Span(file, block),
        chain=(Span("main.tf", chain),) if chain else (),
        **more,
    )


FINDINGS = {
    "header": finding(2),
    "port": finding(4),
    "cidr": finding(6),
    "size": finding(9),
    "elsewhere": finding(4, file="net/main.tf", chain=15),
    "other": finding(6, name="aws-other"),
    "far": finding(6, file="far.tf"),
}


def applied(how: Any = None, findings: Any = None, **marks: str) -> Applied:
    _, found, blocks = code(**marks)
    directives, problems = comments.read(found, blocks, **(how or {}))
    it = suppress.apply(tuple((findings or FINDINGS).values()), (), directives, RULES, today=TODAY)
    return Applied(it.findings, it.unsure, it.suppressed, (*problems, *it.diagnostics))


def silent(**marks: str) -> set[str]:
    """The names of the findings that the comments suppress."""
    names = {id_: name for name, f in FINDINGS.items() for id_ in [(f.rule, f.span)]}
    return {names[f.rule, f.span] for f in applied(**marks).suppressed}


OURS = 'auditor:ignore=aws-open reason="known" until=2027-01-31'


@pytest.mark.parametrize(
    ("place", "covered"),
    [
        ("top", {"header", "port", "cidr", "size"}),
        ("first", {"header", "port", "cidr", "size"}),
        ("above", {"cidr"}),
        ("beside", {"cidr"}),
        ("inside", {"size"}),
        ("before", {"elsewhere"}),
        ("stacked", {"elsewhere"}),
        ("header", {"elsewhere"}),
    ],
)
def test_ours_by_place(place: str, covered: set[str]) -> None:
    marks = {place: OURS} | ({"before": "tfsec:ignore:nothing"} if place == "stacked" else {})
    assert silent(**marks) == covered


@pytest.mark.parametrize(
    ("form", "tool", "above", "beside", "top"),
    [
        ("tfsec:ignore:AVD-AWS-0107", "tfsec", {"cidr"}, {"cidr"}, {"header", "port", "cidr", "size"}),
        ("tfsec:ignore:aws-vpc-no-public-ingress:exp:2026-06-01", "tfsec", {"cidr"}, {"cidr"}, {"header", "port", "cidr", "size"}),
        ("trivy:ignore:x trivy:ignore:aws-0107", "trivy", {"cidr"}, {"cidr"}, {"header", "port", "cidr", "size"}),
        ("trivy:ignore:aws-vpc-*:ws:def*", "trivy", {"cidr"}, {"cidr"}, {"header", "port", "cidr", "size"}),
        ("checkov:skip=CKV_AWS_24:why not", "checkov", {"header", "port", "cidr", "size"}, {"header", "port", "cidr", "size"}, set()),
        ("bridgecrew:skip= CKV_AWS_1,CKV_AWS_24", "checkov", {"header", "port", "cidr", "size"}, {"header", "port", "cidr", "size"}, set()),
        ("ts:skip=AC_AWS_0214 why", "terrascan", {"header", "port", "cidr", "size"}, {"header", "port", "cidr", "size"}, set()),
    ],
)
def test_foreign_forms(form: str, tool: str, above: set[str], beside: set[str], top: set[str]) -> None:
    assert silent(above=form) == above
    assert silent(beside=form) == beside
    assert silent(top=form) == top
    assert {f.suppression.tool for f in applied(above=form).suppressed if f.suppression} == {tool}


def test_checkov_in_a_module_call() -> None:
    assert silent(header="checkov:skip=CKV_AWS_24:x") == {"elsewhere"}


def test_every_rule() -> None:
    assert silent(above="trivy:ignore:*") == {"cidr", "other"}
    assert silent(above="kics-scan ignore-line") == {"cidr", "other"}
    assert silent(top="kics-scan ignore-block") == {"header", "port", "cidr", "size", "other"}
    assert silent(top="kics-scan ignore") == {"header", "port", "cidr", "size", "other"}
    assert silent(top="kics-scan disable=x,ckv_aws_24") == {"header", "port", "cidr", "size"}
    assert silent(above="kics-scan ignore") == set()


def test_a_whole_file() -> None:
    assert silent(top='auditor:ignore-file=aws-open reason="x"') == {"header", "port", "cidr", "size"}
    later = applied(above='auditor:ignore-file=aws-open reason="x"')
    assert later.suppressed == ()
    assert "at the top" in later.diagnostics[0].message


def test_several_rules_and_patterns() -> None:
    assert silent(above='auditor:ignore=aws-open,ckv_aws_25 reason="x"') == {"cidr", "other"}
    assert silent(above="auditor:ignore=aws-o* reason='x'") == {"cidr", "other"}
    assert silent(above='auditor:ignore=aws-open reason="x" auditor:ignore=aws-other reason="y"') == {"cidr", "other"}


def test_who_and_why_are_kept() -> None:
    (one,) = applied(beside=OURS).suppressed
    assert one.suppression is not None
    assert (one.suppression.reason, one.suppression.until, one.suppression.tool) == ("known", datetime.date(2027, 1, 31), "auditor")
    assert one.suppression.span.line == 6
    (foreign, *_) = applied(above="checkov:skip=CKV_AWS_24:why not").suppressed
    assert foreign.suppression is not None
    assert foreign.suppression.reason == "why not"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("auditor:ignore=aws-open", 'a suppression without reason="..." is not honoured'),
        ('auditor:ignore=aws-open reason=""', 'a suppression without reason="..." is not honoured'),
        ("auditor:ignore=aws-open because I say so", "a suppression without reason"),
        ("auditor:ignore", "a suppression reads auditor:ignore=RULE"),
        ("auditor:ignore aws-open", "a suppression reads auditor:ignore=RULE"),
        ('auditor:ignore=aws-open reason="x" until=tomorrow', "until=tomorrow is not a date"),
        ('auditor:ignore=aws-open reason="x" until=2026-02-30', "until=2026-02-30 is not a date"),
        ('auditor:ignore=aws-open reason="x" untill=2020-01-01', "not untill=; it is not honoured"),
        ("tfsec:ignore:aws-0107:exp:soon", "exp:soon is not a date"),
        ("kics-scan enable=x", "is not honoured"),
    ],
)
def test_what_is_wrong_is_not_honoured_and_said(text: str, said: str) -> None:
    it = applied(beside=text)
    assert it.suppressed == ()
    (problem,) = it.diagnostics
    assert said in problem.message
    assert (problem.code, problem.span.line) == ("suppression-invalid", 6)


def test_expiry() -> None:
    assert silent(beside='auditor:ignore=aws-open reason="x" until=2026-06-01') == {"cidr"}
    for text in ('auditor:ignore=aws-open reason="x" until=2026-05-31', "trivy:ignore:aws-0107:exp:2026-05-31"):
        it = applied(beside=text)
        assert it.suppressed == ()
        (problem,) = it.diagnostics
        assert (problem.code, problem.level) == ("suppression-expired", Level.WARNING)
        assert "ended on 2026-05-31" in problem.message


def test_an_expired_one_does_not_stop_another() -> None:
    it = applied(beside='auditor:ignore=aws-open reason="old" until=2020-01-01', above='auditor:ignore=aws-open reason="new"')
    assert [f.suppression.reason for f in it.suppressed if f.suppression] == ["new"]


@pytest.mark.parametrize(
    ("text", "level"), [('auditor:ignore=aws-nothing reason="x"', Level.WARNING), ("checkov:skip=CKV_AWS_99999:x", Level.INFO)]
)
def test_unknown_rules_are_reported(text: str, level: Level) -> None:
    (problem,) = applied(above=text).diagnostics
    assert (problem.code, problem.level) == ("suppression-unknown", level)
    assert problem.message.startswith("unknown rule id in suppression: ")


@pytest.mark.parametrize(("text", "level"), [('auditor:ignore=aws-open reason="x"', Level.WARNING), ("tfsec:ignore:aws-0107", Level.INFO)])
def test_unused_ones_are_reported(text: str, level: Level) -> None:
    only = {"other": FINDINGS["other"]}
    (problem,) = applied(findings=only, beside=text).diagnostics
    assert (problem.code, problem.level) == ("suppression-unused", level)


def test_unused_means_that_the_rule_ran() -> None:
    _, found, blocks = code(beside=OURS)
    directives, _ = comments.read(found, blocks)
    assert suppress.apply((), (), directives, RULES, today=TODAY, ran={"aws-other"}).diagnostics == ()
    assert len(suppress.apply((), (), directives, RULES, today=TODAY, ran={"aws-open"}).diagnostics) == 1


def test_unused_every_rule_comments_are_not_ours_to_judge() -> None:
    assert applied(findings={"far": FINDINGS["far"]}, above="trivy:ignore:*").diagnostics == ()


def test_a_file_that_is_read_twice_counts_once() -> None:
    _, found, blocks = code(beside=OURS)
    directives, _ = comments.read([*found, *found], [*blocks, *blocks])
    again, _ = comments.read(found, blocks)
    it = suppress.apply(tuple(FINDINGS.values()), (), (*directives, *again), RULES, today=TODAY)
    assert (len(it.suppressed), it.diagnostics) == (1, ())


def test_the_workspace_decides() -> None:
    text = "tfsec:ignore:aws-0107:ws:prod"
    assert applied(beside=text).suppressed == ()
    assert len(applied({"workspace": "prod"}, beside=text).suppressed) == 1


def test_an_attribute_decides() -> None:
    world = [resource("aws_x.a", {"rule": [{"port": 22}, {"port": 443}], "x": {"$unknown": "?"}})]
    for text, count in (("[rule.port=443]", 1), ("[rule.port=80]", 0), ("[x=1]", 0), ("[rule.port=22,rule.port=443]", 1), ("[..=1]", 0)):
        assert len(applied({"resources": world}, beside=f"trivy:ignore:aws-0107{text}").suppressed) == count, text


def test_a_value_from_elsewhere_passes_through_the_line() -> None:
    passing = finding(1, file="prod.tfvars", history=(Origin("attribute", "cidr = var.c", Span("main.tf", 6)),))
    assert len(applied(findings={"x": passing}, beside=OURS).suppressed) == 1
    assert len(applied(findings={"x": passing}, above=OURS).suppressed) == 1


def test_unsure_is_suppressed_too() -> None:
    _, found, blocks = code(beside=OURS)
    directives, _ = comments.read(found, blocks)
    it = suppress.apply((), (FINDINGS["cidr"], FINDINGS["port"]), directives, RULES, today=TODAY)
    assert (it.unsure, len(it.suppressed)) == ((FINDINGS["port"],), 1)


def test_a_comment_in_a_file_without_blocks() -> None:
    found = [Comment("x.tfvars", 3, f"# {OURS}", False), Comment("x.tfvars", 5, "# checkov:skip=CKV_AWS_24", True)]
    directives, problems = comments.read(found, [])
    it = suppress.apply((finding(3, file="x.tfvars"), finding(6, file="x.tfvars")), (), directives, RULES, today=TODAY)
    assert [f.span.line for f in it.suppressed] == [3]
    assert re.search("stands in none", problems[0].message)


# -- the configuration


@pytest.mark.parametrize(
    ("entry", "count"),
    [
        (Ignore("aws-open", "x"), 6),
        (Ignore("ckv_aws_24", "x"), 6),
        (Ignore("aws-*", "x", path="main.tf"), 5),
        (Ignore("*", "x", path="*/main.tf"), 1),
        (Ignore("aws-open", "x", resource="aws_x.*", path="far*"), 1),
        (Ignore("aws-open", "x", resource="aws_y.*"), 0),
        (Ignore("aws-open", "x", until=datetime.date(2020, 1, 1)), 0),
    ],
)
def test_configuration(entry: Ignore, count: int) -> None:
    it = suppress.apply(tuple(FINDINGS.values()), (), suppress.from_config([entry]), RULES, today=TODAY)
    assert len(it.suppressed) == count
    assert len(it.diagnostics) == (0 if count else 1)


@pytest.mark.parametrize(
    ("pattern", "matches"), [("aws_x.a", True), ('aws_x.a["k"]', True), ("aws_x.a[*]", True), ("aws_x.[a]", False), ("aws_x", False)]
)
def test_an_address_without_index_stands_for_all_instances(pattern: str, matches: bool) -> None:
    it = suppress.apply((finding(1, resource='aws_x.a["k"]'),), (), suppress.from_config([Ignore("*", "x", pattern)]), RULES, today=TODAY)
    assert bool(it.suppressed) is matches


# -- Kubernetes


@pytest.mark.parametrize(
    ("key", "value", "tool", "reason"),
    [
        ("auditor/ignore", 'aws-open reason="a; b" until=2027-01-01', "auditor", "a; b"),
        ("auditor/ignore", 'aws-other reason="x"; aws-open reason="y"', "auditor", "y"),
        ("checkov.io/skip1", "CKV_AWS_24=because", "checkov", "because"),
        ("ignore-check.kube-linter.io/open", "because", "kube-linter", "because"),
        ("runterrascan.io/skip", '[{"rule": "AC_AWS_0214", "comment": "because"}]', "terrascan", "because"),
    ],
)
@pytest.mark.parametrize("place", ["metadata", "spec.template.metadata", "spec.jobTemplate.spec.template.metadata"])
def test_annotations(key: str, value: str, tool: str, reason: str, place: str) -> None:
    body: dict[str, Any] = {"annotations": {key: value, "note": "x"}}
    for step in reversed(place.split(".")):
        body = {step: body}
    it = resource("prod/Deployment/web", body, kind="Deployment")
    directives, problems = on_objects.read([it])
    assert problems == ()
    found = finding(9, resource="prod/Deployment/web"), finding(9, resource="prod/Deployment/api")
    result = suppress.apply(found, (), directives, RULES, today=TODAY)
    assert [(f.resource, f.suppression.tool, f.suppression.reason) for f in result.suppressed if f.suppression] == [
        ("prod/Deployment/web", tool, reason)
    ]


@pytest.mark.parametrize(
    ("key", "value"), [("auditor/ignore", "aws-open"), ("runterrascan.io/skip", "AC_1"), ("runterrascan.io/skip", "[1]")]
)
def test_wrong_annotations_are_reported(key: str, value: str) -> None:
    it = resource("prod/Deployment/web", {"metadata": {"annotations": {key: value}}}, kind="Deployment")
    directives, problems = on_objects.read([it])
    assert directives == ()
    assert len(problems) == 1
