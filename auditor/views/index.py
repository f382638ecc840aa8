"""What many rules ask of a whole graph, found once for each graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from auditor.model.address import Address
from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph


def agreeing(node: Node, graph: Graph, path: str, *kinds: str) -> tuple[Resource, ...]:
    """The resources of these kinds whose value at `path` is this node's: made from the same resource, or the same text."""
    index = _by_value(graph, path, *kinds)
    found: dict[Resource, None] = {}
    for key in (*(ref.address for ref in node.refs), node.text if not node.unknown else None):
        found.update(dict.fromkeys(index.get(key, ()) if key else ()))
    return tuple(found)


@per_graph
def _by_value(graph: Graph, path: str, *kinds: str) -> Mapping[str | Address, tuple[Resource, ...]]:
    found: dict[str | Address, list[Resource]] = defaultdict(list)
    for resource in graph.of(*kinds):
        node = resource.at(path)
        for key in (*(ref.address for ref in node.refs), node.text if not node.unknown else None):
            if key:
                found[key].append(resource)
    return {key: tuple(resources) for key, resources in found.items()}


@per_graph
def first_open(
    graph: Graph,
    paths: tuple[str, ...],
    kinds: tuple[str, ...] = (),
    but: frozenset[str] = frozenset(),
) -> tuple[Resource, Node] | None:
    """The first value at one of these paths that is unknown and made from nothing that is known: it may name anything.

    Of the resources of these kinds, or of all kinds `but` some.
    """
    for resource in graph.of(*kinds) if kinds else graph.resources:
        if resource.kind in but:
            continue
        for path in paths:
            for node in resource.body.each(path):
                if node.unknown and not node.refs:
                    return resource, node
    return None
