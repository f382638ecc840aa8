"""Routes of route tables, inline and separate, and which subnets use them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.address_range import is_anywhere
from auditor.views.cache import per_graph
from auditor.views.decide import given

TABLES: Final = ("aws_route_table", "aws_default_route_table")
KINDS: Final = f"{' '.join(TABLES)} aws_route"
TARGETS: Final = (
    "carrier_gateway_id",
    "core_network_arn",
    "egress_only_gateway_id",
    "gateway_id",
    "instance_id",
    "local_gateway_id",
    "nat_gateway_id",
    "network_interface_id",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id",
)
_ROUTERS: Final = ("aws_network_interface", "aws_instance")
_DESTINATIONS: Final = ("destination_cidr_block", "destination_ipv6_cidr_block", "cidr_block", "ipv6_cidr_block")


@dataclass(frozen=True, slots=True)
class Route:
    """One route: a block of a table, or the body of an `aws_route`."""

    table: Node

    @property
    def where(self) -> Node:
        """The place of the route."""
        return self.destination

    @property
    def destination(self) -> Node:
        """The address range, IPv4 or IPv6; missing when the route is for a prefix list."""
        found = self.table
        for name in _DESTINATIONS:
            found = self.table.at(name)
            if found.unknown or (found.present and found.text):
                break
        return found

    @property
    def default(self) -> bool:
        """Whether it is for everything that no other route fits."""
        return is_anywhere(self.destination.text)

    def target(self, name: str) -> Node | None:
        """The target of that kind (`nat_gateway_id`, `gateway_id` ...), None when the route has another.

        Raises `Undecided` when that is not known: of a route that is not created yet, a plan leaves open what it does not name.
        """
        node = self.table.at(name)
        if node.unknown and not node.refs:
            others = (self.table.at(other) for other in TARGETS if other != name)
            if any(bool(other.refs) or (isinstance(other.data, str) and other.data) for other in others):
                return None
        return node if given(node) else None


def routes(resource: Resource, _graph: Graph) -> Iterator[Route]:
    """The routes that a resource itself holds."""
    if resource.kind == "aws_route":
        yield Route(resource.body)
    else:
        for block in resource.body.each("route"):
            yield Route(block)


def routers(target: Node, graph: Graph) -> tuple[Resource, ...]:
    """The network interfaces and instances that a target names, an instance by its primary interface too."""
    found = graph.targets(target, *_ROUTERS)
    if found or not isinstance(target.data, str):
        return found
    return _by_card(graph).get(target.data, ())


@per_graph
def _by_card(graph: Graph) -> dict[str, tuple[Resource, ...]]:
    """The instances by the id of their primary interface: in a state nobody remembers more."""
    found: dict[str, tuple[Resource, ...]] = {}
    for instance in graph.of("aws_instance"):
        card = instance.at("primary_network_interface_id").data
        if isinstance(card, str):
            found[card] = (*found.get(card, ()), instance)
    return found


def routes_of_subnet(subnet: Resource, graph: Graph) -> tuple[Route, ...]:
    """The routes of the table that is associated with a subnet; raises `Undecided` when it may be one that is not here."""
    found: list[Route] = []
    for association in graph.attached(subnet, "subnet_id", "aws_route_table_association"):
        for table in graph.targets(association.at("route_table_id"), *TABLES):
            found.extend(routes(table, graph))
            for separate in graph.attached(table, "route_table_id", "aws_route"):
                found.extend(routes(separate, graph))
    return tuple(found)
