"""On which ports something managed answers at all: the listeners of load balancers; a NAT gateway on none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Facet, Resource
from auditor.views import load_balancer
from auditor.views.cache import per_graph
from auditor.views.network.bounds import Bounds
from auditor.views.network.interface import Interface
from auditor.views.network.naming import Gap, holders
from auditor.views.network.packets import ADDRESSES, PORTS, PROTOCOLS, Box, Interval, Packets
from auditor.views.network.trace import Code, Trace

BALANCERS: Final = tuple(load_balancer.BALANCERS.split())
_LISTENERS: Final = tuple(load_balancer.LISTENERS.split())
_TRANSPORT: Final[dict[str, tuple[int, ...]]] = {"UDP": (17,), "TCP_UDP": (6, 17)}


@dataclass(frozen=True, slots=True)
class Served:
    """Protocol numbers and ports, each with the listener; `gaps` say why there may be others."""

    ports: tuple[tuple[int, int, Resource], ...] = ()
    gaps: tuple[Gap, ...] = ()

    def lets(self, protocol: int, ports: Interval) -> bool:
        """Whether one of the ports is served."""
        return any(of == protocol and ports[0] <= port <= ports[1] for of, port, _ in self.ports)

    def bounds(self, family: int) -> Bounds:
        """The packets to these ports."""
        boxes: list[Box] = [((of, of), ADDRESSES[family], PORTS, (port, port)) for of, port, _ in self.ports]
        sure = Packets.of(boxes)
        return Bounds(sure, Packets(((PROTOCOLS, ADDRESSES[family], PORTS, PORTS),)) if self.gaps else sure)


@per_graph
def served(graph: Graph, resource: Resource) -> Served | None:
    """What a resource serves; None where that is a matter of what runs on it."""
    match resource.kind:
        case "aws_nat_gateway":
            return Served()
        case "aws_lb" | "aws_alb":
            return _of_balancer(graph, resource)
        case "aws_elb":
            return _of_classic(resource)
        case _:
            return None


def _of_balancer(graph: Graph, resource: Resource) -> Served:
    index = holders(graph, "load_balancer_arn", BALANCERS, *_LISTENERS)
    found, gaps = [], [gap for _, gap in index.open]
    for listener in index.by.get(resource, ()):
        port, protocol = listener.at("port"), listener.at("protocol")
        if port.unknown or protocol.unknown:
            gaps.append(Gap(port if port.unknown else protocol, "what the listener listens on is not known"))
        elif port.number:
            found += [(of, int(port.number), listener) for of in _TRANSPORT.get(protocol.text or "", (6,))]
    if not found and not gaps and (graph.gap_for(resource) or (resource.facet is Facet.RUNNING and not graph.of(*_LISTENERS))):
        gaps.append(Gap(resource.body, graph.gap_for(resource) or "its listeners were not read"))
    return Served(tuple(found), tuple(gaps))


def _of_classic(resource: Resource) -> Served:
    found, gaps = [], []
    for listener in resource.body.each("listener"):
        try:
            port = listener.at("lb_port").number
        except Undecided as reason:
            gaps.append(Gap(reason.node, str(reason)))
            continue
        if port:
            found.append((6, int(port), resource))
    return Served(tuple(found), tuple(gaps))


def answers(trace: Trace, interface: Interface) -> None:
    """Note whether the resource behind an interface takes connections at all."""
    found = served(trace.graph, interface.resource)
    if found is None or found.lets(trace.protocol, trace.ports):
        listener = (
            next((it for of, port, it in found.ports if of == trace.protocol and trace.ports[0] <= port <= trace.ports[1]), None)
            if found
            else None
        )
        if listener is not None:
            trace.passes(listener, listener.body, f"{listener.address.text} listens")
        return
    resource = interface.resource
    if found.gaps:
        trace.unknown(found.gaps[0])
    elif resource.kind == "aws_nat_gateway":
        reason = f"{resource.address.text} takes no connections: it only opens them"
        trace.blocked(resource, resource.body, Code.NO_LISTENER, reason, "name what stands behind the NAT gateway, and give it a way in")
    else:
        reason = f"{resource.address.text} has no listener for {trace.words()}"
        trace.blocked(resource, resource.body, Code.NO_LISTENER, reason, f"add a listener for {trace.words()}")
