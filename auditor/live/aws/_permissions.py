"""The permissions of security groups, as Terraform groups them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.live.source import Read, given
from auditor.model.node import Node

_SOURCES = {
    "cidr_blocks": ("IpRanges", "CidrIp"),
    "ipv6_cidr_blocks": ("Ipv6Ranges", "CidrIpv6"),
    "prefix_list_ids": ("PrefixListIds", "PrefixListId"),
    "security_groups": ("UserIdGroupPairs", "GroupId"),
}


def permissions(path: str) -> Read:
    """The blocks of the permissions at `path` of a group: one for each description."""

    def read(group: Node) -> list[Any]:
        own = group.at("GroupId").data
        return [found for permission in group.each(path) for found in _split(permission, own)]

    return read


def _split(permission: Node, own: Any) -> Iterator[dict[str, Any]]:
    described: dict[str, dict[str, list[Node]]] = {}
    for attribute, (path, member) in _SOURCES.items():
        for source in permission.each(path):
            text = source.at("Description").data
            described.setdefault(text if isinstance(text, str) else "", {}).setdefault(attribute, []).append(source.at(member))
    for description, found in described.items():
        groups = found.get("security_groups", [])
        others = [node for node in groups if node.data != own]
        yield {
            "description": description,
            "protocol": permission.at("IpProtocol"),
            "from_port": given(permission, "FromPort", 0),
            "to_port": given(permission, "ToPort", 0),
            **{attribute: found.get(attribute, []) for attribute in _SOURCES},
            "security_groups": others,
            "self": len(others) < len(groups),
        }
