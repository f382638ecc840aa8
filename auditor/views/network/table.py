"""Route tables: which one a subnet uses, and where it sends an address (the longest prefix wins)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.views import routes
from auditor.views.cache import per_graph
from auditor.views.network.blocks import Block, block_of, blocks_of_list
from auditor.views.network.naming import Gap, Named, holders, holding, named
from auditor.views.network.packets import ADDRESSES
from auditor.views.network.vpc import VPCS, Vpc, vpc_of

_ASSOCIATION: Final = "aws_route_table_association"
_MAIN: Final = "aws_main_route_table_association"
_TARGET_KINDS: Final = {
    "gateway_id": ("aws_internet_gateway", "aws_vpn_gateway", "aws_vpc_endpoint", "aws_internet_gateway_attachment"),
    "egress_only_gateway_id": ("aws_egress_only_internet_gateway",),
    "nat_gateway_id": ("aws_nat_gateway",),
    "vpc_peering_connection_id": ("aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter"),
    "transit_gateway_id": ("aws_ec2_transit_gateway",),
    "network_interface_id": ("aws_network_interface", "aws_instance"),
    "instance_id": ("aws_instance",),
    "vpc_endpoint_id": ("aws_vpc_endpoint",),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One route: a block of destinations, and what it leads to. `kind` is the attribute that names the target, `local` for the VPC."""

    block: Block
    kind: str
    target: Named
    where: Node = field(compare=False)
    resource: Resource | None = None
    dead: bool = False
    """AWS says that it is a blackhole."""
    propagated: bool = False
    loose: Gap | None = field(default=None, compare=False)
    """Why it is not certain that the route is in this table."""

    @property
    def words(self) -> str:
        """What it leads to."""
        names = [it.address.text for it in self.target.declared] or list(self.target.elsewhere)
        return (
            names[0]
            if names
            else "the VPC"
            if self.kind == "local"
            else f"a {self.kind.removesuffix('_id').replace('_', ' ')} that is not known"
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The route table that a subnet uses; `resource` is None for the main table that AWS made, or when it is not known which."""

    resource: Resource | None
    ways: tuple[Way, ...] = field(compare=False)
    where: Node = field(compare=False)
    gaps: tuple[Gap, ...] = field(default=(), compare=False)
    """Why there may be other routes."""

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.resource.address.text if self.resource is not None else "the main route table"


def table_of(subnet: Resource, vpc: Vpc, graph: Graph) -> Table:
    """The table that a subnet is associated with, else the main one of its VPC."""
    index = holders(graph, "subnet_id", ("aws_subnet", "aws_default_subnet"), _ASSOCIATION)
    for association in index.by.get(subnet, ()):
        found = named(graph, [association.at("route_table_id")], *routes.TABLES)
        if found.one is not None:
            return table(found.one, graph)
        if found.elsewhere and not found.declared and (main := _vpcs_own(association.at("route_table_id"), graph)):
            return (
                _implicit(vpc, graph) if main == vpc.resource else _unknown(association.at("route_table_id"), "it is another VPC's table")
            )
        text = found.elsewhere[0] if found.elsewhere else "its route table"
        return _unknown(association.at("route_table_id"), f"{text} is not declared here")
    if index.open:
        return _unknown(index.open[0][1].where, index.open[0][1].reason)
    if gap := graph.gap_for(subnet):
        return _unknown(subnet.body, gap)
    return _main(subnet, vpc, graph)


def _main(subnet: Resource, vpc: Vpc, graph: Graph) -> Table:
    owner = vpc.resource
    if owner is None:
        for association in graph.of(_MAIN):
            if vpc.key and vpc_of(association, graph).same(vpc):
                found = named(graph, [association.at("route_table_id")], *routes.TABLES)
                return (
                    table(found.one, graph) if found.one is not None else _unknown(association.body, "its main table is not declared here")
                )
        return Table(None, (), subnet.body, vpc.gaps)
    mains = holders(graph, "vpc_id", VPCS, _MAIN)
    for association in mains.by.get(owner, ()):
        found = named(graph, [association.at("route_table_id")], *routes.TABLES)
        return table(found.one, graph) if found.one is not None else _unknown(association.body, "its main table is not declared here")
    if mains.open:
        return _unknown(mains.open[0][1].where, mains.open[0][1].reason)
    if owner in (known := _own_tables(graph)):
        return table(known[owner], graph)
    if (node := graph.unclear("default_route_table_id", "aws_default_route_table")) is not None:
        return _unknown(node, f"whether it is the main table of {vpc.words} is not known")
    if owner.facet is Facet.RUNNING:
        return _unknown(subnet.body, "which table is the main one was not read")
    return _implicit(vpc, graph)


@per_graph
def _ids(graph: Graph) -> Mapping[str, Resource]:
    """The VPCs by the ids of the tables that AWS made for them."""
    names = ("default_route_table_id", "main_route_table_id")
    return {data: it for it in graph.of(*VPCS) for name in names if isinstance(data := it.at(name).data, str) and data}


@per_graph
def _own_tables(graph: Graph) -> Mapping[Resource, Resource]:
    """The table that AWS made for a VPC, where it is declared."""
    found = {}
    for declared in graph.of("aws_route_table"):
        found.update({_ids(graph)[text]: declared for text in graph.names(declared) if text in _ids(graph)})
    for default in graph.of("aws_default_route_table"):
        if (vpc := _vpcs_own(default.at("default_route_table_id"), graph)) is not None:
            found[vpc] = default
    return found


def _vpcs_own(node: Node, graph: Graph) -> Resource | None:
    """The VPC whose own main table a value names (`aws_vpc.main.default_route_table_id`)."""
    if any("route_table_id" in ref.attribute for ref in node.refs):
        return next(iter(graph.targets(node, *VPCS)), None)
    return _ids(graph).get(node.data) if isinstance(node.data, str) else None


@per_graph
def _added(graph: Graph) -> Mapping[Resource, list[Resource]]:
    """The `aws_route`s in the tables that AWS made, by VPC."""
    found: dict[Resource, list[Resource]] = defaultdict(list)
    for route in graph.of("aws_route"):
        if (vpc := _vpcs_own(route.at("route_table_id"), graph)) is not None:
            found[vpc].append(route)
    return found


def _unknown(where: Node, reason: str) -> Table:
    return Table(None, (), where, (Gap(where, reason),))


@per_graph
def _implicit(vpc: Vpc, graph: Graph) -> Table:
    """The main table that AWS made for a VPC, with the routes that `aws_route`s add to it."""
    assert vpc.resource is not None
    ways = [way for it in _added(graph).get(vpc.resource, ()) for way in _ways(it, graph)]
    if vpc.resource.kind == "aws_default_vpc":  # AWS makes default VPCs with a gateway, and with the route to it
        block = Block(vpc.resource.body, 4, ADDRESSES[4])
        ways.append(Way(block, "gateway_id", Named((vpc.resource,)), vpc.resource.body, vpc.resource))
    return Table(None, (*ways, *_loose(graph)), vpc.resource.body)


@per_graph
def table(resource: Resource, graph: Graph) -> Table:
    """A declared table with its routes, inline and separate."""
    index = holders(graph, "route_table_id", routes.TABLES, "aws_route")
    ways = [way for it in holding(resource, "route", index.by.get(resource, ())) for way in _ways(it, graph)]
    ways += _propagated(resource, graph)
    gap = graph.gap_for(resource)
    return Table(resource, tuple(dict.fromkeys((*ways, *_loose(graph)))), resource.body, (Gap(resource.body, gap),) if gap else ())


def _loose(graph: Graph) -> Iterator[Way]:
    """Routes of which it is not known whose they are."""
    for resource, gap in holders(graph, "route_table_id", routes.TABLES, "aws_route").open:
        for way in _ways(resource, graph):
            yield replace(way, loose=gap)


def _ways(resource: Resource, graph: Graph) -> Iterator[Way]:
    """The routes that a table or an `aws_route` holds; endpoints of gateways add themselves by `vpc_endpoint`, not here."""
    for node in resource.body.each("route") if resource.kind != "aws_route" else [resource.body]:
        if node.unknown:
            yield Way(Block(node, None), "", Named(), node, resource)
            continue
        route = routes.Route(node)
        kind, target = _target(route, graph)
        dead = node.at("state").data == "blackhole"
        for block in _destinations(route, graph):
            yield Way(block, kind, target, route.where if block.where is route.where else block.where, resource, dead)


def _destinations(route: routes.Route, graph: Graph) -> Iterable[Block]:
    node = route.destination
    if node.unknown or (node.data and isinstance(node.data, str)):
        return [block_of(node, graph, 6 if "ipv6" in node.path else 4)]
    listed = route.table.at("destination_prefix_list_id")
    return blocks_of_list(listed, graph) if listed.unknown or listed.data else [Block(route.table, None)]


def _target(route: routes.Route, graph: Graph) -> tuple[str, Named]:
    doubt: Undecided | None = None
    for name in routes.TARGETS:
        try:
            node = route.target(name)
        except Undecided as reason:
            doubt = doubt or reason
            continue
        if node is not None:
            if node.data == "local":
                return "local", Named()
            found = named(graph, [node], *_TARGET_KINDS.get(name, ()))
            if name == "gateway_id" and any(it.startswith("vpce-") for it in found.elsewhere):
                return "vpc_endpoint_id", found
            return name, found
    return "", Named(gaps=(Gap(doubt.node, str(doubt)),) if doubt else ())


def _propagated(resource: Resource, graph: Graph) -> Iterator[Way]:
    """What a VPN gateway announces: destinations that are not known here."""
    nodes = list(resource.body.each("propagating_vgws"))
    index = holders(graph, "route_table_id", routes.TABLES, "aws_vpn_gateway_route_propagation")
    nodes += [it.at("vpn_gateway_id") for it in index.by.get(resource, ())]
    for node in nodes:
        yield Way(Block(node, None), "gateway_id", named(graph, [node], "aws_vpn_gateway"), node, resource, propagated=True)
