"""Code, state and replies through the command line: drift, and findings that hold in several facets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Auditor, Write

CODE = """\
resource "aws_security_group" "web" {
  name        = "web"
  description = "web"
  vpc_id      = "vpc-1"

  ingress {
    description = "ssh"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""

RULE = {
    "description": "ssh",
    "from_port": 22,
    "to_port": 22,
    "protocol": "tcp",
    "cidr_blocks": ["0.0.0.0/0"],
    "self": False,
    "ipv6_cidr_blocks": [],
    "prefix_list_ids": [],
    "security_groups": [],
}
ATTRIBUTES: dict[str, Any] = {
    "id": "sg-1",
    "arn": "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1",
    "name": "web",
    "name_prefix": "",
    "description": "web",
    "vpc_id": "vpc-1",
    "owner_id": "111122223333",
    "ingress": [RULE],
    "egress": [],
    "tags": None,
    "tags_all": {},
}


def state(attributes: dict[str, Any] | None = None) -> str:
    instance = {"schema_version": 1, "attributes": attributes or ATTRIBUTES}
    provider = 'provider["registry.terraform.io/hashicorp/aws"]'
    resource = {"mode": "managed", "type": "aws_security_group", "name": "web", "provider": provider, "instances": [instance]}
    head = {"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "a", "outputs": {}}
    return json.dumps({**head, "resources": [resource]}, indent=2)


def replies(cidr: str = "0.0.0.0/0") -> str:
    permission = {
        "IpProtocol": "tcp",
        "FromPort": 22,
        "ToPort": 22,
        "UserIdGroupPairs": [],
        "Ipv6Ranges": [],
        "PrefixListIds": [],
        "IpRanges": [{"CidrIp": cidr, "Description": "ssh"}],
    }
    group = {
        "GroupId": "sg-1",
        "GroupName": "web",
        "Description": "web",
        "VpcId": "vpc-1",
        "OwnerId": "111122223333",
        "Tags": [],
        "SecurityGroupArn": ATTRIBUTES["arn"],
        "IpPermissions": [permission],
        "IpPermissionsEgress": [],
    }
    return json.dumps({"SecurityGroups": [group]}, indent=2)


@pytest.fixture
def estate(write: Write) -> Path:
    return write(
        {
            "repo/main.tf": CODE,
            "repo/terraform.tfstate": state(),
            "aws/ec2_describe_security_groups.json": replies("10.0.0.0/8"),
            "calm/ec2_describe_security_groups.json": replies(),
        }
    )


def drifts(out: str) -> list[tuple[str, str, str, str]]:
    found = json.loads(out)["findings"]
    return [(f["drift"]["class"], f["resource"], f["drift"]["path"], f["location"]["path"]) for f in found]


def test_a_change_in_the_cloud(auditor: Auditor, estate: Path) -> None:
    ran = auditor("drift", estate / "repo", "--live", estate / "aws", "--format", "json")
    assert ran.code == 1
    ((kind, resource, path, _),) = drifts(ran.out)
    assert (kind, resource) == ("changed", "aws_security_group.web")
    assert path.startswith("ingress")
    (finding,) = json.loads(ran.out)["findings"]
    assert {"recorded", "running"} <= set(finding["drift"]["values"])
    assert finding["rule_id"] == "drift-changed"


def test_nothing_is_said_where_nothing_differs(auditor: Auditor, estate: Path) -> None:
    ran = auditor("drift", estate / "repo", "--live", estate / "calm", "--format", "json")
    assert (ran.code, drifts(ran.out), ran.err) == (0, [], "")


def test_the_state_may_lie_anywhere(auditor: Auditor, estate: Path) -> None:
    (estate / "repo/terraform.tfstate").rename(estate / "now.json")
    ran = auditor("drift", estate / "repo", "--state", estate / "now.json", "--live", estate / "aws", "--format", "json")
    assert [kind for kind, *_ in drifts(ran.out)] == ["changed"]


def test_what_fails_is_a_severity_or_classes(auditor: Auditor, estate: Path) -> None:
    args = ["drift", estate / "repo", "--live", estate / "aws", "--fail-on"]
    assert auditor(*args, "critical").code == 0
    assert auditor(*args, "missing,unmanaged").code == 0
    ran = auditor(*args, "missing,changed")
    assert ran.code == 1
    assert "of class missing or changed" in ran.out
    wrong = auditor(*args, "chnged")
    assert wrong.code == 2
    assert "'chnged' is neither a severity nor one of" in wrong.err


def test_drift_can_be_suppressed_and_explained(auditor: Auditor, estate: Path) -> None:
    (estate / "repo/auditor.yaml").write_text("suppress:\n  - rule: drift-changed\n    reason: being worked on\n")
    ran = auditor("drift", estate / "repo", "--live", estate / "aws", "--format", "json")
    assert (ran.code, drifts(ran.out)) == (0, [])
    assert len(json.loads(ran.out)["suppressed"]) == 1
    assert auditor("explain", "drift-changed").out.startswith("# drift-changed\n")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["repo", "--live", "repo"], "there are no replies of the cloud"),
        (["repo", "--state", "none.json", "--live", "aws"], "is not there"),
        (["repo", "--state", "aws/ec2_describe_security_groups.json", "--live", "aws"], "is not a state or a plan"),
        (["."], "there are several folders of replies: aws, calm"),
    ],
)
def test_mistakes(auditor: Auditor, estate: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str) -> None:
    monkeypatch.chdir(estate)
    ran = auditor("drift", *args)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_code_and_state_alone_can_be_compared(auditor: Auditor, estate: Path) -> None:
    assert auditor("drift", estate / "repo").code == 0


def test_a_fault_in_code_state_and_cloud_is_one_finding(auditor: Auditor, estate: Path) -> None:
    ran = auditor("scan", estate / "repo", estate / "calm", "--rule", "CKV_AWS_24", "--format", "json")
    (finding,) = json.loads(ran.out)["findings"]
    assert (finding["facets"], finding["resource"]) == (["written", "recorded", "running"], "aws_security_group.web")
    assert finding["location"]["path"] == "repo/main.tf"


def test_a_refused_call_is_unknown_and_named(auditor: Auditor, write: Write) -> None:
    refused = "An error occurred (AccessDenied) when calling the DescribeSecurityGroups operation: not authorized\n"
    root = write({"main.tf": CODE, "terraform.tfstate": state(), "aws/ec2_describe_security_groups.json": refused})
    ran = auditor("drift", root, "--format", "json")
    document = json.loads(ran.out)
    assert [f["drift"]["class"] for f in document["findings"]] == []
    assert "ec2_describe_security_groups" in json.dumps(document["coverage"]["refused"])
    assert auditor("drift", root, "--strict").code == 3
