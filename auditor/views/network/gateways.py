"""The ways between a VPC and the internet: its gateway, the account's block on public access, and addresses of the internet."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.iam.truth import Truth
from auditor.views.network.naming import Gap, Holders, holders, named
from auditor.views.network.party import Party
from auditor.views.network.public import switch
from auditor.views.network.subnet import SUBNETS, Subnet
from auditor.views.network.trace import Code, Trace
from auditor.views.network.vpc import VPCS, Vpc, internet_gateway, vpc_of


def belongs(trace: Trace, gateway: Resource, vpc: Vpc, subnet: Subnet) -> None:
    """Note whether a gateway that a route names is attached to the VPC of the subnet."""
    holder = gateway
    if not _given(gateway):
        attached = [
            it for it in trace.graph.of("aws_internet_gateway_attachment", "aws_vpn_gateway_attachment") if _attaches(it, gateway, trace)
        ]
        if not attached:
            trace.blocked(gateway, gateway.body, Code.NO_GATEWAY, f"{gateway.address.text} is attached to no VPC", "attach it to the VPC")
            return
        holder = attached[0]
    same = vpc_of(holder, trace.graph).same(vpc)
    if same is False:
        reason = f"{gateway.address.text} is attached to another VPC than {subnet.words}"
        trace.blocked(gateway, holder.at("vpc_id"), Code.GATEWAY_ELSEWHERE, reason, f"route to the gateway of {vpc.words}")
    elif same is None:
        trace.unknown(*(vpc_of(holder, trace.graph).gaps or vpc.gaps))


def _given(gateway: Resource) -> bool:
    node = gateway.at("vpc_id")
    return node.unknown or bool(node.data)


def _attaches(attachment: Resource, gateway: Resource, trace: Trace) -> bool:
    path = "internet_gateway_id" if attachment.kind == "aws_internet_gateway_attachment" else "vpn_gateway_id"
    return gateway in named(trace.graph, [attachment.at(path)], gateway.kind).declared


def through_internet_gateway(trace: Trace, subnet: Subnet) -> None:
    """Note whether the VPC of a subnet has an internet gateway at all."""
    found = internet_gateway(subnet.vpc, trace.graph)
    if found.truth is False:
        reason = f"{subnet.vpc.words} has no internet gateway"
        trace.blocked(subnet.vpc.resource, subnet.vpc.where, Code.NO_GATEWAY, reason, "attach an internet gateway to the VPC")
    elif found.truth is None:
        trace.unknown(*found.gaps[:1])
    elif found.resource is not None:
        trace.passes(found.resource, found.resource.body, "through the internet gateway")


def addressed(trace: Trace, one: Party) -> None:
    """Note whether an interface has an address of the internet."""
    if one.interface is None:
        return
    has = one.interface.has(trace.family)
    if has is False:
        reason = f"{one.words} has no public IPv{trace.family} address"
        fix = "give it a public address, or a way through a NAT gateway" if trace.direction == "forward" else "give it a public address"
        trace.blocked(one.interface.resource, switch(one.interface.resource, trace.family), Code.NO_PUBLIC_ADDRESS, reason, fix)
    elif has is None:
        trace.unknown(Gap(one.interface.where, f"whether {one.words} has a public IPv{trace.family} address is not known"))


def allowed_by_account(trace: Trace, subnet: Subnet, *, inbound: bool, only_out: bool = False) -> None:
    """Note what VPC Block Public Access refuses: `inbound` connections or others; `only_out` for gateways that only open connections."""
    for options in trace.graph.of("aws_vpc_block_public_access_options"):
        mode = options.at("internet_gateway_block_mode")
        if mode.data == "off":
            continue
        excluded = _excluded(trace.graph, subnet, inbound=inbound)
        if excluded or (mode.data == "block-ingress" and only_out and not inbound):
            continue
        if mode.unknown or excluded is None:
            trace.unknown(Gap(mode, "whether the account blocks public access is not known"))
            continue
        reason = f"VPC Block Public Access ({mode.data}) keeps the internet away from {subnet.vpc.words}"
        fix = f"add an aws_vpc_block_public_access_exclusion for {subnet.vpc.words}, if it has to be public"
        trace.blocked(options, mode, Code.PUBLIC_ACCESS_BLOCKED, reason, fix)


def _excluded(graph: Graph, subnet: Subnet, *, inbound: bool) -> Truth:
    answer: Truth = False
    owners = [subnet.resource] + ([subnet.vpc.resource] if subnet.vpc.resource is not None else [])
    for index in _exclusions(graph):
        for mode in (it.at(_MODE) for owner in owners for it in index.by.get(owner, ())):
            if mode.data == "allow-bidirectional" or (mode.data == "allow-egress" and not inbound):
                return True
            answer = None if mode.unknown else answer
        answer = None if index.open else answer
    return answer


_MODE = "internet_gateway_exclusion_mode"


def _exclusions(graph: Graph) -> tuple[Holders, Holders]:
    """What is excluded from the account's block, by VPC and by subnet."""
    kind = "aws_vpc_block_public_access_exclusion"
    return holders(graph, "vpc_id", VPCS, kind), holders(graph, "subnet_id", SUBNETS, kind)
