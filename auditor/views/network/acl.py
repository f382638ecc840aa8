"""Network ACLs as packet sets: which one guards a subnet, and what its numbered entries let through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.views import network_acl
from auditor.views.cache import per_graph
from auditor.views.iam.truth import Truth
from auditor.views.ingress import Direction
from auditor.views.network.blocks import Block, block_of, same_service, whole
from auditor.views.network.bounds import Bounds, Matched, Ordered, all_packets, any_packets, first_match
from auditor.views.network.naming import Gap, Named, holders, holding, named
from auditor.views.network.packets import Box, Interval
from auditor.views.network.traffic import Spread, spread
from auditor.views.network.vpc import VPCS, Vpc

ACLS: Final = tuple(network_acl.ACLS.split())
T = TypeVar("T")
_SUBNETS: Final = ("aws_subnet", "aws_default_subnet")


@dataclass(frozen=True, slots=True)
class Acl:
    """The ACL of a subnet; `resource` is None for the one that AWS made, which lets everything through, or when it is not known which."""

    resource: Resource | None
    where: Node = field(compare=False)
    gaps: tuple[Gap, ...] = ()

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.resource.address.text if self.resource is not None else "the default network ACL"


@dataclass(frozen=True, slots=True)
class Guard:
    """One entry as a set of packets; `loose` says why it may belong to another ACL."""

    entry: network_acl.Entry
    holder: Resource
    """The resource in which it is written: the ACL, or the separate rule."""
    block: Block
    spread: Spread
    ordered: Ordered
    loose: Gap | None = None


def acl_of(subnet: Resource, vpc: Vpc, graph: Graph) -> Acl:
    """The ACL that a subnet is associated with, else the default one of its VPC."""
    found = _associated(subnet, graph)
    if found is not None:
        return found
    if gap := graph.gap_for(subnet):
        return Acl(None, subnet.body, (Gap(subnet.body, gap),))
    owner = vpc.resource
    if owner is None:
        return Acl(None, subnet.body, vpc.gaps)
    if (default := _defaults(graph).get(owner)) is not None:
        return Acl(default, default.body)
    if (node := graph.unclear("default_network_acl_id", "aws_default_network_acl")) is not None:
        return Acl(None, node, (Gap(node, f"whether it is the default ACL of {vpc.words} is not known"),))
    if owner.facet is Facet.RUNNING:
        return Acl(None, subnet.body, (Gap(subnet.body, "its network ACL was not read"),))
    return Acl(None, owner.body)


@per_graph
def _defaults(graph: Graph) -> Mapping[Resource, Resource]:
    """The default ACL of a VPC, where it is declared."""
    ids = {data: it for it in graph.of(*VPCS) if isinstance(data := it.at("default_network_acl_id").data, str) and data}
    found: dict[Resource, Resource] = {}
    for default in graph.of("aws_default_network_acl"):
        node = default.at("default_network_acl_id")
        owners = graph.targets(node, *VPCS) if node.refs else tuple(filter(None, [ids.get(str(node.data))]))
        found.update(dict.fromkeys(owners, default))
    return found


def _associated(subnet: Resource, graph: Graph) -> Acl | None:
    direct = holders(graph, "subnet_ids", _SUBNETS, *ACLS)
    if found := direct.by.get(subnet):
        return Acl(found[0], found[0].body)
    index = holders(graph, "subnet_id", _SUBNETS, "aws_network_acl_association")
    for association in index.by.get(subnet, ()):
        named_acl = named(graph, [association.at("network_acl_id")], *ACLS)
        if named_acl.one is not None:
            return Acl(named_acl.one, named_acl.one.body)
        return Acl(None, association.body, _reasons(named_acl, association.at("network_acl_id")))
    for _, gap in (*direct.open, *index.open):
        return Acl(None, gap.where, (gap,))
    return None


def _reasons(found: Named, where: Node) -> tuple[Gap, ...]:
    return found.gaps or (Gap(where, f"{found.elsewhere[0] if found.elsewhere else 'the network ACL'} is not declared here"),)


@per_graph
def guards(acl: Resource, graph: Graph, direction: Direction) -> tuple[Guard, ...]:
    """The entries of one direction, in the order in which they are tried, those of which it is not known first."""
    index = holders(graph, "network_acl_id", ACLS, "aws_network_acl_rule")
    found = [guard for it in holding(acl, direction, index.by.get(acl, ())) for guard in _guards(it, graph, direction, None)]
    found += [guard for it, gap in index.open for guard in _guards(it, graph, direction, gap)]
    return tuple(sorted(found, key=lambda it: -1 if it.ordered.number is None else it.ordered.number))


def _guards(resource: Resource, graph: Graph, direction: Direction, loose: Gap | None) -> Iterator[Guard]:
    if resource.kind == "aws_network_acl_rule":
        egress = resource.at("egress")
        if egress.unknown or (egress.data is True or egress.data == "true") is (direction == "egress"):
            reason = Gap(egress, "whether it is for egress is not known") if egress.unknown else loose
            yield _guard(network_acl.Entry(resource.body, direction), resource, graph, reason)
        return
    for table in resource.body.each(direction):
        yield _guard(network_acl.Entry(table, direction), resource, graph, loose)


def _guard(entry: network_acl.Entry, holder: Resource, graph: Graph, loose: Gap | None) -> Guard:
    block = _known(lambda: block_of(entry.range, graph, 6 if "ipv6" in entry.range.path else 4), Block(entry.table, None))
    found = spread(entry.table, icmp=("icmp_type",))
    number: float | None = _known(lambda: entry.number, None)
    allows: Truth = _known(lambda: entry.allows, None)
    return Guard(entry, holder, block, found, Ordered(Matched((), ()), allows, number if loose is None else None), loose)


def _known(read: Callable[[], T], otherwise: T) -> T:
    try:
        return read()
    except Undecided:
        return otherwise


def matched(guard: Guard, family: int, of: tuple[Resource, ...], there: tuple[Interval, ...]) -> Matched:
    """The packets that an entry is about, to or from a host of the networks `of` with addresses `there`."""
    return spread_over(guard.spread, guard.block, family, of, there, loose=guard.loose is not None)


def spread_over(
    found: Spread, block: Block, family: int, of: tuple[Resource, ...], there: tuple[Interval, ...], *, loose: bool, service: str = ""
) -> Matched:
    """The boxes of the protocols and ports of a rule over its addresses; `service` is the service of AWS at the far end."""
    if block.family not in (None, family):
        return Matched((), ())
    certain: tuple[Interval, ...] = ()
    possible: tuple[Interval, ...] = ()
    if block.addresses is not None:
        certain = possible = (block.addresses,)
    elif (block.of is not None and block.of in of) or same_service(block.service, service):
        certain = possible = there or (whole(family),)
    elif same_service(block.service, service) is None:
        possible = there or (whole(family),)
    elif not block.service:
        possible = (whole(family),)
    inner: tuple[Box, ...] = tuple((p, a, s, d) for p, s, d in found.inner(family) for a in certain)
    outer: tuple[Box, ...] = tuple((p, a, s, d) for p, s, d in found.outer(family) for a in possible)
    return Matched(() if loose else inner, outer)


def permits(acl: Acl, graph: Graph, direction: Direction, family: int, of: tuple[Resource, ...], there: tuple[Interval, ...]) -> Bounds:
    """What an ACL lets through in one direction, as bounds."""
    if acl.gaps:
        return any_packets(family)
    if acl.resource is None:
        return all_packets(family)
    if not any(it.block.of for it in guards(acl.resource, graph, direction)):
        of, there = (), ()  # one answer for every host
    return _permits(acl.resource, graph, direction, family, of, there)


@per_graph
def _permits(
    acl: Resource, graph: Graph, direction: Direction, family: int, of: tuple[Resource, ...], there: tuple[Interval, ...]
) -> Bounds:
    found = guards(acl, graph, direction)
    return first_match((Ordered(matched(it, family, of, there), it.ordered.allows, it.ordered.number) for it in found), family)
