"""Routes that lead out of a VPC by a gateway: to the internet, through NAT."""

from __future__ import annotations

from auditor.views.network.gateways import addressed, allowed_by_account, belongs, through_internet_gateway
from auditor.views.network.interface import Interface, ends
from auditor.views.network.journey import Journey, Leg, Next
from auditor.views.network.naming import Gap
from auditor.views.network.party import party
from auditor.views.network.subnet import Subnet
from auditor.views.network.table import Way
from auditor.views.network.trace import Code


def internet(journey: Journey, here: Subnet, way: Way) -> Next:
    """To an internet gateway."""
    gateway = way.target.one
    assert gateway is not None
    trace, source = journey.trace, journey.source
    if not journey.out:
        words = journey.target.words
        return journey.wrong(here, way, f"{here.table.words} sends packets to {words} to {way.words}, and {words} is not on the internet")
    if gateway.kind == "aws_internet_gateway":
        belongs(trace, gateway, here.vpc, here)
    if source.subnet is not None and source.subnet.resource == here.resource:
        if not journey.back:
            addressed(trace, source)
    else:
        reason = f"{source.words} comes to {way.words} through {here.words}, with its private address"
        trace.blocked(gateway, way.where, Code.NO_PUBLIC_ADDRESS, reason, "route it through a NAT gateway")
    if not journey.back:
        allowed_by_account(trace, here, inbound=False, only_out=_is_nat(source.interface))
    return None


def _is_nat(interface: Interface | None) -> bool:
    return interface is not None and interface.resource.kind == "aws_nat_gateway"


def egress_only(journey: Journey, here: Subnet, way: Way) -> Next:
    """To an egress-only internet gateway: connections that begin inside, IPv6."""
    if not journey.out:
        return journey.wrong(here, way, f"{way.words} leads to the internet only")
    if journey.back:
        reason = f"{way.words} lets only connections out that begin inside"
        journey.trace.blocked(
            way.resource, way.where, Code.EGRESS_ONLY, reason, "route ::/0 to an internet gateway, if it has to be reached"
        )
        return None
    addressed(journey.trace, journey.source)
    allowed_by_account(journey.trace, here, inbound=False, only_out=True)
    return None


def nat(journey: Journey, here: Subnet, way: Way) -> Next:
    """To a NAT gateway, which puts its address in the place of the source."""
    gateway = way.target.one
    assert gateway is not None
    if journey.back:
        target = journey.target.words
        return journey.wrong(here, way, f"answers to {target} leave through {way.words}, with another address than the client asked")
    if gateway.at("availability_mode").data == "regional":
        journey.trace.passes(gateway, gateway.body, f"{gateway.address.text} replaces the source address")
        through_internet_gateway(journey.trace, here)
        return None
    card = next(iter(ends(journey.trace.graph, gateway)), None)
    if card is None or card.subnet is None:
        gaps = card.gaps if card is not None else ()
        return journey.lost(*gaps, Gap(gateway.body, "where the NAT gateway stands is not known"))
    if card.subnet.resource == here.resource:
        reason = f"{way.words} stands in {here.words}, whose route leads to the NAT gateway itself"
        fix = "put the NAT gateway into a subnet with a route to an internet gateway"
        journey.trace.blocked(gateway, card.where, Code.NAT_WITHOUT_WAY_OUT, reason, fix)
        return journey.deliver()
    journey.enter(card.subnet, here)
    journey.trace.passes(gateway, gateway.body, f"{card.words} replaces the source address")
    journey.source = party(card, journey.trace.family, journey.trace.graph)
    journey.crossed.append("nat")
    journey.legs.append(Leg(journey.source, card.subnet))
    return card.subnet
