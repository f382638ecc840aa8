"""A packet from subnet to subnet until it is where it wants to be: the route of each, and what the route leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from auditor.views.network.across import across
from auditor.views.network.gates import through_acl
from auditor.views.network.gateways import addressed, allowed_by_account, through_internet_gateway
from auditor.views.network.journey import Journey, Leg, Next
from auditor.views.network.naming import Gap
from auditor.views.network.outward import egress_only, internet, nat
from auditor.views.network.routing import lookup
from auditor.views.network.service import by_endpoint
from auditor.views.network.sideways import appliance, beyond, endpoint, peered
from auditor.views.network.subnet import Subnet
from auditor.views.network.table import Way
from auditor.views.network.trace import Code, lacking

_STEPS: Final[Mapping[tuple[str, str], Callable[[Journey, Subnet, Way], Next]]] = {
    ("gateway_id", "aws_internet_gateway"): internet,
    ("gateway_id", "aws_internet_gateway_attachment"): internet,
    ("gateway_id", "aws_default_vpc"): internet,
    ("gateway_id", "aws_vpc_endpoint"): endpoint,
    ("vpc_endpoint_id", "aws_vpc_endpoint"): endpoint,
    ("egress_only_gateway_id", "aws_egress_only_internet_gateway"): egress_only,
    ("nat_gateway_id", "aws_nat_gateway"): nat,
    ("vpc_peering_connection_id", "aws_vpc_peering_connection"): peered,
    ("vpc_peering_connection_id", "aws_vpc_peering_connection_accepter"): peered,
    ("transit_gateway_id", "aws_ec2_transit_gateway"): across,
    ("network_interface_id", "aws_network_interface"): appliance,
    ("network_interface_id", "aws_instance"): appliance,
    ("instance_id", "aws_instance"): appliance,
}
_MAX_HOPS: Final = 16


def walk(journey: Journey, start: Subnet | None) -> None:
    """Go from a subnet, or from outside of every VPC, to the target; everything is noted in the journey's trace."""
    journey.legs = [Leg(journey.source, start)]
    if start is None:
        _arrive(journey)
        return
    here: Next = start
    seen: set[Subnet] = set()
    for _ in range(_MAX_HOPS):
        if here is None or (journey.target.subnet is not None and journey.target.subnet.resource == here.resource):
            return
        if here in seen:
            reason = f"the routes lead back to {here.words}"
            journey.trace.blocked(here.table.resource, here.table.where, Code.LOOP, reason, f"mend the routes of {here.table.words}")
            journey.deliver()
            return
        seen.add(here)
        through_acl(journey.trace, here, "egress", journey.target)
        here = _step(journey, here)


def _arrive(journey: Journey) -> None:
    """From the internet, or from a private network that is not here."""
    trace, subnet = journey.trace, journey.target.subnet
    assert subnet is not None
    if journey.source.outside:
        trace.unknown(Gap(subnet.vpc.where, f"how {journey.source.words} is connected with {subnet.vpc.words} is not known"))
    elif not journey.back:
        through_internet_gateway(trace, subnet)
        addressed(trace, journey.target)
        allowed_by_account(trace, subnet, inbound=True)
    journey.deliver()


def _step(journey: Journey, here: Subnet) -> Next:
    trace, table = journey.trace, here.table
    if by_endpoint(journey, here) is not False:
        return None
    chosen = lookup(here, journey.target)
    if chosen.gaps:  # what stands behind another route may let through what this one stops
        return journey.lost(*chosen.gaps)
    if chosen.local:
        trace.passes(table.resource, table.where, f"{table.words}: inside of {here.vpc.words}")
        if journey.target.subnet is None:
            trace.unknown(Gap(here.vpc.where, f"no subnet that is declared here holds {journey.target.words}"))
        return journey.deliver()
    way = chosen.way
    if way is None:
        if True:
            reason = f"{table.words} of {here.words} has no route to {journey.target.words}"
            where = lacking(table.resource, "route") if table.resource is not None else table.where
            trace.blocked(
                table.resource or here.vpc.resource,
                where,
                Code.NO_ROUTE,
                reason,
                f"add a route to {journey.target.addressed} to {table.words}",
            )
        return journey.deliver()
    if way.dead:
        trace.blocked(way.resource, way.where, Code.BLACKHOLE, f"the route to {way.words} is a blackhole", "point the route at what exists")
        return journey.deliver()
    trace.passes(way.resource, way.where, f"{table.words}: to {way.words}")
    target = way.target.one
    step = _STEPS.get((way.kind, target.kind)) if target is not None else None
    return beyond(journey, way) if step is None else step(journey, here, way)
