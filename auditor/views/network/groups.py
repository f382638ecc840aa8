"""Security groups as packet sets: the union of what the groups of an interface let in or out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.views import ingress
from auditor.views.cache import per_graph
from auditor.views.iam.truth import Truth
from auditor.views.ingress import Direction, Opening, Traffic
from auditor.views.network.acl import spread_over
from auditor.views.network.blocks import Block, block_of, blocks_of_list
from auditor.views.network.bounds import Bounds, Matched, all_packets, any_packets, union
from auditor.views.network.naming import Gap, Named, holders, holding, named
from auditor.views.network.packets import Interval
from auditor.views.network.traffic import Spread, spread
from auditor.views.network.vpc import VPCS, Vpc

GROUPS: Final = tuple(ingress.GROUPS.split())


@dataclass(frozen=True, slots=True)
class Groups:
    """The security groups of an interface.

    `none` is set where no group applies (a NAT gateway, a network load balancer without groups); `standard` names the VPC or cluster for
    which AWS made a group: its members reach each other, and everything outside.
    """

    declared: tuple[Resource, ...] = ()
    named: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = field(default=(), compare=False)
    none: bool = False
    standard: str = ""
    open: bool = False
    """Whether there may be more of them."""

    @property
    def words(self) -> str:
        """Their names for people."""
        found = [it.address.text for it in self.declared] + list(self.named)
        if self.standard:
            found.append(f"the group that AWS made for {self.standard}")
        return ", ".join(found) or "its security groups"


NO_GROUPS: Final = Groups(none=True)


@dataclass(frozen=True, slots=True)
class Pass:
    """One opening of a group as a set of packets."""

    opening: Opening
    group: Resource
    holder: Resource
    """The resource in which it is written: the group, or the separate rule."""
    spread: Spread
    blocks: tuple[Block, ...] = ()
    peers: Named | None = None
    """The groups whose members it is about."""
    itself: Truth = False
    """Whether it is about the members of the group itself."""
    loose: Gap | None = None


def groups_of(nodes: tuple[Node, ...], vpc: Vpc | None, where: Node, graph: Graph) -> Groups:
    """The groups that values name; the default group of the VPC where they name none."""
    found = groups_named(nodes, graph)
    if found:
        made = next((key for text in found.elsewhere if (key := _made_by(text))), "")
        ids = tuple(text for text in found.elsewhere if not _made_by(text))
        return Groups(found.declared, ids, found.gaps, standard=made, open=bool(found.gaps))
    if vpc is None or vpc.resource is None:
        gap = Gap(where, "the default security group of its VPC is not known")
        return Groups((), (), (gap,), open=True)
    if default := _default(vpc.key, graph):
        return Groups((default,))
    if (node := graph.unclear("vpc_id", "aws_default_security_group")) is not None:
        return Groups(gaps=(Gap(node, f"whether it is the default group of {vpc.words} is not known"),), open=True)
    if vpc.resource.facet is Facet.RUNNING:
        return Groups((), (), (Gap(where, "its security groups were not read"),), open=True)
    return Groups(standard=vpc.key)


def groups_named(nodes: Iterable[Node], graph: Graph) -> Named:
    """The groups that values name; the default group of a VPC is the one that is declared for it, if one is."""
    found = named(graph, nodes, *GROUPS)
    if not any(_made_by(text) for text in found.elsewhere):
        return found
    defaults = {text: _default(_made_by(text), graph) for text in found.elsewhere}
    declared = (*found.declared, *(it for it in defaults.values() if it is not None))
    return Named(tuple(dict.fromkeys(declared)), tuple(text for text, it in defaults.items() if it is None), found.gaps)


def _made_by(text: str) -> str:
    """The VPC or cluster for which AWS made the group of that name (`aws_vpc.main.default_security_group_id`); empty for any other name."""
    return next((text.partition(end)[0] for end in _MADE if end in text), "")


_MADE: Final = (".default_security_group_id", ".vpc_config")


def _default(vpc: str, graph: Graph) -> Resource | None:
    """The default group that is declared for a VPC."""
    return _defaults(graph).get(vpc)


@per_graph
def _defaults(graph: Graph) -> Mapping[str, Resource]:
    """The declared default groups by the address of their VPC."""
    defaults = graph.of("aws_default_security_group")
    return {vpc.address.text: it for it in defaults for vpc in named(graph, it.body.each("vpc_id"), *VPCS).declared}


def standard(owner: str, further: Groups) -> Groups:
    """The group that AWS makes for a cluster, beside others."""
    return replace(further, standard=owner)


@per_graph
def passes(group: Resource, graph: Graph, direction: Direction) -> tuple[Pass, ...]:
    """Everything that a group lets through in one direction, from its blocks and from separate rules."""
    index = holders(graph, "security_group_id", GROUPS, *ingress.RULE_KINDS)
    found = [
        it for resource in holding(group, direction, index.by.get(group, ())) for it in _passes(group, resource, graph, direction, None)
    ]
    found += [it for resource, gap in index.open for it in _passes(group, resource, graph, direction, gap)]
    return tuple(found)


@per_graph
def added(owner: str, graph: Graph, direction: Direction) -> tuple[Pass, ...]:
    """What separate rules add to a group that AWS made."""
    index = holders(graph, "security_group_id", GROUPS, *ingress.RULE_KINDS)
    rules = [it for text, found in index.by_text.items() if _made_by(text) == owner for it in found]
    return tuple(it for resource in rules for it in _passes(resource, resource, graph, direction, None))


def _passes(group: Resource, resource: Resource, graph: Graph, direction: Direction, loose: Gap | None) -> Iterator[Pass]:
    side = resource.at("type")
    if resource.kind == "aws_security_group_rule" and side.unknown:
        opening = Opening(Traffic(resource.body), side, "range", graph)
        yield Pass(
            opening,
            group,
            resource,
            spread(resource.body),
            (Block(side, None),),
            loose=Gap(side, "whether the rule is for ingress is not known"),
        )
        return
    openings = ingress.inbound if direction == "ingress" else ingress.outbound
    for opening in openings(resource, graph):
        made = spread(opening.traffic.rule)
        match opening.kind:
            case "range":
                attribute = opening.peer.path
                family = None if opening.peer is opening.traffic.rule else 6 if "ipv6" in attribute else 4
                yield Pass(opening, group, resource, made, (block_of(opening.peer, graph, family),), loose=loose)
            case "prefix list":
                yield Pass(opening, group, resource, made, blocks_of_list(opening.peer, graph), loose=loose)
            case "group":
                peers = groups_named([opening.peer], graph)
                yield Pass(opening, group, resource, made, peers=peers, itself=group in peers.declared, loose=loose)
            case "self":
                itself = None if opening.peer.unknown else True
                yield Pass(opening, group, resource, made, itself=itself, loose=loose)


@dataclass(frozen=True, slots=True)
class FarEnd:
    """What a group sees of the other side: the networks it is in, its addresses, and its groups (None where they cannot be seen)."""

    of: tuple[Resource, ...] = ()
    there: tuple[Interval, ...] = ()
    groups: Groups | None = None
    service: str = ""


NOBODY: Final = FarEnd()


def member(groups: Groups | None, found: Pass) -> Truth:
    """Whether a rule that names groups is about a host with these groups."""
    if groups is None or groups.none:
        return False
    if found.itself and found.group in groups.declared:
        return True
    peers = found.peers
    if peers is not None:
        if groups.standard and any(_made_by(text) == groups.standard for text in peers.elsewhere):
            return True
        if set(peers.declared) & set(groups.declared) or set(peers.elsewhere) & set(groups.named):
            return True
        if groups.open or peers.gaps:
            return None
        same_kind = (peers.elsewhere and (groups.named or groups.declared)) or (groups.named and peers.declared)
        return None if same_kind and not _all_ids_known(groups, peers) else False
    if found.itself is None:
        return None if found.group in groups.declared or groups.open else False
    return None if groups.open else False


def _all_ids_known(groups: Groups, peers: Named) -> bool:
    """Whether ids can be compared: they are texts on one side, and every declared group on the other has its id."""
    texts = (*peers.elsewhere, *groups.named)
    if not all(text.startswith("sg-") for text in texts):
        return False
    return all(it.identity or isinstance(it.at("id").data, str) for it in (*groups.declared, *peers.declared))


def permits(groups: Groups, graph: Graph, direction: Direction, family: int, far: FarEnd = NOBODY) -> Bounds:
    """What the groups of an interface let through in one direction, as bounds."""
    if groups.none:
        return all_packets(family)
    found = _permits(groups, graph, direction, family, far if _depends(groups, graph, direction) else NOBODY)
    return found | any_packets(family) if groups.open or groups.named else found


@per_graph
def _depends(groups: Groups, graph: Graph, direction: Direction) -> bool:
    """Whether the answer differs between far ends beyond their addresses."""
    if groups.standard:
        return True
    return any(
        it.peers or it.itself is not False or any(b.of or b.service for b in it.blocks)
        for g in groups.declared
        for it in passes(g, graph, direction)
    )


@per_graph
def _permits(groups: Groups, graph: Graph, direction: Direction, family: int, far: FarEnd) -> Bounds:
    found = union(matched(it, family, far) for it in all_passes(groups, graph, direction))
    if any(graph.gap_for(group) for group in groups.declared):
        found |= any_packets(family)
    if groups.standard:
        together = far.groups is not None and far.groups.standard == groups.standard
        if direction == "egress" or together:
            found |= all_packets(family)
        elif far.groups is not None and far.groups.open:
            found |= any_packets(family)
    return found


def all_passes(groups: Groups, graph: Graph, direction: Direction) -> tuple[Pass, ...]:
    """Everything that the groups of an interface let through in one direction."""
    found = [it for group in groups.declared for it in passes(group, graph, direction)]
    return (*found, *(added(groups.standard, graph, direction) if groups.standard else ()))


def matched(found: Pass, family: int, far: FarEnd) -> Matched:
    """The packets that an opening is about, to or from a far end."""
    if found.peers is None and found.itself is False:
        boxes = [
            spread_over(found.spread, it, family, far.of, far.there, loose=found.loose is not None, service=far.service)
            for it in found.blocks
        ]
        return Matched(tuple(b for it in boxes for b in it.inner), tuple(b for it in boxes for b in it.outer))
    truth = member(far.groups, found)
    if truth is False:
        return Matched((), ())
    there = far.there
    inner = () if truth is None or found.loose else tuple((p, a, s, d) for p, s, d in found.spread.inner(family) for a in there)
    return Matched(inner, tuple((p, a, s, d) for p, s, d in found.spread.outer(family) for a in there))
