"""Subnets: the zone and the VPC that one is in, and how many addresses it has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.address_range import network
from auditor.views.decide import given, undecided

SUBNETS: Final = ("aws_subnet", "aws_default_subnet")
VPCS: Final = ("aws_vpc", "aws_default_vpc")
RESERVED: Final = 5
"""The addresses that AWS keeps for itself in each subnet."""


def subnet(node: Node, graph: Graph) -> Resource:
    """The subnet that a value names; raises `Undecided` when it is not in sight."""
    found = graph.targets(node, *SUBNETS)
    if len(found) != 1:
        raise undecided(node, "the subnet is not declared here")
    return found[0]


def zone(node: Node, graph: Graph) -> str:
    """The availability zone of the subnet that a value names; raises `Undecided` when it is not known."""
    return zone_of(subnet(node, graph))


def zone_of(it: Resource) -> str:
    """The availability zone of a subnet; raises `Undecided` when the code leaves the choice to AWS.

    Where it is one of a list that is read from the cloud, the name of that item (`data.aws_availability_zones.all.names[0]`): another item
    is another zone. See `compare`.
    """
    name = it.at("availability_zone")
    if name.unknown:
        items = [ref for ref in name.refs if _ITEM.fullmatch(ref.attribute) and ref.address.name.startswith(_LIST)]
        if len(items) == 1:
            return f"{items[0].address.text}.{items[0].attribute}"
    if not given(name):
        raise undecided(it.body, f"the availability zone of {it.address.text} is not written")
    return name.text or ""


def zones(nodes: Iterable[Node], graph: Graph) -> frozenset[str]:
    """The availability zones of the subnets that values name; raises `Undecided` when one is not known, or they cannot be compared."""
    found = [(node, zone(node, graph)) for node in nodes]
    for node, name in found:
        if not comparable(name, found[0][1]):
            raise undecided(node, "zones that are written and zones that are read from the cloud cannot be compared")
    return frozenset(name for _, name in found)


def comparable(one: str, other: str) -> bool:
    """Whether the names of two zones tell whether they are the same: both are written, or both are items of one list."""
    return one.rpartition("[")[0] == other.rpartition("[")[0]


def beyond(some: frozenset[str], others: frozenset[str], where: Node) -> frozenset[str]:
    """Those zones that are not among the others; raises `Undecided` when they cannot be compared."""
    if some and others and not comparable(min(some), min(others)):
        raise undecided(where, "zones that are written and zones that are read from the cloud cannot be compared")
    return some - others


_LIST: Final = "data.aws_availability_zones."
_ITEM: Final = re.compile(r"(?:names|zone_ids)\[\d+\]")


def vpc(it: Resource, graph: Graph) -> Resource | None:
    """The VPC that a resource with a `vpc_id` is in; None when it is not declared here."""
    found = graph.targets(it.at("vpc_id"), *VPCS)
    return found[0] if len(found) == 1 else None


def usable_addresses(it: Resource) -> int | None:
    """How many IPv4 addresses of a subnet hosts can have; None for a subnet without IPv4. Raises `Undecided`."""
    block = network(it.at("cidr_block").text) if given(it.at("cidr_block")) else None
    return None if block is None else block.num_addresses - RESERVED
