"""A plan read in the light of its code, on the command line: findings stand in the code, drift needs no more than the plan."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.conftest import Ran

Auditor = Callable[..., Ran]
Write = Callable[[Mapping[str, str]], Path]

CODE = """\
variable "cidr" {}
resource "aws_security_group" "web" {
  # auditor:ignore=aws-security-group-unused reason="attached by another repository"
  description = "web"
  ingress {
    description = "ssh"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.cidr]
  }
}
"""


def group(cidr: str) -> dict[str, Any]:
    """The group as the provider has it."""
    rule = {"description": "ssh", "from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": [cidr], "self": False}
    return {"id": "sg-1", "name": "web", "description": "web", "ingress": [rule], "egress": [], "tags": None}


def plan(planned: str, found: str | None = None) -> str:
    """A plan of the group; `found` is what the refresh found of an address that the state had as `planned`."""
    resource = {"address": "aws_security_group.web", "mode": "managed", "type": "aws_security_group", "name": "web"}
    resource["provider_name"] = "registry.terraform.io/hashicorp/aws"
    document: dict[str, Any] = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": [{**resource, "values": group(planned)}]}},
        "configuration": {"root_module": {"resources": [{**resource, "expressions": {"ingress": {}}}]}},
        "resource_changes": [{**resource, "change": {"actions": ["no-op"], "before": group(planned), "after": group(planned)}}],
    }
    if found is not None:
        change = {"actions": ["update"], "before": group(planned), "after": group(found)}
        document["resource_drift"] = [{**resource, "change": change}]
        document["resource_changes"][0]["change"] = {"actions": ["update"], "before": group(found), "after": group(planned)}
        document["prior_state"] = {"values": {"root_module": {"resources": [{**resource, "values": group(found)}]}}}
    return json.dumps(document, indent=1)


def test_what_only_the_plan_knows_stands_in_the_code(auditor: Auditor, write: Write) -> None:
    tree = write({"main.tf": CODE, "plan.json": plan("0.0.0.0/0")})
    document = json.loads(auditor("scan", tree, "--format", "json").out)
    (found,) = [f for f in document["findings"] if "CKV_AWS_24" in f["aliases"]]
    assert (found["location"]["path"], found["location"]["line"]) == ("main.tf", 10)
    assert "planned" in found["facets"]
    assert not [f for f in document["unsure"] if "CKV_AWS_24" in f["aliases"]]


def test_a_suppression_in_the_code_holds_for_the_plan(auditor: Auditor, write: Write) -> None:
    tree = write({"main.tf": CODE, "plan.json": plan("10.0.0.0/8")})
    document = json.loads(auditor("scan", tree, "--format", "json", "--rule", "aws-security-group-unused").out)
    assert document["findings"] == []
    assert [f["rule_id"] for f in document["suppressed"]] == ["aws-security-group-unused"]


def test_a_plan_alone_shows_drift(auditor: Auditor, write: Write) -> None:
    tree = write({"code/main.tf": CODE, "plan.json": plan("10.0.0.0/8", found="0.0.0.0/0")})
    ran = auditor("drift", tree / "code", "--plan", tree / "plan.json", "--format", "json")
    found = [(f["drift"]["class"], f["resource"], f["drift"]["path"]) for f in json.loads(ran.out)["findings"]]
    assert [(word, resource) for word, resource, _ in found] == [("changed", "aws_security_group.web")]
    assert ran.code == 1


def test_a_plan_without_drift_is_silent(auditor: Auditor, write: Write) -> None:
    tree = write({"code/main.tf": CODE, "plan.json": plan("10.0.0.0/8", found="10.0.0.0/8")})
    ran = auditor("drift", tree / "code", "--plan", tree / "plan.json", "--format", "json")
    assert (json.loads(ran.out)["findings"], ran.code) == ([], 0)
