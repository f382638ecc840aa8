"""Transit gateways: which attachment of a VPC belongs to which route table, and where that table sends an address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.iam.truth import Truth
from auditor.views.network.blocks import A_NETWORK, Block, block_of, blocks_of_list, prefix_length
from auditor.views.network.naming import Gap, Named, holders, named
from auditor.views.network.party import Party
from auditor.views.network.subnet import SUBNETS, Subnet, subnet_of
from auditor.views.network.vpc import Vpc, ranges, vpc_of

GATEWAY: Final = "aws_ec2_transit_gateway"
ATTACHMENT: Final = "aws_ec2_transit_gateway_vpc_attachment"
TABLE: Final = "aws_ec2_transit_gateway_route_table"
_ROUTE: Final = "aws_ec2_transit_gateway_route"
_ATTACHMENTS: Final = (
    ATTACHMENT,
    "aws_ec2_transit_gateway_vpc_attachment_accepter",
    "aws_ec2_transit_gateway_peering_attachment",
    "aws_ec2_transit_gateway_connect",
    "aws_vpn_connection",
    "aws_dx_gateway_association",
)


@dataclass(frozen=True, slots=True)
class TransitTable:
    """A route table of a transit gateway; `resource` None is the default one, `gateway` whose it is."""

    gateway: Resource
    resource: Resource | None

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.resource.address.text if self.resource is not None else f"the default route table of {self.gateway.address.text}"

    @property
    def where(self) -> Node:
        """The place of the table."""
        return (self.resource or self.gateway).body


@dataclass(frozen=True, slots=True)
class TransitRoute:
    """A route: static, or announced by an attachment; `target` None is a blackhole."""

    block: Block
    target: Named | None
    where: Node
    resource: Resource
    static: bool


def attachments(gateway: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The VPC attachments of a gateway."""
    return tuple(holders(graph, "transit_gateway_id", (GATEWAY,), ATTACHMENT).by.get(gateway, ()))


@per_graph
def attachment_of(gateway: Resource, vpc: Vpc, graph: Graph) -> tuple[Resource | None, tuple[Gap, ...]]:
    """The attachment of a VPC to a gateway, or why that is not known."""
    doubt: tuple[Gap, ...] = ()
    for found in attachments(gateway, graph):
        same = vpc_of(found, graph).same(vpc)
        if same:
            return found, ()
        if same is None:
            doubt = (Gap(found.at("vpc_id"), f"whether {found.address.text} attaches {vpc.words} is not known"),)
    index = holders(graph, "transit_gateway_id", (GATEWAY,), ATTACHMENT)
    return None, doubt or tuple(gap for _, gap in index.open[:1])


def subnets_of(attachment: Resource, graph: Graph) -> tuple[tuple[Subnet, ...], tuple[Gap, ...]]:
    """The subnets in which an attachment has interfaces, and why there may be more."""
    found = named(graph, attachment.body.each("subnet_ids"), *SUBNETS)
    where = attachment.at("subnet_ids")
    gaps = (*found.gaps, *(Gap(where, f"{text} is not declared here") for text in found.elsewhere))
    return tuple(subnet_of(graph, it) for it in found.declared), gaps


def table_of(attachment: Resource, gateway: Resource, graph: Graph) -> tuple[TransitTable | None, tuple[Gap, ...]]:
    """The table that decides over what comes from an attachment; none when it is associated with none."""
    index = holders(graph, "transit_gateway_attachment_id", _ATTACHMENTS, "aws_ec2_transit_gateway_route_table_association")
    for association in index.by.get(attachment, ()):
        found = named(graph, [association.at("transit_gateway_route_table_id")], TABLE)
        if found.one is not None:
            return TransitTable(gateway, found.one), ()
        if any(_DEFAULT in text for text in found.elsewhere):
            return TransitTable(gateway, None), ()
        return None, (Gap(association.body, f"the route table of {attachment.address.text} is not declared here"),)
    by_default = _default(attachment, gateway, "association")
    if by_default:
        return _default_table(gateway, graph), ()
    if by_default is None:
        return None, (Gap(gateway.body, "whether attachments get the default route table is not known"),)
    return None, tuple(gap for _, gap in index.open[:1])


_DEFAULT: Final = "default_route_table_id"


def _default_table(gateway: Resource, graph: Graph) -> TransitTable:
    """The table that attachments get by default: another than AWS's own where the code says so."""
    for chosen in graph.of("aws_ec2_transit_gateway_default_route_table_association"):
        if gateway in named(graph, [chosen.at("transit_gateway_id")], GATEWAY).declared:
            found = named(graph, [chosen.at("transit_gateway_route_table_id")], TABLE).one
            if found is not None:
                return TransitTable(gateway, found)
    own = gateway.at("association_default_route_table_id").data
    for declared in graph.of(TABLE):
        if isinstance(own, str) and own in graph.names(declared):
            return TransitTable(gateway, declared)
    return TransitTable(gateway, None)


def _default(attachment: Resource, gateway: Resource, what: str) -> Truth:
    """Whether an attachment takes part in the default association or propagation: it does unless one of both ends says otherwise."""
    here = attachment.at(f"transit_gateway_default_route_table_{what}")
    there = gateway.at(f"default_route_table_{what}")
    if here.data is False or there.data == "disable":
        return False
    return None if here.unknown or there.unknown else True


@per_graph
def routes(table: TransitTable, graph: Graph) -> tuple[tuple[TransitRoute, ...], tuple[Gap, ...]]:
    """The routes of a table, and why there may be more."""
    made: list[TransitRoute] = []
    gaps: list[Gap] = []
    for route in _held(table, graph, _ROUTE, "aws_ec2_transit_gateway_prefix_list_reference"):
        mine = _is_in(route, table, graph)
        if mine:
            made += _static(route, graph)
        elif mine is None:
            gaps.append(Gap(route.at("transit_gateway_route_table_id"), "which table the route is in is not known"))
    gaps += (gap for _, gap in holders(graph, "transit_gateway_id", (GATEWAY,), ATTACHMENT).open[:1])
    for attachment in attachments(table.gateway, graph):
        announced = _announces(attachment, table, graph)
        if announced is None:
            gaps.append(Gap(attachment.body, f"whether {attachment.address.text} announces its range is not known"))
        elif announced:
            found, unknown = _announced(attachment, graph)
            made += found
            gaps += unknown
    return tuple(made), tuple(gaps)


def _held(table: TransitTable, graph: Graph, *kinds: str) -> Iterator[Resource]:
    """What may be in a table: what names it, and what may name any."""
    index = holders(graph, "transit_gateway_route_table_id", (TABLE,), *kinds)
    yield from (resource for resource, _ in index.open)
    if table.resource is not None:
        yield from index.by.get(table.resource, ())
    else:
        yield from (resource for found in index.by_text.values() for resource in found)


def _is_in(holder: Resource, table: TransitTable, graph: Graph) -> Truth:
    found = named(graph, [holder.at("transit_gateway_route_table_id")], TABLE)
    if table.resource is not None:
        return True if table.resource in found.declared else None if found.gaps else False
    own = f"{table.gateway.address.text}."
    if any(text.startswith(own) and _DEFAULT in text for text in found.elsewhere):
        return True
    known = table.gateway.at("association_default_route_table_id").data
    return True if isinstance(known, str) and known in found.elsewhere else None if found.gaps else False


def _static(route: Resource, graph: Graph) -> list[TransitRoute]:
    node = route.at("transit_gateway_attachment_id")
    hole = route.at("blackhole")
    if hole.unknown:
        target: Named | None = Named(gaps=(Gap(hole, "whether the route is a blackhole is not known"),))
    else:
        target = None if hole.flag else named(graph, [node], *_ATTACHMENTS)
    where = route.at("destination_cidr_block")
    listed = route.at("prefix_list_id")
    blocks = [block_of(where, graph)] if route.kind == _ROUTE else blocks_of_list(listed, graph)
    return [TransitRoute(block, target, where if route.kind == _ROUTE else listed, route, static=True) for block in blocks]


def _announces(attachment: Resource, table: TransitTable, graph: Graph) -> Truth:
    index = holders(graph, "transit_gateway_attachment_id", _ATTACHMENTS, "aws_ec2_transit_gateway_route_table_propagation")
    answers = [_is_in(it, table, graph) for it in index.by.get(attachment, ())]
    if True in answers:
        return True
    by_default = _default(attachment, table.gateway, "propagation") if table == _default_table(table.gateway, graph) else False
    if by_default:
        return True
    return None if by_default is None or None in answers or index.open else False


def _announced(attachment: Resource, graph: Graph) -> tuple[list[TransitRoute], list[Gap]]:
    one = vpc_of(attachment, graph)
    target = Named((attachment,))
    made = []
    gaps: list[Gap] = []
    for family in (4, 6):
        found, unknown = ranges(one, graph, family)
        made += [
            TransitRoute(Block(attachment.body, family, it, prefix_length(it, family)), target, attachment.body, attachment, False)
            for it in found
        ]
        if unknown and family == 4:
            block = Block(attachment.body, family, length=A_NETWORK, of=one.resource)
            made.append(TransitRoute(block, target, attachment.body, attachment, static=False))
            gaps += unknown if one.resource is None else ()
    return made, gaps


def lookup(table: TransitTable, target: Party, graph: Graph) -> tuple[TransitRoute | None, tuple[Gap, ...]]:
    """The route of a table that a packet takes, and why it may be another one."""
    known, gaps = routes(table, graph)
    fitting = [it for it in known if _fits(it, target)]
    open_ones = [it for it in known if it.block.addresses is None and it.block.of is None and not it.block.service]
    doubts = tuple(Gap(it.where, f"a route of {table.words} whose destination is not known: {it.block.reason}") for it in open_ones)
    if not fitting:
        return None, (*gaps, *doubts)
    best = min(fitting, key=lambda it: (-it.block.length, not it.static))
    if not target.majority or best.block.length > 1:
        gaps = (*gaps, *doubts)
    if not target.majority and not _covers(best, target):
        gaps = (*gaps, target.gap or Gap(best.where, f"the route is for a part of where {target.words} may be"))
    return best, gaps


def _covers(route: TransitRoute, target: Party) -> bool:
    """Whether a route is for all addresses that a host may have."""
    if route.block.addresses is None:
        return True
    low, high = route.block.addresses
    return all(low <= first and last <= high for first, last in target.ranges)


def _fits(route: TransitRoute, target: Party) -> bool:
    block = route.block
    if block.addresses is None:
        return block.of is not None and block.of in target.networks
    if block.family != target.family:
        return False
    low, high = block.addresses
    if target.majority:
        covered = sum(max(0, min(high, last) - max(low, first) + 1) for first, last in target.ranges)
        return covered * 2 >= sum(last - first + 1 for first, last in target.ranges)
    return any(low <= last and first <= high for first, last in target.ranges)
