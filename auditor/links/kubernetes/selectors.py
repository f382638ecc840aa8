"""What selects pods: Services, budgets and network policies."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.model.graph import Edge, Graph, Relation
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.kubernetes import disruption, policy_index, service
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.selection import selected
from auditor.views.kubernetes.selector import Selector

_SELECTORS: dict[str, Callable[[Resource], Selector | None]] = {
    "Service": service.selector_of,
    "PodDisruptionBudget": disruption.selector_of,
    "NetworkPolicy": policy_index.selector_of,
}


def edges(graph: Graph) -> list[Edge]:
    """An edge to each workload whose pods are certainly selected."""
    return [edge for resource in graph.of(*_SELECTORS) for edge in _of(resource, graph)]


def _of(resource: Resource, graph: Graph) -> Iterator[Edge]:
    try:
        selector = _SELECTORS[resource.kind](resource)
        if selector is not None:
            for pod in selected(graph, resource.root, namespace_of(resource), selector)[0]:
                yield Edge(resource, pod.resource, Relation.SELECTS, selector.where)
    except Undecided:
        return
