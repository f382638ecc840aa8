"""Address blocks as rules and routes name them: a CIDR, the range of a VPC or subnet that is not known yet, a prefix list's entries."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Unknown
from auditor.views.address_range import Network, network
from auditor.views.iam.truth import Truth
from auditor.views.network.naming import holders, named
from auditor.views.network.packets import ADDRESSES, Interval

NETWORKS: Final = ("aws_vpc", "aws_default_vpc", "aws_subnet", "aws_default_subnet")
PREFIX_LISTS: Final = ("aws_ec2_managed_prefix_list", "data.aws_ec2_managed_prefix_list", "data.aws_prefix_list")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of addresses.

    `addresses` is None when they are not known; `of` is then the VPC or subnet whose range it is, as far as the code says. `service` is set
    for the ranges of an AWS service: not known here, public, and nobody else's.
    """

    where: Node
    family: int | None
    addresses: Interval | None = None
    length: int = 0
    of: Resource | None = None
    service: str = ""

    @property
    def reason(self) -> str:
        """Why the addresses are not known."""
        data = self.where.data
        if isinstance(data, Unknown):
            return data.reason
        return f"the ranges of {self.service} are not known here" if self.service else f"{data!r} is not known here"


A_NETWORK: Final = 16
"""How long the prefix of a VPC is taken to be that is not known."""


def prefix_length(addresses: Interval, family: int) -> int:
    """How long the prefix of a block is."""
    return (32 if family == 4 else 128) - (addresses[1] - addresses[0]).bit_length()


def interval(block: Network) -> Interval:
    """First and last address."""
    return int(block.network_address), int(block.broadcast_address)


def block_of(node: Node, graph: Graph, family: int | None = None) -> Block:
    """The block that a value is; `family` is what its attribute says of it."""
    data = node.data
    found = network(data) if isinstance(data, str) else None
    if found is not None:
        return Block(node, found.version, interval(found), found.prefixlen)
    return Block(node, family, of=_owner(node, graph))


def _owner(node: Node, graph: Graph) -> Resource | None:
    """The VPC or subnet whose range an unknown value is, not a part of it."""
    data = node.data
    if not isinstance(data, Unknown) or len(node.refs) != 1 or not _RANGE.match(node.refs[0].attribute):
        return None
    if data.parts and data.parts != (node.refs[0],):
        return None
    found = [it for it in graph.find(node.refs[0].address) if it.kind in NETWORKS]
    return found[0] if len(found) == 1 else None


_RANGE: Final = re.compile(r"(ipv6_)?cidr_block$")


def blocks_of_list(node: Node, graph: Graph) -> tuple[Block, ...]:
    """The entries of the prefix list that a value names."""
    return tuple(_entries(node, graph))


def _entries(node: Node, graph: Graph) -> Iterator[Block]:
    found = named(graph, [node], *PREFIX_LISTS)
    for prefix_list in found.declared:
        if prefix_list.kind == "aws_ec2_managed_prefix_list":
            family = {"IPv4": 4, "IPv6": 6}.get(str(prefix_list.at("address_family").data))
            for cidr in prefix_list.body.each("entry.cidr"):
                yield block_of(cidr, graph, family)
            entries = holders(graph, "prefix_list_id", PREFIX_LISTS, "aws_ec2_managed_prefix_list_entry")
            for entry in entries.by.get(prefix_list, ()):
                yield block_of(entry.at("cidr"), graph, family)
            for _, gap in entries.open:
                yield Block(gap.where, None)
        else:
            yield from _looked_up(prefix_list, node)
    services = [
        it for ref in node.refs if ref.attribute == "prefix_list_id" for it in graph.find(ref.address) if it.kind == "aws_vpc_endpoint"
    ]
    for endpoint in services:
        yield Block(node, None, service=service_of(endpoint))
    if (found.elsewhere or found.gaps) and not services:
        yield Block(node, None)


def service_of(endpoint: Resource) -> str:
    """The service of a gateway endpoint, as prefix lists are named; its region may be missing."""
    data = endpoint.at("service_name").data
    known = (
        data
        if isinstance(data, str)
        else next((it for it in reversed(data.parts) if isinstance(it, str)), "")
        if isinstance(data, Unknown)
        else ""
    )
    return known if known.startswith("com.amazonaws.") else f"com.amazonaws.{known.lstrip('.')}"


def _looked_up(prefix_list: Resource, node: Node) -> Iterator[Block]:
    """What a data source tells of a list: its entries where they were read, or that it is the list of a service."""
    known = [cidr for path in ("entries.cidr", "cidr_blocks") for cidr in prefix_list.body.each(path) if isinstance(cidr.data, str)]
    for cidr in known:
        found = network(cidr.data)
        if found is not None:
            yield Block(node, found.version, interval(found), found.prefixlen)
    if not known:
        names = (prefix_list.at("name").data, *(value.data for value in prefix_list.body.each("filter.values")))
        service = next((name for name in names if isinstance(name, str) and name.startswith("com.amazonaws.")), "")
        yield Block(node, None, service=service)


def same_service(one: str, other: str) -> Truth:
    """Whether two names are of the same service; the region stands before it, and may be missing."""
    if not one or not other:
        return False
    names = one.rpartition(".")[2], other.rpartition(".")[2]
    return names[0] == names[1] if all(names) else None


def whole(family: int) -> Interval:
    """Every address of IPv4 or IPv6."""
    return ADDRESSES[family]


def words(family: int, addresses: Interval) -> str:
    """An interval as the text of its blocks: `10.0.0.0/8`, or `10.0.0.1-10.0.0.9` where that is many."""
    kind = ipaddress.IPv4Address if family == 4 else ipaddress.IPv6Address
    first, last = kind(addresses[0]), kind(addresses[1])
    found = list(ipaddress.summarize_address_range(first, last))
    return str(found[0]) if len(found) == 1 else f"{first}-{last}"
