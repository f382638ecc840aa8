"""Whether one end reaches another: the way there, and the way of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.iam.truth import Truth
from auditor.views.network.gates import through_groups
from auditor.views.network.interface import Interface, ends
from auditor.views.network.journey import Journey
from auditor.views.network.naming import Gap
from auditor.views.network.packets import NUMBERS, PORTS, Interval
from auditor.views.network.party import INTERNET, End, Host, Internet, Party, Service, host, party
from auditor.views.network.served import answers
from auditor.views.network.trace import Blocker, Code, Hop, Trace
from auditor.views.network.traffic import ECHO, ECHO_REPLY, ICMP
from auditor.views.network.walk import walk

__all__ = ["INTERNET", "Blocker", "Code", "Flow", "Hop", "Host", "Internet", "Service", "flow", "flows", "host", "settle"]

_WITH_PORTS: Final = (6, 17)


@dataclass(frozen=True, slots=True)
class Flow:
    """The answer for one pair of ends: `truth` is whether a connection can be made, None when that is not known.

    `blockers` are all that stand in the way, those of the way there first; a partial one stops some connections only.
    """

    source: End
    target: End
    family: int
    truth: Truth
    hops: tuple[Hop, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()


def settle(found: Flow) -> bool:
    """The truth of a flow; raises `Undecided` when it is not known."""
    if found.truth is None:
        raise found.gaps[0].undecided
    return found.truth


def flows(graph: Graph, source: Resource, target: Resource, protocol: str = "tcp", port: int | None = None) -> tuple[Flow, ...]:
    """The flows between every pair of interfaces of two resources."""
    return tuple(flow(graph, one, other, protocol, port) for one in ends(graph, source) for other in ends(graph, target))


def flow(graph: Graph, source: End, target: End, protocol: str = "tcp", port: int | None = None, family: int | None = None) -> Flow:
    """Whether `source` reaches `target` at a port (any, when none is given).

    `protocol` is `tcp`, `udp`, `icmp` or a number. Without `family`, IPv4 is tried first and IPv6 where both ends may have it.
    """
    tried = [_in_family(graph, source, target, protocol, port, one) for one in _families(source, target, family)]
    best = next((it for it in tried if it.truth), None) or next((it for it in tried if it.truth is None), None) or tried[0]
    if best.truth is False and family != 6 and _may_go_around(source, target):
        around = _around(graph, source, target, protocol, port)
        if around.truth is not False:
            return around
    return best


def _families(source: End, target: End, family: int | None) -> tuple[int, ...]:
    if family is not None:
        return (family,)
    versions = {6 if ":" in it.address else 4 for it in (source, target) if isinstance(it, Host)}
    if versions:
        return (min(versions),)
    both = all(it.has(6) is not False for it in (source, target) if isinstance(it, Interface))
    return (4, 6) if both and any(isinstance(it, Interface) for it in (source, target)) else (4,)


def _may_go_around(source: End, target: End) -> bool:
    """Whether two VPCs may meet on the internet: the target has an address there, and is not in the VPC of the source."""
    if not isinstance(source, Interface) or not isinstance(target, Interface) or target.public is False:
        return False
    return source.vpc is not None and target.vpc is not None and source.vpc.same(target.vpc) is False


def _around(graph: Graph, source: End, target: End, protocol: str, port: int | None) -> Flow:
    """Out to the internet, and in from there."""
    out = _in_family(graph, source, INTERNET, protocol, port, 4)
    into = _in_family(graph, INTERNET, target, protocol, port, 4)
    truth = False if False in (out.truth, into.truth) else None if None in (out.truth, into.truth) else True
    notes = (*out.notes, *into.notes, f"over the internet: {target.words} has a public address")
    return Flow(source, target, 4, truth, (*out.hops, *into.hops), (*out.blockers, *into.blockers), (*out.gaps, *into.gaps), notes)


def number(protocol: str, family: int) -> int:
    """The number of a protocol. Raises `ValueError` for a name that is none."""
    name = protocol.lower()
    if name in ("icmp", "icmpv6"):
        return ICMP[family]
    if name in NUMBERS:
        return NUMBERS[name]
    if name.isdigit() and int(name) < 256:
        return int(name)
    raise ValueError(f"{protocol!r} is no protocol")


def _ports(protocol: int, port: int | None, family: int) -> Interval:
    if protocol == ICMP[family]:
        return (ECHO[family], ECHO[family])
    return PORTS if port is None or protocol not in _WITH_PORTS else (port, port)


def _in_family(graph: Graph, source: End, target: End, protocol: str, port: int | None, family: int) -> Flow:
    return connect(graph, party(source, family, graph), party(target, family, graph), protocol, port)


def connect(graph: Graph, here: Party, there: Party, protocol: str, port: int | None) -> Flow:
    """Whether a connection can be made between two sides, in their IP family."""
    source, target, family = here.end, there.end, here.family
    of = number(protocol, family)
    ports = _ports(of, port, family)
    forward = Trace(graph, of, family, ports, any_port=ports[0] != ports[1])
    if gap := _nowhere(here, there):
        forward.unknown(gap)
        return Flow(source, target, family, None, gaps=(gap,))
    journey = Journey(forward, here, there)
    walk(journey, here.subnet)
    _groups(forward, journey, here)
    traces = [forward, *_answers(journey, here)]
    blockers = tuple(dict.fromkeys(it for trace in traces for it in trace.blockers))
    gaps = tuple(it for trace in traces for it in trace.gaps)
    truth: Truth = False if any(not it.partial for it in blockers) else None if gaps else True
    hops = tuple(it for trace in traces for it in trace.hops)
    return Flow(source, target, family, truth, hops, blockers, gaps, tuple(dict.fromkeys(it for trace in traces for it in trace.notes)))


def _nowhere(here: Party, there: Party) -> Gap | None:
    """Why an end stands in no subnet that is known."""
    for one in (here, there):
        if one.subnet is None and one.interface is not None:
            return one.gap or Gap(one.interface.where, f"the subnet of {one.words} is not known")
    return None


def _groups(trace: Trace, journey: Journey, here: Party) -> None:
    """The security groups of both ends: those of the source before everything else, those of the target after it."""
    seen = {"appliance", "nat"} & set(journey.crossed) or ("transit" in journey.crossed and not _referencing(journey))
    there = replace(journey.target, hidden=True) if seen else journey.target
    if here.interface is not None:
        before = Trace(trace.graph, trace.protocol, trace.family, trace.ports, any_port=trace.any_port)
        through_groups(before, here.interface, "egress", there)
        trace.hops[:0] = before.hops
        trace.blockers[:0] = before.blockers
        trace.gaps[:0] = before.gaps
    if journey.target.interface is not None:
        came = replace(journey.source, hidden=True) if seen and "nat" not in journey.crossed else journey.source
        through_groups(trace, journey.target.interface, "ingress", came)
        answers(trace, journey.target.interface)
    elif journey.target.subnet is not None and isinstance(journey.target.end, Host):
        trace.unknown(
            Gap(journey.target.subnet.resource.body, f"what has the address {journey.target.words}, and its security groups, is not known")
        )


def _referencing(journey: Journey) -> bool:
    """Whether groups can be referred to across the transit gateway: it has to be switched on."""
    graph = journey.trace.graph
    return any(it.at("security_group_referencing_support").data == "enable" for it in graph.of("aws_ec2_transit_gateway"))


def _answers(journey: Journey, here: Party) -> Iterator[Trace]:
    """The way back, leg by leg: to each address that the packet had on its way, from the last to the first."""
    forward, family = journey.trace, journey.trace.family
    start = journey.target.subnet
    for leg in reversed(journey.legs):
        client = leg.source.client if forward.protocol in _WITH_PORTS else PORTS
        if forward.protocol == ICMP[family]:
            client = (ECHO_REPLY[family], ECHO_REPLY[family])
        trace = Trace(forward.graph, forward.protocol, family, client, "return", any_port=client[0] != client[1])
        back = Journey(trace, replace(journey.target, hidden=True), leg.source)
        if start is None and leg.source.subnet is None:
            continue
        walk(back, start)
        yield trace
        start = leg.start
