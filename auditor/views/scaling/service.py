"""Which ECS services a scalable target is for."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.connections.replicas import SERVICE, scaling_targets


def services_of(target: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The services that are known to be scaled by a target."""
    index: dict[Resource, list[Resource]] = of_graph(graph, "services-by-scaling-target", lambda: _by_target(graph))
    return tuple(index.get(target, ()))


def _by_target(graph: Graph) -> dict[Resource, list[Resource]]:
    found: dict[Resource, list[Resource]] = {}
    for service in graph.of(SERVICE):
        try:
            for target in scaling_targets(service, graph):
                found.setdefault(target, []).append(service)
        except Undecided:
            continue
    return found
