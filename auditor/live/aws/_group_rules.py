"""The rules of security groups, one object each."""

from __future__ import annotations

from typing import Any

from auditor.live.source import Read, maybe, tags
from auditor.live.spec import Spec
from auditor.model.node import Node

ALIKE = (
    "security_group_id",
    "ip_protocol",
    "from_port",
    "to_port",
    "cidr_ipv4",
    "cidr_ipv6",
    "prefix_list_id",
    "referenced_security_group_id",
)


def rules(kind: str, *, egress: bool) -> Spec:
    """How the rules of one direction are read."""
    return Spec(
        kind=kind,
        service="ec2",
        operation="describe_security_group_rules",
        items="SecurityGroupRules",
        attributes={
            "id": "SecurityGroupRuleId",
            "security_group_rule_id": "SecurityGroupRuleId",
            "security_group_id": "GroupId",
            "description": maybe("Description"),
            "ip_protocol": "IpProtocol",
            "from_port": _port("FromPort"),
            "to_port": _port("ToPort"),
            "cidr_ipv4": maybe("CidrIpv4"),
            "cidr_ipv6": maybe("CidrIpv6"),
            "prefix_list_id": maybe("PrefixListId"),
            "referenced_security_group_id": maybe("ReferencedGroupInfo.GroupId"),
            "tags": tags(),
            "tags_all": tags(),
        },
        where=lambda rule: rule.at("IsEgress").data is egress,
        compare={"ip_protocol": "protocol", "cidr_ipv4": "cidr", "cidr_ipv6": "cidr", "referenced_security_group_id": "last"},
        parent=("security_group_id",),
        watched="ip_protocol from_port to_port cidr_ipv4 cidr_ipv6 prefix_list_id referenced_security_group_id",
        alike=ALIKE,
    )


def _port(member: str) -> Read:
    """A port; where the rule is about all protocols there is none."""

    def read(rule: Node) -> Any:
        return None if rule.at("IpProtocol").data == "-1" else rule.at(member)

    return read


def example(*, egress: bool) -> dict[str, Any]:
    """A reply with a rule of each direction."""
    shared = {"GroupId": "sg-1", "Tags": []}
    return {
        "describe_security_group_rules": {
            "SecurityGroupRules": [
                shared
                | {
                    "SecurityGroupRuleId": "sgr-1",
                    "IsEgress": egress,
                    "IpProtocol": "tcp",
                    "FromPort": 22,
                    "ToPort": 22,
                    "CidrIpv4": "10.0.0.0/8",
                },
                shared
                | {
                    "SecurityGroupRuleId": "sgr-2",
                    "IsEgress": egress,
                    "IpProtocol": "-1",
                    "FromPort": -1,
                    "ToPort": -1,
                    "CidrIpv6": "::/0",
                },
                shared | {"SecurityGroupRuleId": "sgr-3", "IsEgress": not egress, "IpProtocol": "-1", "CidrIpv4": "0.0.0.0/0"},
            ]
        }
    }


_NONE = dict.fromkeys((*ALIKE, "description")) | {"security_group_id": "sg-1", "tags": {}, "tags_all": {}}
EXPECTED: dict[str, Any] = {
    "sgr-1": _NONE
    | {"id": "sgr-1", "security_group_rule_id": "sgr-1", "ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv4": "10.0.0.0/8"},
    "sgr-2": _NONE | {"id": "sgr-2", "security_group_rule_id": "sgr-2", "ip_protocol": "-1", "cidr_ipv6": "::/0"},
}
