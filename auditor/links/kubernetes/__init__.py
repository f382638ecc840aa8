"""The relations of Kubernetes objects: what selects, names, routes to, grants and owns what."""

from __future__ import annotations

from auditor.model.graph import Edge, Graph


def edges(graph: Graph) -> list[Edge]:
    """The edges between Kubernetes objects; what reads them is loaded only where there are some."""
    if not any(resource.kubernetes for resource in graph.resources):
        return []
    from auditor.links.kubernetes import custom, grants, references, routes, selectors

    return [edge for module in (custom, grants, references, routes, selectors) for edge in module.edges(graph)]
