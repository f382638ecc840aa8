"""The way of a packet through a transit gateway: into it by the attachment of one VPC, out of it by the one that its table names."""

from __future__ import annotations

from auditor.model.resource import Resource
from auditor.views.network import transit
from auditor.views.network.gates import through_acl
from auditor.views.network.journey import Journey, Next
from auditor.views.network.naming import Gap
from auditor.views.network.subnet import Subnet
from auditor.views.network.table import Way
from auditor.views.network.trace import Code


def across(journey: Journey, here: Subnet, way: Way) -> Next:
    """To the subnet of the attachment behind a transit gateway."""
    gateway = way.target.one
    assert gateway is not None
    journey.crossed.append("transit")
    attachment = _attached(journey, here, gateway)
    table = _table(journey, attachment, gateway) if attachment is not None else None
    route = _route(journey, table) if table is not None else None
    arrived = _out(journey, here, route) if route is not None else None
    return journey.deliver() if arrived is None else arrived


def _attached(journey: Journey, here: Subnet, gateway: Resource) -> Resource | None:
    trace = journey.trace
    found, gaps = transit.attachment_of(gateway, here.vpc, trace.graph)
    if found is not None:
        _into(journey, here, found)
        trace.passes(found, found.body, f"into {gateway.address.text}")
    elif gaps:
        trace.unknown(gaps[0])
    else:
        reason = f"{here.vpc.words} is not attached to {gateway.address.text}"
        trace.blocked(gateway, gateway.body, Code.TGW_NOT_ATTACHED, reason, f"attach {here.vpc.words} to {gateway.address.text}")
    return found


def _into(journey: Journey, here: Subnet, attachment: Resource) -> None:
    """Through the ACL of the attachment's subnet in the zone of the packet; without one in that zone the packet is lost."""
    trace = journey.trace
    found, gaps = transit.subnets_of(attachment, trace.graph)
    own = [it for it in found if it.resource == here.resource] or [it for it in found if it.zone is not None and it.zone == here.zone]
    if own:
        through_acl(trace, own[0], "ingress", journey.source)
    elif found and not gaps and here.zone is not None and all(it.zone is not None for it in found):
        zones = ", ".join(sorted({it.zone or "" for it in found}))
        reason = f"{attachment.address.text} has no subnet in {here.zone}, where {here.words} is, only in {zones}"
        fix = f"add a subnet of {here.zone} to the attachment"
        trace.blocked(attachment, attachment.at("subnet_ids"), Code.TGW_ZONE_MISSING, reason, fix)
    elif any(it.zone_unknown for it in (here, *found)) or gaps:
        trace.unknown(
            *gaps[:1],
            Gap(attachment.at("subnet_ids"), f"whether {attachment.address.text} has a subnet in the zone of {here.words} is not known"),
        )
    elif len(found) == 1:
        through_acl(trace, found[0], "ingress", journey.source)


def _table(journey: Journey, attachment: Resource, gateway: Resource) -> transit.TransitTable | None:
    trace = journey.trace
    found, gaps = transit.table_of(attachment, gateway, trace.graph)
    if found is None and gaps:
        trace.unknown(gaps[0])
    elif found is None:
        reason = f"{attachment.address.text} is associated with no route table of {gateway.address.text}"
        fix = "add an aws_ec2_transit_gateway_route_table_association"
        trace.blocked(attachment, attachment.body, Code.TGW_NOT_ASSOCIATED, reason, fix)
    return found


def _route(journey: Journey, table: transit.TransitTable) -> transit.TransitRoute | None:
    trace, target = journey.trace, journey.target
    found, gaps = transit.lookup(table, target, trace.graph)
    if gaps:
        trace.unknown(gaps[0])
        return None
    if found is None:
        reason = f"{table.words} has no route to {target.words}: no attachment announces it, and no static route names it"
        fix = "add an aws_ec2_transit_gateway_route_table_propagation or an aws_ec2_transit_gateway_route"
        trace.blocked(table.resource or table.gateway, table.where, Code.TGW_NO_ROUTE, reason, fix)
        return None
    if found.target is None:
        reason = f"{table.words} drops packets to {target.words}: the route is a blackhole"
        trace.blocked(found.resource, found.where, Code.BLACKHOLE, reason, "remove the blackhole route, or point it at an attachment")
        return None
    names = ", ".join(it.address.text for it in found.target.declared)
    trace.passes(found.resource, found.where, f"{table.words}: to {names or 'an attachment'}")
    return found


def _out(journey: Journey, here: Subnet, route: transit.TransitRoute) -> Next:
    """The subnet in which the packet comes out: the one of its target if it is attached, else one in its zone."""
    trace, wanted = journey.trace, journey.target.subnet
    attachment = route.target.one if route.target is not None else None
    if attachment is None or attachment.kind != transit.ATTACHMENT:
        gaps = route.target.gaps if route.target is not None else ()
        trace.unknown(*(gaps[:1] or (Gap(route.where, "what lies behind the attachment is not declared here"),)))
        return None
    found, gaps = transit.subnets_of(attachment, trace.graph)
    if not found:
        trace.unknown(*(gaps[:1] or (Gap(attachment.body, "the subnets of the attachment are not known"),)))
        return None
    zone = wanted.zone if wanted is not None else here.zone
    own = next((it for it in found if wanted is not None and it.resource == wanted.resource), None)
    chosen = own or next((it for it in found if it.zone is not None and it.zone == zone), found[0])
    trace.passes(attachment, attachment.body, f"out into {chosen.words}")
    return chosen
