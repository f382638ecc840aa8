"""Network ACLs, with their rules inside."""

from __future__ import annotations

from typing import Any

from auditor.live.source import Read, given, tags
from auditor.live.spec import Spec
from auditor.model.node import Node

_PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp", "58": "ipv6-icmp"}
_LAST = (32767, 32768)
"""The rules that refuse everything else; every ACL has them."""


def _entries(*, egress: bool) -> Read:
    def read(acl: Node) -> list[dict[str, Any]]:
        entries = (e for e in acl.each("Entries") if e.at("Egress").data is egress and e.at("RuleNumber").data not in _LAST)
        return [_entry(entry) for entry in entries]

    return read


def _entry(entry: Node) -> dict[str, Any]:
    protocol = entry.at("Protocol")
    return {
        "rule_no": entry.at("RuleNumber"),
        "action": entry.at("RuleAction"),
        "protocol": _PROTOCOLS.get(str(protocol.data), protocol),
        "cidr_block": given(entry, "CidrBlock", ""),
        "ipv6_cidr_block": given(entry, "Ipv6CidrBlock", ""),
        "from_port": given(entry, "PortRange.From", 0),
        "to_port": given(entry, "PortRange.To", 0),
        "icmp_type": given(entry, "IcmpTypeCode.Type", 0),
        "icmp_code": given(entry, "IcmpTypeCode.Code", 0),
    }


SPEC = Spec(
    kind="aws_network_acl",
    service="ec2",
    operation="describe_network_acls",
    items="NetworkAcls",
    attributes={
        "id": "NetworkAclId",
        "vpc_id": "VpcId",
        "owner_id": "OwnerId",
        "subnet_ids": lambda acl: [association.at("SubnetId") for association in acl.each("Associations")],
        "ingress": _entries(egress=False),
        "egress": _entries(egress=True),
        "tags": tags(),
        "tags_all": tags(),
    },
    owner=lambda acl: "AWS: the default ACL of its network" if acl.at("IsDefault").data is True else "",
    compare={"ingress": "entries", "egress": "entries"},
    parent=("vpc_id",),
    parts={
        "ingress": ("aws_network_acl_rule",),
        "egress": ("aws_network_acl_rule",),
        "subnet_ids": ("aws_network_acl_association",),
    },
    watched="ingress egress subnet_ids",
)

EXAMPLE = {
    "describe_network_acls": {
        "NetworkAcls": [
            {
                "NetworkAclId": "acl-1",
                "VpcId": "vpc-1",
                "Associations": [{"SubnetId": "subnet-1"}],
                "Entries": [
                    {
                        "Egress": False,
                        "RuleNumber": 10,
                        "RuleAction": "deny",
                        "Protocol": "6",
                        "CidrBlock": "0.0.0.0/0",
                        "PortRange": {"From": 23, "To": 23},
                    },
                    {"Egress": False, "RuleNumber": 32767, "RuleAction": "deny", "Protocol": "-1", "CidrBlock": "0.0.0.0/0"},
                ],
                "Tags": [],
            }
        ]
    }
}
_DENY = {
    "rule_no": 10,
    "action": "deny",
    "protocol": "tcp",
    "cidr_block": "0.0.0.0/0",
    "ipv6_cidr_block": "",
    "from_port": 23,
    "to_port": 23,
    "icmp_type": 0,
    "icmp_code": 0,
}
EXPECT: dict[str, object] = {
    "acl-1": {"id": "acl-1", "vpc_id": "vpc-1", "subnet_ids": ["subnet-1"], "ingress": [_DENY], "egress": [], "tags": {}, "tags_all": {}}
}
