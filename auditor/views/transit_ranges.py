"""VPCs on one transit gateway whose address ranges overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.network.packets import Interval
from auditor.views.network.vpc import Vpcs, ranges, vpc_of
from auditor.views.way_out import declared_subnet

ATTACHMENT: Final = "aws_ec2_transit_gateway_vpc_attachment"


@per_graph
def overlapping(graph: Graph) -> Mapping[Resource, list[tuple[Resource, Interval, Interval]]]:
    """For an attachment, those before it whose VPC has an address in common: each range against the one before it that reaches furthest."""
    order = {attachment: place for place, attachment in enumerate(graph.of(ATTACHMENT))}
    by_gateway: dict[object, list[tuple[Interval, Resource]]] = defaultdict(list)
    for attachment in order:
        if gateway := _gateway(attachment.body):
            by_gateway[gateway] += ((block, attachment) for block in ranges(vpc_of(attachment, graph), graph, 4)[0])
    found: dict[Resource, list[tuple[Resource, Interval, Interval]]] = defaultdict(list)
    for blocks in by_gateway.values():
        blocks.sort(key=lambda pair: (pair[0], order[pair[1]]))
        furthest = blocks[0] if blocks else None
        for block, attachment in blocks[1:]:
            assert furthest is not None
            before, other = furthest
            if block[0] <= before[1] and vpc_of(attachment, graph).same(vpc_of(other, graph)) is False:
                pair = [(order[other], other, before), (order[attachment], attachment, block)]
                (_, earlier, there), (_, later, here) = sorted(pair, key=lambda it: it[0])
                found[later].append((earlier, here, there))
            if block[1] > before[1]:
                furthest = (block, attachment)
    return found


@per_graph
def behind_private_nat(graph: Graph) -> Vpcs:
    """The VPCs to which a private NAT gateway may give other addresses."""
    gateways = [it for it in graph.of("aws_nat_gateway") if it.at("connectivity_type").text == "private"]
    return Vpcs.of(declared_subnet(gateway.at("subnet_id"), graph).vpc for gateway in gateways)


def _gateway(attachment: Node) -> object:
    node = attachment.at("transit_gateway_id")
    return frozenset(ref.address for ref in node.refs) or (node.data if isinstance(node.data, str) else None)
