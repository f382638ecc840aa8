"""What another object made: in a cluster, a Deployment makes ReplicaSets, and these make Pods. One fault of the template is one fault."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.namespace import namespace_of


def is_owned(resource: Resource) -> bool:
    """Whether another object made it. Raises `Undecided`."""
    return resource.at("metadata.ownerReferences").present


def is_made_here(resource: Resource, graph: Graph) -> bool:
    """Whether the object that made it is in the graph too. Raises `Undecided`."""
    for owner in resource.each("metadata.ownerReferences"):
        kind, name = owner.at("kind").text, owner.at("name").text
        if kind and name and look_up(graph, resource, kind, name, namespace_of(resource)).targets:
            return True
    return False
