"""From a listener to what answers: its actions, their target groups, the targets, and the flows to their ports and health checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views import load_balancer
from auditor.views.cache import per_graph
from auditor.views.ecs_service import bound
from auditor.views.iam.truth import Truth, neg
from auditor.views.network import public
from auditor.views.network.flow import INTERNET, Flow, connect, flow
from auditor.views.network.interface import Interface, ends
from auditor.views.network.naming import Gap, Named, holders, named
from auditor.views.network.party import Party, party
from auditor.views.network.vpc import ranges
from auditor.views.registered import registered

BALANCERS: Final = tuple(load_balancer.BALANCERS.split())
LISTENERS: Final = tuple(load_balancer.LISTENERS.split())
TARGET_GROUPS: Final = tuple(load_balancer.TARGET_GROUPS.split())
_INSTANCES: Final = ("aws_instance", "aws_spot_instance_request")
_TRANSPORT: Final = {"UDP": "udp", "TCP_UDP": "udp"}


@dataclass(frozen=True, slots=True)
class Step:
    """One interface of one target behind a listener.

    `target` is None where what the group sends to is not declared here (`gaps` say what). `traffic` are the flows from the balancer's
    interfaces (with the clients' addresses where `preserves_client`) to `port`, `health` those from the balancer to `health_port`.
    """

    balancer: Resource
    listener: Resource
    rule: Node
    group: Resource
    target: Resource | None
    where: Node
    interface: Interface | None = None
    port: int | None = None
    health_port: int | None = None
    protocol: str = "tcp"
    preserves_client: Truth = False
    traffic: tuple[Flow, ...] = ()
    health: tuple[Flow, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Something that is registered in a target group: a resource with interfaces, or why it is not known; `port` overrides the group's."""

    resource: Resource | None
    where: Node
    port: Node | None = None
    gap: Gap | None = None


@per_graph
def target_chain(graph: Graph, listener: Resource) -> tuple[Step, ...]:
    """Everything that a listener of a load balancer sends to, by default or by a rule."""
    found = named(graph, [listener.at("load_balancer_arn")], *BALANCERS).one
    if found is None:
        return ()
    return tuple(step for rule, group in forwards(graph, listener) for step in _steps(graph, found, listener, rule, group))


def forwards(graph: Graph, listener: Resource) -> Iterator[tuple[Node, Resource]]:
    """(the value that names it, target group) for everything that a listener, or one of its rules, forwards to."""
    rules = holders(graph, "listener_arn", LISTENERS, *load_balancer.RULES.split()).by.get(listener, ())
    for holder in (listener, *rules):
        for arn in load_balancer.forwarded(holder.body):
            for group in named(graph, [arn], *TARGET_GROUPS).declared:
                yield arn, group


def targets(graph: Graph, group: Resource) -> Iterator[Target]:
    """What is registered in a target group."""
    for one in registered(group, graph):
        match one.resource.kind:
            case "aws_autoscaling_group":
                yield Target(one.resource, one.resource.body)
            case "aws_ecs_service":
                for binding in bound(one.resource, graph):
                    if group in binding.groups:
                        yield Target(one.resource, binding.block, binding.block.at("container_port"))
            case _:
                yield _attached(graph, one.resource)


def _attached(graph: Graph, attachment: Resource) -> Target:
    node, port = attachment.at("target_id"), attachment.at("port")
    given = port if port.unknown or port.number else None
    found = named(graph, [node], *_INSTANCES, "aws_lambda_function", *BALANCERS, "aws_network_interface")
    if found.one is not None:
        return Target(found.one, node, given)
    by_address = _by_address(graph, node)
    return Target(by_address, node, given, None if by_address is not None else _gap(found, node))


def _by_address(graph: Graph, node: Node) -> Resource | None:
    """The resource whose private address is registered: by reference, or by the address itself."""
    for ref in node.refs:
        if "ip" in ref.attribute:
            found = [it for it in graph.find(ref.address) if ends(graph, it)]
            if len(found) == 1:
                return found[0]
    return None


def _gap(found: Named, node: Node) -> Gap:
    text = found.elsewhere[0] if found.elsewhere else "the target"
    return found.gaps[0] if found.gaps else Gap(node, f"{text} is not declared here")


def _steps(graph: Graph, balancer: Resource, listener: Resource, rule: Node, group: Resource) -> Iterator[Step]:
    found = list(targets(graph, group))
    if not found:
        gap = Gap(group.body, f"nothing that is declared here registers with {group.address.text}")
        yield Step(balancer, listener, rule, group, None, group.body, gaps=(gap,))
    for target in found:
        base = Step(balancer, listener, rule, group, target.resource, target.where, protocol=_transport(group))
        if target.resource is None or target.resource.kind == "aws_lambda_function":
            yield replace(base, gaps=(target.gap,) if target.gap else ())
            continue
        cards = ends(graph, target.resource)
        if not cards:
            yield replace(base, gaps=(Gap(target.where, f"where {target.resource.address.text} has its interfaces is not known"),))
        for card in cards:
            yield _step(graph, base, target, card)


def _transport(group: Resource) -> str:
    return _TRANSPORT.get(str(group.at("protocol").data), "tcp")


def _step(graph: Graph, base: Step, target: Target, card: Interface) -> Step:
    port, gaps = _number(target.port or base.group.at("port"))
    health, unknown = health_port(base.group, port)
    preserves = preserves_client(base.balancer, base.group)
    nodes = ends(graph, base.balancer)
    traffic = tuple(it for node in nodes for it in _traffic(graph, node, card, base.protocol, port, preserves)) if port is not None else ()
    checks = tuple(flow(graph, node, card, "tcp", health) for node in nodes) if health is not None else ()
    return replace(
        base,
        interface=card,
        port=port,
        health_port=health,
        preserves_client=preserves,
        traffic=traffic,
        health=checks,
        gaps=tuple(it for it in (gaps, unknown) if it is not None),
    )


def _number(node: Node) -> tuple[int | None, Gap | None]:
    if node.unknown:
        return None, Gap(node, f"the port is not known: {node.data.reason}")
    number = node.number
    return (int(number), None) if number else (None, Gap(node, "the port is chosen when the target starts"))


def health_port(group: Resource, port: int | None) -> tuple[int | None, Gap | None]:
    """The port of the health check of a target group: the one of the traffic unless another is written."""
    node = group.at("health_check.port")
    if not node.unknown and (node.missing or node.text == "traffic-port"):
        return port, None
    return _number(node)


def preserves_client(balancer: Resource, group: Resource) -> Truth:
    """Whether targets see the addresses of the clients: only behind network load balancers, by default for instances and for UDP."""
    kind = balancer.at("load_balancer_type")
    if kind.unknown or kind.data != "network":
        return None if kind.unknown else False
    said = group.at("preserve_client_ip")
    if said.unknown:
        return None
    if said.data not in (None, "") and said.flag is not None:
        return said.flag
    target_type, protocol = group.at("target_type"), group.at("protocol")
    if target_type.unknown or protocol.unknown:
        return None
    return target_type.data != "ip" or protocol.data in ("UDP", "TCP_UDP")


def _traffic(graph: Graph, node: Interface, card: Interface, protocol: str, port: int, preserves: Truth) -> Iterator[Flow]:
    if preserves is not True:
        yield flow(graph, node, card, protocol, port)
    if preserves is not False:
        yield connect(graph, _client(graph, node), party(card, 4, graph), protocol, port)


def _client(graph: Graph, node: Interface) -> Party:
    """A client as targets behind a network load balancer see it: its own address, the groups and the way of the balancer."""
    if neg(public.flag(node.resource.at("internal"))):
        return replace(party(INTERNET, 4, graph), end=node, subnet=node.subnet, interface=node)
    own = ranges(node.subnet.vpc, graph, 4)[0] if node.subnet is not None else ()
    inside = party(node, 4, graph)
    gap = Gap(node.resource.body, f"which clients {node.words} has is not known")
    return replace(inside, ranges=own or inside.ranges, gap=gap)
