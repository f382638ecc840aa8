"""The engine on what the Terraform loaders give it: histories, suppressions and facets of real configurations."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from auditor.engine import comments, suppress
from auditor.engine.merge import combine
from auditor.engine.runner import run
from auditor.links import links
from auditor.loaders import Settings, loaders
from auditor.loaders.files import Files
from auditor.model.diagnostic import Diagnostic
from auditor.model.finding import Finding
from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.rule import Fail, Page, Rule, Severity


def weak(place: Node) -> Iterator[Fail]:
    for rule in place.each("ingress"):
        for cidr in rule.each("cidr_blocks"):
            if cidr.text == "0.0.0.0/0" and rule.at("from_port").number == 22:
                yield Fail(cidr, "open")


RULE = Rule(
    "sg-open",
    Severity.HIGH,
    frozenset({"aws_security_group"}),
    lambda place, *_: weak(place),
    lambda: Page("", (), ()),
    aliases=("CKV_AWS_24",),
)


@dataclass(frozen=True)
class Scan:
    findings: tuple[Finding, ...]
    unsure: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def addresses(self) -> list[str]:
        return [finding.resource for finding in self.findings]


def scan(files: dict[str, str]) -> Scan:
    loadings = [unit.load() for loader in loaders() for unit in loader.units(Files.of(files), Settings())]
    by_root: dict[str, list[Resource]] = defaultdict(list)
    for loading in loadings:
        for resource in loading.resources:
            by_root[resource.root].append(resource)
    results = combine(run([RULE], Graph(found, links())) for found in by_root.values())
    directives, problems = comments.read(
        (comment for loading in loadings for comment in loading.comments), (block for loading in loadings for block in loading.blocks)
    )
    it = suppress.apply(results.findings, results.unsure, directives, [RULE], today=datetime.date(2026, 6, 1))
    return Scan(it.findings, it.unsure, it.suppressed, (*problems, *it.diagnostics))


def group(cidrs: str = "var.cidrs", mark: str = "", name: str = "web") -> str:
    return f"""\
resource "aws_security_group" "{name}" {{ # {mark}
  ingress {{
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = {cidrs}
  }}
}}
"""


CHILD = 'variable "cidrs" { type = list(string) }\n' + group()


def call(extra: str = "", mark: str = "") -> str:
    block = f'module "net" {{ # {mark}\n  source = "./net"\n  cidrs  = var.office\n{extra}}}\n'
    return block + 'variable "office" { default = ["10.0.0.0/8"] }\n'


def test_a_finding_tells_the_whole_history() -> None:
    files = {"main.tf": call(), "net/main.tf": CHILD, "terraform.tfvars": 'office = ["10.0.0.0/8", "0.0.0.0/0"]\n'}
    (finding,) = scan(files).findings
    assert (finding.resource, finding.attribute) == ("module.net.aws_security_group.web", "ingress[0].cidr_blocks[1]")
    assert (finding.span.file, finding.span.line) == ("terraform.tfvars", 1)
    assert (finding.actual, finding.chain[0].file, finding.chain[0].line) == ("0.0.0.0/0", "main.tf", 1)
    assert [(origin.kind, origin.span.file) for origin in finding.history][:3] == [
        ("attribute", "net/main.tf"),
        ("argument", "main.tf"),
        ("tfvars", "terraform.tfvars"),
    ]
    assert all(why.evidence for why in finding.whys)
    assert finding.whys[0].text.startswith("Why is module.net.aws_security_group.web.ingress[0].cidr_blocks[1] 0.0.0.0/0? It is written as")


@pytest.mark.parametrize("extra", ["", "  count = 2\n", '  for_each = toset(["a", "b"])\n'])
@pytest.mark.parametrize("mark", ["checkov:skip=CKV_AWS_24:why", 'auditor:ignore=sg-open reason="why"', "trivy:ignore:*"])
def test_a_module_call_speaks_for_the_module(extra: str, mark: str) -> None:
    tfvars = {"terraform.tfvars": 'office = ["0.0.0.0/0"]\n'}
    plain = scan({"main.tf": call(extra), "net/main.tf": CHILD, **tfvars})
    assert len(plain.findings) == (2 if extra else 1)
    marked = scan({"main.tf": call(extra, mark), "net/main.tf": CHILD, **tfvars})
    assert (marked.findings, len(marked.suppressed), marked.diagnostics) == ((), len(plain.findings), ())


def test_a_comment_inside_the_module_speaks_for_every_caller() -> None:
    files = {
        "main.tf": call(),
        "net/main.tf": CHILD.replace("# ", "# checkov:skip=CKV_AWS_24:fine"),
        "x.auto.tfvars": 'office = ["0.0.0.0/0"]\n',
    }
    assert len(scan(files).suppressed) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('cidr_blocks = ["0.0.0.0/0"]', 'cidr_blocks = ["0.0.0.0/0"] # auditor:ignore=sg-open reason="x"'),
        ("  ingress {", '  # auditor:ignore=sg-open reason="x"\n  ingress {'),
        ("  ingress {", "  // tfsec:ignore:*\n  ingress {"),
        ("    from_port", '    /* auditor:ignore=sg-open reason="x" */\n    from_port'),
        ("resource", '# auditor:ignore=sg-open reason="x"\nresource'),
    ],
)
def test_places_of_comments(old: str, new: str) -> None:
    text = group('["0.0.0.0/0"]')
    assert old in text
    marked = scan({"main.tf": text.replace(old, new, 1) + group('["0.0.0.0/0"]', name="other")})
    assert marked.addresses == ["aws_security_group.other"]
    assert (len(marked.suppressed), marked.diagnostics) == (1, ())


def test_an_unknown_id_is_reported() -> None:
    (problem,) = scan({"main.tf": group('["10.0.0.0/8"]', "checkov:skip=CKV_AWS_99999:x")}).diagnostics
    assert problem.message == "unknown rule id in suppression: CKV_AWS_99999 (checkov)"


def test_an_unset_variable_is_unsure_with_its_reason() -> None:
    it = scan({"main.tf": group() + 'variable "cidrs" {}\n'})
    assert it.findings == ()
    (unsure,) = it.unsure
    assert "var.cidrs" in unsure.message


def test_a_reference_to_what_the_provider_gives_stands_where_it_is_asked_for() -> None:
    def refers(_place: Node, it: Resource, graph: Graph, _options: object) -> Iterator[Fail]:
        if graph.targets(it.at("vpc_id"), "aws_vpc"):
            yield Fail(it.at("vpc_id"), "refers")

    rule = Rule("refers", Severity.LOW, frozenset({"aws_subnet"}), refers, lambda: Page("", (), ()))
    text = 'resource "aws_vpc" "v" {}\n\nresource "aws_subnet" "s" {\n  vpc_id = aws_vpc.v.id\n}\n'
    (unit,) = (unit for loader in loaders() for unit in loader.units(Files.of({"main.tf": text}), Settings()))
    (finding,) = run([rule], Graph(unit.load().resources, links())).findings
    assert (finding.span.line, finding.attribute) == (4, "vpc_id")


def plan(cidr: str) -> str:
    values = {"name": "web", "ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": [cidr]}]}
    it = {
        "address": "aws_security_group.web",
        "mode": "managed",
        "type": "aws_security_group",
        "name": "web",
        "provider_name": "registry.terraform.io/hashicorp/aws",
    }
    return json.dumps(
        {
            "format_version": "1.2",
            "terraform_version": "1.11.0",
            "planned_values": {"root_module": {"resources": [{**it, "schema_version": 1, "values": values}]}},
            "resource_changes": [{**it, "change": {"actions": ["create"], "before": None, "after": values, "after_unknown": {}}}],
            "configuration": {"root_module": {}},
        }
    )


def test_the_plan_decides_and_points_at_the_code() -> None:
    files = {"main.tf": group() + 'variable "cidrs" {}\n', "plan.json": plan("0.0.0.0/0")}
    it = scan(files)
    (finding,) = it.findings
    assert it.unsure == ()
    assert (finding.facets, finding.span.file) == ((Facet.PLANNED,), "main.tf")
    assert scan({**files, "plan.json": plan("10.0.0.0/8")}).unsure == ()


def test_a_fault_of_code_and_plan_is_one_finding() -> None:
    (finding,) = scan({"main.tf": group('["0.0.0.0/0"]'), "plan.json": plan("0.0.0.0/0")}).findings
    assert (finding.facets, finding.span.file, finding.span.line) == ((Facet.WRITTEN, Facet.PLANNED), "main.tf", 6)


def test_a_comment_in_the_code_holds_for_the_plan() -> None:
    text = group(mark="checkov:skip=CKV_AWS_24:why") + 'variable "cidrs" {}\n'
    it = scan({"main.tf": text, "plan.json": plan("0.0.0.0/0")})
    assert (it.findings, len(it.suppressed)) == ((), 1)


def names(findings: Iterable[Finding]) -> list[str]:
    return sorted(finding.fingerprint for finding in findings)


def test_fingerprints_survive_edits() -> None:
    text = group('["10.0.0.0/8", "0.0.0.0/0"]')
    before = scan({"main.tf": text}).findings
    after = scan({"main.tf": "# a comment\n\n" + text.replace('"10.0.0.0/8", ', ""), "z.tf": group('["10.0.0.0/8"]', name="z")}).findings
    assert names(before) == names(after)
    assert before[0].span != after[0].span
