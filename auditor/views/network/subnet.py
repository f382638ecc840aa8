"""Subnets: their VPC, ranges and zone, their route table and their network ACL."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.network.acl import Acl, acl_of
from auditor.views.network.blocks import block_of
from auditor.views.network.naming import Gap
from auditor.views.network.packets import Interval
from auditor.views.network.table import Table, table_of
from auditor.views.network.vpc import Vpc, ranges, vpc_of

SUBNETS: Final = ("aws_subnet", "aws_default_subnet")


@dataclass(frozen=True, slots=True)
class Subnet:
    """One declared subnet."""

    resource: Resource
    vpc: Vpc
    table: Table
    acl: Acl
    graph: Graph = field(compare=False, repr=False)

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.resource.address.text

    @property
    def zone(self) -> str | None:
        """The availability zone; None when it is not known."""
        for name in ("availability_zone", "availability_zone_id"):
            data = self.resource.at(name).data
            if isinstance(data, str) and data:
                return data
        return None

    @property
    def zone_unknown(self) -> bool:
        """Whether a zone is written that is not known here; a zone that nobody writes is left to AWS."""
        return self.zone is None and any(self.resource.at(name).unknown for name in ("availability_zone", "availability_zone_id"))

    def ranges(self, family: int) -> tuple[Interval, ...]:
        """Where its hosts have their addresses; of the VPC when its own range is not known, nothing when neither is."""
        node = self.resource.at("cidr_block" if family == 4 else "ipv6_cidr_block")
        block = block_of(node, self.graph, family)
        return (block.addresses,) if block.addresses is not None and block.family == family else ranges(self.vpc, self.graph, family)[0]

    def range_gap(self, family: int) -> Gap:
        """Why its range is not known."""
        node = self.resource.at("cidr_block" if family == 4 else "ipv6_cidr_block")
        reason = block_of(node, self.graph, family).reason if node.unknown else f"the IPv{family} range of {self.words} is not known"
        return Gap(node, reason)


@per_graph
def subnet_of(graph: Graph, resource: Resource) -> Subnet:
    """A declared subnet with what belongs to it."""
    vpc = vpc_of(resource, graph)
    return Subnet(resource, vpc, table_of(resource, vpc, graph), acl_of(resource, vpc, graph), graph)


def subnets(graph: Graph) -> tuple[Subnet, ...]:
    """All subnets of the graph."""
    return tuple(subnet_of(graph, it) for it in graph.of(*SUBNETS))
