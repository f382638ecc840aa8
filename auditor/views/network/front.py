"""What stands between the internet and a resource: the public load balancers that forward to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.iam.truth import Truth, all_of, any_of
from auditor.views.network.chain import LISTENERS, Step, target_chain
from auditor.views.network.exposure import exposure
from auditor.views.network.interface import ends
from auditor.views.network.naming import Gap
from auditor.views.network.trace import Blocker


@dataclass(frozen=True, slots=True)
class Through:
    """A listener by which the internet comes to a resource: `truth` is whether it does, to the listener and on to the resource's `port`."""

    balancer: Resource
    listener: Resource
    group: Resource
    resource: Resource
    where: Node = field(compare=False)
    listens: int | None
    port: int | None
    truth: Truth
    blockers: tuple[Blocker, ...] = ()
    gaps: tuple[Gap, ...] = ()


def through(graph: Graph, resource: Resource) -> tuple[Through, ...]:
    """The public listeners that forward to a resource."""
    return _by_target(graph).get(resource, ())


@per_graph
def _by_target(graph: Graph) -> dict[Resource, tuple[Through, ...]]:
    found: dict[Resource, list[Through]] = defaultdict(list)
    for listener in graph.of(*LISTENERS):
        steps: dict[tuple[Resource, Resource], list[Step]] = defaultdict(list)
        for step in target_chain(graph, listener):
            if step.target is not None and step.balancer.at("internal").data not in (True, "true"):
                steps[step.group, step.target].append(step)
        for (_, target), parts in steps.items():
            found[target].append(_through(graph, listener, parts))
    return {target: tuple(ways) for target, ways in found.items()}


def _through(graph: Graph, listener: Resource, steps: list[Step]) -> Through:
    first = steps[0]
    number = listener.at("port")
    listens = int(number.number) if not number.unknown and number.number else None
    balancer = ends(graph, first.balancer)
    protocol = "udp" if listener.at("protocol").data == "UDP" else "tcp"
    exposures = [exposure(graph, it) for it in balancer]
    reached = any_of(it.world(protocol, listens) for it in exposures) if listens is not None else None
    flows = [it for step in steps for it in step.traffic]
    onward = any_of(it.truth for it in flows) if flows else None
    return Through(
        first.balancer,
        listener,
        first.group,
        first.target or first.balancer,
        listener.body,
        listens,
        first.port,
        all_of((reached, onward)),
        (*(it for one in exposures for it in one.missing), *dict.fromkeys(it for one in flows if not one.truth for it in one.blockers)),
        tuple(it for step in steps for it in step.gaps),
    )
