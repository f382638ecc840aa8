"""Cases that other scanners get wrong, each with what we say instead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.conftest import Auditor, Write

Scan: TypeAlias = "Callable[..., Report]"

SSH, VOLUME = "CKV_AWS_24", "CKV_AWS_3"

GROUP = """\
resource "aws_security_group" "web" {{
  description = "web"

  ingress {{
    description = "ssh"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = {cidrs}
  }}
}}
"""

CLOSED = GROUP.format(cidrs='["10.0.0.0/8"]')
OPEN = GROUP.format(cidrs='["0.0.0.0/0"]')


@pytest.fixture
def scan(auditor: Auditor, write: Write) -> Scan:
    """Scan files given by their texts."""

    def run(files: dict[str, str], *options: str, path: str = "") -> Report:
        folder = write(files)
        ran = auditor("scan", folder / path, "--profile", "audit", "--format", "json", *options)
        return Report(ran.code, json.loads(ran.out), ran.err, folder)

    return run


class Report:
    """A JSON report, read by the ids of other tools."""

    def __init__(self, code: int, document: dict[str, Any], err: str, folder: Path) -> None:
        self.code, self.document, self.err, self.folder = code, document, err, folder

    def _of(self, key: str, alias: str) -> Iterable[dict[str, Any]]:
        return [finding for finding in self.document[key] if alias in finding["aliases"]]

    def failing(self, alias: str) -> set[tuple[str, str, int]]:
        return {(f["resource"], f["location"]["path"], f["location"]["line"]) for f in self._of("findings", alias)}

    def unsure(self, alias: str) -> dict[str, str]:
        return {f["resource"]: f["message"] for f in self._of("unsure", alias)}

    def origins(self, alias: str) -> list[str]:
        (finding,) = self._of("findings", alias)
        return [step["origin"] for step in finding["history"]]

    @property
    def problems(self) -> set[tuple[str, str, int]]:
        return {(d["code"], d["location"]["path"], d["location"]["line"]) for d in self.document["diagnostics"]}


# -- values from elsewhere


def test_value_from_a_child_modules_default(scan: Scan) -> None:
    variable = 'variable "cidrs" {\n  default = ["0.0.0.0/0"]\n}\n'
    report = scan({"main.tf": 'module "net" {\n  source = "./net"\n}\n', "net/main.tf": variable + GROUP.format(cidrs="var.cidrs")})
    assert report.failing(SSH) == {("module.net.aws_security_group.web", "net/main.tf", 2)}
    assert report.origins(SSH)[-1] == "default"


def test_opened_by_tfvars(scan: Scan) -> None:
    variable = 'variable "cidrs" {\n  default = ["10.0.0.0/8"]\n}\n'
    report = scan({"main.tf": variable + GROUP.format(cidrs="var.cidrs"), "terraform.tfvars": '# open\ncidrs = ["0.0.0.0/0"]\n'})
    assert report.failing(SSH) == {("aws_security_group.web", "terraform.tfvars", 2)}
    assert report.origins(SSH)[-1] == "tfvars"


def test_closed_by_tfvars(scan: Scan) -> None:
    variable = 'variable "cidrs" {\n  default = ["0.0.0.0/0"]\n}\n'
    report = scan({"main.tf": variable + GROUP.format(cidrs="var.cidrs"), "terraform.tfvars": 'cidrs = ["10.0.0.0/8"]\n'})
    assert report.failing(SSH) == set()
    assert report.unsure(SSH) == {}


def test_opened_by_the_caller_of_a_module(scan: Scan) -> None:
    files = {
        "main.tf": 'module "net" {\n  source = "./net"\n  cidrs  = ["0.0.0.0/0"]\n}\n',
        "net/main.tf": 'variable "cidrs" {}\n' + GROUP.format(cidrs="var.cidrs"),
    }
    report = scan(files)
    assert report.failing(SSH) == {("module.net.aws_security_group.web", "main.tf", 3)}
    assert report.origins(SSH)[:2] == ["attribute", "argument"]


# -- instances


def test_the_second_of_two_is_open(scan: Scan) -> None:
    text = GROUP.format(cidrs='[count.index == 1 ? "0.0.0.0/0" : "10.0.0.0/8"]').replace('" {\n', '" {\n  count = 2\n', 1)
    assert {resource for resource, _, _ in scan({"main.tf": text}).failing(SSH)} == {"aws_security_group.web[1]"}


def test_count_of_nothing(scan: Scan) -> None:
    report = scan({"main.tf": OPEN.replace('" {\n', '" {\n  count = 0\n', 1) + CLOSED.replace("web", "other")})
    assert report.failing(SSH) == set()


def test_for_each_over_a_map_of_which_one_is_open(scan: Scan) -> None:
    each = 'for_each = { office = "10.0.0.0/8", world = "0.0.0.0/0" }'
    text = GROUP.format(cidrs="[each.value]").replace('" {\n', f'" {{\n  {each}\n', 1)
    assert {resource for resource, _, _ in scan({"main.tf": text}).failing(SSH)} == {'aws_security_group.web["world"]'}


def test_module_with_for_each(scan: Scan) -> None:
    call = 'module "net" {\n  source   = "./net"\n  for_each = { inner = "10.0.0.0/8", outer = "0.0.0.0/0" }\n  cidr     = each.value\n}\n'
    report = scan({"main.tf": call, "net/main.tf": 'variable "cidr" {}\n' + GROUP.format(cidrs="[var.cidr]")})
    assert {resource for resource, _, _ in report.failing(SSH)} == {'module.net["outer"].aws_security_group.web'}


DYNAMIC = """\
resource "aws_security_group" "web" {
  description = "web"

  dynamic "ingress" {
    for_each = [
      { port = 443, cidr = "0.0.0.0/0" },
      { port = 22, cidr = "0.0.0.0/0" },
    ]

    content {
      description = "in"
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = [ingress.value.cidr]
    }
  }
}
"""


def test_dynamic_block(scan: Scan) -> None:
    assert scan({"main.tf": DYNAMIC}).failing(SSH) == {("aws_security_group.web", "main.tf", 7)}


def test_literal_block_beside_a_dynamic_one(scan: Scan) -> None:
    literal = '  ingress {\n    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n'
    text = DYNAMIC.replace("port = 22,", "port = 80,").replace('"web"\n\n', f'"web"\n\n{literal}', 1)
    assert {line for _, _, line in scan({"main.tf": text}).failing(SSH)} == {8}


# -- what is not known


def test_a_range_from_a_data_source_is_undecided(scan: Scan) -> None:
    report = scan({"main.tf": 'data "aws_vpc" "peer" {}\n' + GROUP.format(cidrs="[data.aws_vpc.peer.cidr_block]")})
    assert (report.failing(SSH), report.code) == (set(), 0)
    assert "data.aws_vpc.peer" in report.unsure(SSH)["aws_security_group.web"]


def test_a_variable_without_a_value_is_undecided(scan: Scan) -> None:
    report = scan({"main.tf": 'variable "enc" {}\nresource "aws_ebs_volume" "a" {\n  size      = 1\n  encrypted = var.enc\n}\n'})
    assert (report.failing(VOLUME), report.code) == (set(), 0)
    assert "var.enc" in report.unsure(VOLUME)["aws_ebs_volume.a"]


def test_one_known_bad_element_decides(scan: Scan) -> None:
    report = scan({"main.tf": 'variable "office" {}\n' + GROUP.format(cidrs='[var.office, "0.0.0.0/0"]')})
    assert {resource for resource, _, _ in report.failing(SSH)} == {"aws_security_group.web"}


# -- what cannot be read


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "markdown", "github", "gitlab"])
def test_an_unclosed_block_is_never_clean(auditor: Auditor, write: Write, form: str) -> None:
    root = write({"main.tf": 'resource "aws_s3_bucket" "b" {\n'})
    ran = auditor("scan", root, "--format", form)
    assert ran.code not in (0, 4)
    assert "main.tf" in ran.out
    document = json.loads(auditor("scan", root, "--format", "json").out)
    assert [(d["severity"], d["location"]["path"]) for d in document["diagnostics"]] == [("error", "main.tf")]
    assert 1 <= document["diagnostics"][0]["location"]["line"] <= 2


def test_one_broken_file_hides_nothing_of_the_others(scan: Scan) -> None:
    report = scan({"main.tf": OPEN, "broken.tf": 'resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16\n'})
    assert {resource for resource, _, _ in report.failing(SSH)} == {"aws_security_group.web"}
    assert {path for _, path, _ in report.problems} == {"broken.tf"}
    assert "broken.tf" in json.dumps(report.document["coverage"])


def test_a_module_that_is_not_there_is_a_gap_at_its_call(scan: Scan) -> None:
    call = '\nmodule "vpc" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "~> 5"\n}\nmodule "gone" {\n  source = "./gone"\n}\n'
    report = scan({"main.tf": OPEN + call}, "--strict")
    assert report.code == 1
    assert {resource for resource, _, _ in report.failing(SSH)} == {"aws_security_group.web"}
    lines = {line for _, path, line in report.problems if path == "main.tf"}
    assert {13, 17} <= lines
    assert scan({"main.tf": CLOSED + call}, "--rule", SSH, "--strict").code == 3


def test_an_empty_folder_is_not_clean(auditor: Auditor, tmp_path: Path) -> None:
    for form in ("text", "json", "sarif"):
        ran = auditor("scan", tmp_path, "--format", form)
        assert ran.code == 3
        assert "nothing to audit" in ran.err
        assert ran.out


# -- exit codes and shapes


def test_the_exit_code_says_whether_something_was_found(auditor: Auditor, write: Write) -> None:
    root = write({"main.tf": OPEN})
    for level in ("info", "low", "medium", "high", "critical"):
        severity = json.loads(auditor("scan", root, "--rule", SSH, "--format", "json").out)["findings"][0]["severity"]
        assert severity in ("high", "critical")
        expected = 0 if (level == "critical" and severity == "high") else 1
        assert auditor("scan", root, "--rule", SSH, "--fail-on", level).code == expected


def test_one_shape_whatever_is_found(scan: Scan, write: Write) -> None:
    shapes = []
    for files in ({}, {"a.tf": OPEN}, {"b.tf": CLOSED}, {"c.tf": "locals {}\n"}, {"d/main.tf": OPEN, "e/main.tf": OPEN}):
        report = scan(files)
        shapes.append((set(report.document), set(report.document["coverage"]), set(report.document["summary"])))
        for name in files:
            (report.folder / name).unlink()
    assert all(shape == shapes[0] for shape in shapes)


def test_the_same_input_gives_the_same_bytes(auditor: Auditor, write: Write) -> None:
    root = write({f"envs/{name}/main.tf": OPEN + DYNAMIC.replace("web", "api") for name in ("a", "b", "c")})
    for form in ("json", "sarif", "text"):
        assert len({auditor("scan", root, "--format", form).out for _ in range(3)}) == 1


def test_a_file_is_judged_as_the_folder_is(auditor: Auditor, write: Write) -> None:
    variable = 'variable "cidrs" {\n  default = ["0.0.0.0/0"]\n}\n'
    root = write({"main.tf": GROUP.format(cidrs="var.cidrs"), "variables.tf": variable, "other.tf": CLOSED.replace("web", "other")})

    def ssh(path: Path) -> set[tuple[str, str, int]]:
        found = json.loads(auditor("scan", path, "--rule", SSH, "--format", "json").out)["findings"]
        return {(f["resource"], f["location"]["path"], f["location"]["line"]) for f in found}

    assert ssh(root) == ssh(root / "main.tf") == {("aws_security_group.web", "variables.tf", 2)}
    assert ssh(root / "other.tf") == set()


def test_a_baseline_does_not_hide_another_resource_of_the_same_address(auditor: Auditor, write: Write) -> None:
    root = write({"repo/main.tf": OPEN}) / "repo"
    known = root.parent / "known.json"
    assert auditor("baseline", root, "-o", known).code == 0
    (root / "envs").mkdir()
    (root / "main.tf").rename(root / "envs/other.tf")
    document = json.loads(auditor("scan", root, "--baseline", known, "--format", "json").out)
    assert {finding["delta"] for finding in document["findings"]} == {"new"}


# -- suppressions


@pytest.mark.parametrize("comment", ["#checkov:skip=CKV_AWS_99999:x", '# auditor:ignore=nothing reason="x"', "#trivy:ignore:AVD-AWS-99999"])
def test_an_unknown_rule_in_a_suppression_is_said(scan: Scan, comment: str) -> None:
    report = scan({"main.tf": CLOSED.replace('" {\n', f'" {{\n  {comment}\n', 1)})
    (problem,) = [d for d in report.document["diagnostics"] if d["code"] == "suppression-unknown"]
    assert problem["location"]["line"] == 2
    assert "unknown rule id in suppression" in problem["message"]


@pytest.mark.parametrize("counted", ["", "  count  = 2\n"])
def test_a_suppression_at_the_module_call_holds_with_and_without_count(scan: Scan, counted: str) -> None:
    call = f'module "net" {{\n  #checkov:skip={SSH}:known\n  source = "./net"\n{counted}}}\n'
    report = scan({"main.tf": call, "net/main.tf": OPEN})
    assert report.failing(SSH) == set()
    suppressed = [f["resource"] for f in report.document["suppressed"] if SSH in f["aliases"]]
    assert suppressed
    assert all(resource.startswith("module.net") for resource in suppressed)
