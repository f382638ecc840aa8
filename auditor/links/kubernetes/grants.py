"""Who is given what, and who owns whom: bindings, their roles and service accounts; owner references."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Edge, Graph, Relation
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.kubernetes import rbac
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.workload import KINDS

_OWNED = ("Job", "ReplicaSet", "Pod", "ControllerRevision", "EndpointSlice", "PersistentVolumeClaim", *KINDS.split())


def edges(graph: Graph) -> list[Edge]:
    """From a binding to its role and to the service accounts that it is for; from an owner to what it owns."""
    found = [edge for binding in graph.of(*rbac.BINDINGS.split()) for edge in _of_binding(binding, graph)]
    found += [edge for resource in graph.of(*dict.fromkeys(_OWNED)) for edge in _owners(resource, graph)]
    return found


def _of_binding(binding: Resource, graph: Graph) -> Iterator[Edge]:
    try:
        role = rbac.role_of(binding, graph)
        for target in role.targets if role else ():
            yield Edge(binding, target, Relation.REFERS, binding.at("roleRef.name"))
        for subject in rbac.subjects(binding, graph):
            if subject.kind == "ServiceAccount" and subject.name:
                for account in look_up(graph, binding, "ServiceAccount", subject.name, subject.namespace).targets:
                    yield Edge(binding, account, Relation.ALLOWS, subject.where)
    except Undecided:
        return


def _owners(resource: Resource, graph: Graph) -> Iterator[Edge]:
    try:
        for reference in resource.body.each("metadata.ownerReferences"):
            kind, name = reference.at("kind").text, reference.at("name").text
            if kind and name:
                for owner in look_up(graph, resource, kind, name, namespace_of(resource)).targets:
                    yield Edge(owner, resource, Relation.OWNS, reference)
    except Undecided:
        return
