"""What custom resources name, by the fields that are known and by those that look like a reference: edges, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Edge, Graph, Relation
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.kubernetes import custom_reference


def edges(graph: Graph) -> list[Edge]:
    """From a custom resource to each object that it names and that is here."""
    return [edge for resource in graph.resources if resource.address.scheme == "k8s" for edge in _of(resource, graph)]


def _of(resource: Resource, graph: Graph) -> Iterator[Edge]:
    try:
        for reference in (*custom_reference.certain(resource, graph), *custom_reference.likely(resource)):
            for target in custom_reference.look_up_custom(reference, resource, graph).targets:
                if target is not resource:
                    yield Edge(resource, target, Relation.REFERS, reference.where)
    except Undecided:
        return
