"""Node ports, which belong to a whole cluster."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.service import is_service


def earlier(service: Resource, graph: Graph) -> Iterator[tuple[Node, int, Resource]]:
    """(a node port that a Service asks for, its number, another Service of the bundle that asks for it before)."""
    taken: dict[tuple[str, int, str], Resource] = of_graph(graph, "node-ports", lambda: _taken(graph))
    for node, number, protocol in _asked(service):
        first = taken[service.root, number, protocol]
        if first.address != service.address:
            yield node, number, first


def _taken(graph: Graph) -> dict[tuple[str, int, str], Resource]:
    found: dict[tuple[str, int, str], Resource] = {}
    for service in graph.of("Service"):
        for _, number, protocol in _asked(service):
            found.setdefault((service.root, number, protocol), service)
    return found


def _asked(service: Resource) -> Iterator[tuple[Node, int, str]]:
    if not is_service(service) or service.at("spec.ports").unknown:
        return
    for port in service.body.each("spec.ports"):
        node, protocol = port.at("nodePort"), port.at("protocol").data
        if (
            isinstance(node.data, int)
            and not isinstance(node.data, bool)
            and node.data
            and (protocol is None or not port.at("protocol").unknown)
        ):
            yield node, node.data, protocol if isinstance(protocol, str) else "TCP"
