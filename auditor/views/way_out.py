"""Where a subnet sends what is for the internet: its default routes, and whether one of them leads to an internet gateway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.address_range import WIDEST
from auditor.views.cache import per_graph
from auditor.views.decide import undecided
from auditor.views.network.subnet import SUBNETS, Subnet, subnet_of, subnets
from auditor.views.network.table import Way
from auditor.views.network.vpc import Vpc, vpc_of
from auditor.views.routes import TABLES

_PUBLIC = ("aws_internet_gateway", "aws_internet_gateway_attachment", "aws_default_vpc")  # AWS makes default VPCs with a gateway


def declared_subnet(node: Node, graph: Graph) -> Subnet:
    """The subnet that a value names; raises `Undecided` when it is not declared here."""
    found = graph.targets(node, *SUBNETS)
    if len(found) != 1:
        raise undecided(node, "the subnet is not declared here")
    return subnet_of(graph, found[0])


def default_ways(subnet: Subnet, family: int = 4) -> tuple[Way, ...]:
    """The routes of a subnet that are for the whole internet; raises `Undecided` when none is known and there may be one."""
    certain = known_default_ways(subnet, family)
    if not certain:
        _complete(subnet, family)
    return certain


def known_default_ways(subnet: Subnet, family: int = 4) -> tuple[Way, ...]:
    """Those of them that are certain."""
    return tuple(way for way in subnet.table.ways if way.block.family == family and way.loose is None and _is_default(way))


def _is_default(way: Way) -> bool:
    return way.block.addresses is not None and way.block.length <= WIDEST


def leads_to_internet_gateway(way: Way) -> bool:
    """Whether a route leads to an internet gateway; raises `Undecided` when that is not known."""
    if way.kind not in ("gateway_id", ""):
        return False
    if any(it.kind in _PUBLIC for it in way.target.declared) or any(text.startswith("igw-") for text in way.target.elsewhere):
        return True
    if way.target.declared or (way.target.elsewhere and all(text.startswith(("vgw-", "vpce-", "local")) for text in way.target.elsewhere)):
        return False
    raise undecided(way.where, "what the route leads to is not known here")


def is_public(subnet: Subnet, family: int = 4) -> bool:
    """Whether the default route of a subnet leads to an internet gateway; raises `Undecided`."""
    return any(leads_to_internet_gateway(way) for way in default_ways(subnet, family))


def has_public_route(subnet: Subnet) -> bool:
    """Whether any route of a subnet leads to an internet gateway, the default one or a narrower one; raises `Undecided`."""
    doubt = None
    for way in subnet.table.ways:
        if way.loose is None and way.kind == "gateway_id" and any(it.kind in _PUBLIC for it in way.target.declared):
            return True
        if way.kind in ("gateway_id", "") and not way.propagated and not way.target.declared:
            if any(text.startswith("igw-") for text in way.target.elsewhere):
                return True
            doubt = doubt or way
    if doubt is not None:
        raise undecided(doubt.where, "what the route leads to is not known here")
    _complete(subnet, 4)
    return False


def _complete(subnet: Subnet, family: int) -> None:
    """Raises `Undecided` when there may be a default route that is not known."""
    table = subnet.table
    if table.gaps:
        raise table.gaps[0].undecided
    if table.resource is None and subnet.vpc.resource is None:
        raise undecided(subnet.resource.body, "the main route table of its VPC is not declared here")
    for way in table.ways:
        open_block = way.block.addresses is None and way.block.of is None and not way.block.service and not way.propagated
        if (way.loose is not None or open_block) and way.block.family in (None, family):
            raise (way.loose.undecided if way.loose is not None else undecided(way.where, way.block.reason))


def subnets_through(target: Resource, graph: Graph) -> tuple[Subnet, ...]:
    """The subnets that are known to have their default route through a resource."""
    return _by_target(graph).get(target, ())


@per_graph
def _by_target(graph: Graph) -> Mapping[Resource, tuple[Subnet, ...]]:
    found: dict[Resource, dict[Subnet, None]] = defaultdict(dict)
    for subnet in subnets(graph):
        for way in (*known_default_ways(subnet), *known_default_ways(subnet, 6)):
            if way.target.one is not None:
                found[way.target.one][subnet] = None
    return {target: tuple(served) for target, served in found.items()}


def words(subnet: Subnet, ways: tuple[Way, ...]) -> str:
    """Where the default routes lead, for people."""
    if not ways:
        return f"{subnet.table.words} has no default route"
    return f"{subnet.table.words} sends the internet's traffic to {ways[0].words}"


def table_of_resource(subnet: Subnet) -> Resource:
    """The route table to point at; the subnet itself where AWS made the table."""
    return subnet.table.resource or subnet.resource


def vpc_of_routes(holder: Resource, graph: Graph) -> Vpc | None:
    """The VPC for whose packets a route table, or an `aws_route`, is; None when the table is not declared here."""
    tables = (holder,) if holder.kind in TABLES else graph.targets(holder.at("route_table_id"), *TABLES)
    return vpc_of(tables[0], graph) if len(tables) == 1 and tables[0].kind == "aws_route_table" else None
