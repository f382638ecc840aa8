"""Rules of security groups, several in one resource: each is spread over the objects that the newer types have one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.model.node import Node
from auditor.model.running import Reading

_SOURCES = {
    "cidr_blocks": "cidr_ipv4",
    "ipv6_cidr_blocks": "cidr_ipv6",
    "prefix_list_ids": "prefix_list_id",
    "source_security_group_id": "referenced_security_group_id",
}


def spread(body: Node) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(attribute, kind, what tells the object) for each source of a rule."""
    kind = f"aws_vpc_security_group_{body.at('type').text}_rule"
    every = body.at("protocol").text in ("-1", "all")
    shared = {
        "security_group_id": body.at("security_group_id").data,
        "ip_protocol": body.at("protocol").data,
        "from_port": None if every else body.at("from_port").data,
        "to_port": None if every else body.at("to_port").data,
    }
    for attribute, member in _SOURCES.items():
        for source in body.each(attribute):
            if source.data:
                yield attribute, kind, shared | {member: source.data}
    if body.at("self").flag:
        yield "self", kind, shared | {"referenced_security_group_id": body.at("security_group_id").data}


READING = Reading(
    "aws_security_group_rule",
    "ec2.describe_security_group_rules",
    compare={"ip_protocol": "protocol", "cidr_ipv4": "cidr", "cidr_ipv6": "cidr", "referenced_security_group_id": "last"},
    parent=("security_group_id",),
    spread=spread,
)
