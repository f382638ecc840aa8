"""Ports of a resource that the whole internet really reaches, with the path there and back; or why nothing does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.container import containers
from auditor.views.decide import undecided
from auditor.views.ecs_service import SERVICE, tasks
from auditor.views.load_balancer import balancer_type
from auditor.views.network.exposure import Exposure, exposure
from auditor.views.network.flow import INTERNET, Flow, flow
from auditor.views.network.front import Through, through
from auditor.views.network.interface import Interface, ends, interfaces
from auditor.views.network.packets import PORTS, Interval
from auditor.views.ports import ADMINISTRATION, DATABASES, RDP, SSH

HOSTS: Final = "aws_instance aws_spot_instance_request aws_autoscaling_group aws_eks_node_group aws_ecs_service"
"""What runs programs of one's own, as a rule's target."""
ADMIN: Final[Mapping[int, str]] = {SSH: "SSH", RDP: "RDP", **ADMINISTRATION}
DATA: Final[Mapping[int, str]] = {**DATABASES, 9092: "Kafka"}


@dataclass(frozen=True, slots=True)
class Reached:
    """Ports of one interface that the whole internet reaches, over IPv4 or else over IPv6."""

    interface: Interface
    ports: tuple[int, ...]
    flow: Flow
    everything: bool
    """Whether every TCP port is reached, not only these."""

    @property
    def words(self) -> str:
        """The way there and back."""
        there = " > ".join(hop.words for hop in self.flow.hops if hop.direction == "forward")
        back = " > ".join(hop.words for hop in self.flow.hops if hop.direction == "return")
        return f"{there}; back: {back}" if back else there

    @property
    def places(self) -> tuple[Node, ...]:
        """What makes the way."""
        return (self.interface.where, *dict.fromkeys(hop.where for hop in self.flow.hops))

    @property
    def over(self) -> str:
        """`` or ` over IPv6`."""
        return " over IPv6" if self.flow.family == 6 else ""


def reached(resource: Resource, graph: Graph, ports: Iterable[int], family: int | None = None) -> Reached | None:
    """Which of these TCP ports the whole internet reaches at a resource; None for none. Raises `Undecided` when it may be one of them."""
    wanted = sorted(ports)
    doubt: Undecided | None = None
    for interface in ends(graph, resource):
        found = exposure(graph, interface)
        if found.truth is False:
            continue
        known = [port for port in wanted if found.world("tcp", port, family)]
        if known:
            way = flow(graph, INTERNET, interface, "tcp", known[0], family)
            return Reached(interface, tuple(known), way, _everything(found, family))
        if doubt is None and any(found.world("tcp", port, family) is None for port in wanted):
            doubt = not_known(found)
    if doubt is not None:
        raise doubt
    return None


def reached_through(resource: Resource, graph: Graph, ports: Iterable[int]) -> Through | None:
    """The network load balancer by which the internet reaches one of these ports; an application load balancer stands there on purpose."""
    wanted = frozenset(ports)
    for way in through(graph, resource):
        if way.truth and way.port in wanted and balancer_type(way.balancer.body) == "network":
            return way
    return None


def not_known(found: Exposure) -> Undecided:
    """What to raise when it is not known what of the internet comes in."""
    if found.gaps:
        return found.gaps[0].undecided
    interface = found.interface
    return undecided(interface.where, f"what {interface.groups.words} of {interface.words} let in is not known here")


def _everything(found: Exposure, family: int | None) -> bool:
    return any(first <= 1 and last == PORTS[1] for first, last in found.ports("tcp", family))


def open_ports(resource: Resource, graph: Graph, family: int) -> tuple[tuple[Interface, Interval], ...]:
    """The TCP ports of a resource that the whole internet certainly reaches in one IP family."""
    return tuple((it, ports) for it in ends(graph, resource) for ports in exposure(graph, it).ports("tcp", family))


def served_ports(resource: Resource, graph: Graph) -> frozenset[int] | None:
    """The ports that the containers of an ECS service listen on; None for what may listen on any. Raises `Undecided`."""
    if resource.kind != SERVICE:
        return None
    mapped = (node for task in tasks(resource, graph) for it in containers(task, graph) for node in it.each("portMappings.containerPort"))
    return frozenset(int(node.number) for node in mapped if node.number)


def named_ports(found: Reached, names: Mapping[int, str]) -> str:
    """The ports with what listens there: `TCP 22 (SSH), TCP 3389 (RDP)`."""
    if found.everything:
        return "every TCP port"
    return ", ".join(f"TCP {port} ({names[port]})" for port in found.ports)


def guarded_by(group: Resource, graph: Graph) -> tuple[Interface, ...]:
    """The interfaces that are known to have a security group."""
    return _by_group(graph).get(group, ())


@per_graph
def _by_group(graph: Graph) -> Mapping[Resource, tuple[Interface, ...]]:
    found: dict[Resource, list[Interface]] = defaultdict(list)
    for interface in interfaces(graph):
        for group in interface.groups.declared:
            found[group].append(interface)
    return {group: tuple(its) for group, its in found.items()}
