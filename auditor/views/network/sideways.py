"""Routes that lead to other VPCs, or through a machine or an endpoint that passes packets on."""

from __future__ import annotations

from auditor.views.network.gates import through_groups
from auditor.views.network.interface import Interface, ends
from auditor.views.network.journey import Journey, Leg, Next
from auditor.views.network.naming import Gap, written
from auditor.views.network.party import hidden, party
from auditor.views.network.peering import note, peering
from auditor.views.network.subnet import Subnet
from auditor.views.network.table import Way
from auditor.views.network.trace import Code


def beyond(journey: Journey, way: Way) -> Next:
    """To something that is not declared here."""
    return journey.lost(*way.target.gaps, Gap(way.where, f"what lies behind {way.words} is not declared here"))


def peered(journey: Journey, here: Subnet, way: Way) -> Next:
    """Through a peering, which passes packets between its two VPCs and to nothing beyond them."""
    connection = way.target.one
    assert connection is not None
    source, target = journey.source, journey.target
    found = peering(connection, journey.trace.graph)
    note(journey.trace, found)
    begins_here = source.vpc is not None and here.vpc.same(source.vpc) is not False and "transit" not in journey.crossed
    if not begins_here or journey.out:
        return _no_transit(journey, way, f"{way.words} takes only packets of its one VPC to its other one")
    other = found.other(here.vpc)
    if other is None:
        return journey.lost(Gap(way.where, f"what {way.words} leads to is not declared here"))
    reached = other.same(target.vpc) if target.vpc is not None else None
    if reached is False and target.vpc is not None:
        return _no_transit(journey, way, f"{way.words} ends in {other.words}: a peering passes nothing on to {target.vpc.words}")
    if reached is None:
        journey.trace.unknown(Gap(way.where, f"whether {target.words} is in {other.words} is not known"))
    journey.crossed.append("peering")
    return journey.deliver()


def _no_transit(journey: Journey, way: Way, reason: str) -> Next:
    fix = "connect the two VPCs with each other: a peering of their own, or a transit gateway"
    journey.trace.blocked(way.target.one, way.where, Code.NO_TRANSIT, reason, fix)
    return journey.deliver()


def appliance(journey: Journey, here: Subnet, way: Way) -> Next:
    """Through an instance or interface that passes packets on; to the internet it is taken for a NAT instance."""
    owner = way.target.one
    assert owner is not None
    trace = journey.trace
    card = next(iter(ends(trace.graph, owner)), None)
    if card is None or card.subnet is None:
        return beyond(journey, way)
    _check(journey, card)
    journey.enter(card.subnet, here)
    if not journey.back:
        through_groups(trace, card, "ingress", journey.source)
        through_groups(trace, card, "egress", journey.target)
        trace.notes.append(f"{card.words} is taken to pass packets on")
    journey.crossed.append("appliance")
    if journey.out and not journey.back:
        journey.source = party(card, trace.family, trace.graph)
        journey.legs.append(Leg(journey.source, card.subnet))
    else:
        journey.source = hidden(journey.source)
    return card.subnet


def _check(journey: Journey, card: Interface) -> None:
    node = card.resource.at("source_dest_check")
    where = node if written(node) else card.resource.body
    if card.router is None:
        journey.trace.unknown(Gap(where, f"whether {card.words} may pass packets on is not known"))
    elif not card.router:
        reason = f"{card.words} drops what is not its own: its source/destination check is on"
        journey.trace.blocked(card.resource, where, Code.CHECK_ON, reason, "set source_dest_check = false on it")


def endpoint(journey: Journey, here: Subnet, way: Way) -> Next:
    """Through the endpoint of a gateway load balancer or a firewall."""
    target = way.target.one
    assert target is not None
    trace = journey.trace
    trace.notes.append(f"{target.address.text} passes packets to something that may refuse them")
    card = next(iter(ends(trace.graph, target)), None)
    if card is None or card.subnet is None:
        return beyond(journey, way)
    journey.source = hidden(journey.source)
    journey.crossed.append("appliance")
    journey.enter(card.subnet, here)
    return card.subnet
